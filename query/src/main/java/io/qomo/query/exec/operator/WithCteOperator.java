package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.plan.PhysicalPlan.WithCte;
import org.jspecify.annotations.Nullable;

/// Keeps the rows of a definition under an id for the scans in its body. The definition runs when the
/// first row of the body is asked for.
final class WithCteOperator implements Operator {
    private final ExecContext context;
    private final int id;
    private final Operator definition;
    private final Operator body;
    private final SpillableRows rows;
    private boolean isStarted;

    WithCteOperator(ExecContext context, Operator definition, Operator body, WithCte plan) {
        this.context = context;
        this.id = plan.id();
        this.definition = definition;
        this.body = body;
        this.rows = new SpillableRows(Rows.types(plan.definition()), context.temp(), context.memory());
    }

    @Override
    public void open() {
        rows.clear();
        isStarted = false;
    }

    @Override
    public @Nullable Batch next() {
        if (!isStarted) {
            isStarted = true;
            definition.open();
            for (Batch batch = definition.next(); batch != null; batch = definition.next()) {
                context.checkInterrupted();
                rows.append(batch);
            }
            definition.close();
            context.setCteRows(id, rows);
            body.open();
        }
        // A subquery that runs the same plan again may have put its own rows under the id meanwhile.
        context.setCteRows(id, rows);
        return body.next();
    }

    @Override
    public void close() {
        body.close();
        definition.close();
        if (context.cteRows(id) == rows) {
            context.setCteRows(id, null);
        }
        rows.close();
    }
}
