package io.qomo.query.exec.operator;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.exec.rows.RowSorter;
import io.qomo.query.plan.PhysicalPlan.Rollup;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// GROUP BY … WITH ROLLUP: sorts by the groups, then keeps one set of aggregates per level; level n
/// groups by the first n expressions, level 0 is the grand total. When a group of some level ends, its
/// rows of that and all finer levels are handed out, finest first. No input, no rows.
final class RollupOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final Programs groups;
    private final int groupCount;
    private final AggregateCalls[] levels;
    private final int aggregateCount;
    private final RowSorter sorter;
    private final RowKeys key = new RowKeys();
    private final Gatherer gatherer = new Gatherer();
    private final Batch out;
    private final Batch single;
    private int[] selection = new int[64];
    /// Encoded values of the group being aggregated, one per group expression.
    private final byte[][] currentKeys;
    private final Vector[] currentValues;
    private boolean isSorted;
    private boolean isAnyBegun;
    private boolean isDone;
    private @Nullable Batch batch;
    private Vector[] values = {};
    private int row;

    RollupOperator(ExecContext context, Operator input, Rollup plan) {
        this.context = context;
        this.input = input;
        this.groups = Programs.of(plan.groups(), context);
        this.groupCount = plan.groups().size();
        this.aggregateCount = plan.aggregates().size();
        this.levels = new AggregateCalls[groupCount + 1];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new AggregateCalls(context, plan.aggregates());
        }
        this.sorter =
                new RowSorter(Rows.types(plan.input()), context.temp(), context.memory(), context::checkInterrupted);
        List<SqlType> types = Rows.types(plan);
        this.out = Rows.newBatch(types);
        this.single = Rows.newBatch(AggregateCalls.types(plan.aggregates()));
        this.currentKeys = new byte[groupCount][];
        this.currentValues = new Vector[groupCount];
        for (int g = 0; g < groupCount; g++) {
            currentValues[g] = Vector.of(plan.groups().get(g).type(), 1);
        }
    }

    @Override
    public void open() {
        close();
        isSorted = false;
        isAnyBegun = false;
        isDone = false;
        input.open();
    }

    private void sort() {
        isSorted = true;
        for (Batch rows = input.next(); rows != null; rows = input.next()) {
            context.checkInterrupted();
            Vector[] keys = groups.evaluate(rows);
            for (int r = 0; r < rows.rows(); r++) {
                key.encode(keys, r);
                sorter.add(rows, r, key.array(), key.length());
            }
        }
        input.close();
        sorter.sort();
        resetLevels(0);
    }

    @Override
    public @Nullable Batch next() {
        if (!isSorted) {
            sort();
        }
        Rows.clear(out, Vector.BATCH_ROWS);
        while (!isDone && out.rows() < Vector.BATCH_ROWS) {
            Batch rows = batch;
            if (rows == null || row >= rows.rows()) {
                rows = sorter.next(Vector.BATCH_ROWS);
                batch = rows;
                row = 0;
                if (rows == null) {
                    isDone = true;
                    if (isAnyBegun) {
                        endLevels(0);
                    }
                    break;
                }
                values = groups.evaluate(rows);
            }
            addRun(rows);
        }
        return out.rows() == 0 ? null : out;
    }

    /// Adds the rows of the batch that belong to one group.
    private void addRun(Batch rows) {
        int changed = firstChange(row);
        if (changed < groupCount || !isAnyBegun) {
            if (isAnyBegun) {
                endLevels(changed + 1);
            }
            remember(row);
            isAnyBegun = true;
        }
        int end = row + 1;
        while (end < rows.rows() && firstChange(end) == groupCount) {
            end++;
        }
        if (selection.length < end - row) {
            selection = new int[Math.max(end - row, selection.length * 2)];
        }
        for (int r = row; r < end; r++) {
            selection[r - row] = r;
        }
        Batch run = end - row == rows.rows() ? rows : gatherer.gather(rows, selection, end - row);
        for (AggregateCalls level : levels) {
            level.add(null, run);
        }
        row = end;
    }

    /// The first group expression whose value differs from the present group's, or their number.
    private int firstChange(int r) {
        if (!isAnyBegun) {
            return 0;
        }
        for (int g = 0; g < groupCount; g++) {
            encode(g, r);
            byte[] before = currentKeys[g];
            if (!Arrays.equals(before, 0, before.length, key.array(), 0, key.length())) {
                return g;
            }
        }
        return groupCount;
    }

    private void encode(int g, int r) {
        KeyWriter writer = key.start();
        RowKeys.write(writer, values[g], r, false);
    }

    private void remember(int r) {
        for (int g = 0; g < groupCount; g++) {
            encode(g, r);
            currentKeys[g] = Arrays.copyOf(key.array(), key.length());
            currentValues[g].reset();
            currentValues[g].copyFrom(values[g], r, 0);
        }
    }

    /// Hands out the rows of the levels down to `last`, finest first, and begins them anew.
    private void endLevels(int last) {
        for (int level = groupCount; level >= last; level--) {
            int at = out.rows();
            for (Vector column : out.columns()) {
                column.ensure(at + 1);
            }
            for (int g = 0; g < groupCount; g++) {
                if (g < level) {
                    out.column(g).copyFrom(currentValues[g], 0, at);
                } else {
                    out.column(g).setNull(at);
                }
            }
            levels[level].finish();
            levels[level].results(0, 1, single.columns(), 0);
            for (int a = 0; a < aggregateCount; a++) {
                out.column(groupCount + a).copyFrom(single.column(a), 0, at);
            }
            ((LongVector) out.column(groupCount + aggregateCount)).set(at, (1L << (groupCount - level)) - 1);
            out.setRows(at + 1);
        }
        resetLevels(last);
    }

    private void resetLevels(int from) {
        for (int level = from; level <= groupCount; level++) {
            levels[level].reset();
            levels[level].ensureGroups(1);
        }
    }

    @Override
    public void close() {
        isDone = true;
        batch = null;
        input.close();
        sorter.close();
        groups.reset();
        for (AggregateCalls level : levels) {
            level.close();
        }
    }
}
