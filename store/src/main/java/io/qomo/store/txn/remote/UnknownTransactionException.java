package io.qomo.store.txn.remote;

/// The leader asked does not have the transaction: what it held there is lost.
final class UnknownTransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownTransactionException() {
        super("the leader does not know the transaction", null, false, false);
    }
}
