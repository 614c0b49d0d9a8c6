package io.qomo.query.optimize;

import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.logical.ColumnAllocator;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
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
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds a cheap path for a logical plan, from the bottom up; an order wished for is passed down to where an index may
/// give it.
final class PathFinder {
    /// What is thought of a document whose size is not known.
    private static final double JSON_TABLE_ROWS = 10;
    /// Rounds of a recursive query, for want of better: a guess too low makes nested loops of what follows.
    private static final double RECURSIONS = 100;

    private final Cardinality cardinality;
    private final AccessPaths access;
    private final JoinPaths joins;
    private final Map<Integer, Path> ctes = new HashMap<>();
    private final Map<LogicalPlan, Map<Wish, Path>> known = new IdentityHashMap<>();

    PathFinder(Cardinality cardinality, ColumnAllocator ids) {
        this.cardinality = cardinality;
        this.access = new AccessPaths(cardinality);
        this.joins = new JoinPaths(this, cardinality, ids);
    }

    /// The cheapest path found; it may or may not give the order wished for.
    Path find(LogicalPlan plan, Wish wish) {
        Map<Wish, Path> found = known.computeIfAbsent(plan, p -> new HashMap<>());
        Path path = found.get(wish);
        if (path == null) {
            path = search(plan, wish);
            found.put(wish, path);
        }
        return path;
    }

    private Path search(LogicalPlan plan, Wish wish) {
        return switch (plan) {
            case Scan s -> access.best(s, s, List.of(), wish);
            case Filter f -> filter(f, wish);
            case Project p -> project(p, wish);
            case Join j -> joins.find(j, wish);
            case Aggregate a -> aggregate(a, wish);
            case Window w -> window(w);
            case Distinct d -> distinct(d);
            case Sort s -> sort(s, wish);
            case Limit l -> limit(l, wish);
            case UnionAll u -> union(u, wish);
            case SetDifference s -> setDifference(s);
            case WithCte w -> withCte(w, wish);
            case RecursiveCte r -> recursive(r);
            case CteScan c -> cteScan(c);
            case LogicalPlan.JsonTable t -> Path.only(t, List.of(), JSON_TABLE_ROWS, JSON_TABLE_ROWS, List.of());
            case Values v -> Path.only(v, List.of(), v.rows().size(), v.rows().size() * 0.1, List.of());
        };
    }

    /// The cheapest path that gives the order, sorting if need be.
    Path ordered(LogicalPlan plan, List<SortKey> wanted, Wish wish) {
        List<SortKey> keys = TrimSorts.trimmed(wanted, plan);
        Path natural = find(plan, wish.inOrder(keys));
        if (keys.isEmpty()) {
            return natural;
        }
        double naturalCost = Orders.serves(natural.order(), keys)
                ? natural.cost() * wish.fraction(natural.rows())
                : Double.POSITIVE_INFINITY;
        Path any = find(plan, Wish.NONE);
        double sortCost = wish.limitRows() < any.rows()
                ? CostModel.topN(any.rows(), wish.limitRows())
                : CostModel.sort(any.rows());
        if (naturalCost <= any.cost() + sortCost) {
            return natural;
        }
        return new Path(
                plan,
                new Path.Choice.Enforced(keys),
                List.of(any),
                any.columns(),
                any.rows(),
                any.cost() + sortCost,
                keys);
    }

    private Path filter(Filter f, Wish wish) {
        List<Expr> conditions = ExprTree.conjuncts(f.condition());
        LogicalPlan input = f.input();
        while (input instanceof Filter inner) {
            conditions.addAll(0, ExprTree.conjuncts(inner.condition()));
            input = inner.input();
        }
        if (input instanceof Scan s) {
            return access.best(f, s, conditions, wish);
        }
        double selectivity = cardinality.selectivity(f.condition());
        Path below = find(f.input(), selectivity > 0 ? wish.rows(wish.limitRows() / selectivity) : wish);
        double rows = Math.max(below.rows() * selectivity, 0.001);
        double cost = below.cost() + below.rows() * CostModel.CONDITION * conditions.size();
        return new Path(f, new Path.Choice.Only(), List.of(below), below.columns(), rows, cost, below.order());
    }

    private Path project(Project p, Wish wish) {
        List<SortKey> wanted = Orders.below(wish.order(), p.items());
        Path below = find(p.input(), wish.inOrder(wanted));
        double cost =
                below.cost() + below.rows() * CostModel.PROJECT * (1 + p.items().size() * 0.2);
        return Path.only(p, List.of(below), below.rows(), cost, Orders.above(below.order(), p.items()));
    }

    private Path sort(Sort s, Wish wish) {
        return ordered(s.input(), s.keys(), wish);
    }

    private Path limit(Limit l, Wish wish) {
        double count = known(l.count(), 100);
        double offset = known(l.offset(), 0);
        Wish below = new Wish(wish.order(), Math.min(wish.limitRows(), count) + offset);
        if (l.input() instanceof Sort s) {
            below = new Wish(List.of(), count + offset);
            Path sorted = sort(s, below);
            return limited(l, sorted, count, offset);
        }
        // What is cut off depends on the order, so the input must not be asked for another one.
        return limited(l, find(l.input(), below.anyOrder()), count, offset);
    }

    private static Path limited(Limit l, Path below, double count, double offset) {
        double fraction = new Wish(List.of(), count + offset).fraction(below.rows());
        double rows = Math.max(0, Math.min(below.rows() - offset, count));
        return new Path(
                l,
                new Path.Choice.Only(),
                List.of(below),
                below.columns(),
                rows,
                below.cost() * fraction,
                below.order());
    }

