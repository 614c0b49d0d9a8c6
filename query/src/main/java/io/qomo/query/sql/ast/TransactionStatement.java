package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Transactions, savepoints, table locks, XA.
public sealed interface TransactionStatement extends Statement {
    /// `START TRANSACTION [WITH CONSISTENT SNAPSHOT] [READ ONLY | READ WRITE]` and BEGIN \[WORK].
    ///
    /// @param accessMode null when not written
    record StartTransaction(
            boolean consistentSnapshot, @Nullable AccessMode accessMode) implements TransactionStatement {}

    /// READ ONLY, READ WRITE.
    enum AccessMode {
        READ_ONLY,
        READ_WRITE
    }

    /// The four levels.
    enum IsolationLevel {
        READ_UNCOMMITTED,
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE
    }

    /// `COMMIT \[WORK] [AND [NO] CHAIN] [[NO] RELEASE]`; null: not written, `completion_type` decides.
    record Commit(@Nullable Boolean chain, @Nullable Boolean release) implements TransactionStatement {}

    /// As [Commit].
    record Rollback(@Nullable Boolean chain, @Nullable Boolean release) implements TransactionStatement {}

    /// `SAVEPOINT name`.
    record Savepoint(String name) implements TransactionStatement {}

    /// `ROLLBACK \[WORK] TO [SAVEPOINT] name`.
    record RollbackToSavepoint(String name) implements TransactionStatement {}

    /// `RELEASE SAVEPOINT name`.
    record ReleaseSavepoint(String name) implements TransactionStatement {}

    /// `SET [scope] TRANSACTION ...`; without a scope it is meant for the next transaction only.
    record SetTransaction(
            Expression.VariableScope scope,
            @Nullable IsolationLevel isolation,
            @Nullable AccessMode accessMode) implements TransactionStatement {}

    /// `LOCK TABLES ...`.
    record LockTables(List<TableLock> locks) implements TransactionStatement {
        /// Copies the list.
        public LockTables {
            locks = List.copyOf(locks);
        }
    }

    /// One `table [AS alias] mode`. LOW_PRIORITY WRITE is WRITE.
    record TableLock(TableName table, @Nullable String alias, Mode mode) {
        /// The modes.
        public enum Mode {
            READ,
            READ_LOCAL,
            WRITE
        }
    }

    /// `UNLOCK TABLES`.
    record UnlockTables() implements TransactionStatement {}

    /// `LOCK INSTANCE FOR BACKUP`, `UNLOCK INSTANCE`.
    record LockInstance(boolean unlock) implements TransactionStatement {}

    /// `XA START|END|PREPARE|COMMIT|ROLLBACK xid`.
    record XaStatement(Verb verb, Xid xid, Modifier modifier) implements TransactionStatement {
        /// What is done to the branch.
        public enum Verb {
            START,
            END,
            PREPARE,
            COMMIT,
            ROLLBACK
        }

        /// JOIN and RESUME belong to START, SUSPEND to END, ONE_PHASE to COMMIT.
        public enum Modifier {
            NONE,
            JOIN,
            RESUME,
            SUSPEND,
            SUSPEND_FOR_MIGRATE,
            ONE_PHASE
        }
    }

    /// `XA RECOVER [CONVERT XID]`.
    record XaRecover(boolean convertXid) implements TransactionStatement {}

    /// `gtrid [, bqual [, formatID]]`; string, hex or bit literals.
    record Xid(Literal gtrid, @Nullable Literal bqual, long formatId) {}
}
