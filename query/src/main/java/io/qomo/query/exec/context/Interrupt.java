package io.qomo.query.exec.context;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;

/// The switch that stops a statement: KILL sets it from another thread, a deadline does by itself.
public final class Interrupt {
    /// No deadline.
    public static final long NEVER = Long.MAX_VALUE;

    private final Env env;
    private volatile boolean killed;
    private volatile boolean hasDeadline;
    private volatile long deadlineNanos;

    /// A switch that is off, without a deadline.
    public Interrupt(Env env) {
        this.env = env;
    }

    /// Switches off and sets the time left, [#NEVER] for no limit: before each statement.
    public void arm(long timeoutNanos) {
        killed = false;
        limit(timeoutNanos);
    }

    /// Sets the time left from now on, [#NEVER] for no limit; a kill that has come stays.
    public void limit(long timeoutNanos) {
        hasDeadline = timeoutNanos != NEVER;
        deadlineNanos = hasDeadline ? env.nanoTime() + timeoutNanos : 0;
    }

    /// Stops the statement at its next check; any thread.
    public void kill() {
        killed = true;
    }

    /// True once killed or late.
    public boolean isSet() {
        return killed || isLate();
    }

    /// Throws QUERY_INTERRUPTED or QUERY_TIMEOUT if the switch is on.
    public void check() {
        if (killed) {
            throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
        }
        if (isLate()) {
            throw new SqlException(ErrorCode.QUERY_TIMEOUT);
        }
    }

    /// The time left before the deadline, at least 0; [#NEVER] without one.
    public long remainingNanos() {
        return hasDeadline ? Math.max(0, deadlineNanos - env.nanoTime()) : NEVER;
    }

    /// True once the deadline has passed.
    public boolean isLate() {
        return hasDeadline && env.nanoTime() - deadlineNanos >= 0;
    }
}
