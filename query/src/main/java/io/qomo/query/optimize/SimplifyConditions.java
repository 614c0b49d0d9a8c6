package io.qomo.query.optimize;

import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.function.Predicates;
import io.qomo.query.logical.ExprSet;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Simplifies conditions: flattens AND and OR, moves NOT inwards, drops what is repeated, takes common conditions out
/// of
/// an OR, and removes filters that always or never hold.
final class SimplifyConditions implements Rule {
    @Override
    public String name() {
        return "simplify-conditions";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, node -> switch (node) {
            case Filter f -> filter(f, context);
            case Join j -> join(j, context);
            default -> node;
        });
    }

    private static LogicalPlan filter(Filter f, RuleContext context) {
        Expr condition = simplify(f.condition(), context);
        List<Expr> kept = new ArrayList<>();
        for (Expr e : ExprTree.conjuncts(condition)) {
            if (e instanceof Constant c) {
                if (!holds(c.value())) {
                    return new Values(f.columns(), List.of());
                }
            } else {
                kept.add(e);
            }
        }
        Expr rest = ExprTree.and(kept);
        if (rest == null) {
            return f.input();
        }
        return rest == f.condition() ? f : new Filter(f.input(), rest);
    }

    private static LogicalPlan join(Join j, RuleContext context) {
        if (j.condition() == null || j.kind() == JoinKind.ANTI_NULL_AWARE) {
            return j;
        }
        Expr condition = simplify(j.condition(), context);
        List<Expr> kept = new ArrayList<>();
        boolean never = false;
        for (Expr e : ExprTree.conjuncts(condition)) {
            if (!(e instanceof Constant c)) {
                kept.add(e);
            } else if (!holds(c.value())) {
                never = true;
            }
        }
        if (never && j.kind() == JoinKind.INNER) {
            return new Values(j.columns(), List.of());
        }
        if (never) {
            LogicalPlan nothing = new Values(j.right().columns(), List.of());
            return new Join(j.kind(), j.left(), nothing, null, j.straight());
        }
        Expr rest = ExprTree.and(kept);
        return rest == j.condition() ? j : new Join(j.kind(), j.left(), j.right(), rest, j.straight());
    }

    /// True if a constant holds as a condition.
    static boolean holds(Vector v) {
        if (v.isNull(0)) {
            return false;
        }
        return switch (v) {
            case LongVector l -> l.get(0) != 0;
            case DoubleVector d -> d.get(0) != 0;
            case DecimalVector d -> d.get(0).signum() != 0;
            default -> true;
        };
    }

    /// The condition in a simpler form that holds for the same rows; the same instance if it is simple already.
    static Expr simplify(Expr e, RuleContext context) {
        if (e instanceof Call call && call.function() == Predicates.TruthTest.NOT) {
            Expr inner = call.arguments().getFirst();
            if (inner instanceof Logic l) {
                List<Expr> turned = l.conditions().stream()
                        .map(c -> Predicates.not(c, context.bind()))
                        .toList();
                return simplify(new Logic(!l.isAnd(), turned), context);
            }
            return e;
        }
        if (!(e instanceof Logic l)) {
            return e;
        }
        List<Expr> parts = new ArrayList<>();
        ExprSet known = new ExprSet();
        boolean changed = false;
        for (Expr c : l.conditions()) {
            Expr simple = simplify(c, context);
            changed |= simple != c;
            List<Expr> flat = l.isAnd() ? ExprTree.conjuncts(simple) : ExprTree.disjuncts(simple);
            changed |= flat.size() > 1;
            for (Expr x : flat) {
                if (ExprWalker.isDeterministic(x) && !known.add(x)) {
                    changed = true;
                } else {
                    parts.add(x);
                }
            }
        }
        if (!l.isAnd()) {
            Expr factored = factor(parts);
            if (factored != null) {
                return factored;
            }
        }
        if (!changed) {
            return l;
        }
        return parts.size() == 1 ? parts.getFirst() : new Logic(l.isAnd(), parts);
    }

    /// `(A AND B) OR (A AND C)` as `A AND (B OR C)`; null if nothing is common.
    private static @Nullable Expr factor(List<Expr> alternatives) {
        if (alternatives.size() < 2) {
            return null;
        }
        List<Expr> common = new ArrayList<>();
        for (Expr e : ExprTree.conjuncts(alternatives.getFirst())) {
            boolean everywhere = ExprWalker.isDeterministic(e)
                    && !ExprWalker.hasSubquery(e)
                    && alternatives.stream().allMatch(a -> contains(ExprTree.conjuncts(a), e));
            if (everywhere) {
                common.add(e);
            }
        }
        if (common.isEmpty()) {
            return null;
        }
        List<Expr> rest = new ArrayList<>();
        for (Expr a : alternatives) {
            List<Expr> own = new ArrayList<>(ExprTree.conjuncts(a));
            own.removeIf(x -> contains(common, x));
            Expr left = ExprTree.and(own);
            if (left == null) {
                // One alternative says no more than what is common: the others add nothing.
                return common.size() == 1 ? common.getFirst() : new Logic(true, common);
            }
            rest.add(left);
        }
        common.add(new Logic(false, rest));
        return new Logic(true, common);
    }

    private static boolean contains(List<Expr> list, Expr e) {
        return list.stream().anyMatch(x -> ExprTree.same(x, e));
    }
}
