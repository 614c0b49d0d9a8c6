package io.qomo.store.txn;

/// What a transaction may see of others (SQL:1992 names; MySQL 8.0 Reference Manual, 17.7.2.1).
///
/// READ UNCOMMITTED is run as READ COMMITTED, which the standard allows.
public enum IsolationLevel {
    /// Every statement reads what was committed when it started.
    READ_COMMITTED,
    /// All plain reads see the snapshot of the first one; locking reads and writes see the latest
    /// committed values.
    REPEATABLE_READ,
    /// As if transactions ran one after the other: snapshot reads, validated at commit (DEADLOCK
    /// when they no longer hold).
    SERIALIZABLE
}
