package io.qomo.store.txn;

/// What a lock request does when another transaction stands in its way.
public enum WaitPolicy {
    /// Waits in line up to the lock wait timeout.
    WAIT,
    /// Throws `LOCK_NOWAIT`.
    NOWAIT,
    /// Answers that the lock was not granted, and takes nothing.
    SKIP_LOCKED
}
