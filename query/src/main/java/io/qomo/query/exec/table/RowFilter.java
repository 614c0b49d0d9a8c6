package io.qomo.query.exec.table;

import io.qomo.base.vector.Batch;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.expr.Expr;
import org.jspecify.annotations.Nullable;

/// The condition of a scan over its output. Owned by one thread.
public final class RowFilter {
    private final @Nullable CompiledExpr condition;
    private int[] selection = new int[64];

    /// A filter; without a condition everything passes.
    public RowFilter(@Nullable Expr condition, ExecContext context) {
        this.condition = condition == null ? null : Evaluator.compile(condition, context);
    }

    /// Finishes the rows and keeps those that pass.
    public Batch apply(TableRows rows) {
        Batch batch = rows.finish();
        CompiledExpr test = condition;
        if (test == null || batch.rows() == 0) {
            return batch;
        }
        int count = select(batch);
        return rows.keep(selection, count);
    }

    /// Selects the rows that pass into [#selection]; returns how many.
    int select(Batch batch) {
        if (selection.length < batch.rows()) {
            selection = new int[batch.rows()];
        }
        CompiledExpr test = condition;
        if (test != null) {
            return Evaluator.filter(test, batch, selection);
        }
        for (int i = 0; i < batch.rows(); i++) {
            selection[i] = i;
        }
        return batch.rows();
    }

    /// The rows selected last.
    int[] selection() {
        return selection;
    }

    /// Forgets what was kept between batches.
    public void reset() {
        if (condition != null) {
            condition.reset();
        }
    }
}
