package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.AggregateItem;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.UnionAll;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.LogicalPlan.WindowItem;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// Reads and computes only columns that somebody uses. What has effects (`@a := 1`) is computed anyway.
///
/// MySQL gives the rows of a query with window functions in the order its last window needs, whether or not somebody
/// uses the function. Where that decides a result (LIMIT, GROUP_CONCAT and its like without ORDER BY), a window that
/// is pruned leaves its sort behind.
final class PruneColumns implements Rule {
    private static final Set<String> ORDERED = Set.of("group_concat", "json_arrayagg", "json_objectagg");

    @Override
    public String name() {
        return "prune-columns";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return prune(plan, ColumnSets.output(plan), false);
    }

    /// @param isSeen the order of the rows decides the result
    private LogicalPlan prune(LogicalPlan plan, BitSet needed, boolean isSeen) {
        LogicalPlan node = switch (plan) {
            case Scan s -> scan(s, needed);
            case Project p -> {
                List<Item> kept = p.items().stream()
                        .filter(i -> needed.get(i.column().index()) || !ExprWalker.isDeterministic(i.expression()))
                        .toList();
                yield kept.size() == p.items().size() ? p : new Project(p.input(), kept);
            }
            case Aggregate a -> {
                List<AggregateItem> kept = a.aggregates().stream()
                        .filter(i -> needed.get(i.column().index()))
                        .toList();
                yield kept.size() == a.aggregates().size()
                        ? a
                        : new Aggregate(a.input(), a.groups(), kept, a.grouping());
            }
            case Window w -> {
                List<WindowItem> kept = w.calls().stream()
                        .filter(i -> needed.get(i.column().index()))
                        .toList();
                if (kept.isEmpty()) {
                    yield isSeen ? sorted(w) : w.input();
                }
                yield kept.size() == w.calls().size() ? w : new Window(w.input(), w.partition(), w.order(), kept);
            }
            case UnionAll u -> union(u, needed);
            default -> plan;
        };
        if (plan instanceof Window && !(node instanceof Window)) {
            // A window without calls is gone: go on with what was below it.
            return prune(node, needed, isSeen);
        }
        return inputs(node, needed, isSeen);
    }

    /// The rows below a window in its order.
    private static LogicalPlan sorted(Window w) {
        List<SortKey> keys = new ArrayList<>();
        w.partition().forEach(e -> keys.add(new SortKey(e, false)));
        keys.addAll(w.order());
        List<SortKey> kept = TrimSorts.trimmed(keys, w.input());
        return kept.isEmpty() ? w.input() : new Sort(w.input(), kept);
    }

    private LogicalPlan inputs(LogicalPlan node, BitSet needed, boolean isSeen) {
        LogicalPlan done = PlanTree.mapExpressions(
                node, e -> ExprTree.rewrite(e, x -> x, sub -> prune(sub, ColumnSets.output(sub), false)));
        BitSet used = new BitSet();
        PlanTree.forEachExpression(done, e -> ColumnSets.addUsed(e, used));
        boolean passes = switch (done) {
            case LogicalPlan.Filter f -> true;
            case LogicalPlan.Sort s -> true;
            case LogicalPlan.Limit l -> true;
            case LogicalPlan.Join j -> true;
            case Window w -> true;
            default -> false;
        };
        if (passes) {
            used.or(needed);
        }
        boolean seen = isOrderSeen(done, isSeen);
        return switch (done) {
            case LogicalPlan.Join j -> {
                // The right side of a lateral join uses left columns by itself.
                BitSet left = (BitSet) used.clone();
                left.or(ColumnSets.free(j.right()));
                yield j.withInputs(List.of(prune(j.left(), left, seen), prune(j.right(), used, seen)));
            }
            case LogicalPlan.WithCte w ->
                w.withInputs(List.of(
                        prune(w.definition(), ColumnSets.output(w.definition()), false),
                        prune(w.body(), needed, isSeen)));
            case UnionAll u -> allOfInputs(u, seen);
            case LogicalPlan.Distinct d -> allOfInputs(d, seen);
            case LogicalPlan.SetDifference s -> allOfInputs(s, seen);
            case LogicalPlan.RecursiveCte r -> allOfInputs(r, seen);
            default -> PlanTree.mapInputs(done, i -> prune(i, used, seen));
        };
    }

    /// True if the order of a node's inputs decides the result.
    private static boolean isOrderSeen(LogicalPlan node, boolean isSeen) {
        return switch (node) {
            case LogicalPlan.Limit l -> true;
            case LogicalPlan.Filter f -> isSeen;
            case Project p -> isSeen;
            case UnionAll u -> isSeen;
            case LogicalPlan.Distinct d -> isSeen;
            case Window w -> isSeen && w.partition().isEmpty() && w.order().isEmpty();
            case Aggregate a -> a.aggregates().stream().anyMatch(i -> keepsOrder(i.call()));
            default -> false;
        };
    }

    /// True of aggregates whose value tells the order of their rows.
    private static boolean keepsOrder(AggregateCall call) {
        return call.order().isEmpty()
                && ORDERED.contains(call.bound().function().name());
    }

    private LogicalPlan allOfInputs(LogicalPlan node, boolean isSeen) {
        return PlanTree.mapInputs(node, i -> prune(i, ColumnSets.output(i), isSeen));
    }

    private static LogicalPlan scan(Scan s, BitSet needed) {
        if (s.handle() != null && needed.get(s.handle().index())) {
            return s;
        }
        List<Column> columns = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 0; i < s.tableColumns().size(); i++) {
            if (needed.get(s.tableColumns().get(i).index())) {
                columns.add(s.tableColumns().get(i));
                ordinals.add(s.ordinals().get(i));
            }
        }
        boolean same = columns.size() == s.tableColumns().size() && s.handle() == null;
        return same ? s : new Scan(s.table(), columns, ordinals, null, s.lock());
    }

    private static LogicalPlan union(UnionAll u, BitSet needed) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < u.columns().size(); i++) {
            if (needed.get(u.columns().get(i).index())) {
                kept.add(i);
            }
        }
        if (kept.size() == u.columns().size()) {
            return u;
        }
        List<LogicalPlan> inputs = new ArrayList<>();
        for (LogicalPlan input : u.inputs()) {
            List<Column> columns = input.columns();
            inputs.add(new Project(
                    input, PlanTree.identity(kept.stream().map(columns::get).toList())));
        }
        return new UnionAll(kept.stream().map(u.columns()::get).toList(), inputs);
    }
}
