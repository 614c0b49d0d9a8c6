package io.qomo.store.txn;

/// Where the transactions of this node find their part in the group. Thread-safe.
public interface Participants {
    /// The part of a new transaction; costs nothing yet.
    Participant join(long transactionId, Participant.BufferedWrites writes);

    /// The timestamp up to which every commit is visible.
    long latestTimestamp();

    /// Waits for locks since the start, where the locks are kept here.
    long lockWaits();

    /// How long they took together.
    long lockWaitNanos();
}
