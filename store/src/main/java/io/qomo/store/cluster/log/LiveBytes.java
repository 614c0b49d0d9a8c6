package io.qomo.store.cluster.log;

/// Counts how much of each segment is still needed.
@FunctionalInterface
interface LiveBytes {
    /// Adds to (or takes off) the bytes of a segment's records that some group needs.
    void add(int segment, long bytes);
}
