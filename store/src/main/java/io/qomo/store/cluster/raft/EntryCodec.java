package io.qomo.store.cluster.raft;

import io.qomo.base.error.Check;
import io.qomo.store.kv.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What a log entry holds: the batches of the commands that were waiting for their group, merged into one.
///
/// ```
/// 0   1  format version, 1
/// 1   8  timestamp of the last command, little-endian
/// 9   8  history below this timestamp may go, little-endian; 0 says nothing
/// 17  n  the stamped batch as WriteBatch encodes it
/// ```
final class EntryCodec {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

    private EntryCodec() {}

    /// A commit group as read from the log.
    record Entry(long timestamp, long horizon, WriteBatch batch) {}

    static ByteBuffer encode(long timestamp, long horizon, WriteBatch batch) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + batch.length()).order(ByteOrder.LITTLE_ENDIAN);
        return buffer.put(VERSION)
                .putLong(timestamp)
                .putLong(horizon)
                .put(batch.encoded(), 0, batch.length())
                .flip();
    }

    /// The entry in `data`, its batch with room for `moreBytes` of records; null if `data` is empty.
    static @Nullable Entry decode(ByteBuffer data, int moreBytes) {
        if (!data.hasRemaining()) {
            return null;
        }
        Check.that(data.remaining() >= HEADER_BYTES, "log entry is too short", "bytes", data.remaining());
        ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte version = in.get();
        Check.that(version == VERSION, "log entry of an unknown version", "version", version);
        long timestamp = in.getLong();
        long horizon = in.getLong();
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new Entry(timestamp, horizon, WriteBatch.decode(bytes, 0, bytes.length, moreBytes));
    }
}
