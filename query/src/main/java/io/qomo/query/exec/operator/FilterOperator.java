package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.expr.Expr;
import org.jspecify.annotations.Nullable;

/// Keeps rows for which a condition holds. A batch that passes whole is handed on as it is.
final class FilterOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final CompiledExpr condition;
    private int[] selection = new int[64];
    private final Gatherer gatherer = new Gatherer();

    FilterOperator(ExecContext context, Operator input, Expr condition) {
        this.context = context;
        this.input = input;
        this.condition = Evaluator.compile(condition, context);
    }

    @Override
    public void open() {
        condition.reset();
        input.open();
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            context.checkInterrupted();
            Batch batch = input.next();
            if (batch == null) {
                return null;
            }
            if (selection.length < batch.rows()) {
                selection = new int[batch.rows()];
            }
            int count = Evaluator.filter(condition, batch, selection);
            if (count == batch.rows()) {
                return batch;
            }
            if (count > 0) {
                return gatherer.gather(batch, selection, count);
            }
        }
    }

    @Override
    public void close() {
        condition.reset();
        input.close();
    }
}
