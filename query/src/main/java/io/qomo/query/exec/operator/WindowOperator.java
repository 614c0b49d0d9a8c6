package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.rows.RowKeys;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.Window;
import io.qomo.query.plan.PlanParts.Frame;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Window functions over an input sorted by partition and order.
///
/// Keeps one partition at a time: the input's columns, then the arguments of all calls, the offsets or
/// boundaries of their frames, and the first order key.
final class WindowOperator implements Operator {
    private final ExecContext context;
    private final Operator input;
    private final Programs partition;
    private final Programs order;
    private final Programs extra;
    private final int inputWidth;
    private final WindowValue[] calls;
    private final WindowPartition rows;
    private final SpillableRows kept;
    private final Batch stored;
    private final Batch out;
    private final RowKeys key = new RowKeys();
    private @Nullable Batch batch;
    private Vector[] partitionValues = {};
    private Vector[] orderValues = {};
    private int row;
    private int emitted;
    private byte[] partitionKey = {};
    private byte[] orderKey = {};
    private boolean isInputDone;

    WindowOperator(ExecContext context, Operator input, Window plan) {
        this.context = context;
        this.input = input;
        this.partition = Programs.of(plan.partition(), context);
        List<Expr> orderKeys = plan.order().stream().map(SortKey::expression).toList();
        this.order = Programs.of(orderKeys, context);
        List<SqlType> types = new ArrayList<>(Rows.types(plan.input()));
        this.inputWidth = types.size();
        List<Expr> more = new ArrayList<>();
        this.calls = new WindowValue[plan.calls().size()];
        int orderColumn = inputWidth;
        boolean isDescending =
                !plan.order().isEmpty() && plan.order().getFirst().descending();
        if (!orderKeys.isEmpty()) {
            more.add(orderKeys.getFirst());
        }
        for (int i = 0; i < calls.length; i++) {
            WindowCall call = plan.calls().get(i);
            int first = inputWidth + more.size();
            more.addAll(
                    call.aggregate() == null
                            ? call.arguments()
                            : call.aggregate().arguments());
            Frame frame = call.frame();
            int start = frame == null ? -1 : addOffset(frame.start(), more);
            int end = frame == null ? -1 : addOffset(frame.end(), more);
            WindowFrame bounds = new WindowFrame(frame, !orderKeys.isEmpty(), start, end, orderColumn, isDescending);
            calls[i] = call.aggregate() == null
                    ? new WindowFunction(call, bounds, first)
                    : new WindowAggregate(context, call.aggregate(), bounds, first);
        }
        more.forEach(e -> types.add(e.type()));
        this.extra = Programs.of(more, context);
        this.kept = new SpillableRows(types, context.temp(), context.memory());
        this.rows = new WindowPartition(kept);
        this.stored = new Batch(new Vector[types.size()], 0);
        this.out = Rows.newBatch(Rows.types(plan));
    }

    /// Adds the expression of a bound; its column, or -1.
    private int addOffset(Frame.Bound bound, List<Expr> more) {
        Expr offset = bound.offset();
        if (offset == null) {
            return -1;
        }
        more.add(offset);
        return inputWidth + more.size() - 1;
    }

    @Override
    public void open() {
        close();
        isInputDone = false;
        input.open();
    }

    @Override
    public @Nullable Batch next() {
        Rows.clear(out, Vector.BATCH_ROWS);
        while (out.rows() < Vector.BATCH_ROWS) {
            context.checkInterrupted();
            if (emitted >= rows.size() && !loadPartition()) {
                break;
            }
            emit(Math.min(rows.size() - emitted, Vector.BATCH_ROWS - out.rows()));
        }
        return out.rows() == 0 ? null : out;
    }

    private void emit(int count) {
        int at = out.rows();
        for (int i = 0; i < calls.length; i++) {
            calls[i].compute(rows, emitted, count, out.column(inputWidth + i), at);
        }
        for (int i = 0; i < count; i++) {
            Batch chunk = rows.chunk(emitted + i);
            int from = rows.inChunk(emitted + i);
            for (int c = 0; c < inputWidth; c++) {
                out.column(c).copyFrom(chunk.column(c), from, at + i);
            }
        }
        emitted += count;
        out.setRows(at + count);
    }

    /// Reads the rows of the next partition; false at the end of the input.
    private boolean loadPartition() {
        rows.clear();
        emitted = 0;
        boolean isFirst = true;
        while (true) {
            Batch some = batch;
            if (some == null || row >= some.rows()) {
                some = nextInput();
                if (some == null) {
                    break;
                }
            }
            key.encode(partitionValues, row);
            boolean isSame = Arrays.equals(partitionKey, 0, partitionKey.length, key.array(), 0, key.length());
            if (!isFirst && !isSame) {
                break;
            }
            if (isFirst) {
                partitionKey = Arrays.copyOf(key.array(), key.length());
            }
            key.encode(orderValues, row);
            boolean isPeer = !isFirst && Arrays.equals(orderKey, 0, orderKey.length, key.array(), 0, key.length());
            if (!isPeer) {
                orderKey = Arrays.copyOf(key.array(), key.length());
            }
            rows.add(stored, row, !isPeer);
            isFirst = false;
            row++;
        }
        if (isFirst) {
            return false;
        }
        for (WindowValue call : calls) {
            call.start(rows);
        }
        return true;
    }

    private @Nullable Batch nextInput() {
        if (isInputDone) {
            return null;
        }
        context.checkInterrupted();
        Batch next = input.next();
        batch = next;
        row = 0;
        if (next == null) {
            isInputDone = true;
            input.close();
            return null;
        }
        partitionValues = partition.evaluate(next);
        orderValues = order.evaluate(next);
        Vector[] more = extra.evaluate(next);
        for (int c = 0; c < inputWidth; c++) {
            stored.setColumn(c, next.column(c));
        }
        for (int c = 0; c < more.length; c++) {
            stored.setColumn(inputWidth + c, more[c]);
        }
        stored.setRows(next.rows());
        return next;
    }

    @Override
    public void close() {
        isInputDone = true;
        batch = null;
        emitted = 0;
        rows.clear();
        kept.close();
        input.close();
        partition.reset();
        order.reset();
        extra.reset();
        for (WindowValue call : calls) {
            call.close();
        }
    }
}
