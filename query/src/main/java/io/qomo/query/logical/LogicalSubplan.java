package io.qomo.query.logical;

import io.qomo.query.expr.Subplan;

/// The plan of a subquery in an expression of a logical plan; its free columns are its correlation.
public record LogicalSubplan(LogicalPlan plan) implements Subplan {}
