package io.qomo.query.optimize;

import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.UnionAll;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.PlanTree;
import java.util.ArrayList;
import java.util.List;

/// Removes what gives no rows: above an empty input there is nothing to do. LIMIT 0 is empty too.
final class PruneEmpty implements Rule {
    @Override
    public String name() {
        return "prune-empty";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return PlanTree.rewrite(plan, PruneEmpty::prune);
    }

    private static boolean isEmpty(LogicalPlan plan) {
        return plan instanceof Values v && v.rows().isEmpty();
    }

    private static LogicalPlan empty(LogicalPlan like) {
        return new Values(like.columns(), List.of());
    }

    private static LogicalPlan prune(LogicalPlan node) {
        return switch (node) {
            case Filter f -> isEmpty(f.input()) ? empty(f) : f;
            case Project p -> isEmpty(p.input()) ? empty(p) : p;
            case Sort s -> isEmpty(s.input()) ? empty(s) : s;
            case Distinct d -> isEmpty(d.input()) ? empty(d) : d;
            case Window w -> isEmpty(w.input()) ? empty(w) : w;
            case Limit l -> isEmpty(l.input()) || isZero(l) ? empty(l) : l;
            case Aggregate a -> isEmpty(a.input()) && !a.groups().isEmpty() && a.grouping() == null ? empty(a) : a;
            case UnionAll u -> union(u);
            case Join j -> join(j);
            default -> node;
        };
    }

    private static boolean isZero(Limit l) {
        return l.count() instanceof Constant c
                && !c.value().isNull(0)
                && c.value() instanceof LongVector v
                && v.get(0) == 0;
    }

    private static LogicalPlan union(UnionAll u) {
        List<LogicalPlan> kept = u.inputs().stream().filter(i -> !isEmpty(i)).toList();
        if (kept.size() == u.inputs().size()) {
            return u;
        }
        if (kept.isEmpty()) {
            return empty(u);
        }
        return kept.size() == 1 ? renamed(kept.getFirst(), u.columns()) : new UnionAll(u.columns(), kept);
    }

    /// The rows of a plan under other ids.
    static LogicalPlan renamed(LogicalPlan plan, List<Column> columns) {
        List<Item> items = new ArrayList<>();
        List<Column> from = plan.columns();
        for (int i = 0; i < columns.size(); i++) {
            items.add(new Item(columns.get(i), from.get(i)));
        }
        return new Project(plan, items);
    }

    private static LogicalPlan join(Join j) {
        boolean left = isEmpty(j.left());
        boolean right = isEmpty(j.right());
        return switch (j.kind()) {
            case INNER, SEMI -> left || right ? empty(j) : j;
            case ANTI, ANTI_NULL_AWARE -> left ? empty(j) : right ? j.left() : j;
            case LEFT -> left ? empty(j) : right ? withNulls(j) : j;
        };
    }

    private static LogicalPlan withNulls(Join j) {
        List<Item> items = new ArrayList<>(PlanTree.identity(j.left().columns()));
        for (Column c : j.right().columns()) {
            Expr none = new Constant(Vector.constantNull(c.type()));
            items.add(new Item(LogicalPlan.nullableForm(c), none));
        }
        return new Project(j.left(), items);
    }
}
