package io.qomo.query.exec.context;

import io.qomo.query.plan.PhysicalPlan;

/// Turns plans into operators.
@FunctionalInterface
public interface PlanCompiler {
    /// An operator for the plan, not opened yet.
    Operator compile(PhysicalPlan plan, ExecContext context);
}
