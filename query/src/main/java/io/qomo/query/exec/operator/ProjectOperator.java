package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes columns.
final class ProjectOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final Programs programs;
    private @Nullable Batch out;

    ProjectOperator(ExecContext context, Operator input, List<Expr> expressions) {
        this.context = context;
        this.input = input;
        this.programs = Programs.of(expressions, context);
    }

    @Override
    public void open() {
        programs.reset();
        input.open();
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        Batch batch = input.next();
        if (batch == null) {
            return null;
        }
        Batch target = out;
        if (target == null) {
            target = new Batch(programs.evaluate(batch), batch.rows());
            out = target;
            return target;
        }
        programs.evaluate(batch);
        target.setRows(batch.rows());
        return target;
    }

    @Override
    public void close() {
        programs.reset();
        input.close();
    }
}
