package io.qomo.query.exec.table;

import io.qomo.query.exec.layout.EntryDecoder;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the keys of several ranges one after the other. Owned by one thread; closed when exhausted or by
/// [#close].
public final class ScanSource implements AutoCloseable {
    private final boolean reverse;
    private List<ByteRange> ranges = List.of();
    private @Nullable Transaction transaction;
    private ReadMode mode = ReadMode.SNAPSHOT;
    private int next;
    private @Nullable RangeLocker locker;
    private @Nullable ByteRange rest;
    private @Nullable KvCursor cursor;

    /// A walk in index order or against it.
    public ScanSource(boolean reverse) {
        this.reverse = reverse;
    }

    /// Starts over other ranges.
    public void start(Transaction reader, List<ByteRange> disjointAscending, ReadMode readMode) {
        close();
        transaction = reader;
        ranges = disjointAscending;
        mode = readMode;
        next = 0;
    }

    /// Has ranges locked before they are walked; after [#start].
    void lockRanges(RangeLocker by) {
        locker = by;
        by.start();
    }

    /// Opens what is left behind `key` again, so that everything committed by now is seen.
    void restartBehind(byte[] key) {
        KvCursor c = cursor;
        cursor = null;
        if (c != null) {
            c.close();
        }
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = ranges.get(i);
            if (range.contains(key)) {
                rest = reverse ? range.before(key) : range.behind(key);
                next = reverse ? ranges.size() - i : i + 1;
                return;
            }
        }
    }

    /// Whether a walk that stands at `key` has `other` before it.
    boolean isAhead(byte[] key, byte[] other) {
        int order = Arrays.compareUnsigned(other, key);
        return reverse ? order < 0 : order > 0;
    }

    /// The ranges being walked.
    public List<ByteRange> ranges() {
        return ranges;
    }

    /// Adds up to `count` rows, or fewer once they hold `limitBytes`; false when there are no more.
    public boolean fillRows(TableRows rows, int count, long limitBytes) {
        while (rows.rows() < count && rows.sizeBytes() < limitBytes) {
            KvCursor c = advance();
            if (c == null) {
                return false;
            }
            rows.addCopy(
                    c.keyBuffer(), c.keyOffset(), c.keyLength(), c.valueBuffer(), c.valueOffset(), c.valueLength());
        }
        return true;
    }

    /// Adds columns of up to `count` index entries; false when there are no more.
    public boolean fillEntries(TableRows rows, EntryDecoder entries, int count, long limitBytes) {
        while (rows.rows() < count && rows.sizeBytes() < limitBytes) {
            KvCursor c = advance();
            if (c == null) {
                return false;
            }
            rows.addEntry(
                    entries,
                    c.keyBuffer(),
                    c.keyOffset(),
                    c.keyLength(),
                    c.valueBuffer(),
                    c.valueOffset(),
                    c.valueLength());
        }
        return true;
    }

    /// The cursor on the next key, or null at the end.
    public @Nullable KvCursor advance() {
        while (true) {
            KvCursor c = cursor;
            if (c == null) {
                c = openNext();
                if (c == null) {
                    return null;
                }
            }
            if (c.next()) {
                return c;
            }
            c.close();
            cursor = null;
        }
    }

    private @Nullable KvCursor openNext() {
        Transaction reader = transaction;
        ByteRange range = nextRange();
        if (reader == null || range == null) {
            return null;
        }
        RangeLocker locks = locker;
        if (locks != null) {
            ByteRange locked = locks.lock(reader, range, reverse);
            rest = range.without(locked, reverse);
            range = locked;
        }
        KvCursor c =
                reader.scan(range.from(), range.to(), reverse ? ScanDirection.REVERSE : ScanDirection.FORWARD, mode);
        cursor = c;
        return c;
    }

    private @Nullable ByteRange nextRange() {
        ByteRange left = rest;
        rest = null;
        if (left != null) {
            return left;
        }
        if (next >= ranges.size()) {
            return null;
        }
        next++;
        return ranges.get(reverse ? ranges.size() - next : next - 1);
    }

    @Override
    public void close() {
        rest = null;
        locker = null;
        KvCursor c = cursor;
        if (c != null) {
            cursor = null;
            c.close();
        }
        ranges = List.of();
    }
}
