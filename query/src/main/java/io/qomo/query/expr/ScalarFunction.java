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

    /// The function for one statement and one thread: itself, or an instance that may keep what it derived from
    /// arguments that do not change (a compiled pattern, a hashed list).
    default ScalarFunction forStatement() {
        return this;
    }

    /// True if equal arguments give equal results within one statement (NOW() does, RAND() does not).
    default boolean isDeterministic() {
        return true;
    }

    /// True if the result depends on arguments alone: a call on constants may be folded into a cached plan, and the
    /// function may stand in generated columns and functional indexes.
    default boolean isPure() {
        return isDeterministic();
    }

    /// True if the result depends on the arguments and on settings of the session (its time zone, the
    /// language of names), and on nothing else: what generated columns and CHECK constraints may still
    /// call, though it is not pure.
    default boolean readsSettings() {
        return false;
    }

    /// True if evaluating costs about as much as a comparison and never throws or warns: the evaluator may compute it
    /// for rows that turn out not to need it.
    default boolean isTotal() {
        return false;
    }

    /// True of predicates: the value is 0, 1 or NULL.
    default boolean isPredicate() {
        return false;
    }
}
