package io.qomo.query.exec;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Services;
import io.qomo.query.exec.context.Statement;
import io.qomo.query.exec.operator.Operators;
import io.qomo.query.exec.write.DeleteRunner;
import io.qomo.query.exec.write.InsertRunner;
import io.qomo.query.exec.write.UpdateRunner;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.store.txn.Savepoint;

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

    /// Runs an INSERT, UPDATE or DELETE to its end. After an error nothing of the statement remains in
    /// the transaction, unless the error ended the transaction itself. The context is closed either way.
    public WriteResult executeWrite(PlannedQuery query, ExecContext context) {
        Savepoint before = context.transaction().savepoint();
        try {
            WriteResult result = write(query.root(), context);
            // SLEEP and the like end early and say nothing: a statement that was killed must not succeed
            context.checkInterrupted();
            return result;
        } catch (RuntimeException | Error e) {
            if (context.transaction().isActive()) {
                context.transaction().rollbackTo(before);
            }
            throw e;
        } finally {
            context.close();
        }
    }

    private static WriteResult write(PhysicalPlan plan, ExecContext context) {
        return switch (plan) {
            case PhysicalPlan.Insert p -> {
                context.startWrite(p.ignore());
                try (Operator source = context.compile(p.source())) {
                    yield new InsertRunner(context, p).run(source);
                }
            }
            case PhysicalPlan.Update p -> {
                context.startWrite(p.ignore());
                try (Operator source = context.compile(p.source())) {
                    yield new UpdateRunner(context, p).run(source);
                }
            }
            case PhysicalPlan.Delete p -> {
                context.startWrite(p.ignore());
                try (Operator source = context.compile(p.source())) {
                    yield new DeleteRunner(context, p).run(source);
                }
            }
            default -> throw new SqlException(ErrorCode.INTERNAL_ERROR, "a plan that does not write");
        };
    }
}
