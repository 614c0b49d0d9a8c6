package io.qomo.query.aggregate;

import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// BIT_AND, BIT_OR, BIT_XOR of 64-bit integers; without rows all bits (AND) or none.
final class BitFold implements Accumulator {
    /// Which bits of two values are set in the result.
    enum Operator {
        AND,
        OR,
        XOR;

        String sqlName() {
            return "bit_" + name().toLowerCase(java.util.Locale.ROOT);
        }

        long neutral() {
            return this == AND ? -1 : 0;
        }

        long apply(long a, long b) {
            return switch (this) {
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
            };
        }
    }

    private final Operator operator;
    private long[] values = new long[1];

    BitFold(Operator operator) {
        this.operator = operator;
        reset();
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > values.length) {
            int old = values.length;
            values = Arrays.copyOf(values, Math.max(groups, old * 2));
            Arrays.fill(values, old, values.length, operator.neutral());
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        LongVector v = (LongVector) arguments[0];
        for (int i = 0; i < rows; i++) {
            if (!v.isNull(i)) {
                int group = groupIds == null ? 0 : groupIds[i];
                values[group] = operator.apply(values[group], v.values[v.at(i)]);
            }
        }
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        BitFold from = (BitFold) other;
        for (int i = 0; i < groups; i++) {
            values[groupIds[i]] = operator.apply(values[groupIds[i]], from.values[i]);
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        System.arraycopy(values, from, ((LongVector) out).values, 0, count);
    }

    @Override
    public long sizeBytes() {
        return 8L * values.length;
    }

    @Override
    public void reset() {
        Arrays.fill(values, operator.neutral());
    }
}
