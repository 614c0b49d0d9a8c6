package io.qomo.store.txn;

import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.replica.mvcc.ChangedKeys;
import io.qomo.store.replica.mvcc.IngestCommand;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Mass writes as a row of ordinary log entries of a few MiB, each validated on its own.
public final class BulkWriter implements BulkLoader {
    /// Memory for the keys that change while a table is copied.
    private static final long MAX_CHANGES_BYTES = 32 << 20;
    /// Changed keys remembered during a load; beyond that they are looked up.
    private static final int MAX_CHANGED_KEYS = 1 << 18;
    private final OrderedStore store;
    private final Replicator replicator;
    private final RangeSizes sizes;

    /// Loads into `store` by way of `replicator`.
    public BulkWriter(OrderedStore store, Replicator replicator) {
        this.store = store;
        this.replicator = replicator;
        this.sizes = new RangeSizes(store);
    }

    @Override
    public Load begin(long asOf) {
        return load(new ChunkWriter(asOf, null));
    }

    @Override
    public Load begin(long asOf, Changes changes) {
        return load(new ChunkWriter(asOf, changes));
    }

    @Override
    public Changes changes(byte[] from, byte[] toExclusive) {
        ChangedKeys capture = replicator.commits().capture(from, toExclusive, MAX_CHANGES_BYTES);
        return new Changes() {
            @Override
            public ChangedKeys.Taken take(long upTo) {
                return capture.take(upTo);
            }

            @Override
            public void close() {
                replicator.commits().endCapture(capture);
            }
        };
    }

    @Override
    public RangeStatistics statistics(byte[] from, byte[] toExclusive) {
        return sizes.statistics(from, toExclusive);
    }

    @Override
    public void sample(byte[] from, byte[] toExclusive, int limit, KeyReader reader) {
        sizes.sample(from, toExclusive, limit, reader);
    }

    private static Load load(ChunkWriter writer) {
        return new ChunkedLoad(writer::write, writer::close);
    }

    /// Writes the chunks of a load as log entries, leaving out what is known to be newer.
    private final class ChunkWriter {
        private final long asOf;
        private @Nullable Changes changes;
        private final NavigableSet<byte[]> changed = new TreeSet<>(Arrays::compareUnsigned);

        ChunkWriter(long asOf, @Nullable Changes changes) {
            this.asOf = asOf;
            this.changes = changes;
        }

        long write(NavigableMap<byte[], byte[]> chunk) {
            RecentCommits.Watch watch = replicator.commits().watch();
            try {
                IngestCommand command = new IngestCommand(asOf, chunk, watch.snapshot());
                filter(command, watch.snapshot());
                replicator.propose(command);
                return command.written();
            } finally {
                replicator.commits().endWatch(watch);
            }
        }

        private void filter(IngestCommand command, long appliedTo) {
            Changes notes = changes;
            if (notes != null) {
                ChangedKeys.Taken taken = notes.take(appliedTo);
                changed.addAll(taken.keys());
                if (taken.isComplete() && changed.size() <= MAX_CHANGED_KEYS) {
                    command.leaveOut(changed);
                    return;
                }
                notes.close();
                changes = null;
                changed.clear();
            }
            command.filterApplied(store);
        }

        void close() {
            if (changes != null) {
                changes.close();
            }
        }
    }
}
