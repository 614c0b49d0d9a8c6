package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.PartitionedRows;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.plan.PhysicalPlan.HashJoin;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins by equal keys: the right side goes into a hash table, the left side is looked up in it. When the
/// right side does not fit in memory, both sides are divided by the hash of their keys into files, and
/// the parts are joined one by one.
final class HashJoinOperator implements Operator {
    private static final int NOT_LOOKED_UP = -1;
    private static final int NO_MORE = -2;

    private final ExecContext context;
    private final HashJoin plan;
    private final Operator left;
    private final Operator right;
    private final Programs leftKeys;
    private final Programs rightKeys;
    private final boolean[] nullSafe;
    private final List<SqlType> leftTypes;
    private final List<SqlType> rightTypes;
    private final JoinTable table;
    private final JoinOutput output;
    private final RowKeys key = new RowKeys();
    private final Vector[] rightOfPairs;
    private final int[] pairLeft = new int[Vector.BATCH_ROWS];
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable Part current;
    /// Partitions that are being filled: an error on the way must not leave their files behind.
    private @Nullable PartitionedRows unfinishedRight;
    private @Nullable PartitionedRows unfinishedLeft;
    private @Nullable BatchSource leftRows;
    private @Nullable Batch batch;
    private Vector[] batchKeys = {};
    private int row;
    /// The next right row to be paired with [#row], -1 if the row has not been looked up yet, -2 if there
    /// are no more.
    private int chain;
    private boolean isStarted;
    private boolean rightHasNull;
    private long rightRows;

    private record Part(PartitionedRows left, PartitionedRows right, int partition, boolean isLast) {}

    @FunctionalInterface
    private interface BatchSource {
        @Nullable Batch next();
    }

    HashJoinOperator(ExecContext context, Operator left, Operator right, HashJoin plan) {
        this.context = context;
        this.plan = plan;
        this.left = left;
        this.right = right;
        this.leftKeys = Programs.of(plan.leftKeys(), context);
        this.rightKeys = Programs.of(plan.rightKeys(), context);
        this.nullSafe = new boolean[plan.nullSafe().size()];
        for (int i = 0; i < nullSafe.length; i++) {
            nullSafe[i] = plan.nullSafe().get(i);
        }
        this.leftTypes = Rows.types(plan.left());
        this.rightTypes = Rows.types(plan.right());
        this.table = new JoinTable(rightTypes, context.memory());
        this.output = new JoinOutput(context, plan.kind(), leftTypes, rightTypes, 0, plan.residual(), false);
        this.rightOfPairs = Rows.newBatch(rightTypes).columns();
    }

    @Override
    public void open() {
        close();
        isStarted = false;
    }

    private void start() {
        isStarted = true;
        rightHasNull = false;
        rightRows = 0;
        right.open();
        PartitionedRows spilled = build(right::next, 0);
        right.close();
        if (cannotMatch()) {
            unfinishedRight = closed(spilled);
            return;
        }
        left.open();
        begin(spilled, left::next);
    }

    /// True if there is no output whatever the left side holds.
    private boolean cannotMatch() {
        return switch (plan.kind()) {
            case INNER, SEMI -> rightRows == 0;
            case ANTI_NULL_AWARE -> rightHasNull && plan.residual() == null;
            case LEFT, ANTI -> false;
        };
    }

    /// Fills the table; if memory is refused, all rows are in partitions instead and the table is empty.
    private @Nullable PartitionedRows build(BatchSource source, int depth) {
        table.clear();
        PartitionedRows spilled = null;
        boolean keepsNulls = plan.kind() == JoinKind.ANTI_NULL_AWARE && plan.residual() != null;
        for (Batch rows = source.next(); rows != null; rows = source.next()) {
            context.checkInterrupted();
            Vector[] keys = rightKeys.evaluate(rows);
            for (int r = 0; r < rows.rows(); r++) {
                rightRows++;
                if (hasStrayNull(keys, r)) {
                    rightHasNull = true;
                    if (keepsNulls) {
                        table.addNull(rows, r);
                    }
                    continue;
                }
                key.encode(keys, r);
                long hash = key.hash();
                if (spilled == null) {
                    boolean mustFit = depth > PartitionedRows.MAX_DEPTH || keepsNulls;
                    if (table.add(rows, r, key, hash, mustFit)) {
                        continue;
                    }
                    spilled = new PartitionedRows(rightTypes, context.temp(), depth);
                    unfinishedRight = spilled;
                    table.moveTo(spilled);
                }
                spilled.add(rows, r, hash);
            }
        }
        return spilled;
    }

