package io.qomo.store.cluster.raft;

/// A node's place in a replication group, whatever keeps the group's log.
public interface GroupMember extends AutoCloseable {
    /// The node that leads, as far as is known here; 0 when none is known.
    long leader();

    /// Stops taking part; the store and the log stay open.
    @Override
    void close();
}
