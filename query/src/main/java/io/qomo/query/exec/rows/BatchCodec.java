package io.qomo.query.exec.rows;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.Check;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Batches as bytes, for temporary files of this process only (so without a version).
///
/// ```
/// 4  rows (BE, as all numbers here)
///    per column:
/// 1  bit 0: NULLs follow · bit 1: wide decimals follow
///    NULL bitmap, ceil(rows/8) bytes, if flagged
///    LONG, DOUBLE, DECIMAL: 8 bytes per row
///    DECIMAL, if wide: 4 bytes of count, then per wide value 4 row · 4 length · two's complement
///    BYTES: 4 bytes of length per row, then the bytes
/// ```
/// The types are the reader's to know.
final class BatchCodec {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int HAS_NULLS = 1;
    private static final int HAS_WIDE = 2;

    private byte[] in = {};
    private int at;

    /// Appends rows `from` to `to` − 1.
    static void encode(Batch batch, int from, int to, ByteBuilder out) {
        out.putInt(to - from);
        for (int c = 0; c < batch.width(); c++) {
            encode(batch.column(c), from, to, out);
        }
    }

    private static void encode(Vector column, int from, int to, ByteBuilder out) {
        boolean wide = column instanceof DecimalVector d && d.wide != null;
        out.put((column.hasNulls() ? HAS_NULLS : 0) | (wide ? HAS_WIDE : 0));
        if (column.hasNulls()) {
            encodeNulls(column, from, to, out);
        }
        switch (column) {
            case LongVector v -> {
                for (int r = from; r < to; r++) {
                    out.putLong(v.get(r));
                }
            }
            case DoubleVector v -> {
                for (int r = from; r < to; r++) {
                    out.putLong(Double.doubleToRawLongBits(v.get(r)));
                }
            }
            case DecimalVector v -> {
                for (int r = from; r < to; r++) {
                    out.putLong(v.unscaled[v.at(r)]);
                }
                if (wide) {
                    encodeWide(v, from, to, out);
                }
            }
            case BytesVector v -> encodeBytes(v, from, to, out);
        }
    }

    private static void encodeNulls(Vector column, int from, int to, ByteBuilder out) {
        for (int r = from; r < to; r += 8) {
            int bits = 0;
            for (int i = 0; i < 8 && r + i < to; i++) {
                bits |= column.isNull(r + i) ? 1 << i : 0;
            }
            out.put(bits);
        }
    }

    private static void encodeWide(DecimalVector v, int from, int to, ByteBuilder out) {
        int countAt = out.length();
        out.putInt(0);
        int count = 0;
        for (int r = from; r < to; r++) {
            if (!v.isNull(r) && v.isWide(r)) {
                byte[] bytes = v.unscaled(r).toByteArray();
                out.putInt(r - from).putInt(bytes.length).put(bytes);
                count++;
            }
        }
        INT.set(out.array(), countAt, count);
    }

    private static void encodeBytes(BytesVector v, int from, int to, ByteBuilder out) {
        for (int r = from; r < to; r++) {
            out.putInt(v.isNull(r) ? 0 : v.length[v.at(r)]);
        }
        for (int r = from; r < to; r++) {
            if (!v.isNull(r)) {
                int i = v.at(r);
                out.put(v.base[i], v.offset[i], v.length[i]);
            }
        }
    }

    /// Reads a batch; its byte values are slices of `bytes`.
    Batch decode(List<SqlType> types, byte[] bytes) {
        in = bytes;
        at = 0;
        int rows = readInt();
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = decode(types.get(c), rows);
        }
        Check.that(at == bytes.length, "a spilled batch is read to its end");
        return new Batch(columns, rows);
    }

    private Vector decode(SqlType type, int rows) {
        Vector column = Vector.of(type, rows);
        int flags = in[at];
        at++;
        if ((flags & HAS_NULLS) != 0) {
            for (int r = 0; r < rows; r++) {
                if ((in[at + (r >> 3)] & (1 << (r & 7))) != 0) {
                    column.setNull(r);
                }
            }
            at += (rows + 7) >> 3;
        }
        switch (column) {
            case LongVector v -> decodeLongs(v.values, rows);
            case DoubleVector v -> {
                for (int r = 0; r < rows; r++) {
                    v.values[r] = Double.longBitsToDouble((long) LONG.get(in, at));
                    at += 8;
                }
            }
            case DecimalVector v -> {
                decodeLongs(v.unscaled, rows);
                if ((flags & HAS_WIDE) != 0) {
                    decodeWide(v);
                }
            }
            case BytesVector v -> decodeBytes(v, rows);
        }
        return column;
    }

    private void decodeLongs(long[] into, int rows) {
        for (int r = 0; r < rows; r++) {
            into[r] = (long) LONG.get(in, at);
            at += 8;
        }
    }

    private void decodeWide(DecimalVector v) {
        int count = readInt();
        for (int i = 0; i < count; i++) {
            int row = readInt();
            int length = readInt();
            v.setUnscaled(row, new BigInteger(Arrays.copyOfRange(in, at, at + length)));
            at += length;
        }
    }

    private void decodeBytes(BytesVector v, int rows) {
        int lengths = at;
        at += 4 * rows;
        for (int r = 0; r < rows; r++) {
            int length = (int) INT.get(in, lengths + 4 * r);
            v.set(r, in, at, length);
            at += length;
        }
    }

    private int readInt() {
        int value = (int) INT.get(in, at);
        at += 4;
        return value;
    }
}
