package io.qomo.store.cluster;

import io.qomo.store.replica.mvcc.Command;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A command in the replicator's queue and the thread that waits for it.
///
/// ```
/// QUEUED ─ appoint ─→ LEADER ─ (its thread writes the group) ─→ DONE | FAILED
///    └──── finish, by the leader of its group ──────────────────→ DONE | FAILED
/// ```
final class Proposal {
    enum State {
        QUEUED,
        LEADER,
        DONE,
        FAILED
    }

    final Command command;
    final long timestamp;
    private final Thread waiter = Thread.currentThread();
    private volatile State state;
    private @Nullable RuntimeException failure;

    Proposal(Command command, long timestamp, State state) {
        this.command = command;
        this.timestamp = timestamp;
        this.state = state;
    }

    /// Makes its thread write the next group.
    void appoint() {
        state = State.LEADER;
        LockSupport.unpark(waiter);
    }

    /// Tells its thread the outcome; null is success.
    void finish(@Nullable RuntimeException error) {
        failure = error;
        state = error == null ? State.DONE : State.FAILED;
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

    /// The error of a failed proposal.
    @Nullable RuntimeException failure() {
        return failure;
    }
}
