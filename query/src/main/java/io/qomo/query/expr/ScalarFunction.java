package io.qomo.query.expr;

import io.qomo.base.vector.Vector;

/// A function bound to argument types: the kernel that computes a vector from vectors.
///
/// Implementations are immutable and shared by threads; per-statement state lives in the context.
public interface ScalarFunction {
    /// The SQL name, for EXPLAIN and errors.
    String name();

    /// Computes rows 0 to `rows` − 1 of `out`, which has been reset, has room, and has the type of the call.
    /// Arguments may be constant vectors; a function may make `out` constant if all of them are.
    void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out);

    /// True if equal arguments give equal results within one statement (NOW() does, RAND() does not).
    default boolean isDeterministic() {
        return true;
    }

    /// True if the result depends on arguments alone: a call on constants may be folded into a cached plan, and the
    /// function may stand in generated columns and functional indexes.
    default boolean isPure() {
        return isDeterministic();
    }
}
