package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.FunctionalDependencies;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.WithCte;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Removes sorts nobody sees (below joins, groupings, unions, in subqueries without LIMIT), keys of a sort that those
/// before fix already, and moves sorts below projections that pass their keys through.
final class TrimSorts implements Rule {
    @Override
    public String name() {
        return "trim-sorts";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return trim(plan, true);
    }

    /// @param isSeen the order of the rows can be noticed
    private LogicalPlan trim(LogicalPlan plan, boolean isSeen) {
        LogicalPlan node = PlanTree.mapExpressions(plan, e -> ExprTree.rewrite(e, x -> x, sub -> trim(sub, false)));
        return switch (node) {
            case Sort s -> isSeen ? sort(s) : trim(s.input(), false);
            case Limit l -> PlanTree.mapInputs(l, i -> trim(i, true));
            case Filter f -> PlanTree.mapInputs(f, i -> trim(i, isSeen));
            case Project p -> PlanTree.mapInputs(p, i -> trim(i, isSeen));
            case WithCte w -> w.withInputs(List.of(trim(w.definition(), false), trim(w.body(), isSeen)));
            default -> PlanTree.mapInputs(node, i -> trim(i, false));
        };
    }

    private LogicalPlan sort(Sort s) {
        LogicalPlan input = trim(s.input(), false);
        List<SortKey> keys = trimmed(s.keys(), input);
        if (keys.isEmpty()) {
            return input;
        }
        if (input instanceof Project p) {
            List<SortKey> below = Orders.below(keys, p.items());
            boolean passes =
                    below.size() == keys.size() && below.stream().allMatch(k -> k.expression() instanceof Expr.Column);
            if (passes) {
                return new Project(sort(new Sort(p.input(), below)), p.items());
            }
        }
        return input == s.input() && keys.size() == s.keys().size() ? s : new Sort(input, keys);
    }

    /// The keys without those that have one value only, or one for each value of the keys before.
    static List<SortKey> trimmed(List<SortKey> keys, LogicalPlan input) {
        if (keys.isEmpty()) {
            return keys;
        }
        FunctionalDependencies dependencies = FunctionalDependencies.of(input);
        List<SortKey> kept = new ArrayList<>();
        BitSet known = dependencies.closure(new BitSet());
        for (SortKey key : keys) {
            if (key.expression() instanceof Expr.Column c) {
                if (known.get(c.index())) {
                    continue;
                }
                known.set(c.index());
                known = dependencies.closure(known);
            } else if (ColumnSets.used(key.expression()).isEmpty() && ExprWalker.isRowIndependent(key.expression())) {
                continue;
            }
            kept.add(key);
        }
        return kept;
    }
}
