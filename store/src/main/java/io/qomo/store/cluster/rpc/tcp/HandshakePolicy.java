package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.util.Arrays;
import java.util.Optional;

/// Who this node is, and with whom it talks. Asked once per handshake, after the peer has proved the secret;
/// any thread.
public interface HandshakePolicy {
    /// This node's cluster; empty while it knows none.
    byte[] clusterId();

    /// This node's number; 0 while it has none.
    long nodeId();

    /// Why not to talk to a peer, or empty to do so. `dialled` is the address at which this node found it,
    /// empty when the peer called.
    Optional<String> refusal(PeerIdentity peer, Optional<NodeAddress> dialled);

    /// Talks to nodes of the same cluster and to those that know none; as one that knows none, to all.
    static HandshakePolicy sameCluster(byte[] clusterId, long nodeId) {
        byte[] own = clusterId.clone();
        return new HandshakePolicy() {
            @Override
            public byte[] clusterId() {
                return own.clone();
            }

            @Override
            public long nodeId() {
                return nodeId;
            }

            @Override
            public Optional<String> refusal(PeerIdentity peer, Optional<NodeAddress> dialled) {
                byte[] other = peer.clusterId();
                boolean isSame = own.length == 0 || other.length == 0 || Arrays.equals(own, other);
                return isSame ? Optional.empty() : Optional.of("belongs to another cluster");
            }
        };
    }
}
