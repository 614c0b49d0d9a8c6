package io.qomo.store.simulation;

import io.qomo.base.error.SqlException;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.util.function.Consumer;

/// A transaction as its client knows it.
class Attempt {
    /// What the client has learnt.
    enum Fate {
        /// Nothing: it goes on, or its node has died, or the outcome was told to be unknown.
        OPEN,
        ACKNOWLEDGED,
        REFUSED
    }

    private long beginNanos;
    private long endNanos = Long.MAX_VALUE;
    private Fate fate = Fate.OPEN;

    /// Runs the transaction; errors that a client must expect are taken note of.
    final void run(Cluster cluster, SimulatedNode node, TransactionOptions options, Consumer<Transaction> body) {
        beginNanos = cluster.simulation().nowNanos();
        try (Transaction transaction = node.transactions().begin(options)) {
            body.accept(transaction);
            transaction.commit();
            fate = Fate.ACKNOWLEDGED;
            endNanos = cluster.simulation().nowNanos();
            cluster.probes().count("acknowledged");
        } catch (SqlException e) {
            switch (e.code()) {
                case UNKNOWN_OUTCOME -> cluster.probes().count("outcome unknown");
                case DEADLOCK, LOCK_WAIT_TIMEOUT, GROUP_UNAVAILABLE -> {
                    fate = Fate.REFUSED;
                    cluster.probes().count("refused: " + e.code() + (e.getCause() == null ? "" : ", leader lost"));
                }
                default -> throw e;
            }
        }
    }

    final boolean isAcknowledged() {
        return fate == Fate.ACKNOWLEDGED;
    }

    final boolean isRefused() {
        return fate == Fate.REFUSED;
    }

    final long beginNanos() {
        return beginNanos;
    }

    /// When it was acknowledged; in the far future if it was not.
    final long endNanos() {
        return endNanos;
    }
}
