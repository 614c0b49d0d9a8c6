package io.qomo.store.cluster;

import io.qomo.store.replica.mvcc.Command;

/// Orders, persists and applies the commands of one group. Thread-safe.
public interface Replicator extends AutoCloseable {
    /// Gives `command` its place and timestamp, evaluates it there, and returns that timestamp once
    /// its batch is durable and applied, and so are all before it \[R1].
    ///
    /// Throws [NotLeaderException] where this node does not lead: nothing was written then. Whatever
    /// the evaluation throws is thrown, and nothing is written; `DISK_FULL` and `READ_ONLY_SERVER`
    /// mean that nothing was written either; `UNKNOWN_OUTCOME` means what it says. Not interruptible.
    long propose(Command command);

    /// Returns if no other node can lead the group at this moment: what is then read of its newest state is
    /// the newest there is. Throws [NotLeaderException] if that cannot be said. Cheap.
    void confirmLeads();

    /// Everything up to this timestamp is applied: the newest consistent snapshot.
    long appliedTimestamp();

    /// Allows the replicas to drop, whenever they like, versions that no read at or above `timestamp` sees
    /// \[S3].
    void dropHistory(long timestamp);

    /// What was committed lately, for those whose reads have to be compared with it.
    SequencedCommits commits();

    /// Refuses new commands with `SERVER_SHUTDOWN` and waits for those on their way.
    @Override
    void close();
}
