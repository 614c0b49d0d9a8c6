package io.qomo.query.expr;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import org.jspecify.annotations.Nullable;

/// What evaluating an expression may ask of its statement. Owned by the statement's thread.
public interface EvalContext {
    /// sql_mode of the statement.
    SqlMode sqlMode();

    /// True where bad values must be errors: strict mode, in a statement that writes, without IGNORE.
    boolean isStrictWrite();

    /// The session's time zone.
    TimeZoneRule timeZone();

    /// The statement's time for NOW(): microseconds since 1970 UTC (or SET timestamp).
    long statementMicros();

    /// The time of the call for SYSDATE(): microseconds since 1970 UTC.
    long currentMicros();

    /// Adds a warning; beyond max_error_count it is only counted. In a strict write it is thrown as an error if it says
    /// that a value was lost or changed.
    void warn(ErrorCode code, Object... arguments);

    /// Throws QUERY_INTERRUPTED or QUERY_TIMEOUT if the statement was killed; cheap, called once per batch.
    void checkInterrupted();

    /// The statement's memory.
    MemoryAccount memory();

    /// A parameter: a constant vector of the type the plan was made for.
    Vector parameter(int index);

    /// An outer value: a constant vector.
    Vector correlated(int slot);

    /// Runs a subquery of an expression with constant vectors for its bindings.
    SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings);

    /// The session, for functions that ask it.
    SessionFacts session();

    /// The rows of a subquery, batch by batch.
    interface SubqueryRows extends AutoCloseable {
        /// The next batch, valid until the next call, or null at the end.
        @Nullable Batch next();

        @Override
        void close();
    }
}
