package io.qomo.store.kv;

/// What a storage engine may use.
///
/// @param cacheBytes       block cache, shared by all families
/// @param writeBufferBytes memory for writes not yet in files, over all families
/// @param backgroundJobs   threads for flush and compaction
/// @param isLogged         whether the engine logs its writes; without it a crash takes it back to an earlier
/// consistent
///     state, from which somebody else's log continues
public record EngineOptions(long cacheBytes, long writeBufferBytes, int backgroundJobs, boolean isLogged) {
    /// Checks the limits.
    public EngineOptions {
        if (cacheBytes < 1 << 20 || writeBufferBytes < 1 << 20 || backgroundJobs < 1) {
            throw new IllegalArgumentException("an engine needs 1 MiB of cache, 1 MiB of write buffer and a thread");
        }
    }

    /// With a log of its own.
    public EngineOptions(long cacheBytes, long writeBufferBytes, int backgroundJobs) {
        this(cacheBytes, writeBufferBytes, backgroundJobs, true);
    }

    /// The same without a log of its own.
    public EngineOptions withoutLog() {
        return new EngineOptions(cacheBytes, writeBufferBytes, backgroundJobs, false);
    }
}
