package io.qomo.query.aggregate;

import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// COUNT(*), COUNT(x), and COUNT(x, y) as DISTINCT leaves it: rows without a NULL.
final class CountAccumulator implements Accumulator {
    private long[] counts = new long[1];

    @Override
    public void ensureGroups(int groups) {
        if (groups > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(groups, counts.length * 2));
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        boolean checksNulls = false;
        for (Vector argument : arguments) {
            checksNulls |= argument.hasNulls();
        }
        if (!checksNulls) {
            if (groupIds == null) {
                counts[0] += rows;
                return;
            }
            for (int i = 0; i < rows; i++) {
                counts[groupIds[i]]++;
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            if (!anyNull(arguments, i)) {
                counts[groupIds == null ? 0 : groupIds[i]]++;
            }
        }
    }

    private static boolean anyNull(Vector[] arguments, int row) {
        for (Vector argument : arguments) {
            if (argument.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        CountAccumulator from = (CountAccumulator) other;
        for (int i = 0; i < groups; i++) {
            counts[groupIds[i]] += from.counts[i];
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        System.arraycopy(counts, from, ((LongVector) out).values, 0, count);
    }

    @Override
    public long sizeBytes() {
        return 8L * counts.length;
    }

    @Override
    public void reset() {
        Arrays.fill(counts, 0);
    }
}
