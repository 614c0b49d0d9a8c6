package io.qomo.query.optimize;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Constant;
import org.jspecify.annotations.Nullable;

/// How many rows a sort below a limit must keep.
final class TopN {
    private TopN() {}

    /// Offset and count together as one expression over nothing, or null if they cannot be added.
    static @Nullable Expr rows(@Nullable Expr offset, Expr count) {
        if (offset == null) {
            return count;
        }
        if (!(offset instanceof Constant o) || !(count instanceof Constant c)) {
            return null;
        }
        long sum = value(o) + value(c);
        if (value(o) < 0 || value(c) < 0 || sum < 0) {
            return null;
        }
        return new Constant(LongVector.constant(SqlType.BIGINT_UNSIGNED, sum));
    }

    private static long value(Constant c) {
        return c.value() instanceof LongVector v && !v.isNull(0) ? v.get(0) : -1;
    }
}
