package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.DistinctRows;
import io.qomo.query.plan.PhysicalPlan.Distinct;
import org.jspecify.annotations.Nullable;

/// Removes duplicate rows; a row is handed on when it first comes, unless memory is short.
final class DistinctOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final DistinctRows rows;
    private boolean isInputDone;

    DistinctOperator(ExecContext context, Operator input, Distinct plan) {
        this.context = context;
        this.input = input;
        int width = plan.input().props().columns().size();
        this.rows = new DistinctRows(Rows.types(plan.input()), width, context.temp(), context.memory());
    }

    @Override
    public void open() {
        rows.clear();
        isInputDone = false;
        input.open();
    }

    @Override
    public @Nullable Batch next() {
        while (!isInputDone) {
            context.checkInterrupted();
            Batch batch = input.next();
            if (batch == null) {
                isInputDone = true;
                break;
            }
            Batch fresh = rows.add(batch);
            if (fresh != null) {
                return fresh;
            }
        }
        context.checkInterrupted();
        return rows.drain();
    }

    @Override
    public void close() {
        isInputDone = true;
        rows.close();
        input.close();
    }
}
