package io.qomo.query.aggregate;

import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Variances and standard deviations, by Welford's recurrence: the mean and the sum of squared distances from it.
///
/// Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and products", 1962; merging
/// after
/// Chan, Golub and LeVeque, 1979.
final class VarianceAccumulator implements Accumulator {
    private final boolean isSample;
    private final boolean isRoot;
    private long[] counts = new long[1];
    private double[] means = new double[1];
    private double[] squares = new double[1];

    VarianceAccumulator(boolean isSample, boolean isRoot) {
        this.isSample = isSample;
        this.isRoot = isRoot;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > counts.length) {
            int n = Math.max(groups, counts.length * 2);
            counts = Arrays.copyOf(counts, n);
            means = Arrays.copyOf(means, n);
            squares = Arrays.copyOf(squares, n);
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        DoubleVector v = (DoubleVector) arguments[0];
        for (int i = 0; i < rows; i++) {
            if (!v.isNull(i)) {
                int group = groupIds == null ? 0 : groupIds[i];
                double value = v.values[v.at(i)];
                counts[group]++;
                double distance = value - means[group];
                means[group] += distance / counts[group];
                squares[group] += distance * (value - means[group]);
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        VarianceAccumulator from = (VarianceAccumulator) other;
        for (int i = 0; i < groups; i++) {
            long n = from.counts[i];
            if (n == 0) {
                continue;
            }
            int group = groupIds[i];
            long total = counts[group] + n;
            double distance = from.means[i] - means[group];
            squares[group] += from.squares[i] + distance * distance * counts[group] * n / total;
            means[group] += distance * n / total;
            counts[group] = total;
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        DoubleVector result = (DoubleVector) out;
        for (int i = 0; i < count; i++) {
            long n = isSample ? counts[from + i] - 1 : counts[from + i];
            if (n <= 0) {
                out.setNull(i);
                continue;
            }
            double variance = squares[from + i] / n;
            result.values[i] = isRoot ? Math.sqrt(variance) : variance;
        }
    }

    @Override
    public long sizeBytes() {
        return 24L * counts.length;
    }

    @Override
    public void reset() {
        Arrays.fill(counts, 0);
        Arrays.fill(means, 0);
        Arrays.fill(squares, 0);
    }
}
