package io.qomo.query.explain;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.explain.QueryBlock.Leaf;
import io.qomo.query.explain.QueryBlock.Step;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.ExprText;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlannedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cuts a plan into the SELECTs EXPLAIN shows.
///
/// A SELECT joins, groups, computes windows, removes duplicates, sorts and cuts, in this order and each once: where a
/// node comes too early a derived table begins.
final class BlockBuilder {
    private static final String NO_TABLES = "No tables used";
    private static final String NO_ROWS = "Impossible WHERE";

    private final Origins origins;
    private final Map<Integer, Integer> ctes;
    private int lastId;

    BlockBuilder() {
        this.origins = new Origins();
        this.ctes = new HashMap<>();
    }

    /// The place of a node in the order of a SELECT, from the last thing done to the first.
    private enum Stage {
        LIMIT,
        DISTINCT,
        WINDOW,
        GROUP,
        JOIN
    }

    /// A block in the making.
    private static final class Draft {
        private final int id;
        private final List<Step> steps = new ArrayList<>();
        private final List<Leaf> leaves = new ArrayList<>();
        private final List<QueryBlock> below = new ArrayList<>();
        private final List<QueryBlock> union = new ArrayList<>();
        private boolean unionResult;
        private @Nullable String message;
        private Stage stage = Stage.LIMIT;
        private boolean passed;

        Draft(int id) {
            this.id = id;
        }

        QueryBlock build(String type, PhysicalPlan plan) {
            return new QueryBlock(
                    id,
                    type,
                    steps,
                    leaves,
                    leaves.isEmpty() && union.isEmpty() && message == null ? NO_TABLES : message,
                    union,
                    unionResult,
                    below,
                    plan.props().rows(),
                    plan.props().cost());
        }

        /// Passes a stage; false if it lies behind already.
        boolean reach(Stage next, boolean mayRepeat) {
            if (next.compareTo(stage) < 0 || (next == stage && !mayRepeat && passed)) {
                return false;
            }
            passed = true;
            stage = next;
            return true;
        }
    }

    /// The block of a plan and those below it.
    QueryBlock block(PhysicalPlan plan, String type) {
        lastId++;
        Draft draft = new Draft(lastId);
        walk(plan, draft);
        return draft.build(type, plan);
    }

    private void walk(PhysicalPlan plan, Draft d) {
        switch (plan) {
            case PhysicalPlan.WithCte w -> {
                QueryBlock definition = block(w.definition(), "DERIVED");
                ctes.put(w.id(), definition.id());
                d.below.add(definition);
                walk(w.body(), d);
            }
            case PhysicalPlan.Project p -> {
                walk(p.input(), d);
                d.below.addAll(subqueries(p, List.of(p.input())));
            }
            case PhysicalPlan.Filter f -> {
                int before = d.leaves.size();
                walk(f.input(), d);
                filter(f, d, before);
            }
            case PhysicalPlan.Limit l -> stage(plan, l.input(), Stage.LIMIT, null, d);
            case PhysicalPlan.Sort s -> {
                d.steps.add(Step.SORT);
                walk(s.input(), d);
                d.below.addAll(subqueries(s, List.of(s.input())));
            }
            case PhysicalPlan.Distinct s -> stage(plan, s.input(), Stage.DISTINCT, Step.DISTINCT, d);
            case PhysicalPlan.Window w -> stage(plan, w.input(), Stage.WINDOW, Step.WINDOW, d);
            case PhysicalPlan.Aggregate a -> stage(plan, a.input(), Stage.GROUP, step(a), d);
            case PhysicalPlan.Rollup r -> stage(plan, r.input(), Stage.GROUP, Step.ROLLUP, d);
            case PhysicalPlan.UnionAll u -> union(plan, u.inputs(), false, d);
            case PhysicalPlan.SetDifference s -> union(plan, List.of(s.left(), s.right()), true, d);
            case PhysicalPlan.RecursiveCte r -> recursive(r, d);
            case PhysicalPlan.HashJoin j -> {
                d.reach(Stage.JOIN, true);
                walk(j.left(), d);
                right(j, j.kind(), j.right(), "hash join", d);
            }
            case PhysicalPlan.NestedLoopJoin j -> {
                d.reach(Stage.JOIN, true);
                walk(j.left(), d);
                origins.bind(j.bindings(), List.of(j.left()));
                boolean kept = j.bindings().isEmpty();
                right(j, j.kind(), j.right(), kept ? "Block Nested Loop" : null, d);
            }
            case PhysicalPlan.TableScan s -> d.leaves.add(scan(s));
            case PhysicalPlan.PointGet p -> d.leaves.add(point(p));
            case PhysicalPlan.SystemScan s ->
                d.leaves.add(leaf(plan, s.alias(), AccessFacts.all(s.props().rows()), s.filter(), columns(s)));
            case PhysicalPlan.JsonTable t ->
                d.leaves.add(leaf(plan, t.alias(), AccessFacts.all(t.props().rows()), null, List.of()));
            case PhysicalPlan.CteScan c -> {
                String name = "<derived" + ctes.getOrDefault(c.id(), 0) + ">";
                d.leaves.add(leaf(plan, name, AccessFacts.all(c.props().rows()), null, List.of()));
            }
            case PhysicalPlan.Values v -> {
                d.message = v.rows().isEmpty() ? NO_ROWS : NO_TABLES;
                d.below.addAll(subqueries(v, List.of()));
            }
            case PhysicalPlan.Insert i -> walk(i.source(), d);
            case PhysicalPlan.Update u -> walk(u.source(), d);
            case PhysicalPlan.Delete e -> walk(e.source(), d);
        }
    }

