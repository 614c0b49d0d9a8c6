package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.function.CastFunction;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.InList;
import io.qomo.query.function.Like;
import io.qomo.query.function.Predicates;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.BitSet;
import java.util.Set;

/// Makes a left join an inner one where a condition above throws away the rows without a match.
final class OuterToInner implements Rule {
    private static final Set<String> STRICT = Set.of("+", "-", "*", "/", "div", "%");

    @Override
    public String name() {
        return "outer-to-inner";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return turn(plan, new BitSet());
    }

    /// @param required columns that are not NULL in any row that is kept above
    private LogicalPlan turn(LogicalPlan plan, BitSet required) {
        LogicalPlan node =
                PlanTree.mapExpressions(plan, e -> ExprTree.rewrite(e, x -> x, sub -> turn(sub, new BitSet())));
        return switch (node) {
            case Filter f -> {
                BitSet more = (BitSet) required.clone();
                addRequired(f.condition(), more);
                yield PlanTree.mapInputs(f, i -> turn(i, more));
            }
            case Project p -> {
                BitSet passed = new BitSet();
                for (LogicalPlan.Item item : p.items()) {
                    if (required.get(item.column().index())) {
                        addStrict(item.expression(), passed);
                    }
                }
                yield PlanTree.mapInputs(p, i -> turn(i, passed));
            }
            case Sort s -> PlanTree.mapInputs(s, i -> turn(i, required));
            case Join j -> join(j, required);
            default -> PlanTree.mapInputs(node, i -> turn(i, new BitSet()));
        };
    }

    private LogicalPlan join(Join j, BitSet required) {
        boolean becomesInner = j.kind() == JoinKind.LEFT && required.intersects(ColumnSets.output(j.right()));
        JoinKind kind = becomesInner ? JoinKind.INNER : j.kind();
        BitSet left = (BitSet) required.clone();
        BitSet right = new BitSet();
        if (kind == JoinKind.INNER) {
            right = (BitSet) required.clone();
        }
        if (j.condition() != null && kind != JoinKind.ANTI && kind != JoinKind.ANTI_NULL_AWARE) {
            addRequired(j.condition(), right);
            if (kind == JoinKind.INNER || kind == JoinKind.SEMI) {
                addRequired(j.condition(), left);
            }
        }
        LogicalPlan newLeft = turn(j.left(), left);
        LogicalPlan newRight = turn(j.right(), right);
        return kind == j.kind() && newLeft == j.left() && newRight == j.right()
                ? j
                : new Join(kind, newLeft, newRight, j.condition(), j.straight());
    }

    /// Adds the columns that cannot be NULL where the condition holds.
    static void addRequired(Expr condition, BitSet out) {
        if (condition instanceof Logic l) {
            if (l.isAnd()) {
                l.conditions().forEach(c -> addRequired(c, out));
                return;
            }
            BitSet common = null;
            for (Expr c : l.conditions()) {
                BitSet one = new BitSet();
                addRequired(c, one);
                if (common == null) {
                    common = one;
                } else {
                    common.and(one);
                }
            }
            if (common != null) {
                out.or(common);
            }
            return;
        }
        if (condition instanceof Call call) {
            switch (call.function()) {
                case Predicates.NullTest t
                when t.negated() -> addStrict(call.arguments().getFirst(), out);
                case Predicates.NullTest t -> {}
                case Predicates.TruthTest t
                when t.name().equals("is true") -> addRequired(call.arguments().getFirst(), out);
                default -> addStrict(condition, out);
            }
        } else {
            addStrict(condition, out);
        }
    }

    /// Adds the columns whose NULL makes the value NULL.
    private static void addStrict(Expr e, BitSet out) {
        switch (e) {
            case Column c -> out.set(c.index());
            case Call call -> {
                if (call.function() instanceof InList) {
                    addStrict(call.arguments().getFirst(), out);
                } else if (isStrict(call)) {
                    call.arguments().forEach(a -> addStrict(a, out));
                }
            }
            default -> {}
        }
    }

    private static boolean isStrict(Call call) {
        return switch (call.function()) {
            case Comparison c -> c.operator() != Comparison.Operator.NULL_SAFE_EQUAL;
            case Like like -> true;
            case CastFunction cast -> true;
            case Predicates.TruthTest t -> t == Predicates.TruthTest.NOT;
            default -> STRICT.contains(call.function().name());
        };
    }
}
