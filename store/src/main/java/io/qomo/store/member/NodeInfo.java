package io.qomo.store.member;

import io.qomo.store.cluster.rpc.NodeAddress;
import java.nio.charset.StandardCharsets;

/// A node of the cluster, as all know it.
///
/// @param id      never given twice
/// @param address where nodes reach it
public record NodeInfo(long id, NodeAddress address) {
    byte[] encode() {
        return (address + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static NodeInfo decode(long id, byte[] encoded) {
        String text = new String(encoded, StandardCharsets.UTF_8);
        return new NodeInfo(id, NodeAddress.parse(text.lines().toList().getFirst()));
    }
}
