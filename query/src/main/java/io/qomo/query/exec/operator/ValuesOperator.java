package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
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
        Vector[] columns = out.columns();
        for (Vector column : columns) {
            column.reset();
            column.ensure(count);
        }
        for (int r = 0; r < count; r++) {
            Programs row = single == null ? Programs.of(rows.get(next + r), context) : single;
            for (int c = 0; c < columns.length; c++) {
                Rows.copyValue(row.evaluate(c, noInput), 0, columns[c], r);
            }
            if (row != single) {
                row.reset();
            }
        }
        next += count;
        out.setRows(count);
        return out;
    }

    @Override
    public void close() {
        next = rows.size();
        if (single != null) {
            single.reset();
        }
    }
}
