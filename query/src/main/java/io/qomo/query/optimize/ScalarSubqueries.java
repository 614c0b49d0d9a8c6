package io.qomo.query.optimize;

import io.qomo.base.vector.LongVector;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Coalesce;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.function.Comparison;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.AggregateItem;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalSubplan;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.logical.UniqueKeys;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes left joins of scalar subqueries that depend on their row: those that find one row by a unique key, and
/// aggregates whose dependence is a set of equalities, which become groups.
///
/// The join may still be run for each row (the condition then goes below the grouping), so nothing is lost where few
/// rows ask.
final class ScalarSubqueries implements Rule {
    /// Aggregates that are NULL without rows, or 0 (COUNT).
    private static final Set<String> NULL_WHEN_EMPTY = Set.of(
            "sum",
            "avg",
            "min",
            "max",
            "any_value",
            "group_concat",
            "json_arrayagg",
            "json_objectagg",
            "stddev_pop",
            "stddev_samp",
            "var_pop",
            "var_samp");

    @Override
    public String name() {
        return "join-scalar-subqueries";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, node -> rewrite(node, context));
    }

    private static LogicalPlan rewrite(LogicalPlan node, RuleContext context) {
        boolean holds =
                node instanceof Project || node instanceof Filter || node instanceof Sort || node instanceof Aggregate;
        if (!holds) {
            return node;
        }
        LogicalPlan input = node.inputs().getFirst();
        if (EliminateDuplicateWork.locks(input)) {
            return node;
        }
        BitSet before = ColumnSets.output(input);
        LogicalPlan[] current = {input};
        LogicalPlan rewritten = PlanTree.mapExpressions(
                node,
                e -> ExprRewriter.rewrite(e, x -> {
                    Expr value = x instanceof Subquery s ? joined(s, current, before, context) : null;
                    return value == null ? x : value;
                }));
        if (current[0] == input) {
            return node;
        }
        LogicalPlan result = rewritten.withInputs(List.of(current[0]));
        boolean wider = !(node instanceof Project) && !(node instanceof Aggregate);
        return wider ? new Project(result, PlanTree.identity(node.columns())) : result;
    }

    /// Joins a subquery to the plan and gives what stands in its place, or null.
    private static @Nullable Expr joined(Subquery s, LogicalPlan[] plan, BitSet input, RuleContext context) {
        if (s.kind() != Subquery.Kind.SCALAR || !(s.plan() instanceof LogicalSubplan sub)) {
            return null;
        }
        BitSet free = ColumnSets.free(sub.plan());
        // What stands for itself is run once anyway; what speaks of other queries around is theirs to join.
        if (free.isEmpty() || !ColumnSets.isSubset(free, input)) {
            return null;
        }
        if (UniqueKeys.isUnique(sub.plan(), new BitSet()) && !(bare(sub.plan()) instanceof Aggregate)) {
            return singleRow(sub.plan(), plan);
        }
        return aggregate(sub.plan(), plan, context);
    }

    private static LogicalPlan bare(LogicalPlan plan) {
        return plan instanceof Project p ? bare(p.input()) : plan;
    }

    /// A row by unique key.
    private static @Nullable Expr singleRow(LogicalPlan sub, LogicalPlan[] plan) {
        Decorrelator.Result pulled = Decorrelator.pull(sub);
        if (pulled.conditions().isEmpty() || !ColumnSets.isClosed(pulled.plan())) {
            return null;
        }
        plan[0] = new Join(JoinKind.LEFT, plan[0], pulled.plan(), ExprTree.and(pulled.conditions()), false);
        return LogicalPlan.nullableForm(sub.columns().getFirst());
    }

    private static @Nullable Expr aggregate(LogicalPlan sub, LogicalPlan[] plan, RuleContext context) {
        Expr value = sub.columns().getFirst();
        LogicalPlan rows = sub;
        while (rows instanceof Project p) {
            Map<Integer, Expr> byId = new HashMap<>();
            p.items().forEach(i -> byId.put(i.column().index(), i.expression()));
            value = ExprTree.substitute(value, byId);
            rows = p.input();
        }
        if (!(rows instanceof Aggregate a)
                || !a.groups().isEmpty()
                || a.grouping() != null
                || ExprWalker.hasSubquery(value)
                || !ExprWalker.isDeterministic(value)) {
            return null;
        }
        Decorrelator.Result pulled = Decorrelator.pull(a.input());
        if (pulled.conditions().isEmpty() || !ColumnSets.isClosed(pulled.plan()) || !isFreeOf(a, pulled.plan())) {
            return null;
        }
        BitSet inner = ColumnSets.output(pulled.plan());
        List<Item> groups = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        for (Expr e : pulled.conditions()) {
            Expr side = innerSide(e, inner);
            if (side == null) {
                return null;
            }
            Column column = context.ids().newColumn(side.type(), side.nullable(), "group");
            groups.add(new Item(column, side));
            conditions.add(Sideways.replaced(e, side, column));
        }
        Map<Integer, Expr> whenEmpty = new HashMap<>();
        for (AggregateItem item : a.aggregates()) {
            Expr outside = outside(item);
            if (outside == null) {
                return null;
            }
            whenEmpty.put(item.column().index(), outside);
        }
        LogicalPlan grouped = new Aggregate(pulled.plan(), groups, a.aggregates(), null);
        plan[0] = new Join(JoinKind.LEFT, plan[0], grouped, ExprTree.and(conditions), false);
        return ExprTree.substitute(value, whenEmpty);
    }

    /// True if the aggregates read columns of the subquery alone.
    private static boolean isFreeOf(Aggregate a, LogicalPlan input) {
        BitSet used = new BitSet();
        PlanTree.forEachExpression(a, e -> ColumnSets.addUsed(e, used));
        return ColumnSets.isSubset(used, ColumnSets.output(input));
    }

    /// The side of an equality that is the subquery's own, if the other is not.
    private static @Nullable Expr innerSide(Expr e, BitSet inner) {
        if (!(e instanceof Call call)
                || !(call.function() instanceof Comparison c)
                || c.operator() != Comparison.Operator.EQUAL
                || !Sideways.isHashable(call, c)) {
            return null;
        }
        Expr a = call.arguments().get(0);
        Expr b = call.arguments().get(1);
        boolean isA = ColumnSets.isSubset(ColumnSets.used(a), inner)
                && !ColumnSets.used(a).isEmpty();
        boolean isB = ColumnSets.isSubset(ColumnSets.used(b), inner)
                && !ColumnSets.used(b).isEmpty();
        if (isA == isB) {
            return null;
        }
        Expr own = isA ? a : b;
        Expr other = isA ? b : a;
        return ColumnSets.used(other).intersects(inner) ? null : own;
    }

    /// The aggregate as seen from above the left join.
    private static @Nullable Expr outside(AggregateItem item) {
        Column c = LogicalPlan.nullableForm(item.column());
        String name = item.call().bound().function().name();
        if (name.equals("count")) {
            Expr zero = new Constant(LongVector.constant(c.type(), 0));
            return new Coalesce(List.of(c, zero), c.type(), Expr.Coercibility.NUMERIC);
        }
        return NULL_WHEN_EMPTY.contains(name) ? c : null;
    }
}
