package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Pulls the conditions of a subquery that speak of enclosing queries up to its top.
///
/// What cannot be pulled (from below groupings, limits, unions) stays; the plan then still has free columns, and a join
/// with it is lateral.
final class Decorrelator {
    private final BitSet free;
    private final List<Expr> pulled = new ArrayList<>();

    private Decorrelator(BitSet free) {
        this.free = free;
    }

    /// A plan and the conditions taken out of it, over its columns and free ones.
    record Result(LogicalPlan plan, List<Expr> conditions) {}

    static Result pull(LogicalPlan plan) {
        BitSet free = ColumnSets.free(plan);
        if (free.isEmpty()) {
            return new Result(plan, List.of());
        }
        Decorrelator d = new Decorrelator(free);
        return new Result(d.strip(plan), d.pulled);
    }

    private boolean isCorrelated(Expr e) {
        return ColumnSets.used(e).intersects(free);
    }

    private LogicalPlan strip(LogicalPlan plan) {
        return switch (plan) {
            case Filter f -> filter(f);
            case Project p -> project(p);
            case Sort s -> s.withInputs(List.of(strip(s.input())));
            case Join j -> join(j);
            default -> plan;
        };
    }

    private LogicalPlan filter(Filter f) {
        LogicalPlan input = strip(f.input());
        List<Expr> stay = new ArrayList<>();
        for (Expr e : ExprTree.conjuncts(f.condition())) {
            boolean moves = isCorrelated(e) && ExprWalker.isDeterministic(e) && !ExprWalker.hasSubquery(e);
            (moves ? pulled : stay).add(e);
        }
        Expr condition = ExprTree.and(stay);
        return condition == null ? input : new Filter(input, condition);
    }

    /// Conditions that pass a projection find their columns above it.
    private LogicalPlan project(Project p) {
        boolean deterministic = p.items().stream().allMatch(i -> ExprWalker.isDeterministic(i.expression()));
        if (!deterministic) {
            return p;
        }
        int before = pulled.size();
        LogicalPlan input = strip(p.input());
        BitSet needed = new BitSet();
        pulled.subList(before, pulled.size()).forEach(e -> ColumnSets.addUsed(e, needed));
        List<Item> items = new ArrayList<>(p.items());
        items.forEach(i -> needed.clear(i.column().index()));
        for (Column c : input.columns()) {
            if (needed.get(c.index())) {
                items.add(new Item(c, c));
            }
        }
        return new Project(input, items);
    }

    private LogicalPlan join(Join j) {
        LogicalPlan left = strip(j.left());
        LogicalPlan right = j.kind() == JoinKind.INNER ? strip(j.right()) : j.right();
        Expr condition = j.condition();
        if (j.kind() == JoinKind.INNER && condition != null) {
            List<Expr> stay = new ArrayList<>();
            for (Expr e : ExprTree.conjuncts(condition)) {
                boolean moves = isCorrelated(e) && ExprWalker.isDeterministic(e) && !ExprWalker.hasSubquery(e);
                (moves ? pulled : stay).add(e);
            }
            condition = ExprTree.and(stay);
        }
        return new Join(j.kind(), left, right, condition, j.straight());
    }
}
