package io.qomo.serve.lock;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import org.jspecify.annotations.Nullable;

/// Tells the thread of a session to stop what it does, also while it waits on a monitor.
///
/// ```
/// RUNNING --killQuery--> QUERY_KILLED --begin--> RUNNING
///         --expire-----> EXPIRED      --begin--> RUNNING
/// any     --kill-------> KILLED (for good)
/// ```
/// The session's thread calls [#begin], [#check] and [#await]; any thread the others.
public final class Interruption {
    private enum State {
        RUNNING,
        QUERY_KILLED,
        EXPIRED,
        KILLED
    }

    private volatile State state = State.RUNNING;
    private volatile @Nullable Object monitor;

    /// A statement starts: forgets an interruption of the one before.
    public synchronized void begin() {
        if (state != State.KILLED) {
            state = State.RUNNING;
        }
    }

    /// Throws QUERY_INTERRUPTED or QUERY_TIMEOUT if the statement must stop.
    public void check() {
        switch (state) {
            case RUNNING -> {}
            case EXPIRED -> throw new SqlException(ErrorCode.QUERY_TIMEOUT);
            case QUERY_KILLED, KILLED -> throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
        }
    }

    /// True if the statement must stop.
    public boolean isInterrupted() {
        return state != State.RUNNING;
    }

    /// True if the statement's time was over.
    public boolean isExpired() {
        return state == State.EXPIRED;
    }

    /// True after [#kill].
    public boolean isKilled() {
        return state == State.KILLED;
    }

    /// KILL QUERY.
    public void killQuery() {
        stop(State.QUERY_KILLED);
    }

    /// The statement's time is over.
    public void expire() {
        stop(State.EXPIRED);
    }

    /// KILL CONNECTION.
    public void kill() {
        stop(State.KILLED);
    }

    /// Waits on a monitor the caller holds until it is notified, `millis` have passed or the statement is
    /// interrupted. Does not throw for an interruption: the caller checks after putting its state in order.
    public void await(Object heldMonitor, long millis) {
        monitor = heldMonitor;
        try {
            if (!isInterrupted()) {
                heldMonitor.wait(Math.max(1, millis));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(State.QUERY_KILLED);
        } finally {
            monitor = null;
        }
    }

    private void stop(State wanted) {
        synchronized (this) {
            if (state == State.KILLED || (state != State.RUNNING && wanted != State.KILLED)) {
                return;
            }
            state = wanted;
        }
        // The waiter publishes its monitor before it looks at the state, so one of the two sees the other.
        Object waiting = monitor;
        if (waiting != null) {
            synchronized (waiting) {
                waiting.notifyAll();
            }
        }
    }
}
