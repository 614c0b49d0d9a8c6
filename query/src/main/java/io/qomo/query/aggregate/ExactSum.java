package io.qomo.query.aggregate;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import io.qomo.query.function.NumericTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// SUM and AVG of integers and decimals: exact, in a long per group; what overflows moves to a
/// BigInteger. A quotient is cut at the scale of the result.
final class ExactSum implements Accumulator {
    private final SqlType argument;
    private final SqlType result;
    private final boolean isAverage;
    private final int scale;
    private long[] sums = new long[1];
    private long[] counts = new long[1];
    private @Nullable BigInteger @Nullable [] wide;

    ExactSum(SqlType argument, SqlType result, boolean isAverage) {
        this.argument = argument;
        this.result = result;
        this.isAverage = isAverage;
        this.scale = Math.max(argument.scale(), 0);
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > sums.length) {
            int n = Math.max(groups, sums.length * 2);
            sums = Arrays.copyOf(sums, n);
            counts = Arrays.copyOf(counts, n);
            if (wide != null) {
                wide = Arrays.copyOf(wide, n);
            }
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        if (arguments[0] instanceof LongVector longs) {
            boolean unsigned = NumericTypes.isUnsigned(argument);
            for (int i = 0; i < rows; i++) {
                if (!longs.isNull(i)) {
                    int group = groupIds == null ? 0 : groupIds[i];
                    long value = longs.values[longs.at(i)];
                    if (unsigned && value < 0) {
                        addWide(group, Decimals.ofUnsigned(value));
                    } else {
                        addLong(group, value);
                    }
                    counts[group]++;
                }
            }
            return;
        }
        DecimalVector decimals = (DecimalVector) arguments[0];
        for (int i = 0; i < rows; i++) {
            if (!decimals.isNull(i)) {
                int group = groupIds == null ? 0 : groupIds[i];
                if (decimals.isWide(i)) {
                    addWide(group, decimals.unscaled(i));
                } else {
                    addLong(group, decimals.unscaled[decimals.at(i)]);
                }
                counts[group]++;
            }
        }
    }

    private void addLong(int group, long value) {
        long sum = sums[group];
        long next = sum + value;
        if (((sum ^ next) & (value ^ next)) < 0) {
            addWide(group, BigInteger.valueOf(sum));
            sums[group] = value;
        } else {
            sums[group] = next;
        }
    }

    private void addWide(int group, BigInteger value) {
        @Nullable BigInteger[] big = wide;
        if (big == null) {
            big = new BigInteger[sums.length];
            wide = big;
        }
        BigInteger known = big[group];
        big[group] = known == null ? value : known.add(value);
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        ExactSum from = (ExactSum) other;
        for (int i = 0; i < groups; i++) {
            addLong(groupIds[i], from.sums[i]);
            counts[groupIds[i]] += from.counts[i];
            BigInteger big = from.wide == null ? null : from.wide[i];
            if (big != null) {
                addWide(groupIds[i], big);
            }
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        if (out instanceof DoubleVector doubles) {
            averages(from, count, doubles);
            return;
        }
        DecimalVector decimals = (DecimalVector) out;
        for (int i = 0; i < count; i++) {
            int group = from + i;
            BigInteger big = wide == null ? null : wide[group];
            if (counts[group] == 0) {
                out.setNull(i);
            } else if (!isAverage && big == null && scale == result.scale()) {
                decimals.setUnscaled(i, sums[group]);
            } else {
                BigInteger sum = BigInteger.valueOf(sums[group]).add(big == null ? BigInteger.ZERO : big);
                set(decimals, i, new BigDecimal(sum, scale), counts[group]);
            }
        }
    }

    private void averages(int from, int count, DoubleVector out) {
        for (int i = 0; i < count; i++) {
            int group = from + i;
            if (counts[group] == 0) {
                out.setNull(i);
                continue;
            }
            BigInteger big = wide == null ? null : wide[group];
            double sum = big == null
                    ? Decimals.toDouble(sums[group], scale)
                    : new BigDecimal(big.add(BigInteger.valueOf(sums[group])), scale).doubleValue();
            out.values[i] = sum / counts[group];
        }
    }

    private void set(DecimalVector out, int index, BigDecimal sum, long count) {
        BigDecimal value = isAverage ? sum.divide(BigDecimal.valueOf(count), result.scale(), RoundingMode.DOWN) : sum;
        BigDecimal rounded = Decimals.round(value, result.scale());
        BigInteger whole = isAverage ? rounded.toBigInteger() : rounded.unscaledValue();
        if (!Decimals.fits(whole, SqlType.MAX_DECIMAL_PRECISION)) {
            throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DECIMAL", isAverage ? "avg" : "sum");
        }
        out.set(index, rounded);
    }

    @Override
    public long sizeBytes() {
        return (wide == null ? 16L : 72L) * sums.length;
    }

    @Override
    public void reset() {
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        wide = null;
    }
}