    private static Step step(PhysicalPlan.Aggregate a) {
        if (a.groups().isEmpty()) {
            return Step.AGGREGATE;
        }
        return a.inputIsSorted() ? Step.GROUP_SORTED : Step.GROUP_HASH;
    }

    /// A node that a SELECT has once: part of the block, or the top of a derived table.
    private void stage(PhysicalPlan plan, PhysicalPlan input, Stage stage, @Nullable Step step, Draft d) {
        if (!d.reach(stage, stage == Stage.WINDOW)) {
            d.leaves.add(derived(plan));
            return;
        }
        if (step != null) {
            d.steps.add(step);
        }
        walk(input, d);
        d.below.addAll(subqueries(plan, List.of(input)));
    }

    private Leaf derived(PhysicalPlan plan) {
        QueryBlock block = block(plan, "DERIVED");
        return new Leaf(
                "<derived" + block.id() + ">",
                AccessFacts.all(plan.props().rows()),
                List.of(),
                null,
                null,
                plan.props().rows(),
                plan.props().cost(),
                plan.props().columns().stream().map(c -> c.name()).toList(),
                block,
                List.of());
    }

    private void union(PhysicalPlan plan, List<PhysicalPlan> inputs, boolean isDistinct, Draft d) {
        if (d.stage.compareTo(Stage.DISTINCT) > 0) {
            d.leaves.add(derived(plan));
            return;
        }
        d.unionResult = isDistinct || !d.steps.isEmpty();
        shareId(d);
        for (PhysicalPlan input : inputs) {
            d.union.add(block(input, d.union.isEmpty() ? "PRIMARY" : "UNION"));
        }
    }

    /// The first part of a union bears the number of the whole.
    private void shareId(Draft d) {
        if (lastId == d.id) {
            lastId--;
        }
    }

    private void recursive(PhysicalPlan.RecursiveCte r, Draft d) {
        if (d.stage != Stage.LIMIT || d.passed) {
            d.leaves.add(derived(r));
            return;
        }
        ctes.put(r.id(), d.id);
        shareId(d);
        d.unionResult = r.distinct();
        d.union.add(block(r.seed(), "PRIMARY"));
        d.union.add(recursiveStep(block(r.step(), "UNION")));
    }

    /// MySQL marks the table of the step that reads the rows of the round before.
    private static QueryBlock recursiveStep(QueryBlock step) {
        List<Leaf> leaves = new ArrayList<>();
        for (Leaf l : step.leaves()) {
            boolean isRecursive = l.derived() == null && l.name().startsWith("<derived");
            List<String> extra = new ArrayList<>(l.extra());
            if (isRecursive) {
                extra.addFirst("Recursive");
            }
            leaves.add(with(l, extra, l.condition(), l.joinBuffer(), l.producedRows(), l.cost(), l.subqueries()));
        }
        return new QueryBlock(
                step.id(),
                step.type(),
                step.steps(),
                leaves,
                step.message(),
                step.union(),
                step.unionResult(),
                step.below(),
                step.rows(),
                step.cost());
    }

