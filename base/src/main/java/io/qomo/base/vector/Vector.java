package io.qomo.base.vector;

import io.qomo.base.type.Physical;
import io.qomo.base.type.SqlType;
import java.util.Arrays;

/// A column of values: up to [#capacity] rows of one SQL type, with a NULL bit each.
///
/// A *constant* vector stores one value at index 0 that stands for every row; readers go through [#at]. Vectors grow on
/// demand ([#ensure]) and are reused between batches ([#reset]). Owned by one thread; never shared while written.
public abstract sealed class Vector permits LongVector, DoubleVector, DecimalVector, BytesVector {
    /// Rows of a usual batch.
    public static final int BATCH_ROWS = 1024;

    private SqlType type;
    private long[] nulls;
    private boolean hasNulls;
    private boolean constant;

    Vector(SqlType type, int capacity) {
        this.type = type;
        this.nulls = new long[(Math.max(capacity, 1) + 63) >> 6];
    }

    /// A vector of the right class for a type.
    public static Vector of(SqlType type, int capacity) {
        return switch (type.physical()) {
            case LONG -> new LongVector(type, capacity);
            case DOUBLE -> new DoubleVector(type, capacity);
            case DECIMAL -> new DecimalVector(type, capacity);
            case BYTES -> new BytesVector(type, capacity);
        };
    }

    /// A constant vector holding NULL.
    public static Vector constantNull(SqlType type) {
        Vector v = of(type, 1);
        v.setNull(0);
        v.setConstant(true);
        return v;
    }

    /// The SQL type of the values.
    public final SqlType type() {
        return type;
    }

    /// Reinterprets the values as another type of the same physical form (and, for DECIMAL, of the same scale).
    public final void retype(SqlType other) {
        assert other.physical() == type.physical();
        this.type = other;
    }

    /// The form of the values.
    public final Physical physical() {
        return type.physical();
    }

    /// True if the value at index 0 stands for every row.
    public final boolean isConstant() {
        return constant;
    }

    /// Declares this vector constant or not.
    public final void setConstant(boolean isConstant) {
        this.constant = isConstant;
    }

    /// The index that holds a row's value.
    public final int at(int row) {
        return constant ? 0 : row;
    }

    /// False only if no value is NULL.
    public final boolean hasNulls() {
        return hasNulls;
    }

    /// True if the row's value is NULL.
    public final boolean isNull(int row) {
        int i = constant ? 0 : row;
        return hasNulls && (nulls[i >> 6] & (1L << i)) != 0;
    }

    /// Makes the value at an index NULL.
    public final void setNull(int index) {
        nulls[index >> 6] |= 1L << index;
        hasNulls = true;
    }

    /// Makes the values at 0 to `rows` − 1 NULL where the source's rows are; others stay as they are.
    public final void addNulls(Vector source, int rows) {
        if (!source.hasNulls) {
            return;
        }
        hasNulls = true;
        int words = (rows + 63) >> 6;
        if (source.constant) {
            if (source.isNull(0)) {
                Arrays.fill(nulls, 0, words, -1L);
            }
            return;
        }
        for (int i = 0; i < words; i++) {
            nulls[i] |= source.nulls[i];
        }
    }

    /// Makes the value at an index not NULL.
    public final void clearNull(int index) {
        nulls[index >> 6] &= ~(1L << index);
    }

    /// Forgets all values: no NULLs, not constant.
    public void reset() {
        if (hasNulls) {
            Arrays.fill(nulls, 0);
            hasNulls = false;
        }
        constant = false;
    }

    /// Makes room for at least `rows` values; keeps those there.
    public void ensure(int rows) {
        int words = (rows + 63) >> 6;
        if (words > nulls.length) {
            nulls = Arrays.copyOf(nulls, Math.max(words, nulls.length * 2));
        }
    }

    /// Rows there is room for.
    public abstract int capacity();

    /// Copies one value, NULL or not, of a vector of the same class (and scale) to an index here.
    public abstract void copyFrom(Vector source, int sourceRow, int index);

    /// Bytes held, roughly, by `rows` rows; for memory accounts.
    public abstract long sizeBytes(int rows);

    /// Fills this vector with the selected rows of a source of the same class.
    public final void gather(Vector source, int[] rows, int count) {
        reset();
        ensure(count);
        if (source.constant) {
            copyFrom(source, 0, 0);
            constant = true;
            return;
        }
        for (int i = 0; i < count; i++) {
            copyFrom(source, rows[i], i);
        }
    }

    final boolean copyNull(Vector source, int sourceRow, int index) {
        if (source.isNull(sourceRow)) {
            setNull(index);
            return true;
        }
        if (hasNulls) {
            clearNull(index);
        }
        return false;
    }
}
