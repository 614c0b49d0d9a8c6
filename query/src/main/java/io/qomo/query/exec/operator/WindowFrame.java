package io.qomo.query.exec.operator;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.plan.PlanParts.Frame;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// The bounds of a frame for the rows of a partition, asked for in ascending order of rows.
///
/// Bounds of ROWS count rows; those of RANGE take in all peers of the boundary, whose value, if it has an
/// offset, stands in a column of the partition. NULL is a peer of NULL alone.
final class WindowFrame {
    private final boolean isRows;
    private final Frame.Kind startKind;
    private final Frame.Kind endKind;
    private final int startColumn;
    private final int endColumn;
    private final int orderColumn;
    private final boolean isDescending;
    private int start;
    private int end;
    /// How far the searches for the boundaries of RANGE have come.
    private int searchedStart;
    private int searchedEnd;

    /// @param frame null for the default: up to the present row's peers, or everything if there is no order
    /// @param hasOrder whether the window is ordered
    /// @param startColumn of the partition: the offset or boundary of the start, if it has one
    /// @param endColumn the same of the end
    /// @param orderColumn of the partition: the order key, for RANGE with an offset
    WindowFrame(
            @Nullable Frame frame,
            boolean hasOrder,
            int startColumn,
            int endColumn,
            int orderColumn,
            boolean isDescending) {
        this.isRows = frame != null && frame.rows();
        this.startKind =
                frame == null ? Frame.Kind.UNBOUNDED_PRECEDING : frame.start().kind();
        this.endKind =
                frame != null ? frame.end().kind() : hasOrder ? Frame.Kind.CURRENT_ROW : Frame.Kind.UNBOUNDED_FOLLOWING;
        this.startColumn = startColumn;
        this.endColumn = endColumn;
        this.orderColumn = orderColumn;
        this.isDescending = isDescending;
    }

    void reset() {
        searchedStart = 0;
        searchedEnd = 0;
    }

    /// True if every frame begins with the partition.
    boolean startsWithPartition() {
        return startKind == Frame.Kind.UNBOUNDED_PRECEDING;
    }

    /// Finds the bounds for a row.
    void locate(WindowPartition partition, int row) {
        int size = partition.size();
        long from = isRows ? rowsStart(partition, row) : rangeStart(partition, row);
        long to = isRows ? rowsEnd(partition, row) : rangeEnd(partition, row);
        start = Math.clamp(from, 0, size);
        end = Math.clamp(to, start, size);
    }

    /// First row of the frame.
    int start() {
        return start;
    }

    /// First row behind the frame; not below [#start].
    int end() {
        return end;
    }

    private long rowsStart(WindowPartition p, int row) {
        return switch (startKind) {
            case UNBOUNDED_PRECEDING -> 0;
            case PRECEDING -> row - offset(p, row, startColumn);
            case CURRENT_ROW -> row;
            case FOLLOWING -> row + offset(p, row, startColumn);
            case UNBOUNDED_FOLLOWING -> p.size();
        };
    }

    private long rowsEnd(WindowPartition p, int row) {
        return switch (endKind) {
            case UNBOUNDED_PRECEDING -> 0;
            case PRECEDING -> row - offset(p, row, endColumn) + 1;
            case CURRENT_ROW -> row + 1L;
            case FOLLOWING -> row + offset(p, row, endColumn) + 1;
            case UNBOUNDED_FOLLOWING -> p.size();
        };
    }

    private static long offset(WindowPartition p, int row, int column) {
        Vector value = p.column(row, column);
        int at = p.inChunk(row);
        if (value.isNull(at) || !(value instanceof LongVector v)) {
            throw new SqlException(ErrorCode.WINDOW_FRAME_ILLEGAL, "<unnamed window>");
        }
        long offset = v.get(at);
        if (offset < 0) {
            if (v.type().unsigned()) {
                return Integer.MAX_VALUE;
            }
            throw new SqlException(ErrorCode.WINDOW_FRAME_ILLEGAL, "<unnamed window>");
        }
        return Math.min(offset, Integer.MAX_VALUE);
    }

    private long rangeStart(WindowPartition p, int row) {
        return switch (startKind) {
            case UNBOUNDED_PRECEDING -> 0;
            case CURRENT_ROW -> p.peerStart(row);
            case UNBOUNDED_FOLLOWING -> p.size();
            case PRECEDING, FOLLOWING -> {
                if (isOrderNull(p, row)) {
                    yield p.peerStart(row);
                }
                Boundary boundary = boundary(p, row, startColumn);
                while (searchedStart < p.size() && boundary.compare(p, searchedStart) < 0) {
                    searchedStart++;
                }
                yield searchedStart;
            }
        };
    }

    private long rangeEnd(WindowPartition p, int row) {
        return switch (endKind) {
            case UNBOUNDED_PRECEDING -> 0;
            case CURRENT_ROW -> p.peerEnd(row);
            case UNBOUNDED_FOLLOWING -> p.size();
            case PRECEDING, FOLLOWING -> {
                if (isOrderNull(p, row)) {
                    yield p.peerEnd(row);
                }
                Boundary boundary = boundary(p, row, endColumn);
                while (searchedEnd < p.size() && boundary.compare(p, searchedEnd) <= 0) {
                    searchedEnd++;
                }
                yield searchedEnd;
            }
        };
    }

    private boolean isOrderNull(WindowPartition p, int row) {
        return p.column(row, orderColumn).isNull(p.inChunk(row));
    }

    private Boundary boundary(WindowPartition p, int row, int column) {
        Vector source = p.column(row, column);
        Vector value = Vector.of(source.type(), 1);
        value.copyFrom(source, p.inChunk(row), 0);
        return new Boundary(value, orderColumn, isDescending);
    }

    /// A value among the order keys.
    private record Boundary(Vector value, int orderColumn, boolean isDescending) {
        /// Where a row stands: negative before the boundary, 0 on it, positive behind it.
        int compare(WindowPartition p, int row) {
            Vector key = p.column(row, orderColumn);
            int at = p.inChunk(row);
            boolean isNull = key.isNull(at);
            if (isNull || value.isNull(0)) {
                int order = isNull ? value.isNull(0) ? 0 : -1 : 1;
                return isDescending ? -order : order;
            }
            int order = compareNumbers(key, at, value);
            return isDescending ? -order : order;
        }

        private static int compareNumbers(Vector a, int i, Vector b) {
            if (a instanceof LongVector x && b instanceof LongVector y) {
                long left = x.get(i);
                long right = y.get(0);
                boolean leftHuge = left < 0 && x.type().unsigned();
                boolean rightHuge = right < 0 && y.type().unsigned();
                if (leftHuge != rightHuge) {
                    return leftHuge ? 1 : -1;
                }
                return Long.compare(left, right);
            }
            if (a instanceof DoubleVector || b instanceof DoubleVector) {
                return Double.compare(toDouble(a, i) + 0.0, toDouble(b, 0) + 0.0);
            }
            return toDecimal(a, i).compareTo(toDecimal(b, 0));
        }

        private static double toDouble(Vector v, int i) {
            return v instanceof DoubleVector d ? d.get(i) : toDecimal(v, i).doubleValue();
        }

        private static BigDecimal toDecimal(Vector v, int i) {
            return switch (v) {
                case LongVector l ->
                    l.type().unsigned()
                            ? new BigDecimal(new BigInteger(Long.toUnsignedString(l.get(i))))
                            : BigDecimal.valueOf(l.get(i));
                case DecimalVector d -> d.get(i);
                default -> throw new SqlException(ErrorCode.WINDOW_FRAME_ILLEGAL, "<unnamed window>");
            };
        }
    }
}
