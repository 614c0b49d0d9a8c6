package io.qomo.store.cluster.raft;

import java.nio.ByteBuffer;

/// The log of a group as its leader in one term sees it. Thread-safe.
interface EntryLog {
    /// Hands an entry over and returns without waiting for it. Once it is committed the log has `group`
    /// [applied][LeaderReplicator.CommitGroup#apply], in the order of the log, and then tells it so;
    /// else it tells it that the entry was refused, or that nothing is known.
    void append(ByteBuffer entry, LeaderReplicator.CommitGroup group);

    /// As [io.qomo.store.cluster.Replicator#confirmLeads].
    void confirmLeads();
}
