package io.qomo.store.replica.mvcc;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// The keys of the commits that somebody may still have to be compared with \[M2], as far as memory
/// allows.
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

    /// Keys remembered at most, but for commits not yet applied: about 50 MB.
    private static final int MAX_KEYS = 1 << 19;

    private final int maxKeys;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final ArrayDeque<Watch> watches = new ArrayDeque<>();
    private final List<ChangedKeys> captures = new ArrayList<>(1);
    private long appliedTimestamp;
    private long forgottenTo;
    private long keys;

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
        this(appliedTimestamp, MAX_KEYS);
    }

    RecentCommits(long appliedTimestamp, int maxKeys) {
        this.appliedTimestamp = appliedTimestamp;
        this.maxKeys = maxKeys;
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

    /// Collects the keys of `[from, toExclusive)` that commits above what is applied now write, until [#endCapture];
    /// in at most `maxBytes` of memory.
    public ChangedKeys capture(byte[] from, byte[] toExclusive, long maxBytes) {
        ChangedKeys capture = new ChangedKeys(from, toExclusive, maxBytes);
        for (Entry entry : entries) {
            if (entry.timestamp() > appliedTimestamp) {
                capture.add(entry);
            }
        }
        captures.add(capture);
        return capture;
    }

    /// Ends a capture.
    public void endCapture(ChangedKeys capture) {
        captures.removeIf(c -> c == capture);
    }

    /// Adds a commit; timestamps grow from call to call \[M1].
    public void add(long timestamp, byte[][] sortedKeys) {
        Entry entry = new Entry(timestamp, sortedKeys);
        entries.addLast(entry);
        keys += sortedKeys.length;
        for (ChangedKeys capture : captures) {
            capture.add(entry);
        }
    }

    /// Takes note that everything up to `timestamp` is applied.
    public void applied(long timestamp) {
        appliedTimestamp = timestamp;
        trim();
    }

    /// All commits after `timestamp`, oldest first. Throws `DEADLOCK` if they are not all
    /// remembered any more: a watch does not outlive the memory it may use, and whoever held on for
    /// too long learns it here.
    public List<Entry> after(long timestamp) {
        if (timestamp < forgottenTo) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }
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

    /// What is remembered: at least every commit that is not applied yet.
    public List<Entry> remembered() {
        return List.copyOf(entries);
    }

    private void trim() {
        Watch oldest = watches.peekFirst();
        while (oldest != null && oldest.ended) {
            watches.removeFirst();
            oldest = watches.peekFirst();
        }
        long floor = oldest == null ? appliedTimestamp : Math.min(oldest.snapshot, appliedTimestamp);
        Entry first = entries.peekFirst();
        while (first != null
                && (first.timestamp() <= floor || (keys > maxKeys && first.timestamp() <= appliedTimestamp))) {
            entries.removeFirst();
            keys -= first.keys().length;
            forgottenTo = first.timestamp();
            first = entries.peekFirst();
        }
    }
}
