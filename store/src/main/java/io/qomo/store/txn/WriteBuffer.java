package io.qomo.store.txn;

import io.qomo.store.kv.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The uncommitted writes of a transaction, ordered by key, with a log to take them back. Owned by
/// its thread; another may ask [#hasKeyIn], for which changes hold the monitor.
///
/// Every write has a sequence number, its place in the log. The earlier writes of a key are kept
/// behind the latest one as long as a savepoint or an open cursor may need them: a cursor sees the
/// buffer as of the sequence number it was opened at.
///
/// A write may be for the view only: reads at the snapshot see it, a commit does not write it and
/// reads of the latest versions pass over it. It is never put over another write, so a key's latest
/// write is for the view only if all are.
final class WriteBuffer {
    private static final int ENTRY_OVERHEAD_BYTES = 96;
    /// Tags, lengths and the timestamp of an entry in a batch.
    private static final int ENCODED_OVERHEAD_BYTES = 24;
    /// The header, and what the replicator adds.
    private static final int BATCH_OVERHEAD_BYTES = 256;

    /// One write; a null value is a removal.
    static final class Write {
        final byte[] key;
        final int sequence;
        byte @Nullable [] value;
        final @Nullable Write earlier;
        final boolean isViewOnly;

        Write(byte[] key, byte @Nullable [] value, int sequence, @Nullable Write earlier, boolean isViewOnly) {
            this.key = key;
            this.value = value;
            this.sequence = sequence;
            this.earlier = earlier;
            this.isViewOnly = isViewOnly;
        }

        /// The write of this key that a reader as of `limit` sees, if any.
        @Nullable Write asOf(int limit) {
            Write write = this;
            while (write != null && write.sequence >= limit) {
                write = write.earlier;
            }
            return write;
        }
    }

    private final TreeMap<byte[], Write> latest = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Write> log = new ArrayList<>();
    private int keepFrom;
    private int openCursors;
    private int structureChanges;
    private long bytes;

    boolean isEmpty() {
        return log.isEmpty();
    }

    /// Bytes buffered, those of overwritten writes included.
    long bytes() {
        return bytes;
    }

    /// Bytes of the writes as a batch, about.
    long encodedBytes() {
        return bytes - (long) log.size() * (ENTRY_OVERHEAD_BYTES - ENCODED_OVERHEAD_BYTES) + BATCH_OVERHEAD_BYTES;
    }

    /// The sequence number that the next write will have.
    int sequence() {
        return log.size();
    }

    /// Grows with every change that iterators of [#range] do not survive.
    int structureChanges() {
        return structureChanges;
    }

    /// The latest write of a key, those for the view included.
    @Nullable Write get(byte[] key) {
        return latest.get(key);
    }

    /// The latest write of a key that a commit would make.
    @Nullable Write getReal(byte[] key) {
        Write write = latest.get(key);
        return write == null || write.isViewOnly ? null : write;
    }

    /// A write for the view; nothing where the key is written already.
    synchronized void view(byte[] key, byte @Nullable [] value) {
        if (!latest.containsKey(key)) {
            add(key, value, null, true);
        }
    }

    synchronized void write(byte[] key, byte @Nullable [] value) {
        Write first = new Write(key, value, log.size(), null, false);
        Write existing = latest.putIfAbsent(key, first);
        if (existing == null) {
            added(first);
        } else if (existing.sequence >= keepFrom && openCursors == 0 && !existing.isViewOnly) {
            bytes += size(value) - size(existing.value);
            existing.value = value;
        } else {
            add(existing.key, value, existing, false);
        }
    }

    private void add(byte[] key, byte @Nullable [] value, @Nullable Write existing, boolean isViewOnly) {
        Write write = new Write(key, value, log.size(), existing, isViewOnly);
        latest.put(write.key, write);
        added(write);
    }

    private void added(Write write) {
        log.add(write);
        if (write.earlier == null) {
            structureChanges++;
        }
        bytes += ENTRY_OVERHEAD_BYTES + write.key.length + size(write.value);
    }

    /// The present sequence number; what is written from now on can be taken back without what is
    /// there already.
    int mark() {
        keepFrom = log.size();
        return keepFrom;
    }

    /// Takes back all writes from `sequence` on.
    synchronized void rollbackTo(int sequence) {
        for (int i = log.size() - 1; i >= sequence; i--) {
            Write write = log.remove(i);
            bytes -= ENTRY_OVERHEAD_BYTES + write.key.length + size(write.value);
            if (write.earlier == null) {
                latest.remove(write.key);
                structureChanges++;
            } else {
                latest.put(write.key, write.earlier);
            }
        }
        keepFrom = log.size();
    }

    /// Whether a key of the range is written; any thread.
    synchronized boolean hasKeyIn(byte[] from, byte[] toExclusive) {
        for (Write write : range(from, true, toExclusive).values()) {
            if (!write.isViewOnly) {
                return true;
            }
        }
        return false;
    }

    void cursorOpened() {
        openCursors++;
    }

    void cursorClosed() {
        openCursors--;
    }

    /// The writes of a key range; an empty `toExclusive` means no bound.
    NavigableMap<byte[], Write> range(byte[] from, boolean isFromIncluded, byte[] toExclusive) {
        if (toExclusive.length == 0) {
            return latest.tailMap(from, isFromIncluded);
        }
        byte[] start = Arrays.compareUnsigned(from, toExclusive) > 0 ? toExclusive : from;
        return latest.subMap(start, isFromIncluded, toExclusive, false);
    }

    /// The written keys in order.
    byte[][] sortedKeys() {
        return latest.values().stream()
                .filter(w -> !w.isViewOnly)
                .map(w -> w.key)
                .toArray(byte[][]::new);
    }

    /// Adds the final value of every key to `batch`.
    void addTo(WriteBatch batch) {
        for (Write write : latest.values()) {
            byte[] value = write.value;
            if (write.isViewOnly) {
                continue;
            }
            if (value == null) {
                batch.delete(write.key);
            } else {
                batch.put(write.key, value);
            }
        }
    }

    private static int size(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }
}
