package io.qomo.query.optimize;

import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.Predicates;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalSubplan;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes semijoins of IN and EXISTS in conditions, antijoins of their negations.
///
/// NOT IN is an antijoin if no side may be NULL; else a null-aware one if the subquery stands for itself; else an
/// antijoin that takes a NULL for a match. Filters on tables whose rows are locked stay where they are, so that only
/// rows that pass are locked.
final class UnnestSubqueries implements Rule {
    @Override
    public String name() {
        return "unnest-subqueries";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, node -> node instanceof Filter f ? filter(f, context) : node);
    }

    private static LogicalPlan filter(Filter f, RuleContext context) {
        List<Expr> conditions = ExprTree.conjuncts(f.condition());
        if (conditions.stream().noneMatch(ExprWalker::hasSubquery)) {
            return f;
        }
        List<Expr> plain = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        List<Expr> unnested = new ArrayList<>();
        boolean locked = isLocked(f.input());
        for (Expr e : conditions) {
            if (!ExprWalker.hasSubquery(e)) {
                plain.add(e);
            } else if (isCandidate(e) && (!locked || isDriven(e, f.input()))) {
                unnested.add(e);
            } else {
                rest.add(e);
            }
        }
        if (unnested.isEmpty()) {
            return f;
        }
        Expr first = ExprTree.and(plain);
        LogicalPlan plan = first == null ? f.input() : new Filter(f.input(), first);
        for (Expr e : unnested) {
            LogicalPlan joined = join(plan, e, context);
            if (joined == null) {
                rest.add(e);
            } else {
                plan = joined;
            }
        }
        Expr last = ExprTree.and(rest);
        return last == null ? plan : new Filter(plan, last);
    }

    private static boolean isLocked(LogicalPlan plan) {
        return switch (plan) {
            case Scan s -> s.lock() != null;
            case Filter f -> isLocked(f.input());
            default -> false;
        };
    }

    /// True of `column IN (subquery)` where an index on the column finds the rows, and the subquery stands for itself.
    private static boolean isDriven(Expr e, LogicalPlan input) {
        if (!(e instanceof Subquery s)
                || s.kind() != Subquery.Kind.ANY
                || s.operands().size() != 1
                || !(s.operands().getFirst() instanceof Column c)
                || !(s.plan() instanceof LogicalSubplan sub)
                || !ColumnSets.isClosed(sub.plan())) {
            return false;
        }
        LogicalPlan plan = input;
        while (plan instanceof Filter f) {
            plan = f.input();
        }
        if (!(plan instanceof Scan scan)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < scan.tableColumns().size(); i++) {
            at = scan.tableColumns().get(i).index() == c.index() ? i : at;
        }
        int id = scan.table().table().columns().get(scan.ordinals().get(at)).id();
        return scan.table().table().indexes().stream()
                .anyMatch(x -> !x.parts().isEmpty() && x.parts().getFirst().columnId() == id);
    }

    /// \[NOT] EXISTS and \[NOT] IN.
    private static boolean isCandidate(Expr e) {
        Subquery s = subqueryOf(e);
        return s != null && s.plan() instanceof LogicalSubplan sub && isDeterministic(sub.plan());
    }

    private static @Nullable Subquery subqueryOf(Expr e) {
        Expr inner = isNot(e) ? ((Call) e).arguments().getFirst() : e;
        if (!(inner instanceof Subquery s)) {
            return null;
        }
        return switch (s.kind()) {
            case EXISTS -> s;
            case ANY -> isEquality(s.comparison()) ? s : null;
            case SCALAR, ALL -> null;
        };
    }

    private static boolean isNot(Expr e) {
        return e instanceof Call call && call.function() == Predicates.TruthTest.NOT;
    }

    private static boolean isEquality(@Nullable Expr comparison) {
        return comparison != null
                && ExprTree.conjuncts(comparison).stream()
                        .allMatch(c ->
                                Comparison.of(c) instanceof Comparison x && x.operator() == Comparison.Operator.EQUAL);
    }

    private static boolean isDeterministic(LogicalPlan plan) {
        boolean[] all = {true};
        PlanTree.visit(plan, node -> PlanTree.forEachExpression(node, e -> all[0] &= ExprWalker.isDeterministic(e)));
        return all[0];
    }

    private static @Nullable LogicalPlan join(LogicalPlan input, Expr e, RuleContext context) {
        Subquery s = subqueryOf(e);
        if (s == null || !(s.plan() instanceof LogicalSubplan sub)) {
            return null;
        }
        boolean negated = isNot(e);
        return s.kind() == Subquery.Kind.EXISTS
                ? exists(input, sub.plan(), negated)
                : in(input, s, sub.plan(), negated, context);
    }

    private static @Nullable LogicalPlan exists(LogicalPlan input, LogicalPlan sub, boolean negated) {
        LogicalPlan rows = bare(sub);
        if (rows instanceof Aggregate a && a.groups().isEmpty()) {
            return null;
        }
        Decorrelator.Result pulled = Decorrelator.pull(rows);
        Expr condition = ExprTree.and(pulled.conditions());
        return new Join(negated ? JoinKind.ANTI : JoinKind.SEMI, input, pulled.plan(), condition, false);
    }

    /// The rows without what does not matter for whether there are any.
    private static LogicalPlan bare(LogicalPlan plan) {
        return switch (plan) {
            case Project p -> bare(p.input());
            case Sort s -> bare(s.input());
            case Distinct d -> bare(d.input());
            case Limit l
            when l.offset() == null && l.count() instanceof Constant c && SimplifyConditions.holds(c.value()) ->
                bare(l.input());
            default -> plan;
        };
    }

    private static @Nullable LogicalPlan in(
            LogicalPlan input, Subquery s, LogicalPlan sub, boolean negated, RuleContext context) {
        if (s.comparison() == null) {
            return null;
        }
        LogicalPlan rows = sub;
        while (rows instanceof Distinct || rows instanceof Sort) {
            rows = rows.inputs().getFirst();
        }
        List<Expr> values = new ArrayList<>(rows.columns());
        if (rows instanceof Project p && p.items().stream().noneMatch(i -> ExprWalker.hasSubquery(i.expression()))) {
            values = new ArrayList<>(p.items().stream().map(Item::expression).toList());
            rows = p.input();
        }
        Decorrelator.Result pulled = Decorrelator.pull(rows);
        List<Expr> comparisons = ExprTree.conjuncts(compared(s, values));
        List<Expr> all = new ArrayList<>(pulled.conditions());
        if (!negated) {
            all.addAll(comparisons);
            return new Join(JoinKind.SEMI, input, pulled.plan(), ExprTree.and(all), false);
        }
        boolean neverNull = comparisons.stream().noneMatch(Expr::nullable);
        if (neverNull) {
            all.addAll(comparisons);
            return new Join(JoinKind.ANTI, input, pulled.plan(), ExprTree.and(all), false);
        }
        boolean alone = pulled.conditions().isEmpty() && ColumnSets.isClosed(pulled.plan());
        if (alone && comparisons.size() == 1 && isNullAware(comparisons.getFirst(), input, pulled.plan())) {
            return new Join(JoinKind.ANTI_NULL_AWARE, input, pulled.plan(), comparisons.getFirst(), false);
        }
        if (alone) {
            return null;
        }
        for (Expr c : comparisons) {
            all.add(orUnknown(c, context));
        }
        return new Join(JoinKind.ANTI, input, pulled.plan(), ExprTree.and(all), false);
    }

    /// The comparison with its operands and the values of the subquery's rows in place.
    private static Expr compared(Subquery s, List<Expr> values) {
        Map<Integer, Expr> byPosition = new HashMap<>();
        int n = s.operands().size();
        for (int i = 0; i < n; i++) {
            byPosition.put(i, s.operands().get(i));
            byPosition.put(n + i, values.get(i));
        }
        Expr comparison = s.comparison();
        if (comparison == null) {
            throw new IllegalStateException("no comparison");
        }
        return ExprRewriter.replaceColumns(comparison, c -> byPosition.getOrDefault(c.index(), c));
    }

    private static boolean isNullAware(Expr comparison, LogicalPlan left, LogicalPlan right) {
        JoinPaths.Keys keys = JoinPaths.keys(comparison, ColumnSets.output(left), ColumnSets.output(right));
        return keys.left().size() == 1 && keys.residual() == null;
    }

    /// An equality that also holds where it is unknown.
    private static Expr orUnknown(Expr comparison, RuleContext context) {
        List<Expr> parts = new ArrayList<>(List.of(comparison));
        for (Expr side : ExprWalker.children(comparison)) {
            if (side.nullable()) {
                parts.add(Predicates.isNull(side, false));
            }
        }
        return parts.size() == 1 ? comparison : Predicates.logic(false, parts, context.bind());
    }
}
