package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Comparison;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.SetDifference;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.UnionAll;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.SetKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Moves conditions towards the tables: through projections, sorts, joins, unions, groupings by their groups, windows
/// by
/// their partitions. Conditions of ON go to the side they speak of, those of WHERE over an inner join into the join.
final class PushPredicates implements Rule {
    @Override
    public String name() {
        return "push-predicates";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return push(plan, List.of());
    }

    /// The plan with conditions over its output put as deep as they go.
    private LogicalPlan push(LogicalPlan plan, List<Expr> conditions) {
        return switch (plan) {
            case Filter f -> {
                List<Expr> all = new ArrayList<>(ExprTree.conjuncts(inSubplans(f.condition())));
                all.addAll(conditions);
                yield push(f.input(), all);
            }
            case Project p -> project(p, conditions);
            case Join j -> join(j, conditions);
            case Sort s -> {
                LogicalPlan input = push(s.input(), conditions);
                yield PlanTree.mapExpressions(s.withInputs(List.of(input)), this::inSubplans);
            }
            case Distinct d -> splitAt(d, conditions, e -> !ExprWalker.hasSubquery(e));
            case Aggregate a -> aggregate(a, conditions);
            case Window w -> window(w, conditions);
            case UnionAll u -> union(u, conditions);
            case SetDifference s -> setDifference(s, conditions);
            default -> above(PlanTree.mapInputs(plan, input -> push(input, List.of())), conditions);
        };
    }

    private Expr inSubplans(Expr e) {
        return ExprWalker.hasSubquery(e) ? ExprTree.rewrite(e, x -> x, sub -> push(sub, List.of())) : e;
    }

    /// A filter above a node whose own expressions have had their subplans done.
    private LogicalPlan above(LogicalPlan plan, List<Expr> conditions) {
        LogicalPlan done = PlanTree.mapExpressions(plan, this::inSubplans);
        return filter(done, conditions);
    }

    private static LogicalPlan filter(LogicalPlan plan, List<Expr> conditions) {
        Expr condition = ExprTree.and(conditions);
        return condition == null ? plan : new Filter(plan, condition);
    }

    private interface Test {
        boolean passes(Expr e);
    }

    private LogicalPlan splitAt(LogicalPlan node, List<Expr> conditions, Test test) {
        List<Expr> down = new ArrayList<>();
        List<Expr> stay = new ArrayList<>();
        for (Expr e : conditions) {
            (ExprWalker.isDeterministic(e) && test.passes(e) ? down : stay).add(e);
        }
        LogicalPlan input = push(node.inputs().getFirst(), down);
        return above(node.withInputs(List.of(input)), stay);
    }

    private LogicalPlan project(Project p, List<Expr> conditions) {
        Map<Integer, Expr> byId = new HashMap<>();
        for (Item item : p.items()) {
            byId.put(item.column().index(), item.expression());
        }
        List<Expr> down = new ArrayList<>();
        List<Expr> stay = new ArrayList<>();
        for (Expr e : conditions) {
            if (ExprWalker.isDeterministic(e) && maySubstitute(e, byId)) {
                down.add(ExprTree.substitute(e, byId));
            } else {
                stay.add(e);
            }
        }
        LogicalPlan input = push(p.input(), down);
        return above(p.withInputs(List.of(input)), stay);
    }

    /// True if what the condition uses may be computed once more: cheap, deterministic, without subqueries.
    private static boolean maySubstitute(Expr e, Map<Integer, Expr> byId) {
        BitSet used = ColumnSets.used(e);
        for (int id = used.nextSetBit(0); id >= 0; id = used.nextSetBit(id + 1)) {
            Expr value = byId.get(id);
            if (value != null && !(value instanceof Column)) {
                boolean free = ExprWalker.isDeterministic(value) && !ExprWalker.hasSubquery(value);
                if (!free || ExprWalker.hasSubquery(e)) {
                    return false;
                }
            }
        }
        return true;
    }

    private LogicalPlan join(Join j, List<Expr> conditions) {
        BitSet left = ColumnSets.output(j.left());
        BitSet right = ColumnSets.output(j.right());
        boolean inner = j.kind() == JoinKind.INNER;
        List<Expr> toLeft = new ArrayList<>();
        List<Expr> toRight = new ArrayList<>();
        List<Expr> on = new ArrayList<>();
        List<Expr> stay = new ArrayList<>();
        for (Expr e : conditions) {
            BitSet used = ColumnSets.used(e);
            if (!ExprWalker.isDeterministic(e)) {
                stay.add(e);
            } else if (!used.intersects(right)) {
                toLeft.add(e);
            } else if (inner && !used.intersects(left)) {
                toRight.add(e);
            } else if (inner && !ExprWalker.hasSubquery(e)) {
                on.add(e);
            } else {
                stay.add(e);
            }
        }
        for (Expr e : ExprTree.conjuncts(j.condition())) {
            BitSet used = ColumnSets.used(e);
            boolean deterministic = ExprWalker.isDeterministic(e);
            if (deterministic && used.intersects(right) && !used.intersects(left)) {
                // NOT IN's condition is no filter: it must stay with the join.
                (j.kind() == JoinKind.ANTI_NULL_AWARE ? on : toRight).add(e);
            } else if (deterministic && inner && !used.intersects(right)) {
                toLeft.add(e);
            } else {
                on.add(e);
            }
        }
        on.removeIf(e -> inner && isImplied(e, toLeft, toRight));
        LogicalPlan newLeft = push(j.left(), toLeft);
        LogicalPlan newRight = push(j.right(), toRight);
        Expr condition = ExprTree.and(on.stream().map(this::inSubplans).toList());
        boolean same = newLeft == j.left() && newRight == j.right() && sameConditions(condition, j.condition());
        LogicalPlan joined = same ? j : new Join(j.kind(), newLeft, newRight, condition, j.straight());
        return filter(joined, stay.stream().map(this::inSubplans).toList());
    }

