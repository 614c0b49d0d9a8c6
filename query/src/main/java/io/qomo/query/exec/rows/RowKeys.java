package io.qomo.query.exec.rows;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Encodes rows of values as byte keys: equal values (by collation; NULL = NULL, -0 = 0, 1.0 = 1.00) give
/// equal bytes, and bytes compare as the values do.
public final class RowKeys {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final KeyWriter writer = new KeyWriter();

    /// Encodes one row; the bytes are in [#array] from 0 to [#length] until the next call.
    public void encode(Vector[] columns, int row) {
        writer.clear();
        for (Vector column : columns) {
            write(writer, column, row, false);
        }
    }

    /// Starts a key to be written piecewise through [#writer].
    public KeyWriter start() {
        return writer.clear();
    }

    /// Appends a value to a key.
    public static void write(KeyWriter writer, Vector column, int row, boolean descending) {
        writer.writeValue(column, row, descending);
    }

    /// True if any of the row's values is NULL.
    public static boolean hasNull(Vector[] columns, int row) {
        for (Vector column : columns) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /// The bytes of the key.
    public byte[] array() {
        return writer.array();
    }

    /// The length of the key.
    public int length() {
        return writer.length();
    }

    /// The key's hash.
    public long hash() {
        return hash(writer.array(), 0, writer.length());
    }

    /// A hash whose high and low bits are both good.
    public static long hash(byte[] bytes, int offset, int length) {
        long h = length * MULTIPLIER;
        int i = offset;
        int end = offset + length;
        for (; i + 8 <= end; i += 8) {
            h = mix(h ^ (long) LONG.get(bytes, i));
        }
        long tail = 0;
        for (; i < end; i++) {
            tail = tail << 8 | (bytes[i] & 0xFF);
        }
        return mix(h ^ tail);
    }

    private static long mix(long x) {
        long low = x * MULTIPLIER;
        return low ^ Math.unsignedMultiplyHigh(x ^ MULTIPLIER, 0xD6E8_FEB8_6659_FD93L) ^ (low >>> 32);
    }
}
