package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.Values;
import io.qomo.query.plan.PlanParts.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of expressions over nothing.
final class ValuesOperator implements Operator {
    private static final int BATCH_ROWS = 256;

    private final ExecContext context;
    private final List<List<Expr>> rows;
    private final Batch noInput = new Batch(new Vector[0], 1);
    private final Batch out;
    private final @Nullable Programs single;
    private int next;
    private Vector @Nullable [] waiting;

    ValuesOperator(ExecContext context, Values plan) {
        this.context = context;
        this.rows = plan.rows();
        List<OutputColumn> columns = plan.props().columns();
        Vector[] vectors = new Vector[columns.size()];
        for (int c = 0; c < vectors.length; c++) {
            vectors[c] = Vector.of(columns.get(c).type(), 1);
        }
        this.out = new Batch(vectors, 0);
        this.single = rows.size() == 1 ? Programs.of(rows.getFirst(), context) : null;
    }

    @Override
    public void open() {
        next = 0;
        waiting = null;
        if (single != null) {
            single.reset();
        }
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        int count = Math.min(BATCH_ROWS, rows.size() - next);
        if (count <= 0) {
            return null;
        }
        int taken = 0;
        while (taken < count) {
            if (taken > 0 && waiting == null && hasSubquery(rows.get(next + taken))) {
                break;
            }
            Vector[] row = waiting == null ? evaluate(next + taken) : waiting;
            waiting = null;
            if (taken == 0) {
                shape(row, count);
            } else if (!fits(row)) {
                waiting = row;
                break;
            }
            Vector[] columns = out.columns();
            for (int c = 0; c < columns.length; c++) {
                Rows.copyValue(row[c], 0, columns[c], taken);
            }
            taken++;
        }
        next += taken;
        out.setRows(taken);
        return out;
    }

    /// True of a row that reads tables: as in MySQL it sees the rows an INSERT has written before.
    private static boolean hasSubquery(List<Expr> row) {
        for (Expr e : row) {
            if (!(e instanceof Expr.Constant) && ExprWalker.any(e, Expr.Subquery.class::isInstance)) {
                return true;
            }
        }
        return false;
    }

    /// The values of a row, kept: an expression is evaluated once even if its row has to wait for the next batch.
    private Vector[] evaluate(int index) {
        Vector[] constants = constants(rows.get(index));
        if (constants != null) {
            return constants;
        }
        Programs row = single == null ? Programs.of(rows.get(index), context) : single;
        Vector[] values = new Vector[out.width()];
        for (int c = 0; c < values.length; c++) {
            Vector value = row.evaluate(c, noInput);
            Vector kept = Vector.of(value.type(), 1);
            kept.copyFrom(value, 0, 0);
            values[c] = kept;
        }
        if (row != single) {
            row.reset();
        }
        return values;
    }

    /// The values of a row of constants; null if it has others.
    private static Vector @Nullable [] constants(List<Expr> row) {
        Vector[] values = new Vector[row.size()];
        for (int c = 0; c < values.length; c++) {
            if (!(row.get(c) instanceof Expr.Constant constant)) {
                return null;
            }
            values[c] = constant.value();
        }
        return values;
    }

    /// Gives the batch the types of its first row. Rows of INSERT … VALUES may differ from each other: each value is
    /// converted from its own type to the column's, so rows of equal types make a batch.
    private void shape(Vector[] row, int count) {
        for (int c = 0; c < row.length; c++) {
            Vector column = out.column(c);
            if (!row[c].isNull(0) && !isAlike(row[c].type(), column.type())) {
                column = Vector.of(row[c].type(), count);
                out.setColumn(c, column);
            }
            column.reset();
            column.ensure(count);
        }
    }

    private boolean fits(Vector[] row) {
        for (int c = 0; c < row.length; c++) {
            if (!row[c].isNull(0) && !isAlike(row[c].type(), out.column(c).type())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlike(SqlType one, SqlType other) {
        return one.kind() == other.kind()
                && one.scale() == other.scale()
                && one.unsigned() == other.unsigned()
                && one.collation() == other.collation();
    }

    @Override
    public void close() {
        next = rows.size();
        if (single != null) {
            single.reset();
        }
    }
}
