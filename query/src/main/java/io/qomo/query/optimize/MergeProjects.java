package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.PlanTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merges projections over projections, and removes those that only leave columns out where the node above does not
/// care
/// which columns there are besides.
final class MergeProjects implements Rule {
    @Override
    public String name() {
        return "merge-projects";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return merge(plan, true);
    }

    /// @param isExact whoever reads the rows counts on these columns and no others
    private LogicalPlan merge(LogicalPlan plan, boolean isExact) {
        LogicalPlan node = PlanTree.mapExpressions(plan, e -> ExprTree.rewrite(e, x -> x, sub -> merge(sub, true)));
        return switch (node) {
            case Project p -> project(p, isExact);
            case Filter f -> PlanTree.mapInputs(f, i -> merge(i, isExact));
            case Sort s -> PlanTree.mapInputs(s, i -> merge(i, isExact));
            case Limit l -> PlanTree.mapInputs(l, i -> merge(i, isExact));
            case Join j -> join(j, isExact);
            case Window w -> PlanTree.mapInputs(w, i -> merge(i, isExact));
            case Aggregate a -> PlanTree.mapInputs(a, i -> merge(i, false));
            default -> PlanTree.mapInputs(node, i -> merge(i, true));
        };
    }

    private LogicalPlan join(Join j, boolean isExact) {
        boolean half = j.columns().size() == j.left().columns().size();
        LogicalPlan left = merge(j.left(), isExact);
        LogicalPlan right = merge(j.right(), isExact && !half);
        return j.withInputs(List.of(left, right));
    }

    private LogicalPlan project(Project p, boolean isExact) {
        LogicalPlan input = merge(p.input(), false);
        List<Item> items = p.items();
        while (input instanceof Project below) {
            List<Item> merged = merged(items, below);
            if (merged == null) {
                break;
            }
            items = merged;
            input = below.input();
        }
        boolean passes = items.stream().allMatch(MergeProjects::isPassing);
        if (passes && (!isExact || isWhole(items, input))) {
            return input;
        }
        return items == p.items() && input == p.input() ? p : new Project(input, items);
    }

    static boolean isPassing(Item item) {
        return item.expression() instanceof Column c
                && c.index() == item.column().index();
    }

    private static boolean isWhole(List<Item> items, LogicalPlan input) {
        List<Column> columns = input.columns();
        if (columns.size() != items.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).index() != items.get(i).column().index()) {
                return false;
            }
        }
        return true;
    }

    /// The items over the input of the projection below, or null if something would be computed twice.
    private static @Nullable List<Item> merged(List<Item> items, Project below) {
        Map<Integer, Expr> byId = new HashMap<>();
        Map<Integer, Integer> uses = new HashMap<>();
        for (Item item : below.items()) {
            byId.put(item.column().index(), item.expression());
        }
        boolean[] inSubquery = new boolean[1];
        for (Item item : items) {
            ExprWalker.visit(item.expression(), e -> {
                if (e instanceof Column c) {
                    uses.merge(c.index(), 1, Integer::sum);
                }
                inSubquery[0] |= e instanceof Expr.Subquery;
            });
        }
        for (Map.Entry<Integer, Expr> e : byId.entrySet()) {
            Expr value = e.getValue();
            boolean cheap = value instanceof Column || value instanceof Constant;
            int used = uses.getOrDefault(e.getKey(), 0);
            boolean deterministic = ExprWalker.isDeterministic(value);
            if (!deterministic || (!cheap && (used > 1 || inSubquery[0]))) {
                return null;
            }
        }
        List<Item> out = new ArrayList<>();
        for (Item item : items) {
            out.add(new Item(item.column(), ExprTree.substitute(item.expression(), byId)));
        }
        return out;
    }
}
