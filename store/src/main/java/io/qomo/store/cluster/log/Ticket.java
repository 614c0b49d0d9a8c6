package io.qomo.store.cluster.log;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A change in the queue and the thread that waits for it.
///
/// ```
/// QUEUED ─ appoint ─→ LEADER ─ (its thread writes the flush) ─→ DONE
///    └──── finish, by the leader of its flush ───────────────→ DONE
/// ```
final class Ticket {
    enum State {
        QUEUED,
        LEADER,
        DONE
    }

    final LogChange change;
    final long sizeBytes;
    /// Where the leader wrote it.
    long offset;
    /// Set by the leader before it is finished.
    @Nullable RuntimeException failure;

    private final Thread waiter = Thread.currentThread();
    private volatile State state;

    Ticket(LogChange change, State state) {
        this.change = change;
        this.sizeBytes = change.sizeBytes();
        this.state = state;
    }

    /// Makes its thread write the next flush.
    void appoint() {
        state = State.LEADER;
        LockSupport.unpark(waiter);
    }

    /// Tells its thread that the outcome is known.
    void finish() {
        state = State.DONE;
        if (waiter != Thread.currentThread()) {
            LockSupport.unpark(waiter);
        }
    }

    /// Waits until the outcome is known or this thread has to lead. Interrupts are kept for later.
    State await() {
        boolean wasInterrupted = false;
        while (state == State.QUEUED) {
            LockSupport.park(this);
            wasInterrupted |= Thread.interrupted();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return state;
    }
}