    /// True of an equality of two columns of one type that are both equal to one value already.
    private static boolean isImplied(Expr e, List<Expr> left, List<Expr> right) {
        if (!isEquality(e)
                || !(ExprWalker.children(e).get(0) instanceof Column a)
                || !(ExprWalker.children(e).get(1) instanceof Column b)
                || !a.type().equals(b.type())) {
            return false;
        }
        Expr valueOfA = value(a, left, right);
        Expr valueOfB = value(b, left, right);
        return valueOfA != null && valueOfB != null && ExprTree.same(valueOfA, valueOfB);
    }

    private static boolean isEquality(Expr e) {
        Comparison c = Comparison.of(e);
        return c != null && c.operator() == Comparison.Operator.EQUAL;
    }

    private static @Nullable Expr value(Column column, List<Expr> left, List<Expr> right) {
        for (List<Expr> side : List.of(left, right)) {
            for (Expr e : side) {
                if (isEquality(e)
                        && ExprWalker.children(e).get(0) instanceof Column c
                        && c.index() == column.index()
                        && ExprWalker.isRowIndependent(ExprWalker.children(e).get(1))) {
                    return ExprWalker.children(e).get(1);
                }
            }
        }
        return null;
    }

    private static boolean sameConditions(@Nullable Expr a, @Nullable Expr b) {
        return a == b || (a != null && b != null && ExprTree.same(a, b));
    }

    private LogicalPlan aggregate(Aggregate a, List<Expr> conditions) {
        if (a.grouping() != null || a.groups().isEmpty()) {
            LogicalPlan input = push(a.input(), List.of());
            return above(a.withInputs(List.of(input)), conditions);
        }
        Map<Integer, Expr> byId = new HashMap<>();
        for (Item item : a.groups()) {
            byId.put(item.column().index(), item.expression());
        }
        BitSet groups = new BitSet();
        byId.keySet().forEach(groups::set);
        BitSet outputs = ColumnSets.output(a);
        List<Expr> down = new ArrayList<>();
        List<Expr> stay = new ArrayList<>();
        for (Expr e : conditions) {
            BitSet used = ColumnSets.used(e);
            used.and(outputs);
            boolean ofGroups = ColumnSets.isSubset(used, groups) && !used.isEmpty();
            if (ofGroups && ExprWalker.isDeterministic(e) && maySubstitute(e, byId)) {
                down.add(ExprTree.substitute(e, byId));
            } else {
                stay.add(e);
            }
        }
        LogicalPlan input = push(a.input(), down);
        return above(a.withInputs(List.of(input)), stay);
    }

    private LogicalPlan window(Window w, List<Expr> conditions) {
        BitSet partition = new BitSet();
        for (Expr e : w.partition()) {
            if (e instanceof Column c) {
                partition.set(c.index());
            }
        }
        BitSet outputs = ColumnSets.output(w);
        return splitAt(w, conditions, e -> {
            BitSet used = ColumnSets.used(e);
            used.and(outputs);
            return !used.isEmpty() && ColumnSets.isSubset(used, partition);
        });
    }

    private LogicalPlan union(UnionAll u, List<Expr> conditions) {
        List<Expr> down = new ArrayList<>();
        List<Expr> stay = new ArrayList<>();
        for (Expr e : conditions) {
            // A subquery must not be run by each input: its plan would stand in the tree more than once.
            (ExprWalker.isDeterministic(e) && !ExprWalker.hasSubquery(e) ? down : stay).add(e);
        }
        List<LogicalPlan> inputs = new ArrayList<>();
        for (LogicalPlan input : u.inputs()) {
            inputs.add(push(input, over(input, u.columns(), down)));
        }
        return filter(u.withInputs(inputs), stay);
    }

    private static List<Expr> over(LogicalPlan input, List<Column> outputs, List<Expr> conditions) {
        Map<Integer, Expr> byId = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            byId.put(outputs.get(i).index(), input.columns().get(i));
        }
        return conditions.stream().map(e -> ExprTree.substitute(e, byId)).toList();
    }

    private LogicalPlan setDifference(SetDifference s, List<Expr> conditions) {
        List<Expr> down = new ArrayList<>();
        List<Expr> stay = new ArrayList<>();
        for (Expr e : conditions) {
            (ExprWalker.isDeterministic(e) && !ExprWalker.hasSubquery(e) ? down : stay).add(e);
        }
        LogicalPlan left = push(s.left(), over(s.left(), s.columns(), down));
        boolean both = s.kind() == SetKind.INTERSECT;
        LogicalPlan right = push(s.right(), both ? over(s.right(), s.columns(), down) : List.of());
        return filter(s.withInputs(List.of(left, right)), stay);
    }
}
