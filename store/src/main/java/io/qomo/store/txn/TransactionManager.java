package io.qomo.store.txn;

/// Begins transactions. Thread-safe; obtained from `Store.transactions()`.
public interface TransactionManager {
    /// A new transaction; costs no I/O and takes no snapshot yet.
    Transaction begin(TransactionOptions options);

    /// The timestamp up to which every commit is visible: what a snapshot taken now would be.
    long latestTimestamp();

    /// Transactions that are neither committed nor rolled back.
    int openTransactions();

    /// Bytes of memory that writes not yet committed take.
    long bufferedBytes();

    /// Waits for locks since the start.
    long lockWaits();

    /// Nanoseconds that was waited for locks since the start.
    long lockWaitNanos();
}
