package io.qomo.query.exec.operator;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.plan.PhysicalPlan.CteScan;
import org.jspecify.annotations.Nullable;

/// Reads the rows kept under an id, as many as there were when it started.
final class CteScanOperator implements Operator {
    private final ExecContext context;
    private final int id;
    private final Gatherer gatherer = new Gatherer();
    private int[] selection = new int[64];
    private long next;
    private long end;
    private boolean isStarted;
    private @Nullable SpillableRows rows;

    CteScanOperator(ExecContext context, CteScan plan) {
        this.context = context;
        this.id = plan.id();
    }

    @Override
    public void open() {
        next = 0;
        isStarted = false;
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        SpillableRows kept = rows;
        if (!isStarted || kept == null) {
            isStarted = true;
            kept = context.cteRows(id);
            if (kept == null) {
                throw new SqlException(ErrorCode.INTERNAL_ERROR, "a common table expression is read before it is run");
            }
            rows = kept;
            next = 0;
            end = kept.rows();
        }
        if (next >= end) {
            return null;
        }
        int index = kept.chunkIndexOf(next);
        Batch chunk = kept.chunk(index);
        int from = (int) (next - kept.firstRow(index));
        int count = (int) Math.min(chunk.rows() - from, end - next);
        next += count;
        if (count == chunk.rows()) {
            return chunk;
        }
        if (selection.length < count) {
            selection = new int[count];
        }
        for (int i = 0; i < count; i++) {
            selection[i] = from + i;
        }
        return gatherer.gather(chunk, selection, count);
    }

    @Override
    public void close() {
        rows = null;
        next = end;
    }
}
