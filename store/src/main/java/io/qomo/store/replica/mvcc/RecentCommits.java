package io.qomo.store.replica.mvcc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// The keys of the commits that somebody may still have to be compared with [M2].
///
/// Not thread-safe: every call is made inside the replicator's sequencing step.
public final class RecentCommits {
    /// One commit: its place and what it wrote.
    ///
    /// @param timestamp commit timestamp
    /// @param keys      written keys, sorted as unsigned bytes
    public record Entry(long timestamp, byte[][] keys) {
        /// Whether the commit wrote `key`.
        public boolean contains(byte[] key) {
            return Arrays.binarySearch(keys, key, Arrays::compareUnsigned) >= 0;
        }
    }

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final ArrayDeque<Watch> watches = new ArrayDeque<>();
    private long appliedTimestamp;

    /// Somebody's interest in all commits after a snapshot.
    public static final class Watch {
        private final long snapshot;
        private boolean ended;

        private Watch(long snapshot) {
            this.snapshot = snapshot;
        }

        /// Commits after this timestamp are remembered.
        public long snapshot() {
            return snapshot;
        }
    }

    /// An empty memory for a group that has applied everything up to `appliedTimestamp`.
    public RecentCommits(long appliedTimestamp) {
        this.appliedTimestamp = appliedTimestamp;
    }

    /// Remembers every commit above what is applied now, until [#end].
    public Watch watch() {
        Watch watch = new Watch(appliedTimestamp);
        watches.addLast(watch);
        return watch;
    }

    /// Ends a watch.
    public void end(Watch watch) {
        watch.ended = true;
        trim();
    }

    /// Adds a commit; `keys` are sorted, and timestamps grow from call to call [M1].
    public void add(long timestamp, byte[][] keys) {
        entries.addLast(new Entry(timestamp, keys));
    }

    /// Takes note that everything up to `timestamp` is applied.
    public void applied(long timestamp) {
        appliedTimestamp = timestamp;
        trim();
    }

    /// The remembered commits after `timestamp`, oldest first.
    public List<Entry> after(long timestamp) {
        List<Entry> result = new ArrayList<>();
        Iterator<Entry> newestFirst = entries.descendingIterator();
        while (newestFirst.hasNext()) {
            Entry entry = newestFirst.next();
            if (entry.timestamp() <= timestamp) {
                break;
            }
            result.addFirst(entry);
        }
        return result;
    }

    /// How many commits are remembered.
    public int size() {
        return entries.size();
    }

    private void trim() {
        Watch oldest = watches.peekFirst();
        while (oldest != null && oldest.ended) {
            watches.removeFirst();
            oldest = watches.peekFirst();
        }
        long floor = oldest == null ? appliedTimestamp : Math.min(oldest.snapshot, appliedTimestamp);
        Entry first = entries.peekFirst();
        while (first != null && first.timestamp() <= floor) {
            entries.removeFirst();
            first = entries.peekFirst();
        }
    }
}
