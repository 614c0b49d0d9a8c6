package io.qomo.query.exec.operator;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.exec.rows.RowSorter;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.Sort;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorts its input, stably; with a limit that fits in memory it keeps little more than the rows that can
/// be among the first ones.
final class SortOperator implements Operator {
    /// Up to this limit rows are thrown away as they come.
    private static final long TOP_ROWS = 1 << 16;

    private final ExecContext context;
    private final Operator input;
    private final Programs keys;
    private final boolean[] descending;
    private final @Nullable Expr limit;
    private final RowSorter sorter;
    private final RowKeys key = new RowKeys();
    private boolean isSorted;
    private boolean isClosed = true;
    private long left;
    private byte[] worst = {};
    private boolean hasWorst;

    SortOperator(ExecContext context, Operator input, Sort plan) {
        this.context = context;
        this.input = input;
        this.keys = Programs.of(plan.keys().stream().map(SortKey::expression).toList(), context);
        this.descending = descendingOf(plan.keys());
        this.limit = plan.limit();
        this.sorter =
                new RowSorter(Rows.types(plan.input()), context.temp(), context.memory(), context::checkInterrupted);
    }

    static boolean[] descendingOf(List<SortKey> keys) {
        boolean[] descending = new boolean[keys.size()];
        for (int i = 0; i < descending.length; i++) {
            descending[i] = keys.get(i).descending();
        }
        return descending;
    }

    @Override
    public void open() {
        sorter.clear();
        keys.reset();
        isSorted = false;
        isClosed = false;
        hasWorst = false;
        left = limit == null ? Long.MAX_VALUE : LimitOperator.rowCount(limit, context);
        if (left > 0) {
            input.open();
        }
    }

    private void sortAll() {
        isSorted = true;
        if (left == 0) {
            return;
        }
        boolean isTop = left <= TOP_ROWS;
        int keep = (int) Math.min(left, TOP_ROWS);
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            context.checkInterrupted();
            Vector[] values = keys.evaluate(batch);
            for (int r = 0; r < batch.rows(); r++) {
                encode(values, r);
                if (hasWorst && Arrays.compareUnsigned(key.array(), 0, key.length(), worst, 0, worst.length) >= 0) {
                    continue;
                }
                sorter.add(batch, r, key.array(), key.length());
                if (isTop && sorter.rowsInMemory() >= 2 * keep + 256 && !sorter.isSpilled()) {
                    worst = sorter.truncate(keep);
                    hasWorst = true;
                }
            }
        }
        input.close();
        sorter.sort();
    }

    private void encode(Vector[] values, int row) {
        KeyWriter writer = key.start();
        for (int k = 0; k < values.length; k++) {
            RowKeys.write(writer, values[k], row, descending[k]);
        }
    }

    @Override
    public @Nullable Batch next() {
        if (isClosed) {
            return null;
        }
        if (!isSorted) {
            sortAll();
        }
        if (left == 0) {
            return null;
        }
        Batch batch = sorter.next((int) Math.min(left, Vector.BATCH_ROWS));
        left = batch == null ? 0 : left - batch.rows();
        return batch;
    }

    @Override
    public void close() {
        isClosed = true;
        sorter.close();
        keys.reset();
        input.close();
    }
}
