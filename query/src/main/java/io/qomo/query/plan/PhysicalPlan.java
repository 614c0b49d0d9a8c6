package io.qomo.query.plan;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.JsonTableShape;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.query.plan.PlanParts.SetKind;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import io.qomo.query.plan.PlanParts.ViewCheck;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan the executor can run: every [Expr.Column] is a position in the batch of the node's input (the left
/// columns then the right ones for joins).
public sealed interface PhysicalPlan {
    /// Output columns and estimates.
    Props props();

    /// Rows of expressions: SELECT without FROM (one row of no columns), VALUES, INSERT … VALUES. Below an
    /// [Insert] alone rows may differ in their types: then a batch holds rows of equal types, told by its vectors.
    record Values(Props props, List<List<Expr>> rows) implements PhysicalPlan {}

    /// Reads a base table through an index.
    ///
    /// Output: the columns of `ordinals` in order and, if `withHandle`, the encoded primary key as VARBINARY last.
    ///
    /// @param index id of the index that is read; 0 for the table itself
    /// @param ordinals positions in [TableDef#columns] of the columns wanted
    /// @param ranges what part of the index, in any order, perhaps overlapping: the executor encodes, sorts and
    ///     merges them, so that rows come once and in index order; empty: nothing; [KeyRange#ALL]: all
    /// @param lookup true if the table must be read for each entry of a secondary index
    /// @param filter over the output, or null; evaluated before a row is locked and again if it changed meanwhile
    /// @param reverse descending index order
    /// @param lock rows are read at their latest version and locked, or null for a snapshot read
    /// @param limitHint rows after which the consumer will probably stop, or -1
    /// @param estimate for EXPLAIN
    record TableScan(
            Props props,
            TableDef table,
            String alias,
            int index,
            List<Integer> ordinals,
            List<KeyRange> ranges,
            boolean lookup,
            @Nullable Expr filter,
            boolean reverse,
            @Nullable RowLock lock,
            boolean withHandle,
            long limitHint,
            AccessEstimate estimate)
            implements PhysicalPlan {}

    /// Reads rows by whole unique keys: `keys` are rows of expressions over nothing (constants, parameters,
    /// correlated), coerced to the column types. A key with a NULL finds nothing; equal keys find a row once.
    /// Output, filter and lock as [TableScan].
    record PointGet(
            Props props,
            TableDef table,
            String alias,
            int index,
            List<Integer> ordinals,
            List<List<Expr>> keys,
            @Nullable Expr filter,
            @Nullable RowLock lock,
            boolean withHandle,
            AccessEstimate estimate)
            implements PhysicalPlan {}

    /// The rows JSON_TABLE() makes of a document: an expression over nothing (constants, parameters, correlated).
    record JsonTable(Props props, JsonTableShape shape, Expr document, String alias) implements PhysicalPlan {}

    /// Reads a system table.
    record SystemScan(
            Props props,
            TableDef table,
            String alias,
            List<Integer> ordinals,
            @Nullable Expr filter) implements PhysicalPlan {}

    /// Keeps rows for which the condition holds.
    record Filter(Props props, PhysicalPlan input, Expr condition) implements PhysicalPlan {}

    /// Computes columns.
    record Project(Props props, PhysicalPlan input, List<Expr> expressions) implements PhysicalPlan {}

    /// Skips `offset` rows and passes `count`; each an expression over nothing.
    record Limit(
            Props props,
            PhysicalPlan input,
            @Nullable Expr offset,
            @Nullable Expr count) implements PhysicalPlan {}

    /// Sorts; with a limit only the first rows are kept (top-N: offset + count), to be cut by a Limit above.
    record Sort(
            Props props,
            PhysicalPlan input,
            List<SortKey> keys,
            @Nullable Expr limit) implements PhysicalPlan {}

