package io.qomo.query.exec.write;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.ViewCheck;
import java.util.List;

/// The CHECK constraints of a table and the WITH CHECK OPTION of a view over it, for batches of rows. NULL passes a
/// constraint but not a view. Owned by the statement's thread.
final class RowChecks {
    private final BoundTable bound;
    private final List<ViewCheck> views;
    private final Programs conditions;
    private final Programs viewConditions;
    private Vector[] results = {};
    private Vector[] viewResults = {};

    RowChecks(ExecContext context, BoundTable bound, List<ViewCheck> views) {
        this.bound = bound;
        this.views = views;
        this.conditions = Programs.of(
                bound.checks().stream().map(BoundTable.BoundCheck::condition).toList(), context);
        this.viewConditions =
                Programs.of(views.stream().map(ViewCheck::condition).toList(), context);
    }

    /// Evaluates all conditions; answers are valid until the next call.
    ///
    /// @param rows the table's columns by ordinal
    /// @param source what the views' conditions are over
    void evaluate(Batch rows, Batch source) {
        results = conditions.evaluate(rows);
        viewResults = viewConditions.evaluate(source);
    }

    /// Refuses a row. Errors VIEW_CHECK_FAILED, CHECK_CONSTRAINT_VIOLATED.
    void check(int row) {
        for (int i = 0; i < viewResults.length; i++) {
            if (viewResults[i].isNull(row) || isZero(viewResults[i], row)) {
                ViewCheck view = views.get(i);
                throw new SqlException(ErrorCode.VIEW_CHECK_FAILED, view.database(), view.view());
            }
        }
        for (int i = 0; i < results.length; i++) {
            if (!results[i].isNull(row) && isZero(results[i], row)) {
                throw new SqlException(
                        ErrorCode.CHECK_CONSTRAINT_VIOLATED,
                        bound.checks().get(i).name());
            }
        }
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
