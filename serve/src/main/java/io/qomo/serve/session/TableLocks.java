package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.TransactionStatement.LockTables;
import io.qomo.query.sql.ast.TransactionStatement.TableLock;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.lock.MetadataLocks.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// LOCK TABLES: while it is in force only the locked tables may be used. Owned by the session's thread.
final class TableLocks {
    private final ServerSession session;
    private final Map<LockName, LockMode> locked = new HashMap<>();
    private final Map<LockName, Set<String>> aliases = new HashMap<>();

    TableLocks(ServerSession session) {
        this.session = session;
    }

    /// True between LOCK TABLES and UNLOCK TABLES.
    boolean isActive() {
        return !locked.isEmpty();
    }

    /// Takes the locks, each under the name it is used by, a view's tables with it; a transaction has been committed
    /// and earlier locks given back by the caller.
    void lock(LockTables statement) {
        Map<LockName, LockMode> wanted = new HashMap<>();
        List<LockName> order = new ArrayList<>();
        Map<LockName, Set<String>> names = new HashMap<>();
        for (TableLock lock : statement.locks()) {
            String database = lock.table().schema() == null
                    ? session.database()
                    : lock.table().schema();
            if (database == null) {
                throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
            }
            String name = lock.table().name();
            if (session.temporaryTables().find(database, name).isPresent()) {
                continue;
            }
            TableDef table = session.catalog()
                    .table(database, name)
                    .orElseThrow(() -> new SqlException(ErrorCode.NO_SUCH_TABLE, database, name));
            session.access().requireDatabase(database, Privilege.LOCK_TABLES);
            session.access().requireTable(database, name, Privilege.SELECT);
            if (table.kind() == TableDef.Kind.SYSTEM) {
                continue;
            }
            LockName key = LockName.table(database, name);
            String alias = lock.alias() == null ? name : lock.alias();
            names.computeIfAbsent(key, _ -> new HashSet<>()).add(alias.toLowerCase(Locale.ROOT));
            LockMode mode = lock.mode() == TableLock.Mode.WRITE ? LockMode.EXCLUSIVE : LockMode.READ_ONLY;
            want(key, mode, wanted, order);
            if (table.kind() == TableDef.Kind.VIEW) {
                for (TableDef used : new QueryRunner(session).tablesOf(table)) {
                    LockName below = LockName.table(used.database(), used.name());
                    names.computeIfAbsent(below, _ -> new HashSet<>())
                            .add(used.name().toLowerCase(Locale.ROOT));
                    want(below, mode, wanted, order);
                }
            }
        }
        take(order, wanted);
        aliases.putAll(names);
    }

    private static void want(LockName key, LockMode mode, Map<LockName, LockMode> wanted, List<LockName> order) {
        wanted.merge(key, mode, LockMode::join);
        if (!order.contains(key)) {
            order.add(key);
        }
    }

    private void take(List<LockName> order, Map<LockName, LockMode> wanted) {
        MetadataLocks locks = session.server().parts().locks();
        // Everybody takes the names in the same order, so that two LOCK TABLES never wait for each other.
        order.sort((a, b) -> a.toString().compareTo(b.toString()));
        try {
            if (wanted.containsValue(LockMode.EXCLUSIVE)) {
                acquire(LockName.GLOBAL, LockMode.WRITE);
            }
            for (LockName name : order) {
                acquire(name, wanted.getOrDefault(name, LockMode.READ_ONLY));
            }
        } catch (SqlException e) {
            locks.release(session.lockOwner(), Duration.EXPLICIT);
            throw e;
        }
        locked.putAll(wanted);
    }

    private void acquire(LockName name, LockMode mode) {
        session.server()
                .parts()
                .locks()
                .acquire(
                        session.lockOwner(),
                        name,
                        mode,
                        Duration.EXPLICIT,
                        session.settings().lockWaitTimeoutMs());
    }

    /// Gives the locks back.
    void unlock() {
        if (!locked.isEmpty()) {
            locked.clear();
            aliases.clear();
            session.server().parts().locks().release(session.lockOwner(), Duration.EXPLICIT);
        }
    }

    /// Errors 1100 and 1099: a table that was not locked, or not for writing.
    void check(StatementLocks needs) {
        for (StatementLocks.Mentioned used : needs.mentions()) {
            Set<String> names = aliases.get(used.name());
            if (names == null || !names.contains(used.alias().toLowerCase(Locale.ROOT))) {
                throw new SqlException(ErrorCode.TABLE_NOT_LOCKED, used.alias());
            }
        }
        for (StatementLocks.Need need : needs.needs()) {
            if (!need.direct()) {
                continue;
            }
            LockMode held = locked.get(need.name());
            if (held == null) {
                throw new SqlException(ErrorCode.TABLE_NOT_LOCKED, need.name().table());
            }
            if (need.mode() == LockMode.WRITE && held != LockMode.EXCLUSIVE) {
                throw new SqlException(
                        ErrorCode.TABLE_NOT_LOCKED_FOR_WRITE, need.name().table());
            }
        }
    }

    /// FLUSH TABLES WITH READ LOCK.
    void lockAll() {
        acquire(LockName.GLOBAL, LockMode.READ_ONLY);
    }
}
