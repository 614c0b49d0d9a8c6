package io.qomo.query.optimize;

import io.qomo.query.logical.LogicalPlan;

/// A rewrite of a whole plan, subplans of expressions included, that keeps its meaning and its output columns.
interface Rule {
    /// By which it is switched off, in kebab case.
    String name();

    /// The plan rewritten; the same instance if the rule does not fire.
    LogicalPlan apply(LogicalPlan plan, RuleContext context);
}