    private void right(PhysicalPlan join, JoinKind kind, PhysicalPlan right, @Nullable String buffer, Draft d) {
        String first = d.leaves.isEmpty() ? "" : d.leaves.getLast().name();
        int at = d.leaves.size();
        walk(right, d);
        if (at >= d.leaves.size()) {
            return;
        }
        Leaf leaf = d.leaves.get(at);
        List<String> extra = new ArrayList<>(leaf.extra());
        switch (kind) {
            case SEMI -> extra.add("FirstMatch(" + first + ")");
            case ANTI, ANTI_NULL_AWARE -> extra.add("Not exists");
            case INNER, LEFT -> {}
        }
        if (buffer != null) {
            extra.add("Using join buffer (" + buffer + ")");
        }
        List<QueryBlock> subqueries = new ArrayList<>(leaf.subqueries());
        List<PhysicalPlan> inputs = NodeText.inputs(join);
        subqueries.addAll(subqueries(join, inputs));
        d.leaves.set(
                at,
                with(
                        leaf,
                        extra,
                        leaf.condition(),
                        buffer,
                        join.props().rows(),
                        join.props().cost(),
                        subqueries));
    }

    private static Leaf with(
            Leaf l,
            List<String> extra,
            @Nullable String condition,
            @Nullable String buffer,
            double rows,
            double cost,
            List<QueryBlock> subqueries) {
        return new Leaf(
                l.name(), l.access(), extra, condition, buffer, rows, cost, l.columns(), l.derived(), subqueries);
    }

    /// A condition is shown at the last table it speaks of; above groups it is HAVING and shown nowhere.
    private void filter(PhysicalPlan.Filter f, Draft d, int before) {
        List<QueryBlock> subqueries = subqueries(f, List.of(f.input()));
        if (d.leaves.size() == before || isGrouped(f.input())) {
            d.below.addAll(subqueries);
            return;
        }
        Leaf last = d.leaves.getLast();
        List<String> extra = new ArrayList<>(last.extra());
        if (!extra.contains("Using where")) {
            extra.addFirst("Using where");
        }
        String condition = ExprText.of(f.condition());
        String all = last.condition() == null ? condition : "(" + last.condition() + " and " + condition + ")";
        List<QueryBlock> with = new ArrayList<>(last.subqueries());
        with.addAll(subqueries);
        d.leaves.set(
                d.leaves.size() - 1,
                with(
                        last,
                        extra,
                        all,
                        last.joinBuffer(),
                        f.props().rows(),
                        f.props().cost(),
                        with));
    }

    private static boolean isGrouped(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Aggregate _, PhysicalPlan.Rollup _ -> true;
            case PhysicalPlan.Project p -> isGrouped(p.input());
            case PhysicalPlan.Filter f -> isGrouped(f.input());
            case PhysicalPlan.Window w -> isGrouped(w.input());
            default -> false;
        };
    }

    // -- tables

    private Leaf scan(PhysicalPlan.TableScan s) {
        AccessFacts facts = AccessFacts.of(s, origins::of);
        List<String> columns = columns(s.table(), s.ordinals());
        return leaf(s, s.alias(), facts, s.filter(), columns);
    }

    private Leaf point(PhysicalPlan.PointGet p) {
        return leaf(p, p.alias(), AccessFacts.of(p, origins::of), p.filter(), columns(p.table(), p.ordinals()));
    }

    private Leaf leaf(PhysicalPlan plan, String name, AccessFacts facts, @Nullable Expr filter, List<String> columns) {
        List<String> extra = new ArrayList<>();
        if (filter != null || "range".equals(facts.type())) {
            extra.add("Using where");
        }
        if (facts.reverse()) {
            extra.add("Backward index scan");
        }
        if (facts.covering()) {
            extra.add("Using index");
        }
        return new Leaf(
                name,
                facts,
                extra,
                filter == null ? null : ExprText.of(filter),
                null,
                facts.examinedRows() * facts.filteredPercent() / 100,
                plan.props().cost(),
                columns,
                null,
                subqueries(plan, List.of(plan)));
    }

    private static List<String> columns(PhysicalPlan.SystemScan s) {
        return columns(s.table(), s.ordinals());
    }

    private static List<String> columns(TableDef table, List<Integer> ordinals) {
        return ordinals.stream().map(o -> table.columns().get(o).name()).toList();
    }

    private List<QueryBlock> subqueries(PhysicalPlan plan, List<PhysicalPlan> inputs) {
        List<QueryBlock> blocks = new ArrayList<>();
        for (Expr.Subquery s : TreeFormat.subqueriesOf(plan)) {
            if (s.plan() instanceof PlannedQuery query) {
                origins.bind(s.bindings(), inputs);
                blocks.add(block(query.root(), s.bindings().isEmpty() ? "SUBQUERY" : "DEPENDENT SUBQUERY"));
            }
        }
        return blocks;
    }
}
