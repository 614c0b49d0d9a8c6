package io.qomo.store.replica.mvcc;

import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;

/// Writes entries that stood for the state at a snapshot, leaving out every key that was changed
/// after it.
///
/// The keys that are already known to be newer are looked up before ([#filterApplied], outside the
/// sequencing step); the step itself only takes out those of the commits that came since.
public final class IngestCommand implements Command {
    private final NavigableMap<byte[], byte[]> entries;
    private final long asOf;
    private final long filteredTo;
    private WriteBatch batch = new WriteBatch(0);
    private int written;

    /// @param asOf       the snapshot the entries stand for
    /// @param entries    ordered by unsigned bytes; taken over
    /// @param filteredTo what is applied when [#filterApplied] runs; commits after it are watched
    ///     in [RecentCommits]
    public IngestCommand(long asOf, NavigableMap<byte[], byte[]> entries, long filteredTo) {
        this.asOf = asOf;
        this.entries = entries;
        this.filteredTo = filteredTo;
    }

    /// Leaves out keys that are known to have been written after the snapshot, all of them up to what is applied when
    /// [#filterApplied] would run: instead of that.
    public void leaveOut(NavigableSet<byte[]> written) {
        if (written.size() < entries.size()) {
            written.forEach(entries::remove);
        } else {
            entries.keySet().removeIf(written::contains);
        }
    }

    /// Leaves out the keys of which the store holds a version newer than the snapshot.
    public void filterApplied(OrderedStore store) {
        if (filteredTo > asOf) {
            entries.keySet().removeIf(key -> store.hasVersionAfter(key, asOf));
        }
    }

    @Override
    public void evaluate(long timestamp, RecentCommits recent) {
        for (RecentCommits.Entry commit : recent.after(filteredTo)) {
            for (byte[] key : commit.keys()) {
                entries.remove(key);
            }
        }
        long bytes = 0;
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            bytes += entry.getKey().length + entry.getValue().length + 24;
        }
        batch = new WriteBatch(bytes);
        entries.forEach(batch::put);
        written = entries.size();
    }

    /// How many entries were written.
    public int written() {
        return written;
    }

    @Override
    public WriteBatch batch() {
        return batch;
    }
}
