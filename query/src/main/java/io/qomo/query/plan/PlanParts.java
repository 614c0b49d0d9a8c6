package io.qomo.query.plan;

import io.qomo.base.type.SqlType;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The small parts plans are made of.
public final class PlanParts {
    private PlanParts() {}

    /// An output column.
    public record OutputColumn(String name, SqlType type, boolean nullable) {}

    /// What every node has.
    ///
    /// @param columns of the output
    /// @param rows estimated number of output rows
    /// @param cost estimated cost of the subtree, in units of one row read in sequence
    public record Props(List<OutputColumn> columns, double rows, double cost) {
        public Props {
            columns = List.copyOf(columns);
        }
    }

    /// What the optimizer thought of when it chose how a table is read, for EXPLAIN.
    ///
    /// @param possible ids of the indexes that were of use
    /// @param examinedRows estimated number of entries read each time, before the filter
    /// @param keptPart estimated part of them that passes the filter, 0 to 1
    public record AccessEstimate(List<Integer> possible, double examinedRows, double keptPart) {
        /// Of plans made without the optimizer.
        public static final AccessEstimate NONE = new AccessEstimate(List.of(), 0, 1);

        public AccessEstimate {
            possible = List.copyOf(possible);
        }
    }

    /// An interval of an index: bounds are tuples of expressions over nothing, for the leading key parts, coerced to
    /// the column types. A NULL in a bound finds nothing unless `nullSafe` says the part matches NULL.
    ///
    /// @param low lower bound, or empty for none
    /// @param lowInclusive whether keys equal to `low` (in its parts) belong to it
    /// @param high upper bound, or empty for none
    /// @param highInclusive whether keys equal to `high` (in its parts) belong to it
    /// @param nullSafe one per leading part: NULL in a bound stands for the key NULL (IS NULL, `<=>`)
    public record KeyRange(
            List<Expr> low, boolean lowInclusive, List<Expr> high, boolean highInclusive, List<Boolean> nullSafe) {
        /// Everything.
        public static final KeyRange ALL = new KeyRange(List.of(), true, List.of(), true, List.of());

        public KeyRange {
            low = List.copyOf(low);
            high = List.copyOf(high);
            nullSafe = List.copyOf(nullSafe);
        }
    }

    /// How rows are locked.
    ///
    /// @param exclusive FOR UPDATE and writes; false: FOR SHARE
    /// @param onConflict what happens when another transaction holds the row
    public record RowLock(boolean exclusive, Wait onConflict) {
        /// What happens when another transaction holds a row.
        public enum Wait {
            WAIT,
            NOWAIT,
            SKIP_LOCKED
        }
    }

    /// ORDER BY one expression; NULL sorts first ascending.
    public record SortKey(Expr expression, boolean descending) {}

    /// An aggregate in a plan.
    ///
    /// @param bound the function with its arguments over the node's input
    /// @param distinct duplicates of the arguments are removed first
    /// @param order GROUP_CONCAT's ORDER BY, over the node's input
    public record AggregateCall(AggregateFunction.Bound bound, boolean distinct, List<SortKey> order) {
        public AggregateCall {
            order = List.copyOf(order);
        }
    }

    /// A window function.
    ///
    /// @param name `row_number`, `rank`, `dense_rank`, `percent_rank`, `cume_dist`, `ntile`, `lag`, `lead`,
    ///     `first_value`, `last_value`, `nth_value`, or `aggregate`
    /// @param aggregate the bound aggregate for `aggregate`, else null
    /// @param arguments over the input
    /// @param frame null for the default frame
    /// @param type of the value
    /// @param nullable false only if never NULL
    public record WindowCall(
            String name,
            AggregateFunction.@Nullable Bound aggregate,
            List<Expr> arguments,
            @Nullable Frame frame,
            SqlType type,
            boolean nullable) {
        public WindowCall {
            arguments = List.copyOf(arguments);
        }
    }

    /// A window frame. For RANGE with an offset the bound is the finished boundary expression over the current row
    /// (order key ± offset), for ROWS it is the number of rows.
    public record Frame(boolean rows, Bound start, Bound end) {
        /// One end of a frame.
        public record Bound(Kind kind, @Nullable Expr offset) {}

        /// Where an end lies.
        public enum Kind {
            UNBOUNDED_PRECEDING,
            PRECEDING,
            CURRENT_ROW,
            FOLLOWING,
            UNBOUNDED_FOLLOWING
        }
    }

    /// Kinds of joins. SEMI and ANTI give left rows; ANTI_NULL_AWARE is NOT IN: no row at all if the right side has a
    /// NULL key, and left rows with a NULL key only if the right side is empty.
    public enum JoinKind {
        INNER,
        LEFT,
        SEMI,
        ANTI,
        ANTI_NULL_AWARE
    }

    /// INTERSECT or EXCEPT.
    public enum SetKind {
        INTERSECT,
        EXCEPT
    }

    /// What INSERT does when a unique key is taken.
    public enum DuplicateAction {
        ERROR,
        REPLACE,
        UPDATE
    }

    /// SET column = value.
    ///
    /// @param ordinal of the column in its table
    /// @param value for UPDATE over the source's columns as changed by the assignments before it; for ON DUPLICATE
    ///     KEY UPDATE over [existing row…, new row (VALUES())…, further source columns…], rows by ordinal
    public record Assignment(int ordinal, Expr value) {}

    /// WITH CHECK OPTION of a view that is written through: rows for which the condition is not true are refused.
    ///
    /// @param condition over what [Assignment#value] is over
    public record ViewCheck(String database, String view, Expr condition) {}

    /// A table that UPDATE or DELETE changes.
    ///
    /// @param table with its bound expressions
    /// @param handle position in the source of the encoded primary key (NULL: no row, from an outer join)
    /// @param columns position in the source of each column of the table, by ordinal
    /// @param assignments in order, over the source's columns
    /// @param checks of the view that is updated
    public record UpdateTarget(
            BoundTable table, int handle, List<Integer> columns, List<Assignment> assignments, List<ViewCheck> checks) {
        public UpdateTarget {
            columns = List.copyOf(columns);
            assignments = List.copyOf(assignments);
            checks = List.copyOf(checks);
        }
    }
}
