package io.qomo.query.logical;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.AggregateItem;
import io.qomo.query.logical.LogicalPlan.CteScan;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
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
import io.qomo.query.logical.LogicalPlan.WindowItem;
import io.qomo.query.logical.LogicalPlan.WithCte;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.Frame;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Walking and rewriting plans.
public final class PlanTree {
    private PlanTree() {}

    /// Rewrites the plan from its leaves up, the plans of subqueries in expressions before the node that holds them.
    public static LogicalPlan rewrite(LogicalPlan plan, UnaryOperator<LogicalPlan> f) {
        LogicalPlan withChildren = mapInputs(plan, input -> rewrite(input, f));
        LogicalPlan withSubplans = mapExpressions(
                withChildren, e -> ExprTree.rewrite(e, UnaryOperator.identity(), sub -> rewrite(sub, f)));
        return f.apply(withSubplans);
    }

    /// The plan with its inputs mapped; itself if none changed.
    public static LogicalPlan mapInputs(LogicalPlan plan, UnaryOperator<LogicalPlan> f) {
        List<LogicalPlan> inputs = plan.inputs();
        if (inputs.isEmpty()) {
            return plan;
        }
        List<LogicalPlan> mapped = new ArrayList<>(inputs.size());
        for (LogicalPlan input : inputs) {
            mapped.add(f.apply(input));
        }
        return plan.withInputs(mapped);
    }

    /// Calls `f` on each node, inputs first, those in subqueries of expressions included.
    public static void visit(LogicalPlan plan, Consumer<LogicalPlan> f) {
        plan.inputs().forEach(input -> visit(input, f));
        forEachExpression(
                plan,
                e -> ExprWalker.visit(e, x -> {
                    if (x instanceof Expr.Subquery s && s.plan() instanceof LogicalSubplan sub) {
                        visit(sub.plan(), f);
                    }
                }));
        f.accept(plan);
    }

    /// Calls `f` on each expression of the node itself.
    public static void forEachExpression(LogicalPlan plan, Consumer<Expr> f) {
        mapExpressions(plan, e -> {
            f.accept(e);
            return e;
        });
    }

    /// The node with each of its own expressions mapped; itself if none changed.
    public static LogicalPlan mapExpressions(LogicalPlan plan, UnaryOperator<Expr> f) {
        return switch (plan) {
            case Values v -> mapValues(v, f);
            case LogicalPlan.JsonTable t -> {
                Expr document = f.apply(t.document());
                yield document == t.document()
                        ? t
                        : new LogicalPlan.JsonTable(t.columns(), t.shape(), document, t.alias());
            }
            case Scan s -> s;
            case CteScan s -> s;
            case WithCte w -> w;
            case RecursiveCte r -> r;
            case UnionAll u -> u;
            case SetDifference s -> s;
            case Distinct d -> d;
            case Filter x -> {
                Expr condition = f.apply(x.condition());
                yield condition == x.condition() ? x : new Filter(x.input(), condition);
            }
            case Project p -> {
                List<Item> items = mapItems(p.items(), f);
                yield items == p.items() ? p : new Project(p.input(), items);
            }
            case Join j -> {
                Expr condition = mapNullable(j.condition(), f);
                yield condition == j.condition() ? j : new Join(j.kind(), j.left(), j.right(), condition, j.straight());
            }
            case Aggregate a -> mapAggregate(a, f);
            case Window w -> mapWindow(w, f);
            case Sort s -> {
                List<SortKey> keys = mapKeys(s.keys(), f);
                yield keys == s.keys() ? s : new Sort(s.input(), keys);
            }
            case Limit l -> {
                Expr offset = mapNullable(l.offset(), f);
                Expr count = mapNullable(l.count(), f);
                yield offset == l.offset() && count == l.count() ? l : new Limit(l.input(), offset, count);
            }
        };
    }

    private static @Nullable Expr mapNullable(@Nullable Expr e, UnaryOperator<Expr> f) {
        return e == null ? null : f.apply(e);
    }

    private static LogicalPlan mapValues(Values v, UnaryOperator<Expr> f) {
        List<List<Expr>> rows = null;
        for (int i = 0; i < v.rows().size(); i++) {
            List<Expr> row = v.rows().get(i);
            // the rows of a large INSERT: there is nothing in them to rewrite
            List<Expr> mapped = isConstant(row) ? row : ExprTree.mapList(row, f);
            if (mapped != row && rows == null) {
                rows = new ArrayList<>(v.rows().subList(0, i));
            }
            if (rows != null) {
                rows.add(mapped);
            }
        }
        return rows == null ? v : new Values(v.columns(), rows);
    }

