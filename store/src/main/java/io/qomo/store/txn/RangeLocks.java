package io.qomo.store.txn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The locks on ranges of keys: what InnoDB's gap and next-key locks do.
///
/// A range lock conflicts with another owner's range lock that overlaps it and with another owner's
/// lock on a key in it, unless both are SHARED; and no other owner inserts a key into it. Nobody
/// waits here: callers learn who stands in the way, give up what they took, and wait for the end of
/// that owner ([LockTable]).
///
/// Ranges are found by the first bytes of their bounds, which for a table's keys name the table. As
/// long as no range is locked anywhere a look costs one volatile read. Changes happen under the
/// monitor; readers see copies.
final class RangeLocks {
    private static final int BUCKET_BYTES = 9;
    private static final long WIDE = Long.MIN_VALUE;
    /// Ranges of one owner in one bucket, above which they become one that covers them all.
    private static final int MAX_OWNED = 1024;
    private static final Range[] NONE = {};

    private final ConcurrentHashMap<Long, Range[]> buckets = new ConcurrentHashMap<>();
    private volatile int count;

    /// A locked range; an empty `to` means no bound.
    static final class Range {
        final LockOwner owner;
        final LockMode mode;
        final byte[] from;
        final byte[] to;
        final long bucket;

        Range(LockOwner owner, LockMode mode, byte[] from, byte[] to) {
            this.owner = owner;
            this.mode = mode;
            this.from = from;
            this.to = to;
            this.bucket = bucketOf(from, to);
        }

        boolean contains(byte[] key) {
            return Arrays.compareUnsigned(from, key) <= 0 && isBefore(key, to);
        }

        boolean overlaps(byte[] otherFrom, byte[] otherTo) {
            return isBefore(from, otherTo) && isBefore(otherFrom, to);
        }

        boolean covers(byte[] otherFrom, byte[] otherTo) {
            boolean endsBehind = to.length == 0 || (otherTo.length > 0 && Arrays.compareUnsigned(otherTo, to) <= 0);
            return endsBehind && Arrays.compareUnsigned(from, otherFrom) <= 0;
        }
    }

    /// Ranges locked.
    int size() {
        return count;
    }

    /// Locks a range for `owner` and returns null; or locks nothing and returns who stands in the way.
    synchronized @Nullable LockOwner add(LockOwner owner, byte[] from, byte[] to, LockMode mode) {
        Range wanted = new Range(owner, mode, from, to);
        for (Range[] ranges : wanted.bucket == WIDE ? List.copyOf(buckets.values()) : near(wanted.bucket)) {
            for (Range range : ranges) {
                if (conflicts(range, owner, mode) && range.overlaps(from, to)) {
                    return range.owner;
                }
            }
        }
        link(wanted);
        return null;
    }

    private List<Range[]> near(long bucket) {
        return List.of(buckets.getOrDefault(bucket, NONE), buckets.getOrDefault(WIDE, NONE));
    }

