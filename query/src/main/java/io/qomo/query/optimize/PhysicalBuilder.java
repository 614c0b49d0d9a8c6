package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Correlated;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.CteScan;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.RecursiveCte;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.LogicalPlan.SetDifference;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.UnionAll;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.LogicalPlan.WithCte;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.optimize.Path.Choice;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import io.qomo.query.plan.PlannedQuery;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Builds physical plans from paths: ids become positions, free columns slots.
final class PhysicalBuilder {
    private final PathFinder paths;
    private final Map<PhysicalPlan, Path> origins = new IdentityHashMap<>();
    private final Map<Integer, Column> columns = new HashMap<>();
    private int slots;

    PhysicalBuilder(PathFinder paths) {
        this.paths = paths;
    }

    /// Which path each node was made of, for EXPLAIN.
    Map<PhysicalPlan, Path> origins() {
        return origins;
    }

    /// The number of slots given out.
    int slots() {
        return slots;
    }

    /// A column by id, as a plan that was built produces it.
    Column columnOf(int id) {
        Column c = columns.get(id);
        if (c == null) {
            throw new IllegalStateException("no column " + id);
        }
        return c;
    }

    /// Makes known columns that no path produces.
    void register(List<Column> others) {
        others.forEach(c -> columns.put(c.index(), c));
    }

    Correlated newSlot(Column c) {
        Correlated slot = new Correlated(slots, c.type(), true, c.name());
        slots++;
        return slot;
    }

    /// The plan of a query whose rows have these columns in this order.
    PhysicalPlan build(LogicalPlan plan, List<Column> wanted, Map<Integer, Correlated> outer) {
        Path path = paths.find(plan, Wish.NONE);
        return arranged(path, wanted, outer);
    }

    /// The plan of a subquery.
    PlannedQuery subplan(LogicalPlan plan, Map<Integer, Correlated> outer, Subquery.Kind kind) {
        Wish wish = kind == Subquery.Kind.EXISTS ? Wish.NONE.rows(1) : Wish.NONE;
        Path path = paths.find(plan, wish);
        PhysicalPlan root = arranged(path, plan.columns(), outer);
        return new PlannedQuery(root, List.of(), slots);
    }

    /// Builds a path with its columns brought to an order.
    private PhysicalPlan arranged(Path path, List<Column> wanted, Map<Integer, Correlated> outer) {
        PhysicalPlan built = build(path, outer);
        if (sameIds(path.columns(), wanted)) {
            return built;
        }
        Lowering lowering = new Lowering(this, path.columns(), outer);
        List<Expr> expressions = wanted.stream().map(c -> lowering.lower(c)).toList();
        return new PhysicalPlan.Project(props(wanted, path.rows(), path.cost()), built, expressions);
    }

