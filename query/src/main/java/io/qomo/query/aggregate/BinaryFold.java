package io.qomo.query.aggregate;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// BIT_AND, BIT_OR, BIT_XOR of binary strings of one length; without rows a string of the neutral byte.
final class BinaryFold implements Accumulator {
    private final BitFold.Operator operator;
    private final int neutralLength;
    private byte[] @Nullable [] values = new byte[1][];

    BinaryFold(BitFold.Operator operator, SqlType type) {
        this.operator = operator;
        this.neutralLength = Math.clamp(type.length(), 0, 511);
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > values.length) {
            values = Arrays.copyOf(values, Math.max(groups, values.length * 2));
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        BytesVector v = (BytesVector) arguments[0];
        for (int i = 0; i < rows; i++) {
            if (!v.isNull(i)) {
                add(groupIds == null ? 0 : groupIds[i], v.get(i));
            }
        }
    }

    private void add(int group, byte[] bytes) {
        byte[] known = values[group];
        if (known == null) {
            values[group] = bytes.clone();
            return;
        }
        if (known.length != bytes.length) {
            throw new SqlException(ErrorCode.INVALID_BITWISE_OPERANDS_SIZE);
        }
        for (int i = 0; i < bytes.length; i++) {
            known[i] = (byte) operator.apply(known[i], bytes[i]);
        }
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        BinaryFold from = (BinaryFold) other;
        for (int i = 0; i < groups; i++) {
            byte[] bytes = from.values[i];
            if (bytes != null) {
                add(groupIds[i], bytes);
            }
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            byte[] bytes = values[from + i];
            if (bytes == null) {
                bytes = new byte[neutralLength];
                Arrays.fill(bytes, (byte) operator.neutral());
            }
            ((BytesVector) out).set(i, bytes);
        }
    }

    @Override
    public long sizeBytes() {
        return (24L + neutralLength) * values.length;
    }

    @Override
    public void reset() {
        values = new byte[1][];
    }
}
