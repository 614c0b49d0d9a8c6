package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.CteScan;
import io.qomo.query.logical.LogicalPlan.RecursiveCte;
import io.qomo.query.logical.LogicalPlan.WithCte;
import io.qomo.query.logical.PlanTree;

/// Puts a common table expression that is named once in the place of its name, so that conditions reach into it. Inside
/// a recursion or a subquery of an expression it stays, since it would be run there more than once.
final class InlineCtes implements Rule {
    @Override
    public String name() {
        return "inline-ctes";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, node -> node instanceof WithCte w ? inline(w) : node);
    }

    private static LogicalPlan inline(WithCte w) {
        int uses = count(w.body(), w.id());
        if (uses == 0) {
            return w.body();
        }
        boolean deterministic = isDeterministic(w.definition());
        if (uses > 1 || !deterministic || !isReachable(w.body(), w.id())) {
            return w;
        }
        return replaced(w.body(), w);
    }

    private static int count(LogicalPlan plan, int id) {
        int[] n = new int[1];
        PlanTree.visit(plan, node -> n[0] += node instanceof CteScan c && c.id() == id ? 1 : 0);
        return n[0];
    }

    private static boolean isDeterministic(LogicalPlan plan) {
        boolean[] all = {true};
        PlanTree.visit(plan, node -> PlanTree.forEachExpression(node, e -> all[0] &= ExprWalker.isDeterministic(e)));
        return all[0];
    }

    /// True if the scan is run once: no recursion, subquery or lateral side is around it.
    private static boolean isReachable(LogicalPlan plan, int id) {
        if (plan instanceof CteScan c) {
            return c.id() == id;
        }
        if (plan instanceof RecursiveCte) {
            return false;
        }
        for (LogicalPlan input : plan.inputs()) {
            boolean lateral = plan instanceof LogicalPlan.Join j && input == j.right() && JoinPaths.isLateral(j);
            if (!lateral && isReachable(input, id)) {
                return true;
            }
        }
        return false;
    }

    private static LogicalPlan replaced(LogicalPlan plan, WithCte w) {
        if (plan instanceof CteScan c && c.id() == w.id()) {
            return PruneEmpty.renamed(w.definition(), c.columns());
        }
        return PlanTree.mapInputs(plan, i -> replaced(i, w));
    }
}
