package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Concatenates its inputs, each opened when the one before has ended.
final class UnionAllOperator implements Operator {
    private final ExecContext context;
    private final List<Operator> inputs;
    private int current;
    private boolean isOpen;

    UnionAllOperator(ExecContext context, List<Operator> inputs) {
        this.context = context;
        this.inputs = inputs;
    }

    @Override
    public void open() {
        current = 0;
        isOpen = false;
    }

    @Override
    public @Nullable Batch next() {
        while (current < inputs.size()) {
            context.checkInterrupted();
            Operator input = inputs.get(current);
            if (!isOpen) {
                input.open();
                isOpen = true;
            }
            Batch batch = input.next();
            if (batch != null) {
                return batch;
            }
            input.close();
            isOpen = false;
            current++;
        }
        return null;
    }

    @Override
    public void close() {
        current = inputs.size();
        inputs.forEach(Operator::close);
    }
}
