package io.qomo.query.aggregate;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import io.qomo.query.function.Comparison;
import org.jspecify.annotations.Nullable;

/// MIN and MAX: one value per group, replaced by one that comes before it (after it) in the order of its type.
final class ExtremeAccumulator implements Accumulator {
    private final SqlType type;
    private final Comparison better;
    private final Vector[] one = new Vector[1];
    private Vector best;
    private int groups;
    private long heapBytes;

    ExtremeAccumulator(SqlType type, Comparison better) {
        this.type = type;
        this.better = better;
        this.best = Vector.of(type, 1);
        ensureGroups(1);
    }

    @Override
    public void ensureGroups(int count) {
        best.ensure(count);
        for (; groups < count; groups++) {
            best.setNull(groups);
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        Vector v = arguments[0];
        for (int i = 0; i < rows; i++) {
            if (!v.isNull(i)) {
                int group = groupIds == null ? 0 : groupIds[i];
                if (best.isNull(group) || better.operator().accepts(better.compare(v, i, best, group))) {
                    put(v, i, group);
                }
            }
        }
    }

    private void put(Vector v, int row, int group) {
        if (v instanceof BytesVector bytes) {
            BytesVector kept = (BytesVector) best;
            heapBytes -= kept.isNull(group) ? 0 : kept.length[group];
            int i = bytes.at(row);
            // A copy, so that a large array is not held for a small slice of it.
            kept.set(
                    group,
                    java.util.Arrays.copyOfRange(bytes.base[i], bytes.offset[i], bytes.offset[i] + bytes.length[i]));
            heapBytes += kept.length[group];
            kept.clearNull(group);
        } else {
            best.copyFrom(v, row, group);
        }
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int count) {
        one[0] = ((ExtremeAccumulator) other).best;
        add(groupIds, one, count);
    }

    @Override
    public void results(int from, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            out.copyFrom(best, from + i, i);
        }
    }

    @Override
    public long sizeBytes() {
        return 24L * best.capacity() + heapBytes;
    }

    @Override
    public void reset() {
        best = Vector.of(type, 1);
        groups = 0;
        heapBytes = 0;
        ensureGroups(1);
    }
}