    /// The value of a constant, or a guess for parameters; 0 or "all" where there is no expression.
    static double known(@Nullable Expr e, double guess) {
        if (e == null) {
            return guess == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (e instanceof Constant c && !c.value().isNull(0) && c.value() instanceof LongVector v) {
            double value = v.get(0);
            return value < 0 ? Double.POSITIVE_INFINITY : value;
        }
        return guess == 0 ? 0 : guess;
    }

    private Path aggregate(Aggregate a, Wish wish) {
        List<Expr> groups =
                a.groups().stream().map(LogicalPlan.Item::expression).toList();
        Path any = find(a.input(), Wish.NONE);
        double rows = groups.isEmpty() ? 1 : groupRows(groups, any.rows());
        double work = any.rows() * (CostModel.PROJECT + 0.05 * a.aggregates().size());
        if (a.grouping() != null) {
            double cost = any.cost() + CostModel.sort(any.rows()) + work;
            return Path.only(a, List.of(any), rows * 1.2, cost, List.of());
        }
        if (groups.isEmpty()) {
            return Path.only(
                    a, List.of(any), 1, any.cost() + work, Orders.ofSingleRow(wish.order(), ColumnSets.output(a)));
        }
        double hashed = any.cost() + work + any.rows() * CostModel.HASH_PROBE + rows * CostModel.HASH_BUILD;
        List<SortKey> keys = groupOrder(a, wish.order());
        Path sorted = find(a.input(), Wish.NONE.inOrder(keys));
        boolean adjacent = Orders.groups(sorted.order(), groups);
        double streamed = sorted.cost() + work + sorted.rows() * CostModel.CONDITION;
        boolean wanted = adjacent && Orders.serves(Orders.above(sorted.order(), a.groups()), wish.order());
        double later = wish.order().isEmpty() ? 0 : CostModel.sort(rows);
        if (adjacent && streamed + (wanted ? 0 : later) <= hashed + later) {
            List<SortKey> order = Orders.above(sorted.order(), a.groups());
            return new Path(
                    a,
                    new Path.Choice.Streaming(),
                    List.of(sorted),
                    a.columns(),
                    rows,
                    streamed,
                    order.subList(0, Math.min(order.size(), groups.size())));
        }
        return Path.only(a, List.of(any), rows, hashed, List.of());
    }

    private double groupRows(List<Expr> groups, double rows) {
        double product = 1;
        for (Expr g : groups) {
            product *= cardinality.distinct(g, rows);
        }
        return Math.max(1, Math.min(product, rows));
    }

    /// The groups in the order wished for, as far as it speaks of them, then the rest.
    private static List<SortKey> groupOrder(Aggregate a, List<SortKey> wished) {
        List<SortKey> keys = new ArrayList<>(Orders.below(wished, a.groups()));
        for (LogicalPlan.Item g : a.groups()) {
            if (keys.stream().noneMatch(k -> ExprTree.same(k.expression(), g.expression()))) {
                keys.add(new SortKey(g.expression(), false));
            }
        }
        return keys;
    }

    private Path window(Window w) {
        List<SortKey> keys = new ArrayList<>();
        w.partition().forEach(e -> keys.add(new SortKey(e, false)));
        keys.addAll(w.order());
        Path below = ordered(w.input(), keys, Wish.NONE);
        List<Column> columns = new ArrayList<>(below.columns());
        w.calls().forEach(c -> columns.add(c.column()));
        double cost = below.cost()
                + below.rows() * (CostModel.MATERIALIZE + 0.2 * w.calls().size());
        return new Path(w, new Path.Choice.Only(), List.of(below), columns, below.rows(), cost, below.order());
    }

    private Path distinct(Distinct d) {
        Path below = find(d.input(), Wish.NONE);
        double rows = Math.max(1, below.rows() * 0.7);
        double cost = below.cost() + below.rows() * CostModel.HASH_PROBE + rows * CostModel.HASH_BUILD;
        return new Path(d, new Path.Choice.Only(), List.of(below), below.columns(), rows, cost, List.of());
    }

    private Path union(UnionAll u, Wish wish) {
        List<Path> inputs = new ArrayList<>();
        double rows = 0;
        double cost = 0;
        for (LogicalPlan input : u.inputs()) {
            Path p = find(input, wish.anyOrder());
            inputs.add(p);
            rows += p.rows();
            cost += p.cost();
        }
        return Path.only(u, inputs, rows, cost, List.of());
    }

    private Path setDifference(SetDifference s) {
        Path left = find(s.left(), Wish.NONE);
        Path right = find(s.right(), Wish.NONE);
        double cost =
                left.cost() + right.cost() + right.rows() * CostModel.HASH_BUILD + left.rows() * CostModel.HASH_PROBE;
        return Path.only(s, List.of(left, right), left.rows() * 0.5, cost, List.of());
    }

    private Path withCte(WithCte w, Wish wish) {
        Path definition = find(w.definition(), Wish.NONE);
        ctes.put(w.id(), definition);
        Path body = find(w.body(), wish);
        double cost = definition.cost() + definition.rows() * CostModel.MATERIALIZE + body.cost();
        return new Path(
                w, new Path.Choice.Only(), List.of(definition, body), body.columns(), body.rows(), cost, body.order());
    }

    private Path recursive(RecursiveCte r) {
        Path seed = find(r.seed(), Wish.NONE);
        ctes.put(r.id(), seed);
        Path step = find(r.step(), Wish.NONE);
        double rows = seed.rows() + Math.max(1, step.rows()) * RECURSIONS;
        return Path.only(r, List.of(seed, step), rows, seed.cost() + step.cost() * RECURSIONS, List.of());
    }

    private Path cteScan(CteScan c) {
        Path definition = ctes.get(c.id());
        double rows = definition == null ? 100 : definition.rows();
        return Path.only(c, List.of(), rows, rows * 0.3, List.of());
    }
}