    private static boolean sameIds(List<Column> a, List<Column> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i).index() != b.get(i).index()) {
                return false;
            }
        }
        return true;
    }

    static Props props(List<Column> columns, double rows, double cost) {
        List<OutputColumn> out = new ArrayList<>(columns.size());
        for (Column c : columns) {
            out.add(new OutputColumn(c.name(), c.type(), c.nullable()));
        }
        return new Props(out, rows, cost);
    }

    private PhysicalPlan build(Path path, Map<Integer, Correlated> outer) {
        path.columns().forEach(c -> columns.put(c.index(), c));
        PhysicalPlan made = make(path, outer);
        origins.put(made, path);
        return made;
    }

    private PhysicalPlan make(Path path, Map<Integer, Correlated> outer) {
        Props props = props(path.columns(), path.rows(), path.cost());
        return switch (path.choice()) {
            case Choice.Access a -> access(path, a, props, outer);
            case Choice.Hash h -> hash(path, h, props, outer);
            case Choice.NestedLoop n -> nestedLoop(path, n, props, outer);
            case Choice.Enforced e -> {
                PhysicalPlan input = build(path.inputs().getFirst(), outer);
                yield new PhysicalPlan.Sort(props, input, lowering(path, outer).lowerKeys(e.keys()), null);
            }
            case Choice.Streaming s -> aggregate((Aggregate) path.node(), path, props, outer, true);
            case Choice.Only o -> only(path, props, outer);
        };
    }

    /// Lowers expressions over the first input.
    private Lowering lowering(Path path, Map<Integer, Correlated> outer) {
        return new Lowering(this, path.inputs().getFirst().columns(), outer);
    }

    private PhysicalPlan access(Path path, Choice.Access a, Props props, Map<Integer, Correlated> outer) {
        Scan scan = scanOf(path.node());
        Lowering output = new Lowering(this, path.columns(), outer);
        Lowering nothing = new Lowering(this, List.of(), outer);
        Expr filter = a.filter() == null ? null : output.lower(a.filter());
        boolean withHandle = scan.handle() != null;
        String alias = scan.table().alias();
        if (a.index() < 0) {
            return new PhysicalPlan.SystemScan(props, scan.table().table(), alias, scan.ordinals(), filter);
        }
        if (a.keys() != null) {
            List<List<Expr>> keys = a.keys().stream().map(nothing::lowerAll).toList();
            return new PhysicalPlan.PointGet(
                    props,
                    scan.table().table(),
                    alias,
                    a.index(),
                    scan.ordinals(),
                    keys,
                    filter,
                    scan.lock(),
                    withHandle,
                    a.estimate());
        }
        List<KeyRange> ranges = new ArrayList<>();
        for (KeyRange r : a.ranges()) {
            ranges.add(
                    r.low().isEmpty() && r.high().isEmpty()
                            ? r
                            : new KeyRange(
                                    nothing.lowerAll(r.low()),
                                    r.lowInclusive(),
                                    nothing.lowerAll(r.high()),
                                    r.highInclusive(),
                                    r.nullSafe()));
        }
        return new PhysicalPlan.TableScan(
                props,
                scan.table().table(),
                alias,
                a.index(),
                scan.ordinals(),
                ranges,
                a.lookup(),
                filter,
                a.reverse(),
                scan.lock(),
                withHandle,
                a.limitHint(),
                a.estimate());
    }

    private static Scan scanOf(LogicalPlan node) {
        LogicalPlan n = node;
        while (n instanceof Filter f) {
            n = f.input();
        }
        return (Scan) n;
    }

    private PhysicalPlan hash(Path path, Choice.Hash h, Props props, Map<Integer, Correlated> outer) {
        Join join = (Join) path.node();
        PhysicalPlan left = build(path.inputs().get(0), outer);
        PhysicalPlan right = build(path.inputs().get(1), outer);
        Lowering overLeft = new Lowering(this, path.inputs().get(0).columns(), outer);
        Lowering overRight = new Lowering(this, path.inputs().get(1).columns(), outer);
        return new PhysicalPlan.HashJoin(
                props,
                join.kind(),
                left,
                right,
                overLeft.lowerAll(h.leftKeys()),
                overRight.lowerAll(h.rightKeys()),
                h.nullSafe(),
                h.residual() == null ? null : overBoth(path, outer).lower(h.residual()));
    }

    private Lowering overBoth(Path path, Map<Integer, Correlated> outer) {
        List<Column> both = new ArrayList<>(path.inputs().get(0).columns());
        both.addAll(path.inputs().get(1).columns());
        return new Lowering(this, both, outer);
    }

    private PhysicalPlan nestedLoop(Path path, Choice.NestedLoop n, Props props, Map<Integer, Correlated> outer) {
        Join join = (Join) path.node();
        Path leftPath = path.inputs().get(0);
        PhysicalPlan left = build(leftPath, outer);
        Lowering overLeft = new Lowering(this, leftPath.columns(), outer);
        // The right side sees the enclosing frames as they are and the left columns in slots of its own.
        Map<Integer, Correlated> inner = new HashMap<>(outer);
        BitSet free = ColumnSets.free(path.inputs().get(1).node());
        free.and(ColumnSets.of(leftPath.columns()));
        List<Subquery.Binding> bindings = overLeft.bindings(free, inner);
        PhysicalPlan right = build(path.inputs().get(1), inner);
        Expr condition = n.condition() == null ? null : overBoth(path, outer).lower(n.condition());
        return new PhysicalPlan.NestedLoopJoin(props, join.kind(), left, right, bindings, condition);
    }

    private PhysicalPlan aggregate(
            Aggregate a, Path path, Props props, Map<Integer, Correlated> outer, boolean sorted) {
        PhysicalPlan input = build(path.inputs().getFirst(), outer);
        Lowering lowering = lowering(path, outer);
        List<Expr> groups =
                a.groups().stream().map(g -> lowering.lower(g.expression())).toList();
        List<AggregateCall> calls = a.aggregates().stream()
                .map(i -> PlanTree.mapCall(i.call(), lowering::lower))
                .toList();
        return a.grouping() == null
                ? new PhysicalPlan.Aggregate(props, input, groups, calls, sorted)
                : new PhysicalPlan.Rollup(props, input, groups, calls);
    }

    private PhysicalPlan only(Path path, Props props, Map<Integer, Correlated> outer) {
        return switch (path.node()) {
            case Values v -> {
                Lowering nothing = new Lowering(this, List.of(), outer);
                yield new PhysicalPlan.Values(
                        props, v.rows().stream().map(nothing::lowerAll).toList());
            }
            case LogicalPlan.JsonTable t ->
                new PhysicalPlan.JsonTable(
                        props, t.shape(), new Lowering(this, List.of(), outer).lower(t.document()), t.alias());
            case Filter f -> {
                PhysicalPlan input = build(path.inputs().getFirst(), outer);
                yield new PhysicalPlan.Filter(
                        props, input, lowering(path, outer).lower(f.condition()));
            }
            case Project p -> {
                PhysicalPlan input = build(path.inputs().getFirst(), outer);
                Lowering lowering = lowering(path, outer);
                yield new PhysicalPlan.Project(
                        props,
                        input,
                        p.items().stream()
                                .map(i -> lowering.lower(i.expression()))
                                .toList());
            }
            case Limit l -> limit(l, path, props, outer);
            case Aggregate a -> aggregate(a, path, props, outer, false);
            case Window w -> window(w, path, props, outer);
            case Distinct d ->
                new PhysicalPlan.Distinct(props, build(path.inputs().getFirst(), outer));
            case UnionAll u -> new PhysicalPlan.UnionAll(props, arrangedInputs(u, path, outer));
            case SetDifference s -> {
                List<PhysicalPlan> inputs = arrangedInputs(s, path, outer);
                yield new PhysicalPlan.SetDifference(props, s.kind(), s.all(), inputs.get(0), inputs.get(1));
            }
            case WithCte w -> {
                PhysicalPlan definition =
                        arranged(path.inputs().get(0), w.definition().columns(), outer);
                yield new PhysicalPlan.WithCte(
                        props, w.id(), definition, build(path.inputs().get(1), outer));
            }
            case RecursiveCte r -> {
                List<PhysicalPlan> inputs = arrangedInputs(r, path, outer);
                yield new PhysicalPlan.RecursiveCte(props, r.id(), inputs.get(0), inputs.get(1), r.distinct());
            }
            case CteScan c -> new PhysicalPlan.CteScan(props, c.id());
            case Scan s -> throw new IllegalStateException("a scan without access");
            case Join j -> throw new IllegalStateException("a join without algorithm");
            case Sort s -> throw new IllegalStateException("a sort that was not decided");
        };
    }

    /// Inputs whose columns go by position, in the order of the logical inputs.
    private List<PhysicalPlan> arrangedInputs(LogicalPlan node, Path path, Map<Integer, Correlated> outer) {
        List<PhysicalPlan> inputs = new ArrayList<>();
        for (int i = 0; i < path.inputs().size(); i++) {
            inputs.add(arranged(path.inputs().get(i), node.inputs().get(i).columns(), outer));
        }
        return inputs;
    }

    private PhysicalPlan limit(Limit l, Path path, Props props, Map<Integer, Correlated> outer) {
        PhysicalPlan input = build(path.inputs().getFirst(), outer);
        Lowering nothing = new Lowering(this, List.of(), outer);
        Expr offset = l.offset() == null ? null : nothing.lower(l.offset());
        Expr count = l.count() == null ? null : nothing.lower(l.count());
        if (input instanceof PhysicalPlan.Sort s && count != null) {
            Expr kept = TopN.rows(offset, count);
            if (kept != null) {
                Path origin = path.inputs().getFirst();
                input = new PhysicalPlan.Sort(s.props(), s.input(), s.keys(), kept);
                origins.put(input, origin);
            }
        }
        return new PhysicalPlan.Limit(props, input, offset, count);
    }

    private PhysicalPlan window(Window w, Path path, Props props, Map<Integer, Correlated> outer) {
        PhysicalPlan input = build(path.inputs().getFirst(), outer);
        Lowering lowering = lowering(path, outer);
        List<SortKey> order = lowering.lowerKeys(w.order());
        List<WindowCall> calls = w.calls().stream()
                .map(c -> PlanTree.mapWindowCall(c.call(), lowering::lower))
                .toList();
        return new PhysicalPlan.Window(props, input, lowering.lowerAll(w.partition()), order, calls);
    }
}
