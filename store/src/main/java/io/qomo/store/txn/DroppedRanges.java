package io.qomo.store.txn;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The list, kept in META, of key ranges that a commit gave up and that are still to be removed.
final class DroppedRanges {
    private static final byte[] PREFIX = "drop/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREFIX_END = "drop0".getBytes(StandardCharsets.US_ASCII);

    /// One range.
    ///
    /// @param droppedAt timestamp of the commit; older snapshots may still read the range
    record Range(byte[] from, byte[] toExclusive, long droppedAt) {
        /// The meta key of the note.
        byte[] noteKey() {
            return metaKey(from);
        }
    }

    private DroppedRanges() {}

    /// Notes a range in the batch of the commit that gives it up.
    static void add(WriteBatch batch, byte[] from, byte[] toExclusive) {
        batch.putMetaStamped(metaKey(from), toExclusive);
    }

    /// All ranges noted.
    static List<Range> list(OrderedStore store) {
        List<Range> ranges = new ArrayList<>();
        try (KvCursor cursor = store.scanMeta(PREFIX, PREFIX_END)) {
            while (cursor.next()) {
                byte[] key = cursor.copyKey();
                byte[] value = cursor.copyValue();
                int endLength = value.length - Long.BYTES;
                ranges.add(new Range(
                        Arrays.copyOfRange(key, PREFIX.length, key.length),
                        Arrays.copyOf(value, endLength),
                        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(endLength)));
            }
        }
        return ranges;
    }

    private static byte[] metaKey(byte[] from) {
        byte[] key = Arrays.copyOf(PREFIX, PREFIX.length + from.length);
        System.arraycopy(from, 0, key, PREFIX.length, from.length);
        return key;
    }
}
