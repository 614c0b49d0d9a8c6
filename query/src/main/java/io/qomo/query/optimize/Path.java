package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way to run a logical node: the choice made for it and the ways to run its inputs. Expressions are over ids.
///
/// @param node whose meaning the path has, but for the order of columns
/// @param choice how it is run
/// @param inputs in physical order
/// @param columns of the output in physical order
/// @param rows estimated
/// @param cost estimated, in units of one row read in sequence
/// @param order in which the rows come: the longest prefix that is known
record Path(
        LogicalPlan node,
        Choice choice,
        List<Path> inputs,
        List<Column> columns,
        double rows,
        double cost,
        List<SortKey> order) {
    Path {
        inputs = List.copyOf(inputs);
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    /// How a node is run.
    sealed interface Choice {
        /// There is one way only.
        record Only() implements Choice {}

        /// Reads a table through an index.
        ///
        /// @param index id
        /// @param keys whole unique keys, or null to read ranges
        /// @param ranges what to read
        /// @param lookup the table is read for each entry
        /// @param filter what remains to be checked, or null
        /// @param reverse against the index order
        /// @param limitHint rows after which the consumer probably stops, or -1
        /// @param usedParts number of key parts the ranges speak of
        /// @param estimate what was thought of
        record Access(
                int index,
                @Nullable List<List<Expr>> keys,
                List<KeyRange> ranges,
                boolean lookup,
                @Nullable Expr filter,
                boolean reverse,
                long limitHint,
                int usedParts,
                AccessEstimate estimate)
                implements Choice {}

        /// Hashes the right input on equal keys.
        record Hash(
                List<Expr> leftKeys,
                List<Expr> rightKeys,
                List<Boolean> nullSafe,
                @Nullable Expr residual) implements Choice {}

        /// Runs the right input for each left row; it may use left columns.
        record NestedLoop(@Nullable Expr condition) implements Choice {}

        /// Groups of adjacent rows.
        record Streaming() implements Choice {}

        /// Sorts so that a node above gets its order; the node is the input's.
        record Enforced(List<SortKey> keys) implements Choice {}
    }

    /// Runs in the one way there is.
    static Path only(LogicalPlan node, List<Path> inputs, double rows, double cost, List<SortKey> order) {
        return new Path(node, new Choice.Only(), inputs, node.columns(), rows, cost, order);
    }
}
