package io.qomo.query.exec;

import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Services;
import io.qomo.query.exec.context.Statement;
import io.qomo.query.exec.operator.Operators;
import io.qomo.query.plan.PlannedQuery;

/// Runs plans. One per node; thread-safe.
public final class Executor {
    private final Services services;
    private final Operators operators = new Operators();

    /// An executor over a node's services.
    public Executor(Services services) {
        this.services = services;
    }

    /// A context to run a statement with; belongs to the statement's thread.
    public ExecContext context(Statement statement) {
        return new ExecContext(services, operators, statement);
    }

    /// Starts a query. Errors of any kind may also come from the cursor. After an error the context is
    /// closed.
    public ResultCursor open(PlannedQuery query, ExecContext context) {
        Operator root = context.compile(query.root());
        try {
            root.open();
        } catch (RuntimeException | Error e) {
            root.close();
            context.close();
            throw e;
        }
        return new ResultCursor(query.root().props().columns(), root, context);
    }
}
