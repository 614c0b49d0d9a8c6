package io.qomo.store.txn;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.Command.Room;
import io.qomo.store.replica.mvcc.CommitCommand;
import io.qomo.store.replica.mvcc.ReadSet;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction whose keys live in one group. Critical path: a read-only one must cost little
/// beyond its reads.
final class CoordinatedTransaction implements Transaction {
    private static final int MAX_KEY_BYTES = 60_000;
    private static final int RESERVED_AT_ONCE_BYTES = 16 << 10;
    /// Transactions up to this size find room when large ones have filled all they may.
    private static final int SMALL_BYTES = 1 << 20;

    private final Coordinator coordinator;
    private final TransactionOptions options;
    private final LockOwner owner;
    private final WriteBuffer writes = new WriteBuffer();
    private final List<byte[][]> droppedRanges = new ArrayList<>(0);
    private final List<TrackedCursor> cursors = new ArrayList<>(2);
    private final @Nullable ReadSet reads;
    private SnapshotRegistry.@Nullable Slot slot;
    private RecentCommits.@Nullable Watch watch;
    private final LostLocks lostLocks;
    private long snapshot;
    private boolean hasSnapshot;
    private boolean hasLatestReads;
    private boolean isWriter;
    private boolean isActive = true;
    private long lockWaitNanos;
    /// Held of the memory for buffered writes, what is written and a little ahead.
    private long reservedBytes;

    CoordinatedTransaction(Coordinator coordinator, long id, TransactionOptions options) {
        this.coordinator = coordinator;
        this.options = options;
        this.owner = new LockOwner(id);
        this.lockWaitNanos = nanos(options.lockWaitTimeout());
        this.reads = options.isolation() == IsolationLevel.SERIALIZABLE ? new ReadSet() : null;
        this.lostLocks = new LostLocks(coordinator);
    }

    @Override
    public long id() {
        return owner.id;
    }

    @Override
    public IsolationLevel isolation() {
        return options.isolation();
    }

    @Override
    public boolean isReadOnly() {
        return options.readOnly();
    }

    @Override
    public boolean isActive() {
        return isActive;
    }

    @Override
    public boolean hasWrites() {
        return !writes.isEmpty() || !droppedRanges.isEmpty();
    }

    @Override
    public long bufferedBytes() {
        return writes.bytes();
    }

    @Override
    public void startStatement() {
        owner.clearInterrupt();
        if (options.isolation() == IsolationLevel.READ_COMMITTED && hasSnapshot && cursors.isEmpty()) {
            hasSnapshot = false;
            SnapshotRegistry.Slot held = slot;
            if (held != null) {
                coordinator.snapshots().release(held);
            }
        }
    }

    @Override
    public long snapshot() {
        if (!hasSnapshot) {
            checkActive();
            takeSnapshot();
        }
        return snapshot;
    }

    @Override
    public boolean hasSnapshot() {
        return hasSnapshot;
    }

    private void takeSnapshot() {
        SnapshotRegistry.Slot held = slot;
        if (held == null) {
            held = coordinator.snapshots().open();
            slot = held;
        }
        watchCommits();
        snapshot = coordinator.snapshots().take(held, coordinator.replicator()::appliedTimestamp);
        hasSnapshot = true;
    }

    /// Has commits remembered before the first read that will be validated.
    private void watchCommits() {
        if (reads != null && watch == null) {
            watch = coordinator.replicator().watch();
        }
    }

    @Override
    public void lockWaitTimeout(Duration timeout) {
        lockWaitNanos = nanos(timeout);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        checkActive();
        if (!writes.isEmpty()) {
            WriteBuffer.Write own = writes.get(key);
            if (own != null) {
                return own.value;
            }
        }
        long at = snapshot();
        if (reads != null) {
            reads.addKey(key, at);
        }
        return coordinator.store().get(key, at);
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys) {
        checkActive();
        return multiGet(keys, snapshot(), true);
    }

    @Override
    public byte[] @Nullable [] multiGetLatest(byte[][] keys) {
        checkActive();
        watchCommits();
        hasLatestReads = true;
        SnapshotRegistry.Slot ownSlot = coordinator.snapshots().open();
        try {
            return multiGet(
                    keys, coordinator.snapshots().take(ownSlot, coordinator.replicator()::appliedTimestamp), false);
        } finally {
            coordinator.snapshots().close(ownSlot);
        }
    }

