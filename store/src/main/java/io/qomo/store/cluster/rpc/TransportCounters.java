package io.qomo.store.cluster.rpc;

import java.util.List;

/// A snapshot of what a transport has done since it was made.
///
/// @param connectedPeers   peers that this node's requests reach now
/// @param acceptedPeers    connections of peers to this node now
/// @param connectionsMade  both kinds, since the beginning
/// @param refusals         handshakes that either side refused
/// @param services         those that were used
public record TransportCounters(
        int connectedPeers, int acceptedPeers, long connectionsMade, long refusals, List<Service> services) {
    /// Keeps its own list.
    public TransportCounters {
        services = List.copyOf(services);
    }

    /// One service's messages, requests and answers together; bytes are those of their payloads.
    ///
    /// @param service          its number
    /// @param messagesSent     handed to the network
    /// @param bytesSent        handed to the network
    /// @param messagesReceived read from the network
    /// @param bytesReceived    read from the network
    public record Service(int service, long messagesSent, long bytesSent, long messagesReceived, long bytesReceived) {}
}
