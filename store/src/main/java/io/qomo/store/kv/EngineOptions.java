package io.qomo.store.kv;

/// What a storage engine may use.
///
/// @param cacheBytes       block cache, shared by all families
/// @param writeBufferBytes memory for writes not yet in files, over all families
/// @param backgroundJobs   threads for flush and compaction
public record EngineOptions(long cacheBytes, long writeBufferBytes, int backgroundJobs) {
    /// Checks the limits.
    public EngineOptions {
        if (cacheBytes < 1 << 20 || writeBufferBytes < 1 << 20 || backgroundJobs < 1) {
            throw new IllegalArgumentException("an engine needs 1 MiB of cache, 1 MiB of write buffer and a thread");
        }
    }
}
