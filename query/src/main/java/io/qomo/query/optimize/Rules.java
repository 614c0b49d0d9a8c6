package io.qomo.query.optimize;

import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.PlanVerifier;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/// The rules in their order.
final class Rules {
    static final List<Rule> ALL = List.of(
            new FoldConstants(),
            new SimplifyConditions(),
            new InlineCtes(),
            new MergeProjects(),
            new UnnestSubqueries(),
            new ScalarSubqueries(),
            new OuterToInner(),
            new InferEqualities(),
            new ImplyAlternatives(),
            new PushPredicates(),
            new PushSemijoins(),
            new SimplifyConditions(),
            new PruneEmpty(),
            new EliminateDuplicateWork(),
            new TrimSorts(),
            new MergeProjects(),
            new PruneColumns(),
            new MergeProjects());

    private Rules() {}

    /// Applies all rules but those switched off; with assertions on the plan is verified after each.
    static LogicalPlan apply(LogicalPlan plan, RuleContext context, Set<String> disabled) {
        LogicalPlan current = plan;
        BitSet free = ColumnSets.free(plan);
        assert PlanVerifier.verify(current, free, "analyzer");
        for (Rule rule : ALL) {
            if (!disabled.contains(rule.name())) {
                current = rule.apply(current, context);
                assert PlanVerifier.verify(current, free, rule.name());
            }
        }
        return current;
    }
}
