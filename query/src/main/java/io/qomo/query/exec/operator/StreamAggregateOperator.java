package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.plan.PhysicalPlan.Aggregate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Groups an input whose groups are adjacent; and, without groups, makes one row of any input, empty ones
/// included.
///
/// Of each batch the rows up to the last change of group belong to groups that are complete: they are
/// handed out. The rest opens group 0 of what comes next.
final class StreamAggregateOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final Programs groups;
    private final AggregateCalls calls;
    private final MemoryBudget budget;
    private final RowKeys key = new RowKeys();
    private final Batch out;
    private final int groupCount;
    private final Gatherer gatherer = new Gatherer();
    private int[] ids = new int[64];
    private int[] selection = new int[64];
    private byte[] lastKey = {};
    /// The values of the groups begun since the last output; one per group.
    private final Batch begun;
    private boolean isAnyBegun;
    private boolean isDone;

    StreamAggregateOperator(ExecContext context, Operator input, Aggregate plan) {
        this.context = context;
        this.input = input;
        this.groups = Programs.of(plan.groups(), context);
        this.calls = new AggregateCalls(context, plan.aggregates());
        this.budget = new MemoryBudget(context.memory());
        this.groupCount = plan.groups().size();
        this.out = Rows.newBatch(Rows.types(plan));
        this.begun = Rows.newBatch(plan.groups().stream().map(g -> g.type()).toList());
    }

    @Override
    public void open() {
        calls.reset();
        groups.reset();
        isAnyBegun = groupCount == 0;
        begun.setRows(isAnyBegun ? 1 : 0);
        calls.ensureGroups(1);
        isDone = false;
        input.open();
    }

    @Override
    public @Nullable Batch next() {
        while (!isDone) {
            context.checkInterrupted();
            Batch batch = input.next();
            if (batch == null) {
                isDone = true;
                input.close();
                return isAnyBegun ? emit(begun.rows()) : null;
            }
            Batch complete = groupCount == 0 ? addAll(batch) : add(batch);
            budget.hold(calls.sizeBytes());
            if (complete != null) {
                return complete;
            }
        }
        return null;
    }

    private @Nullable Batch addAll(Batch batch) {
        calls.add(null, batch);
        return null;
    }

    /// Adds a batch; the groups that are complete, if any.
    private @Nullable Batch add(Batch batch) {
        int rows = batch.rows();
        if (ids.length < rows) {
            ids = new int[rows];
            selection = new int[rows];
        }
        Vector[] values = groups.evaluate(batch);
        int lastStart = 0;
        for (int r = 0; r < rows; r++) {
            key.encode(values, r);
            if (!isAnyBegun || !Arrays.equals(lastKey, 0, lastKey.length, key.array(), 0, key.length())) {
                lastKey = Arrays.copyOf(key.array(), key.length());
                isAnyBegun = true;
                begin(values, r);
                lastStart = r;
            }
            ids[r] = begun.rows() - 1;
        }
        int complete = begun.rows() - 1;
        if (complete == 0) {
            calls.add(null, batch);
            return null;
        }
        calls.ensureGroups(complete);
        Vector[] lastGroup = new Vector[groupCount];
        for (int c = 0; c < groupCount; c++) {
            lastGroup[c] = Vector.of(values[c].type(), 1);
            lastGroup[c].copyFrom(values[c], lastStart, 0);
        }
        if (lastStart > 0) {
            calls.add(ids, slice(batch, 0, lastStart));
        }
        Batch finished = emit(complete);
        calls.reset();
        calls.ensureGroups(1);
        Rows.clear(begun, 1);
        begin(lastGroup, 0);
        calls.add(null, slice(batch, lastStart, rows));
        return finished;
    }

    private void begin(Vector[] values, int row) {
        int at = begun.rows();
        for (int c = 0; c < groupCount; c++) {
            Vector column = begun.column(c);
            column.ensure(at + 1);
            column.copyFrom(values[c], row, at);
        }
        begun.setRows(at + 1);
    }

    private Batch slice(Batch batch, int from, int to) {
        for (int r = from; r < to; r++) {
            selection[r - from] = r;
        }
        return gatherer.gather(batch, selection, to - from);
    }

    private Batch emit(int count) {
        calls.finish();
        for (int c = 0; c < groupCount; c++) {
            Vector column = out.column(c);
            column.reset();
            column.ensure(count);
            for (int i = 0; i < count; i++) {
                column.copyFrom(begun.column(c), i, i);
            }
        }
        calls.results(0, count, out.columns(), groupCount);
        out.setRows(count);
        return out;
    }

    @Override
    public void close() {
        isDone = true;
        input.close();
        groups.reset();
        calls.close();
        budget.close();
        Rows.clear(begun, 1);
    }
}
