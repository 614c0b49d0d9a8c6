package io.qomo.store.txn;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.WriteBuffer.Write;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Merges committed entries with the writes of the transaction as of the moment it was opened; own
/// writes win.
final class MergeCursor implements KvCursor {
    private static final byte[] NONE = {};

    private final KvCursor committed;
    private final WriteBuffer buffer;
    private final byte[] from;
    private final byte[] toExclusive;
    private final ScanDirection direction;
    private final int limit;
    private final boolean seesView;
    private int knownChanges;
    private Iterator<Write> writes;
    private @Nullable Write nextWrite;
    private byte @Nullable [] lastWriteKey;
    private boolean hasCommitted;
    private boolean isOnCommitted;
    private boolean isClosed;
    private byte[] ownKey = NONE;
    private byte[] ownValue = NONE;

    /// A cursor.
    ///
    /// @param seesView whether the committed entries are those of the snapshot
    MergeCursor(
            KvCursor committed,
            WriteBuffer buffer,
            byte[] from,
            byte[] toExclusive,
            ScanDirection direction,
            boolean seesView) {
        this.seesView = seesView;
        this.committed = committed;
        this.buffer = buffer;
        this.from = from;
        this.toExclusive = toExclusive;
        this.direction = direction;
        this.limit = buffer.sequence();
        this.knownChanges = buffer.structureChanges();
        this.writes = writesFrom();
        buffer.cursorOpened();
        advanceWrites();
        hasCommitted = committed.next();
        isOnCommitted = false;
    }

    @Override
    public boolean next() {
        if (isOnCommitted) {
            hasCommitted = committed.next();
            isOnCommitted = false;
        }
        while (true) {
            Write own = nextWrite;
            int order = order(own);
            if (order > 0) {
                isOnCommitted = hasCommitted;
                return hasCommitted;
            }
            if (order == 0) {
                hasCommitted = committed.next();
            }
            byte[] value = own == null ? null : own.value;
            advanceWrites();
            if (own != null && value != null) {
                ownKey = own.key;
                ownValue = value;
                return true;
            }
        }
    }

    /// Whether the next own write comes before (negative), on (zero) or after the next committed
    /// entry.
    private int order(@Nullable Write own) {
        if (own == null) {
            return 1;
        }
        if (!hasCommitted) {
            return -1;
        }
        int start = committed.keyOffset();
        int comparison = Arrays.compareUnsigned(
                own.key, 0, own.key.length, committed.keyBuffer(), start, start + committed.keyLength());
        return direction == ScanDirection.FORWARD ? comparison : -comparison;
    }

    private void advanceWrites() {
        if (knownChanges != buffer.structureChanges()) {
            knownChanges = buffer.structureChanges();
            writes = writesFrom();
        }
        nextWrite = null;
        while (nextWrite == null && writes.hasNext()) {
            Write newest = writes.next();
            lastWriteKey = newest.key;
            Write seen = newest.asOf(limit);
            nextWrite = seen == null || (seen.isViewOnly && !seesView) ? null : seen;
        }
    }

    /// The buffered writes of the range that come after the last one taken.
    private Iterator<Write> writesFrom() {
        byte[] last = lastWriteKey;
        if (direction == ScanDirection.FORWARD) {
            return buffer.range(last == null ? from : last, last == null, toExclusive)
                    .values()
                    .iterator();
        }
        return buffer.range(from, true, last == null ? toExclusive : last)
                .descendingMap()
                .values()
                .iterator();
    }

    @Override
    public byte[] keyBuffer() {
        return isOnCommitted ? committed.keyBuffer() : ownKey;
    }

    @Override
    public int keyOffset() {
        return isOnCommitted ? committed.keyOffset() : 0;
    }

    @Override
    public int keyLength() {
        return isOnCommitted ? committed.keyLength() : ownKey.length;
    }

    @Override
    public byte[] valueBuffer() {
        return isOnCommitted ? committed.valueBuffer() : ownValue;
    }

    @Override
    public int valueOffset() {
        return isOnCommitted ? committed.valueOffset() : 0;
    }

    @Override
    public int valueLength() {
        return isOnCommitted ? committed.valueLength() : ownValue.length;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            buffer.cursorClosed();
            committed.close();
        }
    }
}
