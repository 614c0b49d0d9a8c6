package io.qomo.store.txn;

import io.qomo.store.replica.mvcc.ChangedKeys;

/// What DDL needs beside transactions: mass writes of sorted keys, and sizes. Thread-safe.
public interface BulkLoader {
    /// Starts a load of keys that stood for the state at the snapshot `asOf` (an index built from a
    /// scan at `asOf`).
    ///
    /// A key that anybody has written or deleted after `asOf` keeps that newer state, and the
    /// loaded value is left out. The keys become visible piece by piece, so no reader may be using
    /// their range before [Load#finish] returned.
    Load begin(long asOf);

    /// As [#begin(long)], with what has been written in the range of all added keys since before the snapshot, which
    /// need not be looked up then. The load ends the notes.
    Load begin(long asOf, Changes changes);

    /// Begins to note which keys of a range transactions write: the first snapshot taken after this call and what
    /// [Changes#take] gives later make up all there is. Mass writes are not noted.
    Changes changes(byte[] from, byte[] toExclusive);

    /// How much a key range holds, roughly: from file metadata, without reading the data.
    RangeStatistics statistics(byte[] from, byte[] toExclusive);

    /// Hands the first `limit` keys of a range to a reader, as of now: for estimates.
    void sample(byte[] from, byte[] toExclusive, int limit, KeyReader reader);

    /// What transactions write in a range, from a moment on; owned by one thread.
    interface Changes extends AutoCloseable {
        /// The keys written since the last call by commits that a snapshot of `upTo` sees. Keys of later commits wait
        /// for a later call.
        ChangedKeys.Taken take(long upTo);

        /// Stops taking notes.
        @Override
        void close();
    }

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
