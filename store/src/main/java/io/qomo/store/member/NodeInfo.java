package io.qomo.store.member;

import io.qomo.store.cluster.rpc.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A node of the cluster, as all know it.
///
/// @param id      never given twice
/// @param address where nodes reach it
/// @param forward where it takes clients that other nodes pass on; empty if it has not said
public record NodeInfo(long id, NodeAddress address, String forward) {
    byte[] encode() {
        return (address + "\n" + forward + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static NodeInfo decode(long id, byte[] encoded) {
        List<String> lines = new String(encoded, StandardCharsets.UTF_8).lines().toList();
        return new NodeInfo(id, NodeAddress.parse(lines.getFirst()), lines.size() > 1 ? lines.get(1) : "");
    }
}
