package io.qomo.query.exec.operator;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.plan.PlanParts.WindowCall;

/// A window function that is no aggregate, over one partition at a time; rows are asked for in ascending
/// order.
final class WindowFunction implements WindowValue {
    private final String name;
    private final WindowFrame frame;
    private final int firstArgument;
    private final int arguments;
    private long denseRank;

    /// @param firstArgument column of the partition that holds the first argument
    WindowFunction(WindowCall call, WindowFrame frame, int firstArgument) {
        this.name = call.name();
        this.frame = frame;
        this.firstArgument = firstArgument;
        this.arguments = call.arguments().size();
    }

    @Override
    public void start(WindowPartition partition) {
        frame.reset();
        denseRank = 0;
    }

    @Override
    public void compute(WindowPartition p, int from, int count, Vector out, int at) {
        for (int i = 0; i < count; i++) {
            compute(p, from + i, out, at + i);
        }
    }

    private void compute(WindowPartition p, int row, Vector out, int at) {
        switch (name) {
            case "row_number" -> set(out, at, row + 1L);
            case "rank" -> set(out, at, p.peerStart(row) + 1L);
            case "dense_rank" -> {
                denseRank += p.startsPeers(row) ? 1 : 0;
                set(out, at, denseRank);
            }
            case "percent_rank" -> set(out, at, p.size() == 1 ? 0.0 : p.peerStart(row) / (double) (p.size() - 1));
            case "cume_dist" -> set(out, at, p.peerEnd(row) / (double) p.size());
            case "ntile" -> ntile(p, row, out, at);
            case "lag" -> offsetValue(p, row, -1, out, at);
            case "lead" -> offsetValue(p, row, 1, out, at);
            case "first_value" -> frameValue(p, row, 0, out, at);
            case "last_value" -> {
                frame.locate(p, row);
                copy(p, frame.end() - 1, frame.start() < frame.end(), out, at);
            }
            case "nth_value" -> frameValue(p, row, number(p, row, 1, "nth_value") - 1, out, at);
            default -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, name);
        }
    }

    private static void set(Vector out, int at, long value) {
        ((LongVector) out).set(at, value);
    }

    private static void set(Vector out, int at, double value) {
        ((DoubleVector) out).set(at, value);
    }

    private void ntile(WindowPartition p, int row, Vector out, int at) {
        Vector value = p.column(row, firstArgument);
        if (value.isNull(p.inChunk(row))) {
            out.setNull(at);
            return;
        }
        long buckets = number(p, row, 0, "ntile");
        if (buckets == 0) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "ntile");
        }
        long small = p.size() / buckets;
        long bigger = p.size() % buckets;
        long inBigger = bigger * (small + 1);
        set(out, at, row < inBigger ? row / (small + 1) + 1 : bigger + (row - inBigger) / Math.max(1, small) + 1);
    }

    /// An integer argument; NULL and negative values are errors.
    private long number(WindowPartition p, int row, int argument, String function) {
        Vector value = p.column(row, firstArgument + argument);
        int i = p.inChunk(row);
        if (value.isNull(i)
                || !(value instanceof LongVector v)
                || (v.get(i) < 0 && !v.type().unsigned())) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, function);
        }
        return v.get(i) < 0 ? Long.MAX_VALUE : v.get(i);
    }

    /// LAG and LEAD: (value [, offset [, default]]).
    private void offsetValue(WindowPartition p, int row, int direction, Vector out, int at) {
        long offset = arguments > 1 ? number(p, row, 1, name) : 1;
        boolean isInside = direction < 0 ? offset <= row : offset < p.size() - (long) row;
        if (isInside) {
            copy(p, (int) (row + direction * offset), true, out, at);
        } else if (arguments > 2) {
            Vector fallback = p.column(row, firstArgument + 2);
            int i = p.inChunk(row);
            if (fallback.isNull(i)) {
                out.setNull(at);
            } else {
                out.copyFrom(fallback, i, at);
            }
        } else {
            out.setNull(at);
        }
    }

    private void frameValue(WindowPartition p, int row, long index, Vector out, int at) {
        if (index < 0) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, name);
        }
        frame.locate(p, row);
        boolean isInside = index < frame.end() - (long) frame.start();
        copy(p, isInside ? (int) (frame.start() + index) : 0, isInside, out, at);
    }

    private void copy(WindowPartition p, int row, boolean exists, Vector out, int at) {
        if (!exists) {
            out.setNull(at);
            return;
        }
        Vector value = p.column(row, firstArgument);
        int i = p.inChunk(row);
        if (value.isNull(i)) {
            out.setNull(at);
        } else {
            out.copyFrom(value, i, at);
        }
    }

    @Override
    public void close() {}
}
