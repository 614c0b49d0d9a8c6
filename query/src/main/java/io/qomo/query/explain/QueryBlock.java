package io.qomo.query.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One SELECT of a plan as EXPLAIN numbers them: tables in the order they are read, and what is done with their rows.
///
/// The plan does not remember which SELECT a node came from: blocks are told apart by what a single SELECT cannot do
/// twice. What the optimizer merged or unnested is one block, as it is in MySQL's output.
///
/// @param id 1 for the outermost
/// @param type select_type; SIMPLE stands for PRIMARY too, until it is known whether there are other blocks
/// @param steps what is done with the rows, outermost first
/// @param leaves tables in the order they are read; empty for unions and blocks without tables
/// @param message instead of tables, such as `No tables used`
/// @param union the parts of a UNION, else empty
/// @param unionResult true if the rows of a union pass through a temporary table
/// @param below blocks this one uses beside those of its tables' conditions
/// @param rows estimated number of output rows
/// @param cost estimated
record QueryBlock(
        int id,
        String type,
        List<Step> steps,
        List<Leaf> leaves,
        @Nullable String message,
        List<QueryBlock> union,
        boolean unionResult,
        List<QueryBlock> below,
        double rows,
        double cost) {
    QueryBlock {
        steps = List.copyOf(steps);
        leaves = List.copyOf(leaves);
        union = List.copyOf(union);
        below = List.copyOf(below);
    }

    /// The same block as another type of SELECT.
    QueryBlock as(String other) {
        return new QueryBlock(id, other, steps, leaves, message, union, unionResult, below, rows, cost);
    }

    /// True if every run of it depends on rows of another block.
    boolean isDependent() {
        return type.startsWith("DEPENDENT");
    }

    /// What is done with rows.
    enum Step {
        SORT(false, true),
        GROUP_HASH(true, false),
        GROUP_SORTED(false, false),
        AGGREGATE(false, false),
        ROLLUP(true, true),
        DISTINCT(true, false),
        WINDOW(true, false);

        private final boolean temporary;
        private final boolean filesort;

        Step(boolean temporary, boolean filesort) {
            this.temporary = temporary;
            this.filesort = filesort;
        }

        boolean isTemporary() {
            return temporary;
        }

        boolean isFilesort() {
            return filesort;
        }
    }

    /// A table in the order of reading.
    ///
    /// @param name alias, or `<derivedN>`
    /// @param access how it is read
    /// @param extra words for the column Extra, in order
    /// @param condition checked on its rows, or null
    /// @param joinBuffer `hash join` or `Block Nested Loop` if the table is kept in memory for a join, else null
    /// @param producedRows estimated rows of the join up to this table
    /// @param cost estimated, of the join up to this table
    /// @param columns that are read
    /// @param derived the block whose rows these are, or null
    /// @param subqueries in its conditions
    record Leaf(
            String name,
            AccessFacts access,
            List<String> extra,
            @Nullable String condition,
            @Nullable String joinBuffer,
            double producedRows,
            double cost,
            List<String> columns,
            @Nullable QueryBlock derived,
            List<QueryBlock> subqueries) {
        Leaf {
            extra = List.copyOf(extra);
            columns = List.copyOf(columns);
            subqueries = List.copyOf(subqueries);
        }
    }
}
