package io.qomo.store.cluster.rpc;

/// Learns when this node's way to a peer opens and closes. Called in order on one thread; must be quick.
public interface PeerListener {
    /// Requests now reach the peer.
    void connected(PeerIdentity peer);

    /// They do not any more; those on their way are `LOST`.
    void disconnected(PeerIdentity peer, String reason);
}
