package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.TransactionStatement;
import io.qomo.query.sql.ast.TransactionStatement.AccessMode;
import io.qomo.serve.lock.MetadataLocks.Duration;
import io.qomo.serve.variable.VariableValue;
import io.qomo.store.txn.IsolationLevel;
import org.jspecify.annotations.Nullable;

/// BEGIN, COMMIT, ROLLBACK, savepoints, SET TRANSACTION, LOCK TABLES.
final class TransactionRunner {
    private final ServerSession session;

    TransactionRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, TransactionStatement statement) {
        TransactionControl transactions = session.transactions();
        switch (statement) {
            case TransactionStatement.StartTransaction s -> {
                session.count("Com_begin");
                start(s);
            }
            case TransactionStatement.Commit s -> {
                session.count("Com_commit");
                end(true, s.chain(), s.release());
            }
            case TransactionStatement.Rollback s -> {
                session.count("Com_rollback");
                end(false, s.chain(), s.release());
            }
            case TransactionStatement.Savepoint s -> {
                session.count("Com_savepoint");
                transactions.savepoint(s.name());
            }
            case TransactionStatement.RollbackToSavepoint s -> {
                session.count("Com_rollback_to_savepoint");
                transactions.rollbackTo(s.name());
            }
            case TransactionStatement.ReleaseSavepoint s -> {
                session.count("Com_release_savepoint");
                transactions.release(s.name());
            }
            case TransactionStatement.SetTransaction s -> set(s);
            case TransactionStatement.LockTables s -> {
                session.count("Com_lock_tables");
                commitImplicitly(session);
                session.tableLocks().unlock();
                session.tableLocks().lock(s);
            }
            case TransactionStatement.UnlockTables _ -> {
                session.count("Com_unlock_tables");
                unlock();
            }
            case TransactionStatement.LockInstance _ ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "LOCK INSTANCE FOR BACKUP");
            case TransactionStatement.XaStatement _, TransactionStatement.XaRecover _ ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "XA");
        }
        Ok.send(session, run);
    }

    /// Ends the open transaction with a commit, as many statements do, and gives its metadata locks back.
    static void commitImplicitly(ServerSession session) {
        try {
            session.transactions().commit();
        } finally {
            session.server().parts().locks().release(session.lockOwner(), Duration.TRANSACTION);
        }
    }

    private void start(TransactionStatement.StartTransaction statement) {
        commitImplicitly(session);
        session.tableLocks().unlock();
        AccessMode mode = statement.accessMode();
        session.transactions()
                .start(mode == null ? null : mode == AccessMode.READ_ONLY, statement.consistentSnapshot());
    }

    private void end(boolean commit, @Nullable Boolean chain, @Nullable Boolean release) {
        String completion = session.variables().value("completion_type").text();
        boolean chains = chain == null ? completion.equals("CHAIN") && !Boolean.TRUE.equals(release) : chain;
        boolean releases = release == null ? completion.equals("RELEASE") && !chains : release;
        TransactionControl transactions = session.transactions();
        TransactionControl.Chain next = transactions.chain();
        try {
            if (commit) {
                transactions.commit();
            } else {
                transactions.rollback();
            }
        } finally {
            session.server().parts().locks().release(session.lockOwner(), Duration.TRANSACTION);
        }
        if (chains) {
            transactions.start(next);
        }
        if (releases) {
            session.kill();
        }
    }

    private void unlock() {
        if (session.tableLocks().isActive()) {
            session.transactions().commit();
        }
        session.tableLocks().unlock();
        session.server().parts().locks().release(session.lockOwner(), Duration.EXPLICIT);
    }

    private void set(TransactionStatement.SetTransaction statement) {
        IsolationLevel isolation = statement.isolation() == null
                ? null
                : switch (statement.isolation()) {
                    case READ_UNCOMMITTED, READ_COMMITTED -> IsolationLevel.READ_COMMITTED;
                    case REPEATABLE_READ -> IsolationLevel.REPEATABLE_READ;
                    case SERIALIZABLE -> IsolationLevel.SERIALIZABLE;
                };
        AccessMode mode = statement.accessMode();
        if (statement.scope() == VariableScope.DEFAULT) {
            session.transactions().setNext(isolation, mode == null ? null : mode == AccessMode.READ_ONLY);
            return;
        }
        SetRunner variables = new SetRunner(session);
        if (statement.isolation() != null) {
            variables.assign(
                    statement.scope(),
                    "transaction_isolation",
                    VariableValue.of(statement.isolation().name().replace('_', '-')));
        }
        if (mode != null) {
            variables.assign(
                    statement.scope(), "transaction_read_only", VariableValue.of(mode == AccessMode.READ_ONLY ? 1 : 0));
        }
    }
}
