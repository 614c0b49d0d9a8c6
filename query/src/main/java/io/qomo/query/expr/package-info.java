/// Typed expressions, the functions they call, and what a function may ask of its surroundings.
///
/// Entry types: [io.qomo.query.expr.Expr], [io.qomo.query.expr.FunctionDefinition]. One evaluator serves folding,
/// DEFAULT,
/// CHECK, generated columns and execution.
@NullMarked
package io.qomo.query.expr;

import org.jspecify.annotations.NullMarked;
