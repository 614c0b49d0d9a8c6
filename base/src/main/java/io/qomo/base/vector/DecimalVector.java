package io.qomo.base.vector;

import io.qomo.base.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of the physical form DECIMAL: an unscaled integer each, all at the scale of the vector's type.
///
/// A value lies in [#unscaled] unless [#wide] exists and has an entry for it. Almost all decimals in practice fit 18
/// digits, so kernels run on longs with exact arithmetic and fall back value by value.
public final class DecimalVector extends Vector {
    /// Unscaled values; undefined where `wide` has an entry.
    public long[] unscaled;
    /// Null, or per value null or an unscaled integer that does not fit a long.
    public @Nullable BigInteger @Nullable [] wide;

    /// An empty vector; the type is DECIMAL(p, s).
    public DecimalVector(SqlType type, int capacity) {
        super(type, capacity);
        unscaled = new long[Math.max(capacity, 1)];
    }

    /// A constant; the value is brought to the type's scale without rounding, so it must fit.
    public static DecimalVector constant(SqlType type, BigDecimal value) {
        DecimalVector v = new DecimalVector(type, 1);
        v.set(0, value.setScale(type.scale()));
        v.setConstant(true);
        return v;
    }

    /// Digits after the point of every value.
    public int scale() {
        return type().scale();
    }

    /// True if the row's value is not in [#unscaled].
    public boolean isWide(int row) {
        return wide != null && wide[at(row)] != null;
    }

    /// The row's unscaled value.
    public BigInteger unscaled(int row) {
        int i = at(row);
        BigInteger big = wide == null ? null : wide[i];
        return big != null ? big : BigInteger.valueOf(unscaled[i]);
    }

    /// The row's value (undefined if NULL).
    public BigDecimal get(int row) {
        int i = at(row);
        BigInteger big = wide == null ? null : wide[i];
        return big != null ? new BigDecimal(big, scale()) : BigDecimal.valueOf(unscaled[i], scale());
    }

    /// Sets an unscaled value that fits a long.
    public void setUnscaled(int index, long value) {
        unscaled[index] = value;
        if (wide != null) {
            wide[index] = null;
        }
    }

    /// Sets an unscaled value of any size.
    public void setUnscaled(int index, BigInteger value) {
        if (value.bitLength() < 64) {
            setUnscaled(index, value.longValue());
            return;
        }
        @Nullable BigInteger[] big = wide;
        if (big == null) {
            big = new BigInteger[unscaled.length];
            wide = big;
        }
        big[index] = value;
    }

    /// Sets a value whose scale is the vector's.
    public void set(int index, BigDecimal value) {
        assert value.scale() == scale();
        setUnscaled(index, value.unscaledValue());
    }

    @Override
    public int capacity() {
        return unscaled.length;
    }

    @Override
    public void reset() {
        super.reset();
        wide = null;
    }

    @Override
    public void ensure(int rows) {
        super.ensure(rows);
        if (rows > unscaled.length) {
            unscaled = Arrays.copyOf(unscaled, Math.max(rows, unscaled.length * 2));
            if (wide != null) {
                wide = Arrays.copyOf(wide, unscaled.length);
            }
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int index) {
        if (copyNull(source, sourceRow, index)) {
            return;
        }
        DecimalVector from = (DecimalVector) source;
        int i = from.at(sourceRow);
        BigInteger big = from.wide == null ? null : from.wide[i];
        if (big != null) {
            setUnscaled(index, big);
        } else {
            setUnscaled(index, from.unscaled[i]);
        }
    }

    @Override
    public long sizeBytes(int rows) {
        return (wide == null ? 8L : 56L) * rows + (rows >> 3);
    }
}
