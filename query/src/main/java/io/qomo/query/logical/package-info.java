/// Logical plans: what a query means, before it is decided how to run it.
///
/// Entry type: [io.qomo.query.logical.LogicalPlan]. Columns are named by query-wide unique ids
/// ([io.qomo.query.expr.Expr.Column#index]).
///
/// Invariants:
/// - \[L1] Every id is produced by exactly one node of a plan, subplans of expressions included; a node that passes a
///   column through keeps its id.
/// - \[L2] A column an expression uses is produced by an input of its node, or it is *free*: then it belongs to an
///   enclosing query, or (a join's right side only) to the left side of the join, which is then lateral.
/// - \[L3] The types of uses and producers agree; a use may claim to be nullable where the producer is not.
///
/// Nodes are immutable; a rewrite returns the same instance when nothing changed. Names and scopes are the analyzer's;
/// access paths and join algorithms the optimizer's.
@NullMarked
package io.qomo.query.logical;

import org.jspecify.annotations.NullMarked;