    private byte[] @Nullable [] multiGet(byte[][] keys, long at, boolean isSnapshot) {
        byte[] @Nullable [] values = coordinator.store().multiGet(keys, at);
        for (int i = 0; i < keys.length; i++) {
            WriteBuffer.Write own =
                    writes.isEmpty() ? null : isSnapshot ? writes.get(keys[i]) : writes.getReal(keys[i]);
            if (own != null) {
                values[i] = own.value;
            } else if (reads != null) {
                reads.addKey(keys[i], at);
            }
        }
        return values;
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, ReadMode mode) {
        checkActive();
        SnapshotRegistry.Slot ownSlot = null;
        long at;
        if (mode == ReadMode.SNAPSHOT) {
            at = snapshot();
        } else {
            watchCommits();
            hasLatestReads = true;
            ownSlot = coordinator.snapshots().open();
            at = coordinator.snapshots().take(ownSlot, coordinator.replicator()::appliedTimestamp);
        }
        KvCursor cursor = coordinator.store().scan(from, toExclusive, direction, at);
        if (!writes.isEmpty()) {
            cursor = new MergeCursor(cursor, writes, from, toExclusive, direction, mode == ReadMode.SNAPSHOT);
        }
        TrackedCursor tracked = new TrackedCursor(this, cursor, ownSlot, from, toExclusive, direction, at);
        cursors.add(tracked);
        return tracked;
    }

    /// A cursor of [#scan] was closed.
    void cursorClosed(TrackedCursor cursor, SnapshotRegistry.@Nullable Slot ownSlot) {
        if (ownSlot != null) {
            coordinator.snapshots().close(ownSlot);
        }
        for (int i = cursors.size() - 1; i >= 0; i--) {
            if (cursors.get(i) == cursor) {
                cursors.remove(i);
                return;
            }
        }
    }

    /// The transaction as the lock table knows it.
    LockOwner owner() {
        return owner;
    }

    /// What the transaction has to remember of its reads, if it has to.
    @Nullable ReadSet reads() {
        return reads;
    }

    @Override
    public LockResult lock(byte[] key, LockMode mode, WaitPolicy policy) {
        checkActive();
        checkKey(key);
        if (mode == LockMode.EXCLUSIVE) {
            checkWritable();
        }
        lostLocks.beforeLock();
        watchCommits();
        hasLatestReads = true;
        int waitsBefore = owner.waits;
        try {
            if (!coordinator.locks().acquire(owner, key, mode, policy, lockWaitNanos)) {
                return LockResult.SKIPPED;
            }
        } catch (SqlException e) {
            if (e.code() == ErrorCode.DEADLOCK) {
                rollback();
            }
            throw e;
        }
        WriteBuffer.Write own = writes.isEmpty() ? null : writes.getReal(key);
        // nobody else writes the key now, so the newest version is the latest committed one
        byte[] value = own != null ? own.value : coordinator.store().get(key, OrderedStore.LATEST);
        boolean waited = owner.waits != waitsBefore;
        return value == null && !waited ? LockResult.ABSENT : new LockResult(true, value, waited);
    }

    @Override
    public boolean lockRange(byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy) {
        checkActive();
        if (mode == LockMode.EXCLUSIVE) {
            checkWritable();
        }
        if (RangeLocks.covers(owner, from, toExclusive, mode)) {
            return true;
        }
        lostLocks.beforeLock();
        watchCommits();
        hasLatestReads = true;
        RangeLocks ranges = coordinator.locks().ranges();
        coordinator.locks().lockEnd(owner);
        while (true) {
            LockOwner other = ranges.add(owner, from, toExclusive, mode);
            if (other == null) {
                other = coordinator.writerIn(this, from, toExclusive);
                if (other == null) {
                    ranges.keepLast(owner);
                    return true;
                }
                // Not kept while waiting: the other may have more to insert.
                ranges.removeLast(owner);
            }
            if (!awaitEnd(other, policy)) {
                return false;
            }
        }
    }

    private boolean awaitEnd(LockOwner other, WaitPolicy policy) {
        try {
            return coordinator.locks().awaitEnd(owner, other, policy, lockWaitNanos);
        } catch (SqlException e) {
            if (e.code() == ErrorCode.DEADLOCK) {
                rollback();
            }
            throw e;
        }
    }

    @Override
    public void insert(byte[] key, byte[] value) {
        checkActive();
        startWriting();
        while (true) {
            LockOwner other;
            // Who locks a range first and then looks at this buffer sees the key, or is seen here.
            synchronized (writes) {
                other = coordinator.locks().ranges().blocker(owner, key, LockMode.EXCLUSIVE);
                if (other == null) {
                    write(key, value);
                    return;
                }
            }
            awaitEnd(other, WaitPolicy.WAIT);
        }
    }

    /// Whether a key of the range is written; any thread.
    boolean writesIn(byte[] from, byte[] toExclusive) {
        return writes.hasKeyIn(from, toExclusive);
    }

