package io.qomo.query.explain;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlannedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// FORMAT=TREE: one line per node, inputs indented below it, subqueries of its expressions below those.
public final class TreeFormat {
    private static final String STEP = "    ";

    private final Function<PhysicalPlan, String> annotation;
    private final StringBuilder out = new StringBuilder();
    private int subqueries = 1;

    private TreeFormat(Function<PhysicalPlan, String> annotation) {
        this.annotation = annotation;
    }

    /// The tree with estimates.
    public static String of(PhysicalPlan plan) {
        return of(plan, TreeFormat::estimates);
    }

    /// The tree with a text of the caller's behind each node.
    public static String of(PhysicalPlan plan, Function<PhysicalPlan, String> annotation) {
        TreeFormat format = new TreeFormat(annotation);
        format.node(plan, 0);
        return format.out.toString();
    }

    /// The tree alone.
    public static String outline(PhysicalPlan plan) {
        return of(plan, p -> "");
    }

    /// Cost and rows as MySQL prints them.
    public static String estimates(PhysicalPlan plan) {
        return String.format(
                Locale.ROOT,
                "  (cost=%s rows=%s)",
                number(plan.props().cost()),
                number(plan.props().rows()));
    }

    /// A number with as many digits as tell it apart.
    public static String number(double value) {
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    private void node(PhysicalPlan plan, int depth) {
        line(NodeText.of(plan) + annotation.apply(plan), depth);
        List<PhysicalPlan> inputs = NodeText.inputs(plan);
        for (int i = 0; i < inputs.size(); i++) {
            if (plan instanceof PhysicalPlan.HashJoin && i == 1) {
                line("Hash", depth + 1);
                node(inputs.get(i), depth + 2);
            } else {
                node(inputs.get(i), depth + 1);
            }
        }
        for (Expr.Subquery s : subqueriesOf(plan)) {
            if (s.plan() instanceof PlannedQuery query) {
                subqueries++;
                String how = s.bindings().isEmpty() ? "run only once" : "dependent";
                line("Select #" + subqueries + " (subquery; " + how + ")", depth + 1);
                node(query.root(), depth + 2);
            }
        }
    }

    private void line(String text, int depth) {
        out.append(STEP.repeat(depth)).append("-> ").append(text).append('\n');
    }

    /// The subqueries in a node's own expressions.
    static List<Expr.Subquery> subqueriesOf(PhysicalPlan plan) {
        List<Expr.Subquery> found = new ArrayList<>();
        for (Expr e : NodeExpressions.of(plan)) {
            ExprWalker.visit(e, x -> {
                if (x instanceof Expr.Subquery s) {
                    found.add(s);
                }
            });
        }
        return found;
    }
}
