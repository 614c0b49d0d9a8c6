package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.Savepoint;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionManager;
import io.qomo.store.txn.TransactionOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session's transaction: begins it when first needed, ends it as autocommit and the statements say.
///
/// ```
/// none --statement needs one--> open --statement ends, autocommit--> none
/// none --START TRANSACTION----> open, explicit --COMMIT, ROLLBACK, deadlock--> none
/// ```
/// - \[I1\] A statement that fails leaves no write behind: it returns to the savepoint taken when it began.
/// - \[I2\] After a deadlock there is no transaction.
///
/// Owned by the session's thread, except [#interrupt].
final class TransactionControl {
    private final TransactionManager manager;
    private final Settings settings;
    private final Map<String, Savepoint> savepoints = new LinkedHashMap<>();
    private volatile @Nullable Transaction current;
    private volatile @Nullable Progress progress;
    private @Nullable Savepoint statementStart;
    private boolean explicit;
    private @Nullable IsolationLevel nextIsolation;
    private @Nullable Boolean nextReadOnly;

    /// What the session's variables say about transactions.
    interface Settings {
        /// Options of a transaction that begins now.
        TransactionOptions options();

        /// Whether each statement is a transaction of its own.
        boolean autocommit();

        /// Wall clock, microseconds since 1970 UTC.
        long nowMicros();

        /// Whether the statement is to stop.
        boolean isInterrupted();

        /// A transaction is over: hears whether it was committed.
        void ended(boolean isCommitted);
    }

    /// What others may know of the open transaction.
    ///
    /// @param modifiedRows rows its statements have changed
    record Progress(
            long id,
            IsolationLevel isolation,
            boolean isReadOnly,
            boolean isAutocommit,
            long startedMicros,
            long modifiedRows) {}

    TransactionControl(TransactionManager manager, Settings settings) {
        this.manager = manager;
        this.settings = settings;
    }

    /// The transaction, or null if none is open.
    @Nullable Transaction current() {
        return current;
    }

    /// The transaction once it has touched tables, or null; any thread.
    @Nullable Progress progress() {
        return progress;
    }

    /// A statement has changed so many rows.
    void addModified(long rows) {
        Progress p = progress;
        if (p != null) {
            progress = new Progress(
                    p.id, p.isolation, p.isReadOnly, p.isAutocommit, p.startedMicros, p.modifiedRows + rows);
        }
    }

    private void touch(Transaction txn) {
        if (progress == null) {
            progress = new Progress(
                    txn.id(), txn.isolation(), txn.isReadOnly(), !isInTransaction(), settings.nowMicros(), 0);
        }
    }

    /// True inside a transaction that the end of a statement does not end.
    boolean isInTransaction() {
        return current != null && (explicit || !settings.autocommit());
    }

    /// True if START TRANSACTION opened it.
    boolean isExplicit() {
        return explicit;
    }

    /// True if the open transaction refuses writes.
    boolean isReadOnly() {
        Transaction txn = current;
        return txn != null && txn.isReadOnly();
    }

    /// START TRANSACTION: the one before has been committed by the caller.
    void start(@Nullable Boolean readOnly, boolean consistentSnapshot) {
        if (readOnly != null) {
            nextReadOnly = readOnly;
        }
        Transaction txn = open();
        explicit = true;
        if (consistentSnapshot && txn.isolation() != IsolationLevel.READ_COMMITTED) {
            txn.snapshot();
            touch(txn);
        }
    }

    /// What AND CHAIN hands on to the next transaction.
    record Chain(
            @Nullable IsolationLevel isolation, @Nullable Boolean readOnly) {}

    /// The characteristics of the open transaction.
    Chain chain() {
        Transaction txn = current;
        return txn == null ? new Chain(null, null) : new Chain(txn.isolation(), txn.isReadOnly());
    }

    /// Starts a transaction as the one before.
    void start(Chain chain) {
        nextIsolation = chain.isolation;
        start(chain.readOnly, false);
    }

    /// SET TRANSACTION without a scope; error 1568 inside a transaction.
    void setNext(@Nullable IsolationLevel isolation, @Nullable Boolean readOnly) {
        if (isInTransaction()) {
            throw new SqlException(ErrorCode.CANT_CHANGE_TX_CHARACTERISTICS);
        }
        nextIsolation = isolation == null ? nextIsolation : isolation;
        nextReadOnly = readOnly == null ? nextReadOnly : readOnly;
    }

