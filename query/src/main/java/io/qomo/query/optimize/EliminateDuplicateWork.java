package io.qomo.query.optimize;

import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.logical.UniqueKeys;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.BitSet;

/// Removes DISTINCT where rows are different anyway, DISTINCT over DISTINCT, and left joins that add neither columns
/// that
/// are used nor rows.
final class EliminateDuplicateWork implements Rule {
    @Override
    public String name() {
        return "eliminate-duplicate-work";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        LogicalPlan distinct = PlanTree.rewrite(plan, EliminateDuplicateWork::distinct);
        return joins(distinct, ColumnSets.output(distinct));
    }

    private static LogicalPlan distinct(LogicalPlan node) {
        if (node instanceof Distinct d && UniqueKeys.isUnique(d.input(), ColumnSets.output(d))) {
            return d.input();
        }
        return node;
    }

    /// Removes left joins whose right side matches one row at most and is not used.
    private LogicalPlan joins(LogicalPlan plan, BitSet needed) {
        LogicalPlan node = PlanTree.mapExpressions(
                plan, e -> ExprTree.rewrite(e, x -> x, sub -> joins(sub, ColumnSets.output(sub))));
        if (node instanceof Join j
                && j.kind() == JoinKind.LEFT
                && !ColumnSets.output(j.right()).intersects(needed)
                && UniqueKeys.matchesAtMostOne(j)
                && !locks(j.right())) {
            return joins(j.left(), needed);
        }
        BitSet used = new BitSet();
        PlanTree.forEachExpression(node, e -> ColumnSets.addUsed(e, used));
        boolean own = node instanceof Project || node instanceof Aggregate;
        boolean exact = node instanceof Distinct
                || node instanceof LogicalPlan.UnionAll
                || node instanceof LogicalPlan.SetDifference
                || node instanceof LogicalPlan.RecursiveCte
                || node instanceof LogicalPlan.WithCte;
        if (!own) {
            used.or(needed);
        }
        if (node instanceof Join j) {
            used.or(ColumnSets.free(j.right()));
        }
        return PlanTree.mapInputs(node, i -> {
            if (!exact) {
                return joins(i, used);
            }
            return joins(i, ColumnSets.output(i));
        });
    }

    /// True if rows of the plan are locked: reading them is an effect.
    static boolean locks(LogicalPlan plan) {
        boolean[] found = new boolean[1];
        PlanTree.visit(plan, n -> found[0] |= n instanceof LogicalPlan.Scan s && s.lock() != null);
        return found[0];
    }
}