    private void link(Range wanted) {
        LockOwner owner = wanted.owner;
        owner.ranges.add(wanted);
        Range[] old = buckets.getOrDefault(wanted.bucket, NONE);
        Range[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = wanted;
        buckets.put(wanted.bucket, more);
        count++;
    }

    /// The range locked last is there to stay.
    void keepLast(LockOwner owner) {
        if (owner.ranges.size() > MAX_OWNED) {
            synchronized (this) {
                join(owner, owner.ranges.getLast().bucket);
            }
        }
    }

    /// Replaces the owner's ranges of a bucket by the one from the least bound to the greatest:
    /// more is locked than was asked for, never less. Ranges of others in between stay as they are.
    private void join(LockOwner owner, long bucket) {
        byte[] from = null;
        byte[] to = null;
        LockMode mode = LockMode.SHARED;
        List<Range> joined = new ArrayList<>();
        for (Range range : owner.ranges) {
            if (range.bucket != bucket) {
                continue;
            }
            joined.add(range);
            mode = range.mode == LockMode.EXCLUSIVE ? range.mode : mode;
            from = from == null || Arrays.compareUnsigned(range.from, from) < 0 ? range.from : from;
            to = to == null || endsBehind(range.to, to) ? range.to : to;
        }
        if (joined.size() < 2 || from == null || to == null) {
            return;
        }
        joined.forEach(this::unlink);
        owner.ranges.removeAll(joined);
        link(new Range(owner, mode, from, to));
    }

    /// Gives back the range locked last.
    synchronized void removeLast(LockOwner owner) {
        if (!owner.ranges.isEmpty()) {
            unlink(owner.ranges.removeLast());
        }
    }

    /// Gives back everything.
    void releaseAll(LockOwner owner) {
        if (!owner.ranges.isEmpty()) {
            synchronized (this) {
                owner.ranges.forEach(this::unlink);
                owner.ranges.clear();
            }
        }
    }

    private void unlink(Range gone) {
        Range[] old = buckets.getOrDefault(gone.bucket, NONE);
        Range[] left = Arrays.stream(old).filter(r -> r != gone).toArray(Range[]::new);
        if (left.length == 0) {
            buckets.remove(gone.bucket);
        } else {
            buckets.put(gone.bucket, left);
        }
        count -= old.length - left.length;
    }

    /// Loses everything.
    synchronized void forget() {
        buckets.clear();
        count = 0;
    }

    /// Another owner whose range keeps `owner` from locking `key`, or null.
    @Nullable LockOwner blocker(LockOwner owner, byte[] key, LockMode mode) {
        if (count == 0) {
            return null;
        }
        LockOwner found = blocker(buckets.getOrDefault(bucketOf(key), NONE), owner, key, mode);
        return found != null ? found : blocker(buckets.getOrDefault(WIDE, NONE), owner, key, mode);
    }

    private static @Nullable LockOwner blocker(Range[] ranges, LockOwner owner, byte[] key, LockMode mode) {
        for (Range range : ranges) {
            if (conflicts(range, owner, mode) && range.contains(key)) {
                return range.owner;
            }
        }
        return null;
    }

    /// Whether a range of `owner` covers the range at least as strongly as `mode`; by its own thread.
    static boolean covers(LockOwner owner, byte[] from, byte[] to, LockMode mode) {
        for (Range range : owner.ranges) {
            if ((range.mode == LockMode.EXCLUSIVE || mode == LockMode.SHARED) && range.covers(from, to)) {
                return true;
            }
        }
        return false;
    }

    /// As [#covers] for one key.
    static boolean covers(LockOwner owner, byte[] key, LockMode mode) {
        for (Range range : owner.ranges) {
            if ((range.mode == LockMode.EXCLUSIVE || mode == LockMode.SHARED) && range.contains(key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean conflicts(Range range, LockOwner owner, LockMode mode) {
        return range.owner != owner && (range.mode == LockMode.EXCLUSIVE || mode == LockMode.EXCLUSIVE);
    }

    private static boolean endsBehind(byte[] to, byte[] otherTo) {
        return otherTo.length > 0 && (to.length == 0 || Arrays.compareUnsigned(to, otherTo) > 0);
    }

    private static boolean isBefore(byte[] key, byte[] bound) {
        return bound.length == 0 || Arrays.compareUnsigned(key, bound) < 0;
    }

    private static long bucketOf(byte[] from, byte[] to) {
        boolean isNarrow = from.length >= BUCKET_BYTES
                && to.length >= BUCKET_BYTES
                && Arrays.equals(from, 0, BUCKET_BYTES, to, 0, BUCKET_BYTES);
        return isNarrow ? bucketOf(from) : WIDE;
    }

    private static long bucketOf(byte[] key) {
        long hash = 1;
        for (int i = 0; i < Math.min(key.length, BUCKET_BYTES); i++) {
            hash = hash * 257 + (key[i] & 0xFF);
        }
        return hash & Long.MAX_VALUE;
    }
}
