package io.qomo.query.optimize;

import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Comparison;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts conditions over two plans on one of them, so that it may be run for each row of the other.
final class Sideways {
    private Sideways() {}

    /// The plan with a condition over its output and other columns, as near to the tables as it goes.
    static LogicalPlan pushed(LogicalPlan plan, Expr condition) {
        LogicalPlan current = plan;
        for (Expr e : ExprTree.conjuncts(condition)) {
            current = pushedOne(current, e);
        }
        return current;
    }

    private static LogicalPlan pushedOne(LogicalPlan plan, Expr e) {
        if (!ExprWalker.isDeterministic(e)) {
            return new Filter(plan, e);
        }
        return switch (plan) {
            case Filter f -> f.withInputs(List.of(pushedOne(f.input(), e)));
            case Project p
            when passes(e, p.items(), ColumnSets.output(p)) ->
                p.withInputs(List.of(pushedOne(p.input(), below(e, p.items()))));
            case Aggregate a
            when a.grouping() == null && passes(e, a.groups(), ColumnSets.output(a)) ->
                a.withInputs(List.of(pushedOne(a.input(), below(e, a.groups()))));
            case Join j
            when isOuter(j) && !ColumnSets.used(e).intersects(ColumnSets.output(j.right())) ->
                j.withInputs(List.of(pushedOne(j.left(), e), j.right()));
            default -> new Filter(plan, e);
        };
    }

    private static boolean isOuter(Join j) {
        return j.kind() != JoinKind.INNER;
    }

    /// True if every output column the condition uses is a plain column of an item.
    private static boolean passes(Expr e, List<Item> items, BitSet output) {
        BitSet used = ColumnSets.used(e);
        used.and(output);
        int found = 0;
        for (Item item : items) {
            if (used.get(item.column().index()) && item.expression() instanceof Column) {
                found++;
            }
        }
        return found == used.cardinality() && found > 0;
    }

    private static Expr below(Expr e, List<Item> items) {
        Map<Integer, Expr> byId = new HashMap<>();
        for (Item item : items) {
            byId.put(item.column().index(), item.expression());
        }
        return ExprTree.substitute(e, byId);
    }

    /// True if a condition put on the plan reaches a table.
    static boolean reachesScan(LogicalPlan plan) {
        return switch (plan) {
            case Filter f -> reachesScan(f.input());
            case Project p -> reachesScan(p.input());
            case Aggregate a -> !a.groups().isEmpty() && reachesScan(a.input());
            case Join j -> isOuter(j) && reachesScan(j.left());
            case Scan s -> true;
            default -> false;
        };
    }

    /// True of an equality whose sides have one form, so that equal values hash alike.
    static boolean isHashable(Call call, Comparison c) {
        if (!call.arguments().stream().allMatch(ExprWalker::isDeterministic)) {
            return false;
        }
        boolean equality =
                c.operator() == Comparison.Operator.EQUAL || c.operator() == Comparison.Operator.NULL_SAFE_EQUAL;
        boolean domain = switch (c.domain()) {
            case SIGNED, UNSIGNED, DOUBLE, DECIMAL, TEXT -> true;
            case UNSIGNED_SIGNED, SIGNED_UNSIGNED, LONG_DECIMAL, DECIMAL_LONG, JSON -> false;
        };
        boolean collated = c.domain() != Comparison.Domain.TEXT
                || call.arguments().stream().allMatch(a -> a.type().collation() == c.collation());
        return equality && domain && collated;
    }

    /// The expression with a subexpression, the very object, replaced.
    static Expr replaced(Expr e, Expr from, Expr to) {
        return ExprRewriter.rewrite(e, x -> x == from ? to : x);
    }
}
