package io.qomo.store.txn;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.replica.mvcc.ReadSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A cursor that its transaction knows of: it is closed with it, and what it has walked over enters
/// the read set.
final class TrackedCursor implements KvCursor {
    private final CoordinatedTransaction transaction;
    private final KvCursor inner;
    private final Participant.@Nullable Newest newest;
    private final byte[] from;
    private final byte[] toExclusive;
    private final ScanDirection direction;
    private final long readAt;
    private boolean isStarted;
    private boolean isExhausted;
    private boolean isClosed;

    TrackedCursor(
            CoordinatedTransaction transaction,
            KvCursor inner,
            Participant.@Nullable Newest newest,
            byte[] from,
            byte[] toExclusive,
            ScanDirection direction,
            long readAt) {
        this.transaction = transaction;
        this.inner = inner;
        this.newest = newest;
        this.from = from;
        this.toExclusive = toExclusive;
        this.direction = direction;
        this.readAt = readAt;
    }

    @Override
    public boolean next() {
        isStarted = true;
        if (isExhausted || isClosed || !inner.next()) {
            isExhausted = true;
            return false;
        }
        return true;
    }

    @Override
    public byte[] keyBuffer() {
        return inner.keyBuffer();
    }

    @Override
    public int keyOffset() {
        return inner.keyOffset();
    }

    @Override
    public int keyLength() {
        return inner.keyLength();
    }

    @Override
    public byte[] valueBuffer() {
        return inner.valueBuffer();
    }

    @Override
    public int valueOffset() {
        return inner.valueOffset();
    }

    @Override
    public int valueLength() {
        return inner.valueLength();
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        ReadSet reads = transaction.reads();
        if (reads != null && isStarted) {
            record(reads);
        }
        inner.close();
        transaction.cursorClosed(this, newest);
    }

    /// What was read: all of the range, or the part up to and with the current key.
    private void record(ReadSet into) {
        if (isExhausted) {
            into.addRange(from, toExclusive, readAt);
        } else if (direction == ScanDirection.FORWARD) {
            byte[] key = copyKey();
            into.addRange(from, Arrays.copyOf(key, key.length + 1), readAt);
        } else {
            into.addRange(copyKey(), toExclusive, readAt);
        }
    }
}
