package io.qomo.store.txn;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.ReadSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction whose keys live in one group: buffers its writes, and leaves the rest to its participant.
/// Critical path: a read-only one must cost little beyond its reads.
final class CoordinatedTransaction implements Transaction, Participant.BufferedWrites {
    private static final int MAX_KEY_BYTES = 60_000;
    private static final int RESERVED_AT_ONCE_BYTES = 16 << 10;
    /// Transactions up to this size find room when large ones have filled all they may.
    private static final int SMALL_BYTES = 1 << 20;

    private final Coordinator coordinator;
    private final TransactionOptions options;
    private final long id;
    private final Participant participant;
    private final WriteBuffer writes = new WriteBuffer();
    private final List<byte[][]> droppedRanges = new ArrayList<>(0);
    private final List<TrackedCursor> cursors = new ArrayList<>(2);
    private final @Nullable ReadSet reads;
    private long snapshot;
    private boolean hasSnapshot;
    private boolean hasLatestReads;
    private boolean isActive = true;
    private long lockWaitNanos;
    /// Held of the memory for buffered writes, what is written and a little ahead.
    private long reservedBytes;

    CoordinatedTransaction(Coordinator coordinator, long id, TransactionOptions options) {
        this.coordinator = coordinator;
        this.options = options;
        this.id = id;
        this.lockWaitNanos = nanos(options.lockWaitTimeout());
        this.reads = options.isolation() == IsolationLevel.SERIALIZABLE ? new ReadSet() : null;
        this.participant = coordinator.join(id, this);
    }

    @Override
    public long id() {
        return id;
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
        participant.clearInterrupt();
        if (options.isolation() == IsolationLevel.READ_COMMITTED && hasSnapshot && cursors.isEmpty()) {
            hasSnapshot = false;
            participant.releaseSnapshot();
        }
    }

    @Override
    public long snapshot() {
        if (!hasSnapshot) {
            checkActive();
            snapshot = participant.takeSnapshot(reads != null);
            hasSnapshot = true;
        }
        return snapshot;
    }

    @Override
    public boolean hasSnapshot() {
        return hasSnapshot;
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
        return participant.get(key, at);
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys) {
        checkActive();
        return multiGet(keys, snapshot(), true);
    }

    @Override
    public byte[] @Nullable [] multiGetLatest(byte[][] keys) {
        checkActive();
        hasLatestReads = true;
        try (Participant.Newest newest = participant.newest(reads != null)) {
            return multiGet(keys, newest.timestamp(), false);
        }
    }

    private byte[] @Nullable [] multiGet(byte[][] keys, long at, boolean isSnapshot) {
        byte[] @Nullable [] values = participant.multiGet(keys, at);
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
        Participant.Newest newest = null;
        long at;
        if (mode == ReadMode.SNAPSHOT) {
            at = snapshot();
        } else {
            hasLatestReads = true;
            newest = participant.newest(reads != null);
            at = newest.timestamp();
        }
        KvCursor cursor = participant.scan(from, toExclusive, direction, at);
        if (!writes.isEmpty()) {
            cursor = new MergeCursor(cursor, writes, from, toExclusive, direction, mode == ReadMode.SNAPSHOT);
        }
        TrackedCursor tracked = new TrackedCursor(this, cursor, newest, from, toExclusive, direction, at);
        cursors.add(tracked);
        return tracked;
    }

    /// A cursor of [#scan] was closed.
    void cursorClosed(TrackedCursor cursor, Participant.@Nullable Newest newest) {
        if (newest != null) {
            newest.close();
        }
        for (int i = cursors.size() - 1; i >= 0; i--) {
            if (cursors.get(i) == cursor) {
                cursors.remove(i);
                return;
            }
        }
    }

    /// Its part in the group.
    Participant participant() {
        return participant;
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
        hasLatestReads = true;
        LockResult result;
        try {
            result = participant.lock(key, mode, policy, lockWaitNanos, reads != null);
        } catch (SqlException e) {
            throw afterwards(e);
        }
        WriteBuffer.Write own = writes.isEmpty() || !result.granted() ? null : writes.getReal(key);
        return own == null ? result : new LockResult(true, own.value, result.waited());
    }

    /// A deadlock's victim is rolled back.
    private SqlException afterwards(SqlException error) {
        if (error.code() == ErrorCode.DEADLOCK) {
            rollback();
        }
        return error;
    }

    @Override
    public boolean lockRange(byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy) {
        checkActive();
        if (mode == LockMode.EXCLUSIVE) {
            checkWritable();
        }
        hasLatestReads = true;
        try {
            return participant.lockRange(from, toExclusive, mode, policy, lockWaitNanos, reads != null);
        } catch (SqlException e) {
            throw afterwards(e);
        }
    }

    @Override
    public void insert(byte[] key, byte[] value) {
        checkActive();
        try {
            participant.insert(key, value, this, lockWaitNanos);
        } catch (SqlException e) {
            throw afterwards(e);
        }
    }

    @Override
    public void buffer(byte[] key, byte[] value) {
        write(key, value);
    }

    @Override
    public boolean writesIn(byte[] from, byte[] toExclusive) {
        return writes.hasKeyIn(from, toExclusive);
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
        participant.startWriting();
        writes.write(key, value);
        participant.wrote();
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
        if (!hasSnapshot || options.isolation() == IsolationLevel.READ_COMMITTED || writes.getReal(key) != null) {
            return null;
        }
        return participant.superseded(key, snapshot);
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
                return participant.commit(batch(), writes.sortedKeys(), reads, !droppedRanges.isEmpty());
            }
            if (hasLatestReads) {
                participant.validate(reads);
            }
            return 0;
        } finally {
            end();
        }
    }

    private WriteBatch batch() {
        WriteBatch batch = new WriteBatch(writes.encodedBytes());
        writes.addTo(batch);
        for (byte[][] range : droppedRanges) {
            DroppedRanges.add(batch, range[0], range[1]);
        }
        return batch;
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
        participant.interrupt();
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
        if (reservedBytes > 0) {
            coordinator.buffers().release(reservedBytes);
        }
        participant.end();
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
