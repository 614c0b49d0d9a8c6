package io.qomo.query.exec.write;

import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.ViewCheck;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the new rows of an UPDATE or of ON DUPLICATE KEY UPDATE: assignments in order, each seeing
/// those before it; columns that show the time of the change, if anything changed; generated columns.
/// Owned by the statement's thread.
final class RowChanger {
    private final ExecContext context;
    private final BoundTable bound;
    private final int[] positions;
    private final List<Assignment> assignments;
    private final CompiledExpr[] values;
    private final boolean isNullError;
    private final @Nullable CompiledExpr[] generated;
    private final RowChecks checks;
    private final Vector[] own;
    private final Vector[] old;
    private final Batch now;
    private final boolean[] isAssigned;
    private final boolean[] changed;

    /// A changer.
    ///
    /// @param positions in the source of each column of the table
    /// @param views WITH CHECK OPTION of the view that is updated
    /// @param isNullError NULL in a NOT NULL column is an error, not a warning
    RowChanger(
            ExecContext context,
            BoundTable bound,
            List<Integer> positions,
            List<Assignment> assignments,
            List<ViewCheck> views,
            boolean isNullError) {
        this.context = context;
        this.bound = bound;
        this.positions = positions.stream().mapToInt(p -> p).toArray();
        this.assignments = assignments;
        this.isNullError = isNullError;
        this.values = new CompiledExpr[assignments.size()];
        int n = this.positions.length;
        this.isAssigned = new boolean[n];
        for (int i = 0; i < values.length; i++) {
            values[i] = Evaluator.compile(assignments.get(i).value(), context);
            isAssigned[assignments.get(i).ordinal()] = true;
        }
        this.generated = new CompiledExpr[n];
        this.own = new Vector[n];
        for (int i = 0; i < n; i++) {
            Expr expression = bound.generated().get(i);
            generated[i] = expression == null ? null : Evaluator.compile(expression, context);
            own[i] = Vector.of(column(i).type(), 1);
        }
        this.old = new Vector[n];
        this.now = new Batch(new Vector[n], 0);
        this.changed = new boolean[n];
        this.checks = new RowChecks(context, bound, views);
    }

    private ColumnDef column(int ordinal) {
        return bound.table().columns().get(ordinal);
    }

    /// Computes new rows for all rows of a source batch, whose columns it changes.
    ///
    /// @param firstRow number of the first row, from 1
    void apply(Batch source, long firstRow) {
        int rows = source.rows();
        for (int i = 0; i < old.length; i++) {
            old[i] = source.column(positions[i]);
            now.setColumn(i, old[i]);
        }
        now.setRows(rows);
        for (int i = 0; i < values.length; i++) {
            int ordinal = assignments.get(i).ordinal();
            // A column assigned twice: the second value must not overwrite what it is computed from.
            Vector out = now.column(ordinal) == own[ordinal]
                    ? Vector.of(column(ordinal).type(), rows)
                    : own[ordinal];
            ColumnValues.assign(
                    bound.table().name(), values[i].evaluate(source), rows, out, column(ordinal), firstRow, context);
            ColumnValues.checkNotNull(out, rows, column(ordinal), isNullError, context);
            source.setColumn(positions[ordinal], out);
            now.setColumn(ordinal, out);
        }
        setChangeTimes(rows);
        for (int i = 0; i < generated.length; i++) {
            CompiledExpr expression = generated[i];
            if (expression != null) {
                ColumnValues.assign(
                        bound.table().name(), expression.evaluate(now), rows, own[i], column(i), firstRow, context);
                ColumnValues.checkNotNull(own[i], rows, column(i), isNullError, context);
                now.setColumn(i, own[i]);
            }
        }
        for (int i = 0; i < old.length; i++) {
            source.setColumn(positions[i], now.column(i));
        }
        checks.evaluate(now, source);
    }

    /// Sets ON UPDATE CURRENT_TIMESTAMP columns of the rows in which an assigned column changed.
    private void setChangeTimes(int rows) {
        for (int i = 0; i < old.length; i++) {
            if (!column(i).onUpdateNow() || isAssigned[i]) {
                continue;
            }
            LongVector times = (LongVector) own[i];
            times.reset();
            times.ensure(rows);
            long time = changeTime(column(i));
            for (int r = 0; r < rows; r++) {
                if (isAnyAssignedChanged(r)) {
                    times.values[r] = time;
                } else {
                    times.copyFrom(old[i], r, r);
                }
            }
            now.setColumn(i, times);
        }
    }

    private long changeTime(ColumnDef column) {
        int fsp = Math.max(0, column.type().scale());
        long micros = context.statementMicros();
        if (column.type().kind() == TypeKind.TIMESTAMP) {
            long step = 1;
            for (int i = fsp; i < 6; i++) {
                step *= 10;
            }
            return micros - Math.floorMod(micros, step);
        }
        return Temporals.truncateDatetime(DuplicateKey.localDatetime(micros, context), fsp);
    }

    private boolean isAnyAssignedChanged(int row) {
        for (Assignment assignment : assignments) {
            int i = assignment.ordinal();
            if (!RowValues.same(old[i], row, now.column(i), row)) {
                return true;
            }
        }
        return false;
    }

    /// True if the row differs from what it was; then [#changed] says where.
    boolean isChanged(int row) {
        if (!isAnyAssignedChanged(row)) {
            return false;
        }
        Arrays.fill(changed, false);
        for (int i = 0; i < old.length; i++) {
            Vector value = now.column(i);
            changed[i] = value != old[i] && !RowValues.same(old[i], row, value, row);
        }
        return true;
    }

    /// Per ordinal whether the row asked about last differs.
    boolean[] changed() {
        return changed;
    }

    /// The rows as they were.
    Vector[] old() {
        return old;
    }

    /// The rows as they shall be.
    Vector[] now() {
        return now.columns();
    }

    /// Throws error 1369 or 3819 if a new row breaks a WITH CHECK OPTION or a CHECK.
    void check(int row) {
        checks.check(row);
    }
}
