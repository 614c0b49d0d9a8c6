package io.qomo.store.txn;

/// A moment in a transaction's sequence of writes, to which [Transaction#rollbackTo] returns.
///
/// Meaningless to another transaction.
///
/// @param sequence      writes the transaction had made
/// @param droppedRanges ranges it had given up
public record Savepoint(int sequence, int droppedRanges) {}
