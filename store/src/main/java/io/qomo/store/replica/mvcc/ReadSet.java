package io.qomo.store.replica.mvcc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a SERIALIZABLE transaction has read: ranges of keys, each with the timestamp it was read
/// at.
///
/// A point read is the range from the key to its successor. Ranges that touch are joined when there
/// are many, with the older timestamp: more conflicts may be seen than there are, never fewer.
/// Owned by the transaction's thread.
public final class ReadSet {
    private static final int COMPACT_ABOVE = 4096;
    private static final byte[] UNBOUNDED = {};

    private record Span(byte[] from, byte[] toExclusive, long timestamp) {}

    private final NavigableMap<byte[], Long> points = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Span> spans = new ArrayList<>();
    private int compactAbove = COMPACT_ABOVE;

    /// A key was read at `timestamp`.
    public void addKey(byte[] key, long timestamp) {
        points.merge(key, timestamp, Math::min);
        if (points.size() > compactAbove) {
            compact();
        }
    }

    /// All keys of a range were read at `timestamp`; an empty `toExclusive` means no bound.
    public void addRange(byte[] from, byte[] toExclusive, long timestamp) {
        spans.add(new Span(from, toExclusive, timestamp));
        if (spans.size() > compactAbove) {
            compact();
        }
    }

    /// Is told what was read.
    public interface Visitor {
        /// A key.
        void key(byte[] key, long timestamp);

        /// A range.
        void range(byte[] from, byte[] toExclusive, long timestamp);
    }

    /// Tells all that was read, so that another set can be made of it.
    public void visit(Visitor visitor) {
        points.forEach(visitor::key);
        for (Span span : spans) {
            visitor.range(span.from, span.toExclusive, span.timestamp);
        }
    }

    /// Nothing was read.
    public boolean isEmpty() {
        return points.isEmpty() && spans.isEmpty();
    }

    /// The smallest timestamp anything was read at; only for a set that is not empty.
    public long oldestTimestamp() {
        long oldest = Long.MAX_VALUE;
        for (long timestamp : points.values()) {
            oldest = Math.min(oldest, timestamp);
        }
        for (Span span : spans) {
            oldest = Math.min(oldest, span.timestamp);
        }
        return oldest;
    }

    /// Whether the commit changed something after it was read.
    public boolean conflictsWith(RecentCommits.Entry commit) {
        for (byte[] key : commit.keys()) {
            Long readAt = points.get(key);
            if (readAt != null && readAt < commit.timestamp()) {
                return true;
            }
        }
        for (Span span : spans) {
            if (span.timestamp < commit.timestamp() && touches(span, commit.keys())) {
                return true;
            }
        }
        return false;
    }

    private static boolean touches(Span span, byte[][] sortedKeys) {
        int at = Arrays.binarySearch(sortedKeys, span.from, Arrays::compareUnsigned);
        int first = at >= 0 ? at : -at - 1;
        return first < sortedKeys.length && isBefore(sortedKeys[first], span.toExclusive);
    }

    private static boolean isBefore(byte[] key, byte[] bound) {
        return bound.length == 0 || Arrays.compareUnsigned(key, bound) < 0;
    }

    /// Joins neighbours until a quarter of the limit is left: first what overlaps, then what merely
    /// stands side by side.
    private void compact() {
        List<Span> all = new ArrayList<>(spans);
        for (Map.Entry<byte[], Long> point : points.entrySet()) {
            byte[] key = point.getKey();
            all.add(new Span(key, Arrays.copyOf(key, key.length + 1), point.getValue()));
        }
        all.sort(Comparator.comparing(Span::from, Arrays::compareUnsigned));
        int group = Math.max(1, all.size() / (COMPACT_ABOVE / 4));
        points.clear();
        spans.clear();
        Span current = all.getFirst();
        int joined = 0;
        for (Span next : all.subList(1, all.size())) {
            joined++;
            if (joined < group || current.toExclusive.length == 0 || isBefore(next.from, current.toExclusive)) {
                current = join(current, next);
            } else {
                spans.add(current);
                current = next;
                joined = 0;
            }
        }
        spans.add(current);
    }

    private static Span join(Span left, Span right) {
        boolean isUnbounded = left.toExclusive.length == 0 || right.toExclusive.length == 0;
        byte[] end = isBefore(left.toExclusive, right.toExclusive) ? right.toExclusive : left.toExclusive;
        return new Span(left.from, isUnbounded ? UNBOUNDED : end, Math.min(left.timestamp, right.timestamp));
    }
}