    private static boolean isConstant(List<Expr> row) {
        for (int i = 0; i < row.size(); i++) {
            if (!(row.get(i) instanceof Expr.Constant)) {
                return false;
            }
        }
        return true;
    }

    private static List<Item> mapItems(List<Item> items, UnaryOperator<Expr> f) {
        boolean changed = false;
        List<Item> out = new ArrayList<>(items.size());
        for (Item item : items) {
            Expr e = f.apply(item.expression());
            changed |= e != item.expression();
            out.add(e == item.expression() ? item : new Item(item.column(), e));
        }
        return changed ? out : items;
    }

    /// Sort keys with their expressions mapped; the same list if none changed.
    public static List<SortKey> mapKeys(List<SortKey> keys, UnaryOperator<Expr> f) {
        boolean changed = false;
        List<SortKey> out = new ArrayList<>(keys.size());
        for (SortKey key : keys) {
            Expr e = f.apply(key.expression());
            changed |= e != key.expression();
            out.add(e == key.expression() ? key : new SortKey(e, key.descending()));
        }
        return changed ? out : keys;
    }

    private static LogicalPlan mapAggregate(Aggregate a, UnaryOperator<Expr> f) {
        List<Item> groups = mapItems(a.groups(), f);
        boolean changed = groups != a.groups();
        List<AggregateItem> calls = new ArrayList<>(a.aggregates().size());
        for (AggregateItem item : a.aggregates()) {
            AggregateCall call = mapCall(item.call(), f);
            changed |= call != item.call();
            calls.add(call == item.call() ? item : new AggregateItem(item.column(), call));
        }
        return changed ? new Aggregate(a.input(), groups, calls, a.grouping()) : a;
    }

    /// The aggregate with its expressions mapped; itself if none changed.
    public static AggregateCall mapCall(AggregateCall call, UnaryOperator<Expr> f) {
        AggregateFunction.Bound bound = mapBound(call.bound(), f);
        List<SortKey> order = mapKeys(call.order(), f);
        return bound == call.bound() && order == call.order() ? call : new AggregateCall(bound, call.distinct(), order);
    }

    private static AggregateFunction.Bound mapBound(AggregateFunction.Bound b, UnaryOperator<Expr> f) {
        List<Expr> args = ExprTree.mapList(b.arguments(), f);
        return args == b.arguments()
                ? b
                : new AggregateFunction.Bound(b.function(), args, b.type(), b.nullable(), b.shown());
    }

    private static LogicalPlan mapWindow(Window w, UnaryOperator<Expr> f) {
        List<Expr> partition = ExprTree.mapList(w.partition(), f);
        List<SortKey> order = mapKeys(w.order(), f);
        boolean changed = partition != w.partition() || order != w.order();
        List<WindowItem> calls = new ArrayList<>(w.calls().size());
        for (WindowItem item : w.calls()) {
            WindowCall call = mapWindowCall(item.call(), f);
            changed |= call != item.call();
            calls.add(call == item.call() ? item : new WindowItem(item.column(), call));
        }
        return changed ? new Window(w.input(), partition, order, calls) : w;
    }

    /// The window function with its expressions mapped; itself if none changed.
    public static WindowCall mapWindowCall(WindowCall c, UnaryOperator<Expr> f) {
        AggregateFunction.Bound aggregate = c.aggregate() == null ? null : mapBound(c.aggregate(), f);
        List<Expr> args = ExprTree.mapList(c.arguments(), f);
        Frame frame = c.frame() == null ? null : mapFrame(c.frame(), f);
        return aggregate == c.aggregate() && args == c.arguments() && frame == c.frame()
                ? c
                : new WindowCall(c.name(), aggregate, args, frame, c.type(), c.nullable());
    }

    private static Frame mapFrame(Frame frame, UnaryOperator<Expr> f) {
        Expr start = mapNullable(frame.start().offset(), f);
        Expr end = mapNullable(frame.end().offset(), f);
        if (start == frame.start().offset() && end == frame.end().offset()) {
            return frame;
        }
        return new Frame(
                frame.rows(),
                new Frame.Bound(frame.start().kind(), start),
                new Frame.Bound(frame.end().kind(), end));
    }

    /// Puts expressions in the place of columns wherever the plan uses them; the ids are free in it.
    public static LogicalPlan substituteFree(LogicalPlan plan, Map<Integer, Expr> byId) {
        LogicalPlan inner = mapInputs(plan, input -> substituteFree(input, byId));
        return mapExpressions(inner, e -> ExprTree.substitute(e, byId));
    }

    /// The items that pass columns through.
    public static List<Item> identity(List<Column> columns) {
        return columns.stream().map(c -> new Item(c, c)).toList();
    }
}
