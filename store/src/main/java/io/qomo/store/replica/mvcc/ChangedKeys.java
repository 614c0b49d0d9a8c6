package io.qomo.store.replica.mvcc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The keys of a range that commits have written since somebody asked for them, as far as memory allows.
///
/// ```
/// begin at snapshot S:  every commit above S is noted
/// take(T), S < T:       keys that a commit in (S, T] wrote; those above T stay
/// ```
/// A key that is written again after T is given once more by the next call. Filled inside the replicator's sequencing
/// step, emptied by its owner. Thread-safe.
public final class ChangedKeys {
    private static final int ENTRY_OVERHEAD_BYTES = 96;

    private final byte[] from;
    private final byte[] toExclusive;
    private final long maxBytes;
    /// The first and the last commit that wrote each key.
    private NavigableMap<byte[], long[]> keys = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;
    /// The last commit that was not noted for want of memory, or 0.
    private long forgottenTo;

    /// What was written up to a timestamp.
    ///
    /// @param isComplete false if memory did not hold all keys: then others may have changed as well
    /// @param keys in order
    public record Taken(boolean isComplete, List<byte[]> keys) {}

    ChangedKeys(byte[] from, byte[] toExclusive, long maxBytes) {
        this.from = from;
        this.toExclusive = toExclusive;
        this.maxBytes = maxBytes;
    }

    /// Notes what a commit wrote.
    synchronized void add(RecentCommits.Entry commit) {
        byte[][] written = commit.keys();
        int at = Arrays.binarySearch(written, from, Arrays::compareUnsigned);
        for (int i = at < 0 ? -at - 1 : at; i < written.length; i++) {
            if (Arrays.compareUnsigned(written[i], toExclusive) >= 0) {
                return;
            }
            note(written[i], commit.timestamp());
        }
    }

    private void note(byte[] key, long timestamp) {
        if (forgottenTo > 0) {
            forgottenTo = timestamp;
            return;
        }
        long[] known = keys.get(key);
        if (known != null) {
            known[1] = timestamp;
            return;
        }
        bytes += key.length + ENTRY_OVERHEAD_BYTES;
        if (bytes > maxBytes) {
            forgottenTo = timestamp;
            keys = new TreeMap<>(Arrays::compareUnsigned);
            return;
        }
        keys.put(key, new long[] {timestamp, timestamp});
    }

    /// Takes out what commits up to `timestamp` wrote.
    public synchronized Taken take(long timestamp) {
        if (forgottenTo > 0) {
            // what was forgotten above the timestamp cannot be told from what lies below: until then nothing is
            // complete
            if (forgottenTo <= timestamp) {
                forgottenTo = 0;
                bytes = 0;
            }
            return new Taken(false, List.of());
        }
        List<byte[]> taken = new ArrayList<>();
        Iterator<Map.Entry<byte[], long[]>> entries = keys.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<byte[], long[]> entry = entries.next();
            long[] times = entry.getValue();
            if (times[0] > timestamp) {
                continue;
            }
            taken.add(entry.getKey());
            if (times[1] > timestamp) {
                times[0] = timestamp + 1;
            } else {
                entries.remove();
                bytes -= entry.getKey().length + ENTRY_OVERHEAD_BYTES;
            }
        }
        return new Taken(true, taken);
    }
}
