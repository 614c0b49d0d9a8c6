package io.qomo.store.cluster.log;

import io.qomo.base.error.Check;

/// How a shared log is run.
///
/// @param segmentBytes size of a segment file; one that has to hold more in a piece is made larger
/// @param cacheBytes   memory for the newest records of all groups
public record SharedLogOptions(int segmentBytes, long cacheBytes) {
    /// Segments of 64 MiB, a cache of 16 MiB.
    public static final SharedLogOptions DEFAULT = new SharedLogOptions(64 << 20, 16L << 20);

    /// Checks the sizes.
    public SharedLogOptions {
        Check.that(segmentBytes >= 1024 && segmentBytes % 8 == 0, "size of a segment", "bytes", segmentBytes);
        Check.that(cacheBytes >= 0, "size of the cache", "bytes", cacheBytes);
    }
}
