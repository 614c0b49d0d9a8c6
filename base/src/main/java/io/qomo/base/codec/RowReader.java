package io.qomo.base.codec;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
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

/// Reads columns out of a row that [RowWriter] wrote: position on a row with [#read], then take the columns wanted, in
/// any order, each at the same cost whatever the width of the row.
///
/// Byte values become slices of the row's array, which must therefore not be written again; nothing is allocated per
/// value, except for decimals that do not fit a long. Reused for many rows; belongs to one thread. A row of an unknown
/// version or with offsets outside of it throws.
public final class RowReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NONE = {};

    private byte[] row = NONE;
    private int rowEnd;
    private int count;
    private int width;
    private int bits;
    private int absentBits;
    private int offsets;
    private int dataStart;
    private long firstWord;
    private int[] rankBefore = new int[0];

    private int valueStart;
    private int valueLength;

    /// Positions on a row.
    public RowReader read(byte[] bytes, int offset, int length) {
        Check.that(length >= RowWriter.HEADER_BYTES, "a row has a header", "bytes", length);
        if (bytes[offset] != RowWriter.VERSION) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, "row of unknown version " + bytes[offset]);
        }
        row = bytes;
        rowEnd = offset + length;
        int flags = bytes[offset + 1];
        width = flags & 3;
        count = (bytes[offset + 2] & 0xFF) << 8 | (bytes[offset + 3] & 0xFF);
        int bitmap = (count + 7) >> 3;
        bits = offset + RowWriter.HEADER_BYTES;
        absentBits = (flags & RowWriter.FLAG_ABSENT) != 0 ? bits + bitmap : -1;
        offsets = bits + (absentBits >= 0 ? 2 * bitmap : bitmap);
        Check.that(offsets <= rowEnd && width < 3, "a row's bitmaps lie within it");
        int present = countBits(bitmap);
        dataStart = offsets + (present << width);
        Check.that(dataStart <= rowEnd, "a row's offsets lie within it");
        return this;
    }

    /// Column ids the row knows are below this.
    public int columnCount() {
        return count;
    }

    /// True if the row was written without the column: its value is the column's original default.
    public boolean isAbsent(int columnId) {
        return columnId >= count
                || (absentBits >= 0 && (row[absentBits + (columnId >> 3)] & (1 << (columnId & 7))) != 0);
    }

    /// True if the column has no value here: NULL or absent.
    public boolean isNullOrAbsent(int columnId) {
        return columnId >= count || (row[bits + (columnId >> 3)] & (1 << (columnId & 7))) == 0;
    }

    /// Puts the column's value into a vector of the column's type; returns false, leaving the vector alone, if the
    /// column is absent. The vector must have room for the index.
    public boolean column(int columnId, Vector into, int index) {
        if (!find(columnId)) {
            if (isAbsent(columnId)) {
                return false;
            }
            into.setNull(index);
            return true;
        }
        if (into.hasNulls()) {
            into.clearNull(index);
        }
        switch (into) {
            case LongVector v -> v.values[index] = longValue();
            case DoubleVector v -> v.values[index] = doubleValue();
            case DecimalVector v -> decimalInto(v, index);
            case BytesVector v -> v.set(index, row, valueStart, valueLength);
        }
        return true;
    }

    /// As [#column(int, Vector, int)], with the value of row 0 of `absent` (usually a constant vector: the column's
    /// original default) in place of an absent one.
    public void column(int columnId, Vector into, int index, Vector absent) {
        if (!column(columnId, into, index)) {
            into.copyFrom(absent, 0, index);
        }
    }

    /// The value of a column of the form LONG that is neither NULL nor absent.
    public long longAt(int columnId) {
        Check.that(find(columnId), "the column has a value", "column", columnId);
        return longValue();
    }

    private boolean find(int columnId) {
        if (isNullOrAbsent(columnId)) {
            return false;
        }
        int rank = rank(columnId);
        int start = rank == 0 ? 0 : offset(rank - 1);
        int end = offset(rank);
        valueStart = dataStart + start;
        valueLength = end - start;
        Check.that(valueLength >= 0 && dataStart + end <= rowEnd, "a value lies within its row", "column", columnId);
        return true;
    }

    private int offset(int rank) {
        int at = offsets + (rank << width);
        return switch (width) {
            case 0 -> row[at] & 0xFF;
            case 1 -> (row[at] & 0xFF) << 8 | (row[at + 1] & 0xFF);
            default -> (int) INT.get(row, at);
        };
    }

    /// Values before a column: its place among the offsets.
    private int rank(int columnId) {
        long mask = (1L << columnId) - 1;
        if (columnId < 64) {
            return Long.bitCount(firstWord & mask);
        }
        int word = columnId >> 6;
        return rankBefore[word] + Long.bitCount(word(word) & mask);
    }

    private int countBits(int bitmap) {
        firstWord = word(0);
        if (count <= 64) {
            return Long.bitCount(firstWord);
        }
        int words = (bitmap + 7) >> 3;
        if (rankBefore.length < words) {
            rankBefore = new int[words];
        }
        int total = 0;
        for (int w = 0; w < words; w++) {
            rankBefore[w] = total;
            total += Long.bitCount(word(w));
        }
        return total;
    }

    /// Bits 64·w to 64·w+63 of the value bitmap, those from [#count] on cleared.
    private long word(int w) {
        int at = bits + 8 * w;
        int columns = count - 64 * w;
        long word;
        if (at + 8 <= row.length) {
            word = (long) LONG.get(row, at);
        } else {
            word = 0;
            for (int i = 0; 8 * i < columns; i++) {
                word |= (row[at + i] & 0xFFL) << 8 * i;
            }
        }
        return columns >= 64 ? word : word & ((1L << columns) - 1);
    }

    private long longValue() {
        if (valueLength == 0) {
            return 0;
        }
        Check.that(valueLength <= 8, "an integer has at most eight bytes", "bytes", valueLength);
        int shift = 64 - 8 * valueLength;
        if (valueStart + 8 <= row.length) {
            return (long) BIG_LONG.get(row, valueStart) >> shift;
        }
        long value = 0;
        for (int i = 0; i < valueLength; i++) {
            value = value << 8 | (row[valueStart + i] & 0xFF);
        }
        return value << shift >> shift;
    }

    private double doubleValue() {
        return switch (valueLength) {
            case 0 -> 0.0;
            case 4 -> Float.intBitsToFloat((int) INT.get(row, valueStart));
            default -> {
                Check.that(valueLength == 8, "a double has 0, 4 or 8 bytes", "bytes", valueLength);
                yield Double.longBitsToDouble((long) BIG_LONG.get(row, valueStart));
            }
        };
    }

    private void decimalInto(DecimalVector v, int index) {
        if (valueLength <= 8) {
            v.setUnscaled(index, longValue());
        } else {
            v.setUnscaled(index, new BigInteger(Arrays.copyOfRange(row, valueStart, valueStart + valueLength)));
        }
    }
}
