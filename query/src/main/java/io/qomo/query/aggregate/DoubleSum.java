package io.qomo.query.aggregate;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// SUM and AVG of doubles.
final class DoubleSum implements Accumulator {
    private final boolean isAverage;
    private double[] sums = new double[1];
    private long[] counts = new long[1];

    DoubleSum(boolean isAverage) {
        this.isAverage = isAverage;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > sums.length) {
            int n = Math.max(groups, sums.length * 2);
            sums = Arrays.copyOf(sums, n);
            counts = Arrays.copyOf(counts, n);
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        DoubleVector v = (DoubleVector) arguments[0];
        for (int i = 0; i < rows; i++) {
            if (!v.isNull(i)) {
                int group = groupIds == null ? 0 : groupIds[i];
                sums[group] += v.values[v.at(i)];
                counts[group]++;
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        DoubleSum from = (DoubleSum) other;
        for (int i = 0; i < groups; i++) {
            sums[groupIds[i]] += from.sums[i];
            counts[groupIds[i]] += from.counts[i];
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        DoubleVector result = (DoubleVector) out;
        for (int i = 0; i < count; i++) {
            long n = counts[from + i];
            if (n == 0) {
                out.setNull(i);
                continue;
            }
            double sum = sums[from + i];
            if (!Double.isFinite(sum)) {
                throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DOUBLE", isAverage ? "avg" : "sum");
            }
            result.values[i] = isAverage ? sum / n : sum;
        }
    }

    @Override
    public long sizeBytes() {
        return 16L * sums.length;
    }

    @Override
    public void reset() {
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
    }
}
