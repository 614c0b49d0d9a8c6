/// Evaluation of typed expressions over batches.
///
/// Entry types: [io.qomo.query.eval.Evaluator] compiles an expression for one statement,
/// [io.qomo.query.eval.Folding] computes what is known before execution, [io.qomo.query.eval.ExprWalker] and
/// [io.qomo.query.eval.ExprRewriter] look at and change trees. What functions compute does not belong here: see
/// `io.qomo.query.function`.
@NullMarked
package io.qomo.query.eval;

import org.jspecify.annotations.NullMarked;
