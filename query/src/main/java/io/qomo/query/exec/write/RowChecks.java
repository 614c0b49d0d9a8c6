package io.qomo.query.exec.write;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.plan.BoundTable;
import org.jspecify.annotations.Nullable;

/// The CHECK constraints of a table over batches of its rows by ordinal. NULL passes. Owned by the
/// statement's thread.
final class RowChecks {
    private final BoundTable bound;
    private final Programs conditions;
    private Vector[] results = {};

    RowChecks(ExecContext context, BoundTable bound) {
        this.bound = bound;
        this.conditions = Programs.of(
                bound.checks().stream().map(BoundTable.BoundCheck::condition).toList(), context);
    }

    /// Evaluates all conditions; answers are valid until the next call.
    void evaluate(Batch rows) {
        results = conditions.evaluate(rows);
    }

    /// The name of the first constraint a row breaks, or null.
    @Nullable String firstBroken(int row) {
        for (int i = 0; i < results.length; i++) {
            Vector result = results[i];
            if (!result.isNull(row) && isZero(result, row)) {
                return bound.checks().get(i).name();
            }
        }
        return null;
    }

    private static boolean isZero(Vector v, int row) {
        return switch (v) {
            case LongVector l -> l.get(row) == 0;
            case DoubleVector d -> d.get(row) == 0;
            case DecimalVector d -> d.unscaled(row).signum() == 0;
            default -> false;
        };
    }
}
