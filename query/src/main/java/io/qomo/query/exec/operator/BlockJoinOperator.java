package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.plan.PhysicalPlan.NestedLoopJoin;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins without equal keys: the right side is kept once, then every left row meets every right row. A
/// right side kept in a file is read once per left row too, a chunk at a time, so the optimizer puts the
/// smaller side there.
final class BlockJoinOperator implements Operator {
    private final ExecContext context;
    private final Operator left;
    private final Operator right;
    private final SpillableRows kept;
    private final JoinOutput output;
    private final Gatherer gatherer = new Gatherer();
    private final boolean needsOneMatch;
    private int[] pairLeft = new int[Vector.BATCH_ROWS];
    private int[] pairRight = new int[Vector.BATCH_ROWS];
    private @Nullable Batch batch;
    private int row;
    private int chunk;
    private int rowInChunk;
    private boolean isStarted;
    private boolean isDone;

    BlockJoinOperator(ExecContext context, Operator left, Operator right, NestedLoopJoin plan) {
        this.context = context;
        this.left = left;
        this.right = right;
        List<SqlType> rightTypes = Rows.types(plan.right());
        this.kept = new SpillableRows(rightTypes, context.temp(), context.memory());
        boolean nullRulesOut = plan.kind() == JoinKind.ANTI_NULL_AWARE && plan.condition() != null;
        this.needsOneMatch = plan.kind() != JoinKind.INNER && plan.kind() != JoinKind.LEFT;
        this.output = new JoinOutput(
                context, plan.kind(), Rows.types(plan.left()), rightTypes, 0, plan.condition(), nullRulesOut);
    }

    @Override
    public void open() {
        close();
        isStarted = false;
        isDone = false;
    }

    private void start() {
        isStarted = true;
        right.open();
        for (Batch rows = right.next(); rows != null; rows = right.next()) {
            context.checkInterrupted();
            kept.append(rows);
        }
        right.close();
        left.open();
    }

    @Override
    public @Nullable Batch next() {
        if (!isStarted) {
            start();
        }
        output.clearTaken();
        while (!output.isFull()) {
            Batch rows = batch;
            if (rows == null) {
                if (isDone) {
                    break;
                }
                rows = left.next();
                if (rows == null) {
                    isDone = true;
                    break;
                }
                batch = rows;
                row = 0;
                chunk = 0;
                rowInChunk = 0;
                output.start(rows);
            }
            context.checkInterrupted();
            if (row >= rows.rows()) {
                batch = null;
            } else if (kept.chunkCount() <= 1) {
                pairRowsWithOnlyChunk(rows);
            } else {
                pairRowWithChunk();
            }
        }
        return output.take();
    }

    /// Pairs as many left rows as make a batch with all right rows.
    private void pairRowsWithOnlyChunk(Batch rows) {
        if (kept.rows() == 0) {
            row = rows.rows();
            output.complete(row);
            return;
        }
        Batch all = kept.chunk(0);
        int pairs = 0;
        while (row < rows.rows() && pairs < pairLeft.length) {
            if (needsOneMatch && output.isDecided(row)) {
                rowInChunk = 0;
                row++;
                continue;
            }
            int count = Math.min(all.rows() - rowInChunk, pairLeft.length - pairs);
            for (int i = 0; i < count; i++) {
                pairLeft[pairs + i] = row;
                pairRight[pairs + i] = rowInChunk + i;
            }
            pairs += count;
            rowInChunk += count;
            if (rowInChunk >= all.rows()) {
                rowInChunk = 0;
                row++;
            }
        }
        if (pairs > 0) {
            output.add(pairLeft, pairs, gatherer.gather(all, pairRight, pairs).columns());
        }
        output.complete(row);
    }

    private void pairRowWithChunk() {
        if (chunk >= kept.chunkCount() || (needsOneMatch && output.isDecided(row))) {
            chunk = 0;
            row++;
            output.complete(row);
            return;
        }
        Batch some = kept.chunk(chunk);
        chunk++;
        if (pairLeft.length < some.rows()) {
            pairLeft = new int[some.rows()];
        }
        Arrays.fill(pairLeft, 0, some.rows(), row);
        output.add(pairLeft, some.rows(), some.columns());
    }

    @Override
    public void close() {
        isStarted = true;
        isDone = true;
        batch = null;
        left.close();
        right.close();
        kept.close();
        output.reset();
    }
}
