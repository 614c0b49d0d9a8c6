package io.qomo.store.txn;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the leader of a group keeps for the transactions that use it: locks, snapshots, who writes. All of it is in
/// memory and ends with its leadership.
public final class GroupLeader {
    private final OrderedStore store;
    private final Replicator replicator;
    private final LockTable locks;
    private final SnapshotRegistry snapshots = new SnapshotRegistry();
    /// Participants with buffered writes.
    private final Set<LocalParticipant> writers = ConcurrentHashMap.newKeySet();

    /// The leader of the group whose replica here is `store`, and whose writes go through `replicator`.
    public GroupLeader(OrderedStore store, Replicator replicator, Env env) {
        this.store = store;
        this.replicator = replicator;
        this.locks = new LockTable(env);
    }

    /// A new transaction's part.
    Participant join(long transactionId, Participant.BufferedWrites writes) {
        return new LocalParticipant(this, transactionId, writes);
    }

    OrderedStore store() {
        return store;
    }

    LockTable locks() {
        return locks;
    }

    SnapshotRegistry snapshots() {
        return snapshots;
    }

    Replicator replicator() {
        return replicator;
    }

    /// Whether a commit after `timestamp`, applied or on its way, wrote `key`.
    boolean isWrittenAfter(byte[] key, long timestamp) {
        for (RecentCommits.Entry commit : replicator.recentCommits()) {
            if (commit.timestamp() > timestamp && commit.contains(key)) {
                return true;
            }
        }
        return store.hasVersionAfter(key, timestamp);
    }

    void startedWriting(LocalParticipant participant) {
        locks.lockEnd(participant.owner());
        writers.add(participant);
    }

    void endedWriting(LocalParticipant participant) {
        writers.remove(participant);
    }

    /// Another transaction that has written, and not committed, a key of the range; or null.
    @Nullable LockOwner writerIn(LocalParticipant asking, byte[] from, byte[] toExclusive) {
        for (LocalParticipant writer : writers) {
            if (writer != asking && writer.writesIn(from, toExclusive)) {
                return writer.owner();
            }
        }
        return null;
    }
}
