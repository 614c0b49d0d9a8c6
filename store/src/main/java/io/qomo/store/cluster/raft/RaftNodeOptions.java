package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.option.NodeOptions;

/// The library's options, and the way to our transport.
final class RaftNodeOptions extends NodeOptions {
    private final RaftPeers peers;

    RaftNodeOptions(RaftPeers peers) {
        this.peers = peers;
    }

    RaftPeers peers() {
        return peers;
    }

    /// The library's check uses a class of a transport we leave out; all that it checks is set here.
    @Override
    public void validate() {
        if (getFsm() == null) {
            throw new IllegalArgumentException("no state machine");
        }
    }
}
