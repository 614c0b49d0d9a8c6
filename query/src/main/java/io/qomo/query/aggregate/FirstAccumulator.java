package io.qomo.query.aggregate;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import org.jspecify.annotations.Nullable;

/// ANY_VALUE: the first value of each group, NULL or not.
final class FirstAccumulator implements Accumulator {
    private final SqlType type;
    private Vector first;
    private boolean[] seen = new boolean[1];

    FirstAccumulator(SqlType type) {
        this.type = type;
        this.first = Vector.of(type, 1);
    }

    @Override
    public void ensureGroups(int groups) {
        first.ensure(groups);
        if (groups > seen.length) {
            seen = java.util.Arrays.copyOf(seen, Math.max(groups, seen.length * 2));
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        for (int i = 0; i < rows; i++) {
            int group = groupIds == null ? 0 : groupIds[i];
            if (!seen[group]) {
                seen[group] = true;
                first.copyFrom(arguments[0], i, group);
            }
            if (groupIds == null) {
                return;
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        FirstAccumulator from = (FirstAccumulator) other;
        for (int i = 0; i < groups; i++) {
            if (from.seen[i] && !seen[groupIds[i]]) {
                seen[groupIds[i]] = true;
                first.copyFrom(from.first, i, groupIds[i]);
            }
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            if (seen[from + i]) {
                out.copyFrom(first, from + i, i);
            } else {
                out.setNull(i);
            }
        }
    }

    @Override
    public long sizeBytes() {
        return first.sizeBytes(Math.min(seen.length, first.capacity())) + seen.length;
    }

    @Override
    public void reset() {
        first = Vector.of(type, 1);
        seen = new boolean[1];
    }
}
