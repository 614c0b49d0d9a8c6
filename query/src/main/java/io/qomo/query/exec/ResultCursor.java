package io.qomo.query.exec;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.plan.PlanParts.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a running query. Owned by the statement's thread.
public final class ResultCursor implements AutoCloseable {
    private final List<OutputColumn> columns;
    private final Operator root;
    private final ExecContext context;

    ResultCursor(List<OutputColumn> columns, Operator root, ExecContext context) {
        this.columns = columns;
        this.root = root;
        this.context = context;
    }

    /// The columns of every batch.
    public List<OutputColumn> columns() {
        return columns;
    }

    /// The next rows, never an empty batch, or null at the end; valid until the next call.
    public @Nullable Batch next() {
        return root.next();
    }

    /// Starts anew after [#close], for the statement its context was given by [ExecContext#restart]. After an error
    /// the cursor is closed.
    public void reopen() {
        try {
            root.open();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// Gives back memory, files and cursors; any number of times.
    @Override
    public void close() {
        root.close();
        context.close();
    }
}
