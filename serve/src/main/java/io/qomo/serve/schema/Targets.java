package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.TableName;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import java.util.Optional;

/// The tables DDL statements name: their databases, their locks, what they must be.
final class Targets {
    private final CatalogStore store;
    private final DdlSession session;

    Targets(CatalogStore store, DdlSession session) {
        this.store = store;
        this.session = session;
    }

    /// The database a name lies in. Errors 1046, 1049, 3554.
    String database(TableName name) {
        String database = name.schema() == null ? session.database() : name.schema();
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        return database;
    }

    /// The database of a table that is to change or to be made; as it is spelled. Errors as [#database], 1049, 3554.
    String writable(TableName name) {
        String database = database(name);
        DatabaseStatements.refuseSystem(database);
        return store.current()
                .database(database)
                .orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_DATABASE, database))
                .name();
    }

    /// Locks a table's name (and its database against DROP).
    void lock(String database, String name, LockMode mode) {
        session.lock(LockName.database(database), LockMode.WRITE);
        session.lock(LockName.table(database, name), mode);
    }

    /// A base table or view in the shared schema.
    Optional<TableDef> find(String database, String name) {
        return store.current().table(database, name);
    }

    /// A temporary table.
    Optional<TableDef> findTemporary(String database, String name) {
        return session.temporaryTables().find(database, name);
    }

    /// A base table to change, locked; temporary ones hide others. Errors 1146, 1347.
    TableDef base(TableName name, LockMode mode) {
        String database = database(name);
        Optional<TableDef> temporary = findTemporary(database, name.name());
        if (temporary.isPresent()) {
            return temporary.get();
        }
        DatabaseStatements.refuseSystem(database);
        lock(database, name.name(), mode);
        TableDef table = find(database, name.name())
                .orElseThrow(() -> new SqlException(ErrorCode.NO_SUCH_TABLE, database, name.name()));
        if (table.kind() != TableDef.Kind.BASE) {
            throw new SqlException(ErrorCode.WRONG_OBJECT, database, name.name(), "BASE TABLE");
        }
        return table;
    }
}
