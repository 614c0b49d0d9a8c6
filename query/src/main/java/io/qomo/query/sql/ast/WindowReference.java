package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows OVER.
public sealed interface WindowReference {
    /// `OVER name`.
    record NamedWindow(String name) implements WindowReference {}

    /// `OVER ([base] [PARTITION BY ...] [ORDER BY ...] [frame])`; also the body of `WINDOW name AS (...)`.
    record WindowSpecification(
            @Nullable String base,
            List<Expression> partitionBy,
            List<Expression.OrderItem> orderBy,
            @Nullable WindowFrame frame)
            implements WindowReference {
        /// Copies the lists.
        public WindowSpecification {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// `name AS (specification)` of the WINDOW clause.
    record WindowDefinition(String name, WindowSpecification specification) {}

    /// `ROWS BETWEEN start AND end`; `ROWS start` has CURRENT ROW as its end.
    record WindowFrame(Unit unit, FrameBound start, FrameBound end) {
        /// How distance is counted.
        public enum Unit {
            ROWS,
            RANGE,
            GROUPS
        }
    }

    /// One end of a frame.
    ///
    /// @param offset of PRECEDING and FOLLOWING, else null
    /// @param unit when the offset is `INTERVAL offset unit`
    record FrameBound(
            Kind kind,
            @Nullable Expression offset,
            @Nullable IntervalUnit unit) {
        /// In frame order.
        public enum Kind {
            UNBOUNDED_PRECEDING,
            PRECEDING,
            CURRENT_ROW,
            FOLLOWING,
            UNBOUNDED_FOLLOWING
        }
    }
}
