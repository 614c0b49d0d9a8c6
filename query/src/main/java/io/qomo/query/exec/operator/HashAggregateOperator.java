package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.KeyTable;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.exec.rows.PartitionedRows;
import io.qomo.query.exec.rows.RowChunks;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.plan.PhysicalPlan.Aggregate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups by hashing. When memory is refused no more groups are made: input rows of unknown groups go to
/// files, divided by the hash of their group, and are aggregated when the groups in memory have been
/// handed out. Groups come in the order their first rows came, as far as memory went.
final class HashAggregateOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final Programs groups;
    private final AggregateCalls calls;
    private final List<SqlType> inputTypes;
    private final List<SqlType> groupTypes;
    private final KeyTable keys = new KeyTable();
    private final RowKeys key = new RowKeys();
    private final RowChunks groupRows;
    private final Batch groupBatch;
    private final MemoryBudget budget;
    private final Batch out;
    private final Gatherer known = new Gatherer();
    private int[] ids = new int[64];
    private int[] selection = new int[64];
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable Part current;
    private @Nullable PartitionedRows overflow;
    private boolean isFrozen;
    private int depth;
    private int emitted;
    private boolean isStarted;

    private record Part(PartitionedRows rows, int partition, boolean isLast) {}

    HashAggregateOperator(ExecContext context, Operator input, Aggregate plan) {
        this.context = context;
        this.input = input;
        this.groups = Programs.of(plan.groups(), context);
        this.calls = new AggregateCalls(context, plan.aggregates());
        this.inputTypes = Rows.types(plan.input());
        this.groupTypes = plan.groups().stream().map(g -> g.type()).toList();
        this.groupRows = new RowChunks(groupTypes);
        this.groupBatch = new Batch(new Vector[groupTypes.size()], 0);
        this.budget = new MemoryBudget(context.memory());
        this.out = Rows.newBatch(Rows.types(plan));
    }

    @Override
    public void open() {
        close();
        isStarted = false;
        depth = 0;
        input.open();
    }

    @Override
    public @Nullable Batch next() {
        if (!isStarted) {
            isStarted = true;
            for (Batch batch = input.next(); batch != null; batch = input.next()) {
                add(batch);
            }
            input.close();
            calls.finish();
        }
        while (true) {
            context.checkInterrupted();
            Batch batch = emit();
            if (batch != null) {
                return batch;
            }
            if (!aggregateNextPart()) {
                return null;
            }
        }
    }

    private @Nullable Batch emit() {
        int total = keys.size();
        int count = Math.min(Vector.BATCH_ROWS, total - emitted);
        if (count <= 0) {
            return null;
        }
        for (int c = 0; c < groupTypes.size(); c++) {
            Vector column = out.column(c);
            column.reset();
            column.ensure(count);
            for (int i = 0; i < count; i++) {
                int row = emitted + i;
                column.copyFrom(groupRows.chunkOf(row).column(c), RowChunks.inChunk(row), i);
            }
        }
        calls.results(emitted, count, out.columns(), groupTypes.size());
        emitted += count;
        out.setRows(count);
        return out;
    }

    private void add(Batch batch) {
        context.checkInterrupted();
        int rows = batch.rows();
        if (ids.length < rows) {
            ids = new int[rows];
            selection = new int[rows];
        }
        Vector[] values = groups.evaluate(batch);
        for (int c = 0; c < values.length; c++) {
            groupBatch.setColumn(c, values[c]);
        }
        int count = 0;
        for (int r = 0; r < rows; r++) {
            key.encode(values, r);
            int id = groupOf(batch, r);
            if (id >= 0) {
                ids[count] = id;
                selection[count] = r;
                count++;
            }
        }
        calls.ensureGroups(keys.size());
        if (count == rows) {
            calls.add(ids, batch);
        } else if (count > 0) {
            calls.add(ids, known.gather(batch, selection, count));
        }
        long bytes = keys.sizeBytes() + groupRows.sizeBytes() + calls.sizeBytes();
        if (isFrozen) {
            budget.hold(bytes);
        } else if (!budget.tryHold(bytes)) {
            budget.hold(bytes);
            isFrozen = depth <= PartitionedRows.MAX_DEPTH;
        }
    }

    /// The group of the row whose key is encoded, or -1 if the row was put aside.
    private int groupOf(Batch batch, int row) {
        long hash = key.hash();
        if (!isFrozen) {
            int before = keys.size();
            int id = keys.add(key.array(), key.length(), hash);
            if (id == before) {
                groupRows.append(groupBatch, row);
            }
            return id;
        }
        int id = keys.find(key.array(), key.length(), hash);
        if (id < 0) {
            PartitionedRows aside = overflow;
            if (aside == null) {
                aside = new PartitionedRows(inputTypes, context.temp(), depth);
                overflow = aside;
            }
            aside.add(batch, row, hash);
        }
        return id;
    }

    /// Aggregates the next rows put aside; false if there are none.
    private boolean aggregateNextPart() {
        PartitionedRows aside = overflow;
        if (aside != null) {
            overflow = null;
            aside.finish();
            for (int p = PartitionedRows.PARTITIONS - 1; p >= 0; p--) {
                parts.push(new Part(aside, p, p == PartitionedRows.PARTITIONS - 1));
            }
        }
        Part done = current;
        if (done != null && done.isLast) {
            done.rows.close();
        }
        current = parts.poll();
        forgetGroups();
        Part part = current;
        if (part == null) {
            return false;
        }
        depth = part.rows.depth() + 1;
        PartitionedRows.Reader reader = part.rows.read(part.partition);
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            add(batch);
        }
        calls.finish();
        return true;
    }

    private void forgetGroups() {
        keys.clear();
        groupRows.clear();
        calls.reset();
        budget.hold(0);
        isFrozen = false;
        emitted = 0;
    }

    @Override
    public void close() {
        isStarted = true;
        input.close();
        groups.reset();
        calls.close();
        forgetGroups();
        if (overflow != null) {
            overflow.close();
            overflow = null;
        }
        parts.forEach(p -> p.rows.close());
        parts.clear();
        if (current != null) {
            current.rows.close();
            current = null;
        }
    }
}
