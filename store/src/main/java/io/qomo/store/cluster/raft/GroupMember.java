package io.qomo.store.cluster.raft;

/// A node's place in a replication group, whatever keeps the group's log.
public interface GroupMember extends AutoCloseable {
    /// The node that leads, as far as is known here; 0 when none is known.
    long leader();

    /// Whether the replica here shows, at a timestamp that a leader gave for a snapshot, what the leader
    /// shows: everything up to it is applied, and no history above it is gone. To be asked before a read
    /// and after it.
    boolean holds(long timestamp);

    /// Stops taking part; the store and the log stay open.
    @Override
    void close();
}
