package io.qomo.base.codec;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.Check;
import io.qomo.base.memory.LargeArrays;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.math.BigInteger;
import java.util.Arrays;

/// Writes a row: values under column ids that outlive schema versions, so that adding or dropping a column touches no
/// row. [RowReader] finds one column without looking at the others.
///
/// ```
/// 0      version, 1
/// 1      flags: bits 0-1 width of an offset (0: 1 byte, 1: 2 bytes, 2: 4 bytes); bit 2: absent bitmap follows
/// 2-3    n: the row knows column ids 0 to n−1 (BE)
/// 4      values bitmap, ceil(n/8) bytes: bit id%8 of byte id/8 is set if the column has a value (not NULL)
///        absent bitmap, same size, only if flagged: set if the row was written without the column
///        end offset of each value in id order, BE, counted from the first byte of data
///        data: the values in id order
/// ```
/// A column whose id is n or more, or whose absent bit is set, is *absent*: its value is the default the column had
/// when it was added. Otherwise, without a value, it is NULL.
///
/// ```
/// LONG     0 to 8 bytes, two's complement BE without redundant sign bytes (0 takes none); unsigned as its 64 bits
/// DOUBLE   +0.0: nothing; 4 bytes as float if that is exact, else 8 bytes
/// DECIMAL  the unscaled integer as LONG, longer if need be; the scale is the column's
/// BYTES    the bytes
/// ```
/// One writer is reused for many rows; it belongs to one thread. Columns may be set in any order, each once.
public final class RowWriter {
    /// One more than the greatest column id: MySQL's limit of columns, with room for dropped ones.
    public static final int MAX_COLUMNS = 0xFFFF;

    static final byte VERSION = 1;
    static final int HEADER_BYTES = 4;
    static final int FLAG_ABSENT = 4;

    private static final int ABSENT = -2;
    private static final int NULL = -1;

    private final ByteBuilder data = new ByteBuilder(256);
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int count;
    private int present;
    private boolean isInOrder;

    /// A writer; call [#begin] before the first row.
    public RowWriter() {
        begin();
    }

    /// Starts a row without columns.
    public RowWriter begin() {
        data.clear();
        count = 0;
        present = 0;
        isInOrder = true;
        return this;
    }

    /// Sets NULL.
    public RowWriter setNull(int columnId) {
        slot(columnId);
        starts[columnId] = NULL;
        return this;
    }

    /// Sets a value of the form LONG.
    public RowWriter setLong(int columnId, long value) {
        int start = begin(columnId);
        data.putLow(value, longBytes(value));
        return end(columnId, start);
    }

    /// Sets a value of the form DOUBLE.
    public RowWriter setDouble(int columnId, double value) {
        int start = begin(columnId);
        long bits = Double.doubleToLongBits(value);
        if (bits != 0) {
            if (Double.doubleToLongBits((float) value) == bits) {
                data.putInt(Float.floatToIntBits((float) value));
            } else {
                data.putLong(bits);
            }
        }
        return end(columnId, start);
    }

    /// Sets a value of the form DECIMAL at the column's scale.
    public RowWriter setDecimal(int columnId, BigInteger unscaled) {
        if (unscaled.bitLength() < 64) {
            return setLong(columnId, unscaled.longValue());
        }
        int start = begin(columnId);
        data.put(unscaled.toByteArray());
        return end(columnId, start);
    }

    /// Sets a value of the form BYTES; the bytes are copied.
    public RowWriter setBytes(int columnId, byte[] bytes, int offset, int length) {
        int start = begin(columnId);
        data.put(bytes, offset, length);
        return end(columnId, start);
    }

    /// Sets the value of a vector's row, NULL or not.
    public RowWriter set(int columnId, Vector vector, int row) {
        if (vector.isNull(row)) {
            return setNull(columnId);
        }
        int i = vector.at(row);
        return switch (vector) {
            case LongVector v -> setLong(columnId, v.values[i]);
            case DoubleVector v -> setDouble(columnId, v.values[i]);
            case DecimalVector v ->
                v.isWide(row) ? setDecimal(columnId, v.unscaled(row)) : setLong(columnId, v.unscaled[i]);
            case BytesVector v -> setBytes(columnId, v.base[i], v.offset[i], v.length[i]);
        };
    }

    /// Ends the row and returns it in an array of its own.
    public byte[] toBytes() {
        int width = offsetWidth();
        byte[] row = LargeArrays.allocate(sizeBytes(width));
        encode(row, 0, width);
        return row;
    }

    /// Ends the row and appends it.
    public void appendTo(ByteBuilder out) {
        int width = offsetWidth();
        int size = sizeBytes(width);
        int at = out.length();
        out.setLength(at + size);
        Arrays.fill(out.array(), at, at + size, (byte) 0);
        encode(out.array(), at, width);
    }

    private int begin(int columnId) {
        slot(columnId);
        if (columnId != count - 1) {
            isInOrder = false;
        }
        present++;
        return data.length();
    }

    private RowWriter end(int columnId, int start) {
        starts[columnId] = start;
        ends[columnId] = data.length();
        return this;
    }

    private void slot(int columnId) {
        Check.that(columnId >= 0 && columnId < MAX_COLUMNS, "a column id fits a row", "column", columnId);
        if (columnId >= starts.length) {
            int capacity = Math.max(columnId + 1, starts.length * 2);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        while (count <= columnId) {
            starts[count] = ABSENT;
            count++;
        }
        Check.that(starts[columnId] == ABSENT, "a column is set once in a row", "column", columnId);
    }

    private boolean hasAbsent() {
        for (int id = 0; id < count; id++) {
            if (starts[id] == ABSENT) {
                return true;
            }
        }
        return false;
    }

    private int offsetWidth() {
        return data.length() <= 0xFF ? 0 : data.length() <= 0xFFFF ? 1 : 2;
    }

    private int sizeBytes(int width) {
        int bitmap = (count + 7) >> 3;
        return HEADER_BYTES + bitmap * (hasAbsent() ? 2 : 1) + (present << width) + data.length();
    }

    private void encode(byte[] row, int at, int width) {
        boolean hasAbsent = hasAbsent();
        int bitmap = (count + 7) >> 3;
        row[at] = VERSION;
        row[at + 1] = (byte) (width | (hasAbsent ? FLAG_ABSENT : 0));
        row[at + 2] = (byte) (count >> 8);
        row[at + 3] = (byte) count;
        int bits = at + HEADER_BYTES;
        int offsets = bits + bitmap * (hasAbsent ? 2 : 1);
        int dataStart = offsets + (present << width);
        int written = 0;
        for (int id = 0; id < count; id++) {
            int start = starts[id];
            if (start == ABSENT) {
                row[bits + bitmap + (id >> 3)] |= (byte) (1 << (id & 7));
            } else if (start != NULL) {
                row[bits + (id >> 3)] |= (byte) (1 << (id & 7));
                int size = ends[id] - start;
                if (!isInOrder) {
                    System.arraycopy(data.array(), start, row, dataStart + written, size);
                }
                written += size;
                offsets = putOffset(row, offsets, written, width);
            }
        }
        if (isInOrder) {
            System.arraycopy(data.array(), 0, row, dataStart, data.length());
        }
    }

    private static int putOffset(byte[] row, int at, int value, int width) {
        int bytes = 1 << width;
        for (int i = 0; i < bytes; i++) {
            row[at + i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
        return at + bytes;
    }

    private static int longBytes(long value) {
        return value == 0 ? 0 : (72 - Long.numberOfLeadingZeros(value < 0 ? ~value : value)) >> 3;
    }
}
