package io.qomo.base.vector;

import io.qomo.base.type.SqlType;
import java.util.Arrays;

/// Values of the physical form DOUBLE.
public final class DoubleVector extends Vector {
    /// The values; read through [#at] where the vector may be constant. Replaced by [#ensure].
    public double[] values;

    /// An empty vector.
    public DoubleVector(SqlType type, int capacity) {
        super(type, capacity);
        values = new double[Math.max(capacity, 1)];
    }

    /// A constant.
    public static DoubleVector constant(SqlType type, double value) {
        DoubleVector v = new DoubleVector(type, 1);
        v.values[0] = value;
        v.setConstant(true);
        return v;
    }

    /// The value of a row (undefined if NULL).
    public double get(int row) {
        return values[at(row)];
    }

    /// Sets a value that is not NULL; the index must be within capacity.
    public void set(int index, double value) {
        values[index] = value;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    @Override
    public void ensure(int rows) {
        super.ensure(rows);
        if (rows > values.length) {
            values = Arrays.copyOf(values, Math.max(rows, values.length * 2));
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int index) {
        if (!copyNull(source, sourceRow, index)) {
            values[index] = ((DoubleVector) source).get(sourceRow);
        }
    }

    @Override
    public long sizeBytes(int rows) {
        return 8L * rows + (rows >> 3);
    }
}
