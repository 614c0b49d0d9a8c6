package io.qomo.store.member;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The nodes of the cluster as the replica here knows them, and before it does, as the identity remembers
/// them.
final class NodeRegistry {
    /// The number of the node that founds a cluster.
    static final long FOUNDER = 1;

    private static final byte[] PREFIX = "node/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREFIX_END = "node0".getBytes(StandardCharsets.US_ASCII);

    private final OrderedStore replica;
    private final Map<Long, NodeAddress> remembered;
    private volatile NavigableMap<Long, NodeInfo> nodes = new TreeMap<>();

    NodeRegistry(OrderedStore replica, Map<Long, NodeAddress> remembered) {
        this.replica = replica;
        this.remembered = Map.copyOf(remembered);
        refresh();
    }

    static byte[] key(long id) {
        return ByteBuffer.allocate(PREFIX.length + Long.BYTES)
                .put(PREFIX)
                .putLong(id)
                .array();
    }

    /// Reads the replica anew.
    void refresh() {
        NavigableMap<Long, NodeInfo> found = new TreeMap<>();
        try (KvCursor cursor = replica.scanMeta(PREFIX, PREFIX_END)) {
            while (cursor.next()) {
                long id = ByteBuffer.wrap(cursor.copyKey()).getLong(PREFIX.length);
                found.put(id, NodeInfo.decode(id, cursor.copyValue()));
            }
        }
        nodes = found;
    }

    @Nullable NodeInfo node(long id) {
        return nodes.get(id);
    }

    List<NodeInfo> nodes() {
        return List.copyOf(nodes.values());
    }

    /// Where nodes are, also those that only the identity remembers.
    Map<Long, NodeAddress> addresses() {
        Map<Long, NodeAddress> addresses = new TreeMap<>(remembered);
        nodes.values().forEach(node -> addresses.put(node.id(), node.address()));
        return addresses;
    }

    @Nullable NodeAddress address(long id) {
        NodeInfo node = nodes.get(id);
        return node != null ? node.address() : remembered.get(id);
    }
}
