package io.qomo.store.txn;

/// What a key range holds, estimated.
///
/// @param approximateBytes on disk and in memory, after compression
/// @param approximateKeys  keys, counting several versions of one key several times
public record RangeStatistics(long approximateBytes, long approximateKeys) {}
