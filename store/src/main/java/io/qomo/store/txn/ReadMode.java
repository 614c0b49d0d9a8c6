package io.qomo.store.txn;

/// Which committed state a scan merges with the transaction's own writes.
public enum ReadMode {
    /// The transaction's snapshot.
    SNAPSHOT,
    /// Everything committed when the cursor was opened ("current read"): for the scans of locking
    /// reads and writes.
    LATEST
}
