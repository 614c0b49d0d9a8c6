package io.qomo.store.cluster.rpc;

import java.util.Arrays;
import java.util.HexFormat;

/// Who a peer says it is. What stands behind the claim is the implementation's handshake.
///
/// @param clusterId opaque; empty when the peer does not know its cluster yet and wants to join one
/// @param nodeId    0 when it has none yet
/// @param address   where it can be reached, by its own account
public record PeerIdentity(byte[] clusterId, long nodeId, NodeAddress address) {
    /// Takes a copy of the cluster's id.
    public PeerIdentity {
        clusterId = clusterId.clone();
    }

    @Override
    public byte[] clusterId() {
        return clusterId.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerIdentity that
                && Arrays.equals(clusterId, that.clusterId)
                && nodeId == that.nodeId
                && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + Long.hashCode(nodeId);
    }

    @Override
    public String toString() {
        return "node " + nodeId + " at " + address + " of cluster "
                + (clusterId.length == 0 ? "?" : HexFormat.of().formatHex(clusterId));
    }
}
