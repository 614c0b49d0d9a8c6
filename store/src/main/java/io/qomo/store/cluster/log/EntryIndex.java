package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the entries of one group lie: 24 bytes of memory for each. Not thread-safe.
///
/// While a log is replayed, entries may be missing whose copies come later in the log; afterwards
/// none between [#first] and [#last] is.
final class EntryIndex {
    private static final int MIN_CAPACITY = 16;

    private final LiveBytes live;
    private long first = 1;
    private long last;
    /// The entry `base + i` stands in the arrays at `start + i`, for `i < count`.
    private long base;
    private int start;
    private int count;
    private long[] terms = new long[MIN_CAPACITY];
    /// Number of the segment, 0 where no entry is known.
    private int[] segments = new int[MIN_CAPACITY];
    /// Offset of the record in its segment, in units of 8 bytes.
    private int[] slots = new int[MIN_CAPACITY];
    private int[] payloadBytes = new int[MIN_CAPACITY];
    private @Nullable LogRecord[] cached = new @Nullable LogRecord[MIN_CAPACITY];

    EntryIndex(LiveBytes live) {
        this.live = live;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /// Whether the entry is there. The look-ups below demand that it is.
    boolean has(long index) {
        return index >= first && index <= last && index >= base && index < base + count && segments[at(index)] != 0;
    }

    long term(long index) {
        return terms[at(index)];
    }

    int segment(long index) {
        return segments[at(index)];
    }

    long offset(long index) {
        return (slots[at(index)] & 0xFFFFFFFFL) << 3;
    }

    int payloadBytes(long index) {
        return payloadBytes[at(index)];
    }

    @Nullable LogRecord cached(long index) {
        return cached[at(index)];
    }

    void cache(LogRecord record) {
        cached[at(record.index())] = record;
    }

    /// Forgets a cached record, if it still is the one at its index.
    void dropCached(LogRecord record) {
        if (has(record.index())) {
            int at = at(record.index());
            if (cached[at] == record) {
                cached[at] = null;
            }
        }
    }

    private int at(long index) {
        return start + (int) (index - base);
    }

    /// Notes where an entry lies; an older place of it is forgotten.
    void put(long index, long term, int segment, long offset, int payloadLength) {
        Check.that(index >= first, "an entry below the first one of its group", "index", index);
        reach(index);
        int at = at(index);
        if (segments[at] != 0) {
            live.add(segments[at], -RecordFormat.sizeBytes(payloadBytes[at]));
        }
        terms[at] = term;
        segments[at] = segment;
        slots[at] = (int) (offset >>> 3);
        payloadBytes[at] = payloadLength;
        last = Math.max(last, index);
        live.add(segment, RecordFormat.sizeBytes(payloadLength));
    }

    /// Extends the arrays over `index`.
    private void reach(long index) {
        if (count == 0) {
            base = index;
            start = 0;
        }
        long before = Math.max(0, base - index);
        long behind = Math.max(0, index - (base + count - 1));
        long wanted = before + count + behind;
        Check.that(wanted < Integer.MAX_VALUE / 2, "number of entries of one group", "entries", wanted);
        if (before > start || start + count + behind > terms.length) {
            int room = (int) wanted > terms.length / 2
                    ? (int) Math.max(MIN_CAPACITY, wanted + (wanted >> 1))
                    : terms.length;
            move((int) before, room);
        } else {
            start -= (int) before;
        }
        base -= before;
        count = (int) wanted;
    }

    /// Lets the arrays begin with `before` unknown entries, and gives them `room`.
    private void move(int before, int room) {
        terms = moved(terms, new long[room], before);
        segments = moved(segments, new int[room], before);
        slots = moved(slots, new int[room], before);
        payloadBytes = moved(payloadBytes, new int[room], before);
        cached = moved(cached, new @Nullable LogRecord[room], before);
        start = 0;
    }

    private <T> T moved(T from, T to, int before) {
        System.arraycopy(from, start, to, before, count);
        return to;
    }

    /// Forgets the entries below `index`.
    void truncatePrefix(long index) {
        int dropped = Math.clamp(index - base, 0, count);
        forget(start, start + dropped);
        start += dropped;
        base += dropped;
        count -= dropped;
        first = Math.max(first, index);
        last = Math.max(last, first - 1);
        shrink();
    }

    /// Forgets the entries above `index`.
    void truncateSuffix(long index) {
        int kept = Math.clamp(index + 1 - base, 0, count);
        forget(start + kept, start + count);
        count = kept;
        last = index;
        shrink();
    }

    /// Forgets all; the next entry has `index`.
    void reset(long index) {
        forget(start, start + count);
        count = 0;
        first = index;
        last = index - 1;
        shrink();
    }

    /// Knows, without the entries, up to where they go.
    void extend(long index) {
        last = index;
    }

    private void forget(int from, int to) {
        for (int i = from; i < to; i++) {
            if (segments[i] != 0) {
                live.add(segments[i], -RecordFormat.sizeBytes(payloadBytes[i]));
            }
        }
        Arrays.fill(segments, from, to, 0);
        Arrays.fill(cached, from, to, null);
    }

    private void shrink() {
        if (terms.length > 1024 && count < terms.length / 8) {
            move(0, Math.max(MIN_CAPACITY, count * 2));
        }
    }

    /// The first entry that should be there and is not; 0 when there is none.
    long firstMissing() {
        for (long index = first; index <= last; index++) {
            if (!has(index)) {
                return index;
            }
        }
        return 0;
    }

    /// The first entry at or after `from` that lies in `segment`; 0 when there is none.
    long firstIn(int segment, long from) {
        for (long index = Math.max(from, first); index <= last; index++) {
            if (segment(index) == segment) {
                return index;
            }
        }
        return 0;
    }
}
