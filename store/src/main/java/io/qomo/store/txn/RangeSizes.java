package io.qomo.store.txn;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;

/// What ranges of a replica hold, estimated. Thread-safe.
public final class RangeSizes {
    /// Keys read for statistics: a range with fewer is counted.
    private static final int SAMPLE_KEYS = 2048;
    private static final long MIN_SAMPLE_BYTES = 64 << 10;
    /// Size in a file as a part of the size before compression, where nothing better is known.
    private static final double PACKED = 0.6;

    private final OrderedStore store;

    /// The sizes of what `store` holds.
    public RangeSizes(OrderedStore store) {
        this.store = store;
    }

    /// As [BulkLoader#statistics].
    public RangeStatistics statistics(byte[] from, byte[] toExclusive) {
        long bytes = store.approximateBytes(from, toExclusive);
        long sampled = 0;
        long sampledBytes = 0;
        byte[] last = from;
        try (KvCursor cursor = store.scan(from, toExclusive, ScanDirection.FORWARD, OrderedStore.LATEST)) {
            while (sampled < SAMPLE_KEYS && cursor.next()) {
                sampled++;
                sampledBytes += cursor.keyLength() + cursor.valueLength();
                if (sampled == SAMPLE_KEYS) {
                    last = cursor.copyKey();
                }
            }
        }
        if (sampled < SAMPLE_KEYS) {
            return new RangeStatistics(Math.max(bytes, sampledBytes), sampled);
        }
        // Entries of different ranges compress differently, so what the sample itself takes is the measure; below
        // some blocks it says nothing.
        long stored = store.approximateBytes(from, last);
        double bytesPerKey =
                stored >= MIN_SAMPLE_BYTES ? (double) stored / sampled : (double) sampledBytes / sampled * PACKED;
        return new RangeStatistics(bytes, Math.max(sampled, (long) (bytes / bytesPerKey)));
    }

    /// As [BulkLoader#sample].
    public void sample(byte[] from, byte[] toExclusive, int limit, BulkLoader.KeyReader reader) {
        try (KvCursor cursor = store.scan(from, toExclusive, ScanDirection.FORWARD, OrderedStore.LATEST)) {
            for (int i = 0; i < limit && cursor.next(); i++) {
                reader.key(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength());
            }
        }
    }
}
