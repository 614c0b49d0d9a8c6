package io.qomo.query.exec.operator;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.Limit;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Skips rows and passes so many. The input is closed as soon as it is not needed any more.
final class LimitOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final @Nullable Expr offset;
    private final @Nullable Expr count;
    private long toSkip;
    private long toPass;
    private int[] selection = new int[64];
    private final Gatherer gatherer = new Gatherer();

    LimitOperator(ExecContext context, Operator input, Limit plan) {
        this.context = context;
        this.input = input;
        this.offset = plan.offset();
        this.count = plan.count();
    }

    @Override
    public void open() {
        toSkip = offset == null ? 0 : rowCount(offset, context);
        toPass = count == null ? Long.MAX_VALUE : rowCount(count, context);
        if (toPass > 0) {
            input.open();
        }
    }

    /// The value of a LIMIT's expression, unsigned values beyond 2^63 as 2^63 − 1.
    static long rowCount(Expr expr, ExecContext context) {
        Vector value = Evaluator.evaluateConstant(expr, context);
        if (value.isNull(0)) {
            return 0;
        }
        return switch (value) {
            case LongVector v -> v.get(0) >= 0 ? v.get(0) : v.type().unsigned() ? Long.MAX_VALUE : 0;
            case DecimalVector v ->
                v.get(0).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
            default -> throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "LIMIT");
        };
    }

    @Override
    public @Nullable Batch next() {
        while (toPass > 0) {
            Batch batch = input.next();
            if (batch == null) {
                toPass = 0;
                break;
            }
            int rows = batch.rows();
            if (toSkip >= rows) {
                toSkip -= rows;
                continue;
            }
            int from = (int) toSkip;
            toSkip = 0;
            int passed = (int) Math.min(rows - from, toPass);
            toPass -= passed;
            if (passed == rows) {
                return batch;
            }
            if (selection.length < passed) {
                selection = new int[Math.max(passed, selection.length * 2)];
            }
            for (int i = 0; i < passed; i++) {
                selection[i] = from + i;
            }
            return gatherer.gather(batch, selection, passed);
        }
        input.close();
        return null;
    }

    @Override
    public void close() {
        toPass = 0;
        input.close();
    }
}
