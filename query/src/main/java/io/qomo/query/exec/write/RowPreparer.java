package io.qomo.query.exec.write;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.TableCounters;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.ViewCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes complete rows of what an INSERT gives: converts, computes generated columns, fills the hidden
/// row id. Only the AUTO_INCREMENT column may still be NULL afterwards. Owned by the statement's thread;
/// its batch is reused.
final class RowPreparer {
    private final ExecContext context;
    private final BoundTable bound;
    private final boolean isNullError;
    private final Batch row;
    private final @Nullable CompiledExpr[] generated;
    private final RowChecks checks;
    private final int hiddenKey;

    /// A preparer.
    ///
    /// @param views WITH CHECK OPTION of the view that is inserted into
    /// @param isNullError NULL in a NOT NULL column is an error, not a warning
    RowPreparer(ExecContext context, BoundTable bound, List<ViewCheck> views, boolean isNullError) {
        this(context, bound, views, isNullError, !bound.table().hasHiddenRowId());
    }

    private RowPreparer(
            ExecContext context, BoundTable bound, List<ViewCheck> views, boolean isNullError, boolean keepsRowIds) {
        this.context = context;
        this.bound = bound;
        this.isNullError = isNullError;
        int n = bound.table().columns().size();
        Vector[] columns = new Vector[n];
        this.generated = new CompiledExpr[n];
        for (int i = 0; i < n; i++) {
            columns[i] = Vector.of(bound.table().columns().get(i).type(), 1);
            Expr expression = bound.generated().get(i);
            generated[i] = expression == null ? null : Evaluator.compile(expression, context);
        }
        this.row = new Batch(columns, 0);
        this.checks = new RowChecks(context, bound, views);
        this.hiddenKey = keepsRowIds
                ? -1
                : bound.table()
                        .ordinalOfId(
                                bound.table().primaryKey().parts().getFirst().columnId());
    }

    /// A preparer of the rows of a table's copy.
    ///
    /// @param keepsRowIds the hidden row id comes with the rows, or there is none
    static RowPreparer forCopy(ExecContext context, BoundTable bound, boolean isNullError, boolean keepsRowIds) {
        boolean hasNone = !bound.table().hasHiddenRowId();
        return new RowPreparer(context, bound, List.of(), isNullError, keepsRowIds || hasNone);
    }

    /// Prepares the rows of a source batch.
    ///
    /// @param firstRow number of its first row, from 1
    Batch prepare(Batch source, long firstRow) {
        int rows = source.rows();
        row.setRows(rows);
        for (int i = 0; i < row.width(); i++) {
            ColumnDef column = bound.table().columns().get(i);
            if (i == hiddenKey) {
                fillHiddenKey((LongVector) row.column(i), rows);
            } else if (generated[i] == null) {
                ColumnValues.assign(
                        bound.table().name(), source.column(i), rows, row.column(i), column, firstRow, context);
                if (!column.autoIncrement()) {
                    ColumnValues.checkNotNull(row.column(i), rows, column, isNullError, context);
                }
            }
        }
        for (int i = 0; i < row.width(); i++) {
            CompiledExpr expression = generated[i];
            if (expression != null) {
                ColumnDef column = bound.table().columns().get(i);
                ColumnValues.assign(
                        bound.table().name(), expression.evaluate(row), rows, row.column(i), column, firstRow, context);
                ColumnValues.checkNotNull(row.column(i), rows, column, isNullError, context);
            }
        }
        checks.evaluate(row, row);
        return row;
    }

    private void fillHiddenKey(LongVector values, int rows) {
        values.reset();
        values.ensure(rows);
        long first = context.services().counters().next(TableCounters.rowId(bound.table()), rows, 1, 1);
        for (int r = 0; r < rows; r++) {
            values.values[r] = first + r;
        }
    }

    /// Throws error 1369 or 3819 if a prepared row breaks a WITH CHECK OPTION or a CHECK.
    void check(int at) {
        checks.check(at);
    }
}
