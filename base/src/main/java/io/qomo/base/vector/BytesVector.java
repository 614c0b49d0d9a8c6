package io.qomo.base.vector;

import io.qomo.base.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values of the physical form BYTES: each a slice of some byte array, which is never written after it is set here.
public final class BytesVector extends Vector {
    private static final byte[] EMPTY = {};

    /// The array that holds each value.
    public byte[][] base;
    /// Where in its array each value starts.
    public int[] offset;
    /// Bytes of each value.
    public int[] length;

    /// An empty vector.
    public BytesVector(SqlType type, int capacity) {
        super(type, capacity);
        int n = Math.max(capacity, 1);
        base = new byte[n][];
        offset = new int[n];
        length = new int[n];
        Arrays.fill(base, EMPTY);
    }

    /// A constant.
    public static BytesVector constant(SqlType type, byte[] value) {
        BytesVector v = new BytesVector(type, 1);
        v.set(0, value);
        v.setConstant(true);
        return v;
    }

    /// A constant in UTF-8.
    public static BytesVector constant(SqlType type, String value) {
        return constant(type, value.getBytes(StandardCharsets.UTF_8));
    }

    /// A copy of the row's bytes (undefined if NULL).
    public byte[] get(int row) {
        int i = at(row);
        return offset[i] == 0 && length[i] == base[i].length
                ? base[i]
                : Arrays.copyOfRange(base[i], offset[i], offset[i] + length[i]);
    }

    /// The row's bytes read as UTF-8.
    public String getString(int row) {
        int i = at(row);
        return new String(base[i], offset[i], length[i], StandardCharsets.UTF_8);
    }

    /// Sets a whole array, not copied.
    public void set(int index, byte[] value) {
        set(index, value, 0, value.length);
    }

    /// Sets a slice, not copied.
    public void set(int index, byte[] array, int from, int bytes) {
        base[index] = array;
        offset[index] = from;
        length[index] = bytes;
    }

    /// Sets a string as UTF-8.
    public void set(int index, String value) {
        set(index, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int capacity() {
        return base.length;
    }

    @Override
    public void ensure(int rows) {
        super.ensure(rows);
        if (rows > base.length) {
            int old = base.length;
            int n = Math.max(rows, old * 2);
            base = Arrays.copyOf(base, n);
            Arrays.fill(base, old, n, EMPTY);
            offset = Arrays.copyOf(offset, n);
            length = Arrays.copyOf(length, n);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int index) {
        if (!copyNull(source, sourceRow, index)) {
            BytesVector from = (BytesVector) source;
            int i = from.at(sourceRow);
            set(index, from.base[i], from.offset[i], from.length[i]);
        }
    }

    @Override
    public long sizeBytes(int rows) {
        long bytes = 16L * rows + (rows >> 3);
        if (isConstant()) {
            return bytes + length[0];
        }
        for (int i = 0; i < rows; i++) {
            bytes += length[i];
        }
        return bytes;
    }
}
