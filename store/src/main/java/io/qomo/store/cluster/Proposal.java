package io.qomo.store.cluster;

import io.qomo.store.replica.mvcc.Command;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A command in a replicator's queue and the thread that waits for it.
///
/// ```
/// QUEUED ─ appoint ─→ LEADER ─ (its thread writes the group) ─→ DONE | FAILED
///    └──── finish, by the leader of its group ──────────────────→ DONE | FAILED
/// ```
public final class Proposal {
    /// Where it stands.
    public enum State {
        /// Waits to be written by another's thread, or to be appointed.
        QUEUED,
        /// Its thread has to write the group at the head of the queue.
        LEADER,
        /// Durable and applied.
        DONE,
        /// Not, or not known to be.
        FAILED
    }

    /// What it proposes.
    public final Command command;
    /// Its place.
    public final long timestamp;
    private final Thread waiter = Thread.currentThread();
    private volatile State state;
    private @Nullable RuntimeException failure;

    /// Made by the thread that waits for it.
    public Proposal(Command command, long timestamp, State state) {
        this.command = command;
        this.timestamp = timestamp;
        this.state = state;
    }

    /// Makes its thread write the next group.
    public void appoint() {
        state = State.LEADER;
        LockSupport.unpark(waiter);
    }

    /// Tells its thread the outcome; null is success.
    public void finish(@Nullable RuntimeException error) {
        failure = error;
        state = error == null ? State.DONE : State.FAILED;
        if (waiter != Thread.currentThread()) {
            LockSupport.unpark(waiter);
        }
    }

    /// Waits until the outcome is known or this thread has to lead. Interrupts are kept for later.
    public State await() {
        awaitNot(State.QUEUED);
        return state;
    }

    /// Waits until the outcome is known, also of a leader's own.
    public void awaitOutcome() {
        awaitNot(State.LEADER);
    }

    private void awaitNot(State present) {
        boolean wasInterrupted = false;
        while (state == present) {
            LockSupport.park(this);
            wasInterrupted |= Thread.interrupted();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The error of a failed proposal.
    public @Nullable RuntimeException failure() {
        return failure;
    }
}
