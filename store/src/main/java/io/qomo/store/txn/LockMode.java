package io.qomo.store.txn;

/// The strength of a key lock.
public enum LockMode {
    /// Compatible with other SHARED locks (FOR SHARE).
    SHARED,
    /// Compatible with nothing (FOR UPDATE, writes).
    EXCLUSIVE
}
