package io.qomo.store.txn.remote;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which gateways may use the group. Thread-safe.
///
/// ```
/// "gateway/" · number of the node (8)  →  incarnation (8); 0: expelled, -1: not to be let in again
/// ```
/// A gateway registers before it runs statements, and is expelled when it has been silent for too long or
/// its node registers anew. Both are in the log, so that every leader knows them: what a gateway believes
/// of schema and accounts holds until it has been expelled, and afterwards it reads and writes nothing.
/// Nodes that have never registered are let in: they run no statements.
final class Admissions {
    private static final byte[] PREFIX = "gateway/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREFIX_END = "gateway0".getBytes(StandardCharsets.US_ASCII);
    private static final long EXPELLED = 0;
    private static final long BANNED = -1;

    /// Writes a meta key durably.
    interface Writer {
        void write(byte[] key, byte @Nullable [] value);
    }

    private final Writer writer;
    private final Map<Long, Long> incarnations = new ConcurrentHashMap<>();

    /// As the log has it at the beginning of a leadership.
    Admissions(OrderedStore store, Writer writer) {
        this.writer = writer;
        try (KvCursor cursor = store.scanMeta(PREFIX, PREFIX_END)) {
            while (cursor.next()) {
                long node = ByteBuffer.wrap(cursor.copyKey()).getLong(PREFIX.length);
                incarnations.put(node, ByteBuffer.wrap(cursor.copyValue()).getLong());
            }
        }
    }

    /// Whether a gateway's requests are answered.
    boolean admits(long node, long incarnation) {
        Long known = incarnations.get(node);
        return known == null || known == incarnation;
    }

    /// Lets a gateway in, in the place of an earlier one of its node, which is returned. Throws
    /// `GROUP_UNAVAILABLE` for a node that was banned.
    synchronized @Nullable Gateway register(Gateway gateway) {
        Long earlier = incarnations.get(gateway.node());
        if (earlier != null && earlier == gateway.incarnation()) {
            return null;
        }
        if (earlier != null && earlier == BANNED) {
            throw new SqlException(ErrorCode.GROUP_UNAVAILABLE, "this node has been removed from the cluster");
        }
        // refused from now on, admitted when the log says so
        incarnations.put(gateway.node(), EXPELLED);
        write(gateway.node(), gateway.incarnation());
        return earlier == null || earlier == EXPELLED ? null : new Gateway(gateway.node(), earlier);
    }

    /// Lets a gateway in no more; false if it was not registered.
    synchronized boolean expel(Gateway gateway) {
        Long known = incarnations.get(gateway.node());
        if (known == null || known != gateway.incarnation()) {
            return false;
        }
        incarnations.put(gateway.node(), EXPELLED);
        write(gateway.node(), EXPELLED);
        return true;
    }

    /// Lets no gateway of a node in, ever again; returns the one that was let in.
    synchronized @Nullable Gateway ban(long node) {
        Long earlier = incarnations.put(node, BANNED);
        write(node, BANNED);
        return earlier == null || earlier == EXPELLED || earlier == BANNED ? null : new Gateway(node, earlier);
    }

    private void write(long node, long incarnation) {
        byte[] key = ByteBuffer.allocate(PREFIX.length + Long.BYTES)
                .put(PREFIX)
                .putLong(node)
                .array();
        writer.write(key, ByteBuffer.allocate(Long.BYTES).putLong(incarnation).array());
        incarnations.put(node, incarnation);
    }

    /// The gateways that are let in.
    List<Gateway> registered() {
        List<Gateway> gateways = new ArrayList<>();
        incarnations.forEach((node, incarnation) -> {
            if (incarnation != EXPELLED && incarnation != BANNED) {
                gateways.add(new Gateway(node, incarnation));
            }
        });
        return gateways;
    }
}