    /// Groups. Output: the group expressions, then the aggregates. No groups: exactly one row.
    /// `inputIsSorted`: rows of a group are adjacent, so groups may be streamed.
    record Aggregate(
            Props props, PhysicalPlan input, List<Expr> groups, List<AggregateCall> aggregates, boolean inputIsSorted)
            implements PhysicalPlan {}

    /// GROUP BY … WITH ROLLUP: output as [Aggregate] plus, last, a BIGINT with bit (n−1−i) set where group i is
    /// rolled up (GROUPING()). Rows come in group order, each super-aggregate after its rows, as MySQL's.
    record Rollup(Props props, PhysicalPlan input, List<Expr> groups, List<AggregateCall> aggregates)
            implements PhysicalPlan {}

    /// Removes duplicate rows.
    record Distinct(Props props, PhysicalPlan input) implements PhysicalPlan {}

    /// Joins by hashing the right side on equal keys (`nullSafe` per key: `<=>`). Output: left then right columns
    /// (left only for SEMI and ANTI). The residual is over left then right columns.
    record HashJoin(
            Props props,
            JoinKind kind,
            PhysicalPlan left,
            PhysicalPlan right,
            List<Expr> leftKeys,
            List<Expr> rightKeys,
            List<Boolean> nullSafe,
            @Nullable Expr residual)
            implements PhysicalPlan {}

    /// For each left row runs the right side, whose [Expr.Correlated] slots are bound to left values: index look-up
    /// joins, LATERAL; without bindings the right side is kept in memory or spilled (joins without equalities).
    record NestedLoopJoin(
            Props props,
            JoinKind kind,
            PhysicalPlan left,
            PhysicalPlan right,
            List<Expr.Subquery.Binding> bindings,
            @Nullable Expr condition)
            implements PhysicalPlan {}

    /// Concatenates; inputs have equal column types.
    record UnionAll(Props props, List<PhysicalPlan> inputs) implements PhysicalPlan {}

    /// INTERSECT and EXCEPT, with or without ALL.
    record SetDifference(Props props, SetKind kind, boolean all, PhysicalPlan left, PhysicalPlan right)
            implements PhysicalPlan {}

    /// Runs `definition` once at first use, keeps its rows under `id`, then runs `body`, where [CteScan]s read them.
    record WithCte(Props props, int id, PhysicalPlan definition, PhysicalPlan body) implements PhysicalPlan {}

    /// A recursive definition: `seed` once, then `step` (whose [CteScan] of `id` reads the rows of the round before)
    /// until it gives nothing; `distinct` drops rows seen before. Error 3636 beyond cte_max_recursion_depth.
    record RecursiveCte(Props props, int id, PhysicalPlan seed, PhysicalPlan step, boolean distinct)
            implements PhysicalPlan {}

    /// Reads the rows kept under an id.
    record CteScan(Props props, int id) implements PhysicalPlan {}

    /// Window functions over an input sorted by partition and order. Output: input columns, then the calls.
    record Window(Props props, PhysicalPlan input, List<Expr> partition, List<SortKey> order, List<WindowCall> calls)
            implements PhysicalPlan {}

    /// Writes rows. The source gives every column of the table in ordinal order (generated and hidden ones as NULL;
    /// NULL or 0 for AUTO_INCREMENT asks for a value), not yet converted to the column types; further columns of
    /// the source may only be read by `updates`. `checks` are over the row's columns by ordinal.
    record Insert(
            Props props,
            BoundTable table,
            PhysicalPlan source,
            DuplicateAction onDuplicate,
            List<Assignment> updates,
            List<ViewCheck> checks,
            boolean ignore)
            implements PhysicalPlan {}

    /// Changes rows. The source's scans lock the rows and give per target the handle and all its columns.
    record Update(Props props, List<UpdateTarget> targets, PhysicalPlan source, boolean ignore)
            implements PhysicalPlan {}

    /// Removes rows; assignments of the targets are empty.
    record Delete(Props props, List<UpdateTarget> targets, PhysicalPlan source, boolean ignore)
            implements PhysicalPlan {}
}
