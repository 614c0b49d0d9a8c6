package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.KeyTable;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.exec.rows.PartitionedRows;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.plan.PhysicalPlan.SetDifference;
import io.qomo.query.plan.PlanParts.SetKind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// INTERSECT and EXCEPT: counts the right side's rows by key, then goes over the left side. When the
/// counts do not fit in memory, both sides are divided by the hash of their rows and the parts are worked
/// off one by one.
final class SetDifferenceOperator implements Operator {
    private final ExecContext context;
    private final Operator left;
    private final Operator right;
    private final List<SqlType> types;
    private final boolean isIntersect;
    private final boolean all;
    private final MemoryBudget budget;
    private final KeyTable keys = new KeyTable();
    private final RowKeys key = new RowKeys();
    private final Gatherer gatherer = new Gatherer();
    /// Per key: rows of the right side not used up; without ALL, -1 once a left row was handed on or
    /// ruled out.
    private int[] counts = new int[64];
    private int[] selection = new int[64];
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable Part current;
    /// Partitions that are being filled: an error on the way must not leave their file behind.
    private @Nullable PartitionedRows unfinished;
    private @Nullable BatchSource leftRows;
    private boolean isStarted;

    private record Part(PartitionedRows left, PartitionedRows right, int partition, boolean isLast) {}

    @FunctionalInterface
    private interface BatchSource {
        @Nullable Batch next();
    }

    SetDifferenceOperator(ExecContext context, Operator left, Operator right, SetDifference plan) {
        this.context = context;
        this.left = left;
        this.right = right;
        this.types = Rows.types(plan);
        this.isIntersect = plan.kind() == SetKind.INTERSECT;
        this.all = plan.all();
        this.budget = new MemoryBudget(context.memory());
    }

    @Override
    public void open() {
        close();
        isStarted = false;
    }

    private void start() {
        isStarted = true;
        right.open();
        PartitionedRows spilled = count(right::next, 0);
        right.close();
        left.open();
        begin(spilled, left::next);
    }

    /// Counts right rows; if memory is refused, all of them are in partitions instead.
    private @Nullable PartitionedRows count(BatchSource source, int depth) {
        keys.clear();
        budget.hold(0);
        Arrays.fill(counts, 0);
        // Rows counted so far are needed again if the rest does not fit.
        PartitionedRows spilled = null;
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            context.checkInterrupted();
            for (int r = 0; r < batch.rows(); r++) {
                key.encode(batch.columns(), r);
                long hash = key.hash();
                if (spilled == null) {
                    int id = add(hash, depth);
                    if (id >= 0) {
                        counts[id]++;
                        continue;
                    }
                    spilled = new PartitionedRows(types, context.temp(), depth);
                    unfinished = spilled;
                }
                // A key known in memory keeps its count there; only others are put aside.
                int known = keys.find(key.array(), key.length(), hash);
                if (known >= 0) {
                    counts[known]++;
                } else {
                    spilled.add(batch, r, hash);
                }
            }
        }
        return spilled;
    }

    private int add(long hash, int depth) {
        long bytes = keys.sizeBytes() + keys.growthBytes(key.length()) + 4L * counts.length;
        if (bytes > budget.heldBytes() && !budget.tryHold(bytes + (bytes >> 3))) {
            if (depth <= PartitionedRows.MAX_DEPTH) {
                return -1;
            }
            budget.hold(bytes);
        }
        int id = keys.add(key.array(), key.length(), hash);
        if (id >= counts.length) {
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        return id;
    }

    /// Goes on with a left side; with a spilled right side, left rows whose key is not in memory wait in
    /// partitions.
    private void begin(@Nullable PartitionedRows spilledRight, BatchSource source) {
        if (spilledRight == null) {
            leftRows = source;
            return;
        }
        spilledRight.finish();
        PartitionedRows waiting = new PartitionedRows(types, context.temp(), spilledRight.depth());
        for (int p = PartitionedRows.PARTITIONS - 1; p >= 0; p--) {
            parts.push(new Part(waiting, spilledRight, p, p == PartitionedRows.PARTITIONS - 1));
        }
        unfinished = null;
        leftRows = () -> {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                context.checkInterrupted();
                Batch known = putAside(batch, waiting);
                if (known != null) {
                    return known;
                }
            }
            waiting.finish();
            return null;
        };
    }

    private final Gatherer knownRows = new Gatherer();

    private @Nullable Batch putAside(Batch batch, PartitionedRows waiting) {
        int[] known = new int[batch.rows()];
        int count = 0;
        for (int r = 0; r < batch.rows(); r++) {
            key.encode(batch.columns(), r);
            long hash = key.hash();
            if (keys.find(key.array(), key.length(), hash) >= 0) {
                known[count] = r;
                count++;
            } else {
                waiting.add(batch, r, hash);
            }
        }
        return count == 0 ? null : count == batch.rows() ? batch : knownRows.gather(batch, known, count);
    }

    @Override
    public @Nullable Batch next() {
        if (!isStarted) {
            start();
        }
        while (true) {
            context.checkInterrupted();
            BatchSource source = leftRows;
            if (source == null) {
                return null;
            }
            Batch batch = source.next();
            if (batch == null) {
                nextPart();
                continue;
            }
            int count = select(batch);
            if (count == batch.rows()) {
                return batch;
            }
            if (count > 0) {
                return gatherer.gather(batch, selection, count);
            }
        }
    }

    private void nextPart() {
        Part done = current;
        if (done != null && done.isLast) {
            done.left.close();
            done.right.close();
        }
        leftRows = null;
        Part part = parts.poll();
        current = part;
        if (part != null) {
            PartitionedRows.Reader rightReader = part.right.read(part.partition);
            PartitionedRows spilled = count(rightReader::next, part.right.depth() + 1);
            PartitionedRows.Reader leftReader = part.left.read(part.partition);
            begin(spilled, leftReader::next);
        }
    }

    private int select(Batch batch) {
        if (selection.length < batch.rows()) {
            selection = new int[batch.rows()];
        }
        int count = 0;
        for (int r = 0; r < batch.rows(); r++) {
            key.encode(batch.columns(), r);
            if (passes(key.hash())) {
                selection[count] = r;
                count++;
            }
        }
        return count;
    }

    private boolean passes(long hash) {
        int id = keys.find(key.array(), key.length(), hash);
        if (all) {
            boolean matched = id >= 0 && counts[id] > 0;
            if (matched) {
                counts[id]--;
            }
            return matched == isIntersect;
        }
        if (isIntersect) {
            boolean first = id >= 0 && counts[id] > 0;
            if (first) {
                counts[id] = -1;
            }
            return first;
        }
        if (id >= 0) {
            return false;
        }
        // Remembered as if it were on the right side, so that it passes once. A later division keeps it
        // in memory.
        int added = add(hash, PartitionedRows.MAX_DEPTH + 1);
        counts[added] = 1;
        return true;
    }

    @Override
    public void close() {
        isStarted = true;
        leftRows = null;
        left.close();
        right.close();
        for (Part part : parts) {
            part.left.close();
            part.right.close();
        }
        parts.clear();
        if (current != null) {
            current.left.close();
            current.right.close();
            current = null;
        }
        if (unfinished != null) {
            unfinished.close();
            unfinished = null;
        }
        keys.clear();
        budget.close();
    }
}
