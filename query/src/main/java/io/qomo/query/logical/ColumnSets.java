package io.qomo.query.logical;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Subquery;
import java.util.BitSet;
import java.util.List;

/// Sets of column ids: what expressions and plans produce, use, and leave free.
public final class ColumnSets {
    private ColumnSets() {}

    /// The ids an expression uses, those its subplans leave free included.
    public static BitSet used(Expr e) {
        BitSet out = new BitSet();
        addUsed(e, out);
        return out;
    }

    /// Adds the ids an expression uses.
    public static void addUsed(Expr e, BitSet out) {
        if (e instanceof Column c) {
            out.set(c.index());
            return;
        }
        if (e instanceof Subquery s && s.plan() instanceof LogicalSubplan sub) {
            out.or(free(sub.plan()));
        }
        for (Expr child : ExprWalker.children(e)) {
            addUsed(child, out);
        }
    }

    /// The ids of a node's output.
    public static BitSet output(LogicalPlan plan) {
        return of(plan.columns());
    }

    /// The ids of columns.
    public static BitSet of(List<Column> columns) {
        BitSet out = new BitSet();
        columns.forEach(c -> out.set(c.index()));
        return out;
    }

    /// The ids a plan uses and does not produce: its correlation.
    public static BitSet free(LogicalPlan plan) {
        BitSet used = new BitSet();
        BitSet produced = new BitSet();
        collect(plan, used, produced);
        used.andNot(produced);
        return used;
    }

    /// True if the plan leaves no column free.
    public static boolean isClosed(LogicalPlan plan) {
        return free(plan).isEmpty();
    }

    private static void collect(LogicalPlan plan, BitSet used, BitSet produced) {
        for (LogicalPlan input : plan.inputs()) {
            collect(input, used, produced);
        }
        if (plan.inputs().isEmpty() || producesNew(plan)) {
            plan.columns().forEach(c -> produced.set(c.index()));
        }
        PlanTree.forEachExpression(plan, e -> addUsed(e, used));
    }

    private static boolean producesNew(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Filter f -> false;
            case LogicalPlan.Distinct d -> false;
            case LogicalPlan.Sort s -> false;
            case LogicalPlan.Limit l -> false;
            case LogicalPlan.Join j -> false;
            case LogicalPlan.WithCte w -> false;
            default -> true;
        };
    }

    /// True if every id of `a` is in `b`.
    public static boolean isSubset(BitSet a, BitSet b) {
        if (a.isEmpty()) {
            return true;
        }
        BitSet rest = (BitSet) a.clone();
        rest.andNot(b);
        return rest.isEmpty();
    }
}