    private boolean hasStrayNull(Vector[] keys, int r) {
        for (int k = 0; k < keys.length; k++) {
            if (!nullSafe[k] && keys[k].isNull(r)) {
                return true;
            }
        }
        return false;
    }

    /// Goes on with a left side; with a spilled right side the left rows go to partitions first.
    private void begin(@Nullable PartitionedRows spilledRight, BatchSource source) {
        batch = null;
        if (spilledRight == null) {
            leftRows = source;
            return;
        }
        spilledRight.finish();
        PartitionedRows divided = new PartitionedRows(leftTypes, context.temp(), spilledRight.depth());
        unfinishedLeft = divided;
        for (Batch rows = source.next(); rows != null; rows = source.next()) {
            context.checkInterrupted();
            Vector[] keys = leftKeys.evaluate(rows);
            for (int r = 0; r < rows.rows(); r++) {
                key.encode(keys, r);
                divided.add(rows, r, key.hash());
            }
        }
        divided.finish();
        for (int p = PartitionedRows.PARTITIONS - 1; p >= 0; p--) {
            parts.push(new Part(divided, spilledRight, p, p == PartitionedRows.PARTITIONS - 1));
        }
        unfinishedLeft = null;
        unfinishedRight = null;
        leftRows = () -> null;
    }

    @Override
    public @Nullable Batch next() {
        if (!isStarted) {
            start();
        }
        output.clearTaken();
        while (true) {
            Batch rows = batch;
            if (rows == null) {
                BatchSource source = leftRows;
                if (source == null) {
                    return output.take();
                }
                context.checkInterrupted();
                rows = source.next();
                if (rows == null) {
                    nextPart();
                    continue;
                }
                batch = rows;
                batchKeys = leftKeys.evaluate(rows);
                row = 0;
                chain = NOT_LOOKED_UP;
                output.start(rows);
            }
            if (probe(rows)) {
                // Output refers to the left batch only by copies, so the next one may be read.
                batch = null;
            }
            if (output.isFull()) {
                return output.take();
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
            PartitionedRows spilled = build(rightReader::next, part.right.depth() + 1);
            PartitionedRows.Reader leftReader = part.left.read(part.partition);
            begin(spilled, leftReader::next);
        }
    }

    /// Pairs left rows until the output is full or the batch is done (true).
    private boolean probe(Batch rows) {
        while (row < rows.rows() && !output.isFull()) {
            int pairs = 0;
            while (row < rows.rows() && pairs < pairLeft.length) {
                if (chain == NOT_LOOKED_UP) {
                    chain = lookUp(row);
                }
                while (chain != NO_MORE && pairs < pairLeft.length) {
                    pairLeft[pairs] = row;
                    table.pair(pairs, chain);
                    pairs++;
                    chain = next(chain);
                }
                if (chain == NO_MORE) {
                    row++;
                    chain = NOT_LOOKED_UP;
                }
            }
            if (pairs > 0) {
                context.checkInterrupted();
                table.fill(rightOfPairs, pairs);
                output.add(pairLeft, pairs, rightOfPairs);
            }
            output.complete(row);
        }
        return row >= rows.rows();
    }

    /// The first right row a left row is to be paired with.
    private int lookUp(int r) {
        if (hasStrayNull(batchKeys, r)) {
            if (plan.kind() == JoinKind.ANTI_NULL_AWARE) {
                if (plan.residual() != null) {
                    return table.first();
                }
                if (rightRows > 0) {
                    output.ruleOut(r);
                }
            }
            return NO_MORE;
        }
        key.encode(batchKeys, r);
        return table.find(key, key.hash());
    }

    private int next(int rightRow) {
        if (output.isDecided(row)) {
            return NO_MORE;
        }
        boolean isLookingForAll =
                plan.kind() == JoinKind.ANTI_NULL_AWARE && plan.residual() != null && hasStrayNull(batchKeys, row);
        if (isLookingForAll) {
            return table.following(rightRow);
        }
        if (plan.residual() == null && plan.kind() != JoinKind.INNER && plan.kind() != JoinKind.LEFT) {
            return NO_MORE;
        }
        return table.next(rightRow);
    }

    @Override
    public void close() {
        isStarted = true;
        leftRows = null;
        batch = null;
        left.close();
        right.close();
        leftKeys.reset();
        rightKeys.reset();
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
        unfinishedLeft = closed(unfinishedLeft);
        unfinishedRight = closed(unfinishedRight);
        table.close();
        output.reset();
    }

    private static @Nullable PartitionedRows closed(@Nullable PartitionedRows rows) {
        if (rows != null) {
            rows.close();
        }
        return null;
    }
}
