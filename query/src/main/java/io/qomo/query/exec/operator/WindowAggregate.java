package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.expr.AggregateFunction;
import java.util.ArrayList;
import java.util.List;

/// An aggregate over frames. Frames that begin with the partition only grow, so rows are added as they
/// enter. Others are put together anew for each row: single rows at the ends, and whole blocks,
/// aggregated once, between.
final class WindowAggregate implements WindowValue {
    private static final int BLOCK_ROWS = 256;

    private final ExecContext context;
    private final AggregateFunction.Bound bound;
    private final WindowFrame frame;
    private final int firstArgument;
    private final AggregateFunction.Accumulator accumulator;
    private final MemoryBudget budget;
    private final List<AggregateFunction.Accumulator> blocks = new ArrayList<>();
    private final Vector[] arguments;
    private final Vector[] slices;
    private final Vector result;
    private final int[] groupZero = {0};
    private int[] selection = new int[64];
    private int added;
    private int resultStart;
    private int resultEnd;

    WindowAggregate(ExecContext context, AggregateFunction.Bound bound, WindowFrame frame, int firstArgument) {
        this.context = context;
        this.bound = bound;
        this.frame = frame;
        this.firstArgument = firstArgument;
        this.accumulator = bound.function().newAccumulator(context);
        this.budget = new MemoryBudget(context.memory());
        int n = bound.arguments().size();
        this.arguments = new Vector[n];
        this.slices = new Vector[n];
        for (int i = 0; i < n; i++) {
            slices[i] = Vector.of(bound.arguments().get(i).type(), 1);
        }
        this.result = Vector.of(bound.type(), 1);
    }

    @Override
    public void start(WindowPartition partition) {
        frame.reset();
        accumulator.reset();
        accumulator.ensureGroups(1);
        blocks.clear();
        added = 0;
        resultStart = -1;
        resultEnd = -1;
    }

    @Override
    public void compute(WindowPartition p, int from, int count, Vector out, int at) {
        for (int i = 0; i < count; i++) {
            int row = from + i;
            frame.locate(p, row);
            if (frame.start() != resultStart || frame.end() != resultEnd) {
                if (frame.startsWithPartition()) {
                    add(accumulator, p, added, frame.end());
                    added = Math.max(added, frame.end());
                } else {
                    rebuild(p, frame.start(), frame.end());
                }
                resultStart = frame.start();
                resultEnd = frame.end();
                result.reset();
                accumulator.results(0, 1, result);
            }
            if (result.isNull(0)) {
                out.setNull(at + i);
            } else {
                out.copyFrom(result, 0, at + i);
            }
        }
        budget.hold(accumulator.sizeBytes());
    }

    private void rebuild(WindowPartition p, int start, int end) {
        accumulator.reset();
        accumulator.ensureGroups(1);
        int firstBlock = (start + BLOCK_ROWS - 1) / BLOCK_ROWS;
        int lastBlock = end / BLOCK_ROWS;
        if (firstBlock >= lastBlock) {
            add(accumulator, p, start, end);
            return;
        }
        add(accumulator, p, start, firstBlock * BLOCK_ROWS);
        for (int b = firstBlock; b < lastBlock; b++) {
            accumulator.merge(block(p, b), groupZero, 1);
        }
        add(accumulator, p, lastBlock * BLOCK_ROWS, end);
    }

    private AggregateFunction.Accumulator block(WindowPartition p, int index) {
        while (blocks.size() <= index) {
            context.checkInterrupted();
            int from = blocks.size() * BLOCK_ROWS;
            AggregateFunction.Accumulator made = bound.function().newAccumulator(context);
            made.ensureGroups(1);
            add(made, p, from, from + BLOCK_ROWS);
            blocks.add(made);
        }
        return blocks.get(index);
    }

    private void add(AggregateFunction.Accumulator target, WindowPartition p, int from, int to) {
        int row = from;
        while (row < to) {
            Batch chunk = p.chunk(row);
            int first = p.inChunk(row);
            int count = Math.min(chunk.rows() - first, to - row);
            if (count == chunk.rows()) {
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = chunk.column(firstArgument + i);
                }
                target.add(null, arguments, count);
            } else {
                addSlice(target, chunk, first, count);
            }
            row += count;
        }
    }

    private void addSlice(AggregateFunction.Accumulator target, Batch chunk, int first, int count) {
        if (selection.length < count) {
            selection = new int[Math.max(count, 2 * selection.length)];
        }
        for (int i = 0; i < count; i++) {
            selection[i] = first + i;
        }
        for (int i = 0; i < slices.length; i++) {
            slices[i].gather(chunk.column(firstArgument + i), selection, count);
        }
        target.add(null, slices, count);
    }

    @Override
    public void close() {
        accumulator.reset();
        blocks.clear();
        budget.close();
    }
}
