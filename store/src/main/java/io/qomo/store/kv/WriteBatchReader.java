package io.qomo.store.kv;

import io.qomo.base.error.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads the records of a [WriteBatch] in order, for engines that do not take the encoding as it
/// is.
public final class WriteBatchReader {
    /// Receives one record per call.
    public interface Sink {
        /// A data key gets a value.
        void put(byte[] key, long timestamp, byte[] value);

        /// A data key is removed.
        void delete(byte[] key, long timestamp);

        /// All data keys of a range are removed.
        void deleteRange(byte[] from, byte[] toExclusive, long timestamp);

        /// A meta key gets a value.
        void putMeta(byte[] key, byte[] value);

        /// A meta key is removed.
        void deleteMeta(byte[] key);
    }

    private final ByteBuffer in;

    private WriteBatchReader(WriteBatch batch) {
        in = ByteBuffer.wrap(batch.encoded(), 0, batch.length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Hands every record to `sink`.
    public static void read(WriteBatch batch, Sink sink) {
        new WriteBatchReader(batch).readAll(sink);
    }

    private void readAll(Sink sink) {
        int count = in.getInt(8);
        in.position(WriteBatch.HEADER_BYTES);
        for (int i = 0; i < count; i++) {
            byte tag = in.get();
            int family = varint();
            boolean isData = family == WriteBatch.DATA;
            Check.that(isData || family == WriteBatch.META, "unknown family in write batch", "family", family);
            byte[] key = bytes();
            switch (tag) {
                case WriteBatch.PUT -> {
                    byte[] value = bytes();
                    if (isData) {
                        sink.put(key(key), timestamp(key), value);
                    } else {
                        sink.putMeta(key, value);
                    }
                }
                case WriteBatch.DELETE -> {
                    if (isData) {
                        sink.delete(key(key), timestamp(key));
                    } else {
                        sink.deleteMeta(key);
                    }
                }
                case WriteBatch.DELETE_RANGE -> sink.deleteRange(key(key), key(bytes()), timestamp(key));
                default -> Check.that(false, "unknown record in write batch", "tag", tag);
            }
        }
        Check.that(!in.hasRemaining(), "bytes after the last record of a write batch");
    }

    private static byte[] key(byte[] stamped) {
        return Arrays.copyOf(stamped, stamped.length - Long.BYTES);
    }

    private static long timestamp(byte[] stamped) {
        return ByteBuffer.wrap(stamped).order(ByteOrder.LITTLE_ENDIAN).getLong(stamped.length - Long.BYTES);
    }

    private byte[] bytes() {
        byte[] result = new byte[varint()];
        in.get(result);
        return result;
    }

    private int varint() {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in.get();
            result |= (next & 0x7F) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw new IllegalStateException("varint too long");
    }
}
