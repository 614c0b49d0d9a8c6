package io.qomo.store;

import java.time.Duration;

/// How a store is run.
///
/// @param cacheBytes       block cache
/// @param writeBufferBytes memory for writes that are not yet in files
/// @param backgroundJobs   threads that flush and compact
/// @param syncCommits      a commit is on disk when it returns; without it a power failure may lose
///                         the last ones, a crash of the process does not
/// @param historyRetention how long old versions are kept at least
/// @param transactionBytes memory for the writes of all transactions that are not yet committed
public record StoreOptions(
        long cacheBytes,
        long writeBufferBytes,
        int backgroundJobs,
        boolean syncCommits,
        Duration historyRetention,
        long transactionBytes) {
    /// Open snapshots keep what they may read for as long as they are open; beyond them nothing reads the past on a
    /// single node, and rows that are written again and again are slow to scan while their old versions are there.
    private static final Duration RETENTION = Duration.ofMillis(500);

    /// For a node of moderate size: 256 MiB cache, 64 MiB write buffer, durable.
    public static final StoreOptions DEFAULT =
            new StoreOptions(256L << 20, 64L << 20, 2, true, RETENTION, transactionBytesOfHeap());

    /// What suits a process that may use `nodeBytes` in all: an eighth for the cache, a
    /// sixteenth for writes.
    public static StoreOptions forNode(long nodeBytes) {
        return new StoreOptions(
                Math.max(8L << 20, nodeBytes / 8),
                Math.clamp(nodeBytes / 16, 8L << 20, 256L << 20),
                2,
                true,
                RETENTION,
                transactionBytesOfHeap());
    }

    /// A third of the heap: a commit needs up to as much again for a moment.
    private static long transactionBytesOfHeap() {
        return Runtime.getRuntime().maxMemory() / 20 * 7;
    }

    /// The same, syncing commits or not.
    public StoreOptions withSyncCommits(boolean sync) {
        return new StoreOptions(cacheBytes, writeBufferBytes, backgroundJobs, sync, historyRetention, transactionBytes);
    }

    /// The same with another retention.
    public StoreOptions withHistoryRetention(Duration retention) {
        return new StoreOptions(cacheBytes, writeBufferBytes, backgroundJobs, syncCommits, retention, transactionBytes);
    }
}
