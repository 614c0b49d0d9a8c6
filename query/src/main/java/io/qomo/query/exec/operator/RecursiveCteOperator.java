package io.qomo.query.exec.operator;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.DistinctRows;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.plan.PhysicalPlan.RecursiveCte;
import org.jspecify.annotations.Nullable;

/// Runs a seed, then a step over the rows of the round before, until a round gives nothing.
///
/// Rows are handed on as they come and kept for the next round. Under `distinct` only rows not seen
/// before count; the rows seen must fit in memory.
final class RecursiveCteOperator implements Operator {
    private final ExecContext context;
    private final RecursiveCte plan;
    private final Operator seed;
    private final Operator step;
    private SpillableRows previous;
    private SpillableRows fresh;
    private final RecursiveWidths widths;
    private final @Nullable DistinctRows seen;
    private long rounds;
    private boolean isStarted;
    private boolean isDone;
    private @Nullable Operator running;

    RecursiveCteOperator(ExecContext context, Operator seed, Operator step, RecursiveCte plan) {
        this.context = context;
        this.plan = plan;
        this.seed = seed;
        this.step = step;
        this.previous = new SpillableRows(Rows.types(plan), context.temp(), context.memory());
        this.fresh = new SpillableRows(Rows.types(plan), context.temp(), context.memory());
        this.widths = new RecursiveWidths(context, plan.props().columns());
        int width = plan.props().columns().size();
        this.seen =
                plan.distinct() ? new DistinctRows(Rows.types(plan), width, context.temp(), context.memory()) : null;
    }

    @Override
    public void open() {
        close();
        isStarted = false;
        isDone = false;
        rounds = 0;
    }

    @Override
    public @Nullable Batch next() {
        while (!isDone) {
            context.checkInterrupted();
            Operator current = running;
            if (current == null) {
                current = startRound();
                if (current == null) {
                    break;
                }
            }
            context.setCteRows(plan.id(), previous);
            Batch batch = current.next();
            if (batch == null) {
                current.close();
                running = null;
                continue;
            }
            Batch held = current == step ? widths.held(batch) : batch;
            Batch counted = seen == null ? held : seen.add(held);
            if (seen != null && seen.isSpilled()) {
                throw new SqlException(
                        ErrorCode.QUERY_MEMORY_EXCEEDED, context.memory().limitBytes(), "recursive query");
            }
            if (counted != null) {
                fresh.append(counted);
                return counted;
            }
        }
        return null;
    }

    private @Nullable Operator startRound() {
        if (!isStarted) {
            isStarted = true;
            seed.open();
            running = seed;
            return seed;
        }
        if (fresh.rows() == 0) {
            isDone = true;
            return null;
        }
        rounds++;
        long limit = context.session().numericVariable("cte_max_recursion_depth");
        if (rounds > limit) {
            throw new SqlException(ErrorCode.CTE_MAX_RECURSION_DEPTH, rounds);
        }
        SpillableRows done = previous;
        previous = fresh;
        fresh = done;
        fresh.clear();
        context.setCteRows(plan.id(), previous);
        step.open();
        running = step;
        return step;
    }

    @Override
    public void close() {
        isDone = true;
        running = null;
        seed.close();
        step.close();
        SpillableRows shown = context.cteRows(plan.id());
        if (shown == previous || shown == fresh) {
            context.setCteRows(plan.id(), null);
        }
        previous.close();
        fresh.close();
        if (seen != null) {
            seen.close();
        }
    }
}
