package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.Transport;
import org.jspecify.annotations.Nullable;

/// How a group reaches the nodes of its members. The library knows a node as the host `n` and its id with
/// port 1, so that a node may change its address.
///
/// @param transport of this node
/// @param directory where the nodes are
/// @param lane      the lane of the group
/// @param guard     of this node's votes
record RaftPeers(Transport transport, AddressBook directory, int lane, VoteGuard guard) {
    private static final int PORT = 1;

    /// Where the nodes of the cluster are, as far as is known here.
    @FunctionalInterface
    interface AddressBook {
        /// The address of a node, or null.
        @Nullable NodeAddress address(long nodeId);
    }

    static PeerId peer(long nodeId) {
        return new PeerId("n" + nodeId, PORT);
    }

    static Endpoint endpoint(long nodeId) {
        return new Endpoint("n" + nodeId, PORT);
    }

    static long nodeId(Endpoint endpoint) {
        return Long.parseLong(endpoint.getIp().substring(1));
    }

    static long nodeId(PeerId peer) {
        return nodeId(peer.getEndpoint());
    }

    @Nullable NodeAddress address(long nodeId) {
        return directory.address(nodeId);
    }
}