    private void startWriting() {
        if (!isWriter) {
            isWriter = true;
            coordinator.startedWriting(this);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        write(key, value);
    }

    @Override
    public void delete(byte[] key) {
        write(key, null);
    }

    private void write(byte[] key, byte @Nullable [] value) {
        checkActive();
        checkKey(key);
        checkWritable();
        long bytes = writes.bytes() + key.length + (value == null ? 0 : value.length);
        if (bytes > options.maxBytes()) {
            throw new SqlException(ErrorCode.TRANSACTION_TOO_LARGE, options.maxBytes());
        }
        if (bytes > reservedBytes) {
            reserve(bytes);
        }
        startWriting();
        writes.write(key, value);
        owner.writes++;
    }

    private void reserve(long bytes) {
        long more = Math.max(RESERVED_AT_ONCE_BYTES, bytes - reservedBytes);
        MemoryAccount buffers = coordinator.buffers();
        boolean isSmall = bytes <= SMALL_BYTES;
        if (isSmall ? !buffers.tryReserveLast(more) : !buffers.tryReserve(more)) {
            throw new SqlException(
                    ErrorCode.TRANSACTION_TOO_LARGE, buffers.limitBytes() - buffers.usedBytes() + reservedBytes);
        }
        reservedBytes += more;
    }

    @Override
    public @Nullable Superseded superseded(byte[] key) {
        checkActive();
        if (!hasSnapshot
                || options.isolation() == IsolationLevel.READ_COMMITTED
                || snapshot >= coordinator.replicator().appliedTimestamp()
                || writes.getReal(key) != null) {
            return null;
        }
        byte[] seen = coordinator.store().get(key, snapshot);
        byte[] latest = coordinator.store().get(key, OrderedStore.LATEST);
        return Arrays.equals(seen, latest) ? null : new Superseded(seen);
    }

    @Override
    public void view(byte[] key, byte @Nullable [] value) {
        checkActive();
        writes.view(key, value);
    }

    @Override
    public void dropRange(byte[] from, byte[] toExclusive) {
        checkActive();
        checkWritable();
        checkKey(from);
        checkKey(toExclusive);
        droppedRanges.add(new byte[][] {from, toExclusive});
    }

    @Override
    public Savepoint savepoint() {
        return new Savepoint(writes.mark(), droppedRanges.size());
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        checkActive();
        Check.that(savepoint.sequence() <= writes.sequence(), "savepoint is from the future");
        writes.rollbackTo(savepoint.sequence());
        droppedRanges.subList(savepoint.droppedRanges(), droppedRanges.size()).clear();
    }

    @Override
    public long commit() {
        checkActive();
        try {
            closeCursors();
            if (hasWrites()) {
                return coordinator.commit(command());
            }
            if (hasLatestReads) {
                coordinator.validate(command());
            }
            return 0;
        } finally {
            end();
        }
    }

    private CommitCommand command() {
        lostLocks.validate(owner);
        WriteBatch batch = new WriteBatch(writes.encodedBytes());
        writes.addTo(batch);
        for (byte[][] range : droppedRanges) {
            DroppedRanges.add(batch, range[0], range[1]);
        }
        return new CommitCommand(batch, writes.sortedKeys(), reads, droppedRanges.isEmpty() ? Room.TAKES : Room.MAKES);
    }

    @Override
    public void rollback() {
        if (isActive) {
            closeCursors();
            end();
        }
    }

    @Override
    public void interrupt() {
        owner.interrupt();
    }

    @Override
    public void close() {
        rollback();
    }

    private void closeCursors() {
        while (!cursors.isEmpty()) {
            cursors.getLast().close();
        }
    }

    private void end() {
        isActive = false;
        if (isWriter) {
            coordinator.endedWriting(this);
        }
        if (reservedBytes > 0) {
            coordinator.buffers().release(reservedBytes);
        }
        coordinator.locks().releaseAll(owner);
        SnapshotRegistry.Slot held = slot;
        if (held != null) {
            coordinator.snapshots().close(held);
        }
        RecentCommits.Watch watched = watch;
        if (watched != null) {
            coordinator.replicator().endWatch(watched);
        }
        coordinator.ended();
    }

    private void checkActive() {
        Check.that(isActive, "the transaction is over");
    }

    private void checkWritable() {
        if (options.readOnly()) {
            throw new SqlException(ErrorCode.READ_ONLY_TRANSACTION);
        }
    }

    private static void checkKey(byte[] key) {
        Check.that(key.length > 0 && key.length <= MAX_KEY_BYTES, "key length out of bounds [K1]");
    }

    private static long nanos(Duration duration) {
        return duration.getSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1 ? Long.MAX_VALUE : duration.toNanos();
    }
}
