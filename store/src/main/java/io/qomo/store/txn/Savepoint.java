package io.qomo.store.txn;

/// A moment in a transaction's sequence of writes, to which [Transaction#rollbackTo] returns.
///
/// @param sequence number of writes the transaction had made; meaningless to another transaction
public record Savepoint(long sequence) {}
