package io.qomo.store.txn;

/// What DDL needs beside transactions: mass writes of sorted keys, and sizes. Thread-safe.
public interface BulkLoader {
    /// Starts a load of keys that stood for the state at the snapshot `asOf` (an index built from a
    /// scan at `asOf`).
    ///
    /// A key that anybody has written or deleted after `asOf` keeps that newer state, and the
    /// loaded value is left out. The keys become visible piece by piece, so no reader may be using
    /// their range before [Load#finish] returned.
    Load begin(long asOf);

    /// How much a key range holds, roughly: from file metadata, without reading the data.
    RangeStatistics statistics(byte[] from, byte[] toExclusive);

    /// Hands the first `limit` keys of a range to a reader, as of now: for estimates.
    void sample(byte[] from, byte[] toExclusive, int limit, KeyReader reader);

    /// Is shown keys.
    @FunctionalInterface
    interface KeyReader {
        /// One key; the array changes afterwards.
        void key(byte[] array, int offset, int length);
    }

    /// A load in progress; owned by one thread.
    interface Load extends AutoCloseable {
        /// Adds an entry, each key once. Sorted keys are cheapest, any order is right.
        void add(byte[] key, byte[] value);

        /// Makes all added entries durable; returns how many were written.
        long finish();

        /// Ends the load; what was not yet written is forgotten.
        @Override
        void close();
    }
}
