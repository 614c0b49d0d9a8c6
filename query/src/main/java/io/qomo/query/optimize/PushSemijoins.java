package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a semijoin over inner joins to the one relation it speaks of: `x IN (SELECT … GROUP BY … HAVING …)` then
/// thins that relation out before it is joined.
///
/// Only where the right side is a grouping over no outer columns, which is computed as a whole wherever it stands; a
/// table that is looked into row by row had better see as few rows as possible.
final class PushSemijoins implements Rule {
    @Override
    public String name() {
        return "push-semijoins";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, node -> node instanceof Join j && j.kind() == JoinKind.SEMI ? pushed(j) : node);
    }

    private static LogicalPlan pushed(Join j) {
        if (j.condition() == null
                || !isGrouping(j.right())
                || !ColumnSets.free(j.right()).isEmpty()) {
            return j;
        }
        BitSet left = ColumnSets.output(j.left());
        JoinPaths.Keys keys = JoinPaths.keys(j.condition(), left, ColumnSets.output(j.right()));
        if (keys.left().isEmpty() || keys.residual() != null) {
            return j;
        }
        BitSet used = new BitSet();
        for (Expr e : ExprTree.conjuncts(j.condition())) {
            used.or(ColumnSets.used(e));
        }
        used.and(left);
        LogicalPlan below = into(j.left(), used, j);
        return below == null ? j : below;
    }

    private static boolean isGrouping(LogicalPlan plan) {
        return switch (plan) {
            case Aggregate a -> true;
            case Filter f -> isGrouping(f.input());
            case Project p -> isGrouping(p.input());
            default -> false;
        };
    }

    /// The inner joins with the semijoin put over the relation that has the columns; null if there is no join to pass
    /// or the columns come from several relations.
    private static @Nullable LogicalPlan into(LogicalPlan plan, BitSet columns, Join semijoin) {
        if (plan instanceof Filter f) {
            LogicalPlan input = into(f.input(), columns, semijoin);
            return input == null ? null : f.withInputs(List.of(input));
        }
        if (!(plan instanceof Join j) || j.kind() != JoinKind.INNER || j.straight() || JoinPaths.isLateral(j)) {
            return null;
        }
        if (ColumnSets.isSubset(columns, ColumnSets.output(j.left()))) {
            return j.withInputs(List.of(atLeast(j.left(), columns, semijoin), j.right()));
        }
        if (ColumnSets.isSubset(columns, ColumnSets.output(j.right()))) {
            return j.withInputs(List.of(j.left(), atLeast(j.right(), columns, semijoin)));
        }
        return null;
    }

    private static LogicalPlan atLeast(LogicalPlan plan, BitSet columns, Join semijoin) {
        LogicalPlan deeper = into(plan, columns, semijoin);
        return deeper != null
                ? deeper
                : new Join(JoinKind.SEMI, plan, semijoin.right(), semijoin.condition(), semijoin.straight());
    }
}
