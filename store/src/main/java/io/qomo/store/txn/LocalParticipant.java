package io.qomo.store.txn;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.Command.Room;
import io.qomo.store.replica.mvcc.CommitCommand;
import io.qomo.store.replica.mvcc.ReadSet;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A participant in the process that leads its group. Critical path: a transaction that only reads must
/// cost little beyond its reads.
final class LocalParticipant implements Participant {
    private final GroupLeader leader;
    private final LockOwner owner;
    private final BufferedWrites writes;
    private final LostLocks lostLocks;
    private SnapshotRegistry.@Nullable Slot slot;
    private RecentCommits.@Nullable Watch watch;
    private boolean isWriter;
    private boolean isPinned;

    LocalParticipant(GroupLeader leader, long transactionId, BufferedWrites writes) {
        this.leader = leader;
        this.owner = new LockOwner(transactionId);
        this.writes = writes;
        this.lostLocks = new LostLocks(leader);
    }

    /// The order in which sets of participants are walked depends on the transactions alone.
    @Override
    public int hashCode() {
        return Long.hashCode(owner.id);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /// The transaction as the lock table knows it.
    LockOwner owner() {
        return owner;
    }

    @Override
    public long takeSnapshot(boolean isValidated) {
        leader.confirm();
        SnapshotRegistry.Slot held = slot;
        if (held == null) {
            held = leader.snapshots().open();
            slot = held;
        }
        watchCommits(isValidated);
        return leader.snapshots().take(held, leader.replicator()::appliedTimestamp);
    }

    @Override
    public void adoptSnapshot(long snapshot) {
        leader.confirm();
        SnapshotRegistry.Slot held = slot;
        if (held == null) {
            held = leader.snapshots().open();
            slot = held;
        }
        if (!leader.snapshots().adopt(held, snapshot)) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }
    }

    /// What follows is held by this leader alone.
    private void pin() {
        if (!isPinned) {
            leader.pin();
            isPinned = true;
        }
    }

    /// Has commits remembered before the first read that will be validated.
    private void watchCommits(boolean isValidated) {
        if (isValidated && watch == null) {
            pin();
            watch = leader.replicator().commits().watch();
        }
    }

    @Override
    public void releaseSnapshot() {
        SnapshotRegistry.Slot held = slot;
        if (held != null) {
            leader.snapshots().release(held);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long at) {
        byte[] value = leader.store().get(key, at);
        leader.checkKeepsHistory();
        return value;
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long at) {
        byte[] @Nullable [] values = leader.store().multiGet(keys, at);
        leader.checkKeepsHistory();
        return values;
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long at) {
        KvCursor cursor = leader.store().scan(from, toExclusive, direction, at);
        if (leader.isRetired()) {
            cursor.close();
        }
        leader.checkKeepsHistory();
        return cursor;
    }

    @Override
    public Newest newest(boolean isValidated) {
        leader.confirm();
        pin();
        watchCommits(isValidated);
        SnapshotRegistry snapshots = leader.snapshots();
        SnapshotRegistry.Slot ownSlot = snapshots.open();
        long at = snapshots.take(ownSlot, leader.replicator()::appliedTimestamp);
        return new Newest() {
            @Override
            public long timestamp() {
                return at;
            }

            @Override
            public void close() {
                snapshots.close(ownSlot);
            }
        };
    }

    @Override
    public LockResult lock(byte[] key, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated) {
        leader.confirm();
        pin();
        lostLocks.beforeLock();
        watchCommits(isValidated);
        int waitsBefore = owner.waits;
        if (!leader.locks().acquire(owner, key, mode, policy, waitNanos)) {
            return LockResult.SKIPPED;
        }
        // nobody else writes the key now, so the newest version is the latest committed one
        byte[] value = leader.store().get(key, OrderedStore.LATEST);
        boolean waited = owner.waits != waitsBefore;
        return value == null && !waited ? LockResult.ABSENT : new LockResult(true, value, waited);
    }

    @Override
    public boolean lockRange(
            byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated) {
        if (RangeLocks.covers(owner, from, toExclusive, mode)) {
            return true;
        }
        leader.confirm();
        pin();
        lostLocks.beforeLock();
        watchCommits(isValidated);
        RangeLocks ranges = leader.locks().ranges();
        leader.locks().lockEnd(owner);
        while (true) {
            LockOwner other = ranges.add(owner, from, toExclusive, mode);
            if (other == null) {
                other = leader.writerIn(this, from, toExclusive);
                if (other == null) {
                    ranges.keepLast(owner);
                    return true;
                }
                // Not kept while waiting: the other may have more to insert.
                ranges.removeLast(owner);
            }
            if (!leader.locks().awaitEnd(owner, other, policy, waitNanos)) {
                return false;
            }
        }
    }

    @Override
    public void insert(byte[] key, byte[] value, BufferedWrites buffer, long waitNanos) {
        Check.that(buffer == writes, "the writes are those of the transaction that joined");
        startWriting();
        while (true) {
            LockOwner other;
            synchronized (buffer) {
                other = leader.locks().ranges().blocker(owner, key, LockMode.EXCLUSIVE);
                if (other == null) {
                    buffer.buffer(key, value);
                    return;
                }
            }
            leader.locks().awaitEnd(owner, other, WaitPolicy.WAIT, waitNanos);
        }
    }

    /// Whether a key of the range is written; any thread.
    boolean writesIn(byte[] from, byte[] toExclusive) {
        // the monitor of insert: between its look at the ranges and its write there is no look at the writes
        synchronized (writes) {
            return writes.writesIn(from, toExclusive);
        }
    }

    @Override
    public void startWriting() {
        if (!isWriter) {
            pin();
            isWriter = true;
            leader.startedWriting(this);
        }
    }

    @Override
    public void wrote() {
        owner.writes++;
    }

    @Override
    public Transaction.@Nullable Superseded superseded(byte[] key, long snapshot) {
        if (snapshot >= leader.replicator().appliedTimestamp()) {
            return null;
        }
        byte[] seen = leader.store().get(key, snapshot);
        byte[] latest = leader.store().get(key, OrderedStore.LATEST);
        leader.checkKeepsHistory();
        return Arrays.equals(seen, latest) ? null : new Transaction.Superseded(seen);
    }

    @Override
    public long commit(WriteBatch batch, byte[][] sortedKeys, @Nullable ReadSet reads, boolean makesRoom) {
        lostLocks.validate(owner);
        CommitCommand command = new CommitCommand(batch, sortedKeys, reads, makesRoom ? Room.MAKES : Room.TAKES);
        validate(command);
        return leader.replicator().propose(command);
    }

    @Override
    public void validate(@Nullable ReadSet reads) {
        lostLocks.validate(owner);
        validate(new CommitCommand(new WriteBatch(0), new byte[0][], reads, Room.TAKES));
    }

    /// Compares what was read with the commits so far, ahead of the command's turn.
    private void validate(CommitCommand command) {
        if (command.isValidated()) {
            command.validate(leader.replicator().commits().after(command.validatedTo()));
        }
    }

    @Override
    public void end() {
        if (isWriter) {
            leader.endedWriting(this);
        }
        leader.locks().releaseAll(owner);
        if (isPinned) {
            isPinned = false;
            leader.unpin();
        }
        SnapshotRegistry.Slot held = slot;
        if (held != null) {
            leader.snapshots().close(held);
        }
        RecentCommits.Watch watched = watch;
        if (watched != null) {
            leader.replicator().commits().endWatch(watched);
        }
    }

    @Override
    public void interrupt() {
        owner.interrupt();
    }

    @Override
    public void clearInterrupt() {
        owner.clearInterrupt();
    }
}
