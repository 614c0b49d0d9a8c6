package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprSet;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Adds what an OR over several tables says of each table alone: from `(a.x = 1 AND b.y = 2) OR (a.x = 3 AND b.y = 4)`
/// it follows that `a.x = 1 OR a.x = 3`, which can be checked before the tables are joined.
final class ImplyAlternatives implements Rule {
    @Override
    public String name() {
        return "imply-alternatives";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(
                plan, node -> node instanceof Filter f && f.input() instanceof Join j ? over(f, j) : node);
    }

    private static LogicalPlan over(Filter f, Join j) {
        List<BitSet> tables = new ArrayList<>();
        relations(j, tables);
        List<Expr> conditions = ExprTree.conjuncts(f.condition());
        List<Expr> all = new ArrayList<>(conditions);
        for (Expr e : conditions) {
            if (e instanceof Logic l && !l.isAnd() && isFree(l)) {
                for (BitSet table : tables) {
                    imply(l, table, all);
                }
            }
        }
        return all.size() == conditions.size() ? f : new Filter(j, new Logic(true, all));
    }

    private static boolean isFree(Expr e) {
        return ExprWalker.isDeterministic(e) && !ExprWalker.hasSubquery(e);
    }

    /// The columns of each relation that conditions may be moved to.
    private static void relations(LogicalPlan plan, List<BitSet> out) {
        if (plan instanceof Join j && j.kind() == JoinKind.INNER) {
            relations(j.left(), out);
            relations(j.right(), out);
        } else if (plan instanceof Join j) {
            relations(j.left(), out);
        } else {
            out.add(ColumnSets.output(plan));
        }
    }

    private static void imply(Logic or, BitSet table, List<Expr> out) {
        BitSet used = ColumnSets.used(or);
        if (!used.intersects(table) || ColumnSets.isSubset(used, table)) {
            return;
        }
        ExprSet alternatives = new ExprSet();
        for (Expr branch : ExprTree.disjuncts(or)) {
            List<Expr> own = new ArrayList<>();
            for (Expr e : ExprTree.conjuncts(branch)) {
                BitSet columns = ColumnSets.used(e);
                if (!columns.isEmpty() && ColumnSets.isSubset(columns, table)) {
                    own.add(e);
                }
            }
            Expr alternative = ExprTree.and(own);
            if (alternative == null) {
                return;
            }
            alternatives.add(alternative);
        }
        Expr implied = ExprTree.or(alternatives.toList());
        if (out.stream().noneMatch(e -> ExprTree.same(e, implied))) {
            out.add(implied);
        }
    }
}
