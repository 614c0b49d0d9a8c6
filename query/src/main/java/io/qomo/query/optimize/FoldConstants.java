package io.qomo.query.optimize;

import io.qomo.query.eval.Folding;
import io.qomo.query.expr.Expr;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.PlanTree;

/// Computes what is known now.
final class FoldConstants implements Rule {
    @Override
    public String name() {
        return "fold-constants";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, node -> PlanTree.mapExpressions(node, e -> fold(e, context)));
    }

    private static Expr fold(Expr e, RuleContext context) {
        return e instanceof Expr.Constant || e instanceof Expr.Column
                ? e
                : Folding.fold(e, context.bind().evalContext());
    }
}
