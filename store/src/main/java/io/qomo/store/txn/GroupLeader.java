package io.qomo.store.txn;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.MetaCommand;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What the leader of a group keeps for the transactions that use it: locks, snapshots, who writes. All of
/// it is in memory and ends with its leadership.
public final class GroupLeader implements Participants {
    private final OrderedStore store;
    private final Replicator replicator;
    private final LockTable locks;
    private final SnapshotRegistry snapshots;
    private volatile boolean isRetired;
    private volatile boolean isYielding;
    private final LongAdder pinned = new LongAdder();
    /// Transactions of several nodes meet here, whose numbers are not unique.
    private final AtomicLong nextOwner = new AtomicLong();
    /// Participants with buffered writes.
    private final Set<LocalParticipant> writers = ConcurrentHashMap.newKeySet();

    /// The leader of the group whose replica here is `store`, and whose writes go through `replicator`.
    public GroupLeader(OrderedStore store, Replicator replicator, Env env) {
        this.store = store;
        this.replicator = replicator;
        this.locks = new LockTable(env);
        this.snapshots = new SnapshotRegistry(store.historyHorizon());
    }

    @Override
    public Participant join(long transactionId, Participant.BufferedWrites writes) {
        return new LocalParticipant(this, nextOwner.incrementAndGet(), writes);
    }

    @Override
    public long latestTimestamp() {
        replicator.confirmLeads();
        return replicator.appliedTimestamp();
    }

    @Override
    public long lockWaits() {
        return locks.waits();
    }

    @Override
    public long lockWaitNanos() {
        return locks.waitNanos();
    }

    /// The leadership is over: whoever waits for a lock learns it, as does whoever comes with a new request.
    public void retire() {
        isRetired = true;
        locks.close();
    }

    boolean isRetired() {
        return isRetired;
    }

    /// Throws [NotLeaderException] if this node may have dropped versions of snapshots that were taken
    /// here, as the next leader told it to: to be called after a read. No entry of a later leader is
    /// applied here before this one retires.
    void checkKeepsHistory() {
        if (isRetired) {
            throw new NotLeaderException("this node does not lead the group any more");
        }
    }

    /// A transaction is about to hold something that only this leader knows. Throws [NotLeaderException] while
    /// leadership is being handed over: it begins at the next leader.
    void pin() {
        pinned.increment();
        if (isYielding) {
            pinned.decrement();
            throw new NotLeaderException("leadership is being handed over");
        }
    }

    /// What [#pin] told of is over.
    void unpin() {
        pinned.decrement();
    }

    /// Lets no transaction begin to hold something here, or again does, and returns how many still do.
    public long yielding(boolean isOn) {
        isYielding = isOn;
        return pinned.sum();
    }

    /// The snapshots that another node uses.
    public final class Held {
        private final SnapshotRegistry.Slot slot = snapshots.open();
        private boolean isKnown;

        /// A snapshot for the other node, which uses none older than `oldest`; `Long.MAX_VALUE` if it uses none.
        public synchronized Hold take(long oldest) {
            confirm();
            long snapshot = snapshots.hold(slot, oldest, replicator::appliedTimestamp);
            long keptFrom = isKnown ? 0 : snapshots.announced();
            isKnown = true;
            return new Hold(snapshot, keptFrom);
        }

        /// The other node uses none any more.
        public void close() {
            snapshots.close(slot);
        }
    }

    /// A snapshot for another node.
    ///
    /// @param keptFrom what it uses below this is of no use any more
    public record Hold(long snapshot, long keptFrom) {}

    /// Throws [NotLeaderException] unless this node leads.
    public void confirm() {
        checkKeepsHistory();
        replicator.confirmLeads();
    }

    /// Returns when all that has entered the log so far is applied, and anything that has not will never be
    /// committed unless it is proposed anew.
    public void barrier() {
        confirm();
        replicator.propose(new MetaCommand(new WriteBatch(0)));
    }

    /// The value of a meta key, or null.
    public byte @Nullable [] meta(byte[] key) {
        return store.meta(key);
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
        for (RecentCommits.Entry commit : replicator.commits().remembered()) {
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