    /// A statement begins that touches tables: the transaction it runs in.
    Transaction beginStatement() {
        Transaction txn = current;
        if (txn == null) {
            txn = open();
        } else {
            txn.lockWaitTimeout(settings.options().lockWaitTimeout());
        }
        txn.startStatement();
        // a KILL that came before has been forgotten with those of earlier statements
        if (settings.isInterrupted()) {
            txn.interrupt();
        }
        touch(txn);
        statementStart = isInTransaction() ? txn.savepoint() : null;
        return txn;
    }

    /// The statement's time limit ends lock waits as well.
    void limitLockWaits(long remainingNanos) {
        Transaction txn = current;
        Duration timeout = settings.options().lockWaitTimeout();
        if (txn != null && timeout.compareTo(Duration.ofNanos(remainingNanos)) > 0) {
            txn.lockWaitTimeout(Duration.ofNanos(remainingNanos));
        }
    }

    /// The statement has done its work; commits under autocommit.
    void endStatement() {
        statementStart = null;
        if (current != null && !isInTransaction()) {
            commit();
        }
    }

    /// The statement has failed: takes its writes back, and under autocommit the transaction.
    void failStatement() {
        Transaction txn = current;
        Savepoint start = statementStart;
        statementStart = null;
        if (txn == null) {
            return;
        }
        if (!txn.isActive() || !isInTransaction()) {
            rollback();
        } else if (start != null) {
            txn.rollbackTo(start);
        }
    }

    /// Makes the open transaction durable, if there is one; whatever happens it is over.
    void commit() {
        Transaction txn = current;
        forget();
        if (txn != null) {
            try (txn) {
                txn.commit();
            }
            settings.ended(true);
        }
    }

    /// Undoes the open transaction, if there is one.
    void rollback() {
        Transaction txn = current;
        forget();
        if (txn != null) {
            txn.close();
            settings.ended(false);
        }
    }

    /// SAVEPOINT: does nothing outside a transaction, as in MySQL.
    void savepoint(String name) {
        Transaction txn = current;
        if (txn == null && !settings.autocommit()) {
            txn = open();
        }
        if (txn != null) {
            String key = name.toLowerCase(Locale.ROOT);
            savepoints.remove(key);
            savepoints.put(key, txn.savepoint());
        }
    }

    /// ROLLBACK TO SAVEPOINT; error 1305.
    void rollbackTo(String name) {
        Savepoint savepoint = find(name);
        Transaction txn = current;
        if (txn != null) {
            txn.rollbackTo(savepoint);
        }
        dropAfter(name, false);
    }

    /// RELEASE SAVEPOINT: forgets it and those after it; error 1305.
    void release(String name) {
        find(name);
        dropAfter(name, true);
    }

    /// Wakes the transaction from a lock wait; any thread.
    void interrupt() {
        Transaction txn = current;
        if (txn != null) {
            txn.interrupt();
        }
    }

    /// Forgets what SET TRANSACTION said for the next transaction.
    void reset() {
        rollback();
        nextIsolation = null;
        nextReadOnly = null;
    }

    private Transaction open() {
        TransactionOptions options = settings.options();
        if (nextIsolation != null) {
            options = options.withIsolation(nextIsolation);
        }
        if (nextReadOnly != null) {
            options = options.withReadOnly(nextReadOnly);
        }
        nextIsolation = null;
        nextReadOnly = null;
        Transaction txn = manager.begin(options);
        current = txn;
        return txn;
    }

    private void forget() {
        current = null;
        progress = null;
        statementStart = null;
        explicit = false;
        savepoints.clear();
    }

    private Savepoint find(String name) {
        Savepoint savepoint = savepoints.get(name.toLowerCase(Locale.ROOT));
        if (savepoint == null) {
            throw new SqlException(ErrorCode.SAVEPOINT_DOES_NOT_EXIST, name);
        }
        return savepoint;
    }

    private void dropAfter(String name, boolean inclusive) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean isBehind = false;
        for (String other : savepoints.keySet().toArray(new String[0])) {
            if (isBehind || (inclusive && other.equals(key))) {
                savepoints.remove(other);
            }
            isBehind |= other.equals(key);
        }
    }
}
