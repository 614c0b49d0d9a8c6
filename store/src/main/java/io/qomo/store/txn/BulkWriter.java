package io.qomo.store.txn;

import io.qomo.base.error.Check;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.replica.mvcc.IngestCommand;
import io.qomo.store.replica.mvcc.RecentCommits;
import org.jspecify.annotations.Nullable;

/// Mass writes as a row of ordinary log entries of a few MiB, each validated on its own.
public final class BulkWriter implements BulkLoader {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ENTRY_OVERHEAD_BYTES = 64;

    private final OrderedStore store;
    private final Replicator replicator;

    /// Loads into `store` by way of `replicator`.
    public BulkWriter(OrderedStore store, Replicator replicator) {
        this.store = store;
        this.replicator = replicator;
    }

    @Override
    public Load begin(long asOf) {
        return new ChunkedLoad(asOf);
    }

    @Override
    public RangeStatistics statistics(byte[] from, byte[] toExclusive) {
        long bytes = store.approximateBytes(from, toExclusive);
        return new RangeStatistics(bytes, bytes / store.averageEntryBytes());
    }

    /// Collects a chunk, and writes it when it is full.
    private final class ChunkedLoad implements Load {
        private final long asOf;
        private RecentCommits.@Nullable Watch watch;
        private IngestCommand chunk;
        private long chunkBytes;
        private long written;
        private boolean isOver;

        ChunkedLoad(long asOf) {
            this.asOf = asOf;
            this.chunk = newChunk();
        }

        private IngestCommand newChunk() {
            RecentCommits.Watch previous = watch;
            RecentCommits.Watch next = replicator.watch();
            watch = next;
            if (previous != null) {
                replicator.endWatch(previous);
            }
            chunkBytes = 0;
            return new IngestCommand(asOf, next.snapshot());
        }

        @Override
        public void add(byte[] key, byte[] value) {
            Check.that(!isOver, "the load is over");
            chunk.add(key, value);
            chunkBytes += key.length + value.length + ENTRY_OVERHEAD_BYTES;
            if (chunkBytes >= CHUNK_BYTES) {
                flush();
            }
        }

        private void flush() {
            chunk.filterApplied(store);
            replicator.propose(chunk);
            written += chunk.written();
            chunk = newChunk();
        }

        @Override
        public long finish() {
            Check.that(!isOver, "the load is over");
            if (chunkBytes > 0) {
                flush();
            }
            close();
            return written;
        }

        @Override
        public void close() {
            RecentCommits.Watch last = watch;
            if (last != null) {
                replicator.endWatch(last);
                watch = null;
            }
            isOver = true;
        }
    }
}
