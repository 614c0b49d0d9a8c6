package io.qomo.query.logical;

import io.qomo.base.error.Check;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.logical.LogicalPlan.Join;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks that a plan keeps the invariants \[L1] to \[L3]; called after each rule where assertions are on.
public final class PlanVerifier {
    private final String rule;
    private final Map<Integer, Column> produced = new HashMap<>();

    private PlanVerifier(String rule) {
        this.rule = rule;
    }

    /// Throws INTERNAL_ERROR if the plan is not well formed; else true.
    ///
    /// @param free ids of enclosing queries
    /// @param rule whose work is verified
    public static boolean verify(LogicalPlan plan, BitSet free, String rule) {
        new PlanVerifier(rule).check(plan, free);
        return true;
    }

    private void check(LogicalPlan plan, BitSet free) {
        BitSet below = (BitSet) free.clone();
        for (LogicalPlan input : plan.inputs()) {
            BitSet seen = free;
            if (plan instanceof Join j && input == j.right()) {
                seen = (BitSet) free.clone();
                seen.or(ColumnSets.output(j.left()));
            }
            check(input, seen);
            below.or(ColumnSets.output(input));
        }
        PlanTree.forEachExpression(plan, e -> checkExpression(e, below));
        for (Column c : plan.columns()) {
            boolean passed =
                    plan.inputs().stream().anyMatch(i -> ColumnSets.output(i).get(c.index()));
            if (!passed) {
                Column before = produced.put(c.index(), c);
                that(before == null, "a column is produced twice [L1]", rule, c);
            }
        }
        checkWidth(plan);
    }

    private void checkWidth(LogicalPlan plan) {
        boolean byPosition = plan instanceof LogicalPlan.UnionAll
                || plan instanceof LogicalPlan.SetDifference
                || plan instanceof LogicalPlan.RecursiveCte;
        if (!byPosition) {
            return;
        }
        for (LogicalPlan input : plan.inputs()) {
            List<Column> columns = input.columns();
            that(columns.size() == plan.columns().size(), "inputs differ in width", rule, plan);
            for (int i = 0; i < columns.size(); i++) {
                boolean sameForm = columns.get(i).type().physical()
                        == plan.columns().get(i).type().physical();
                that(sameForm, "inputs differ in type [L3]", rule, columns.get(i));
            }
        }
    }

    private void checkExpression(Expr e, BitSet below) {
        ExprWalker.visit(e, x -> {
            if (x instanceof Column c) {
                that(below.get(c.index()), "a column is not produced below its use [L2]", rule, c);
                Column source = produced.get(c.index());
                boolean agrees = source == null || source.type().equals(c.type());
                that(agrees, "a column changed its type [L3]", rule, c);
            }
            if (x instanceof Subquery s && s.plan() instanceof LogicalSubplan sub) {
                check(sub.plan(), below);
            }
        });
    }

    private static void that(boolean holds, String invariant, String rule, Object culprit) {
        if (!holds) {
            Check.that(false, invariant + ", after " + rule, "at", culprit);
        }
    }
}
