package io.qomo.store.txn;

import io.qomo.base.error.Check;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.replica.mvcc.ChangedKeys;
import io.qomo.store.replica.mvcc.IngestCommand;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Mass writes as a row of ordinary log entries of a few MiB, each validated on its own.
public final class BulkWriter implements BulkLoader {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ENTRY_OVERHEAD_BYTES = 64;
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
        return new ChunkedLoad(asOf, null);
    }

    @Override
    public Load begin(long asOf, Changes changes) {
        return new ChunkedLoad(asOf, changes);
    }

    @Override
    public Changes changes(byte[] from, byte[] toExclusive) {
        ChangedKeys capture = replicator.capture(from, toExclusive, MAX_CHANGES_BYTES);
        return new Changes() {
            @Override
            public ChangedKeys.Taken take(long upTo) {
                return capture.take(upTo);
            }

            @Override
            public void close() {
                replicator.endCapture(capture);
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

    /// Collects a chunk, and writes it when it is full.
    private final class ChunkedLoad implements Load {
        private final long asOf;
        private NavigableMap<byte[], byte[]> chunk = new TreeMap<>(Arrays::compareUnsigned);
        private long chunkBytes;
        private long written;
        private boolean isOver;
        private @Nullable Changes changes;
        private final NavigableSet<byte[]> changed = new TreeSet<>(Arrays::compareUnsigned);

        ChunkedLoad(long asOf, @Nullable Changes changes) {
            this.asOf = asOf;
            this.changes = changes;
        }

        @Override
        public void add(byte[] key, byte[] value) {
            Check.that(!isOver, "the load is over");
            chunk.put(key, value);
            chunkBytes += key.length + value.length + ENTRY_OVERHEAD_BYTES;
            if (chunkBytes >= CHUNK_BYTES) {
                flush();
            }
        }

        private void flush() {
            RecentCommits.Watch watch = replicator.watch();
            try {
                IngestCommand command = new IngestCommand(asOf, chunk, watch.snapshot());
                filter(command, watch.snapshot());
                replicator.propose(command);
                written += command.written();
            } finally {
                replicator.endWatch(watch);
            }
            chunk = new TreeMap<>(Arrays::compareUnsigned);
            chunkBytes = 0;
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

        @Override
        public long finish() {
            Check.that(!isOver, "the load is over");
            if (chunkBytes > 0) {
                flush();
            }
            isOver = true;
            return written;
        }

        @Override
        public void close() {
            isOver = true;
            if (changes != null) {
                changes.close();
            }
        }
    }
}
