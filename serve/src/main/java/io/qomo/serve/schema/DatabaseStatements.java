package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DdlStatement.AlterDatabase;
import io.qomo.query.sql.ast.DdlStatement.CreateDatabase;
import io.qomo.query.sql.ast.DdlStatement.DatabaseOption;
import io.qomo.query.sql.ast.DdlStatement.DropDatabase;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE, ALTER and DROP DATABASE.
final class DatabaseStatements {
    private final CatalogStore store;
    private final TableRemover remover;
    private final DdlSession session;

    DatabaseStatements(CatalogStore store, TableRemover remover, DdlSession session) {
        this.store = store;
        this.remover = remover;
        this.session = session;
    }

    /// Affected rows: 1, also if it was there.
    long create(CreateDatabase statement) {
        Names.checkDatabase(statement.name());
        session.lock(LockName.database(statement.name()), LockMode.EXCLUSIVE);
        if (store.current().database(statement.name()).isPresent()) {
            if (!statement.ifNotExists()) {
                throw new SqlException(ErrorCode.DATABASE_EXISTS, statement.name());
            }
            session.note(ErrorCode.DATABASE_EXISTS, statement.name());
            return 1;
        }
        Collation collation = collation(statement.options(), session.serverCollation());
        DatabaseDef database = new DatabaseDef(store.nextId(), statement.name(), collation);
        store.change(change -> change.putDatabase(database));
        return 1;
    }

    /// Affected rows: 1.
    long alter(AlterDatabase statement) {
        String name = statement.name() == null ? session.database() : statement.name();
        if (name == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        session.lock(LockName.database(name), LockMode.EXCLUSIVE);
        DatabaseDef old =
                store.current().database(name).orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_DATABASE, name));
        refuseSystem(name);
        Collation collation = collation(statement.options(), old.collation());
        store.change(change -> change.putDatabase(new DatabaseDef(old.id(), old.name(), collation)));
        return 1;
    }

    private Collation collation(List<DatabaseOption> options, Collation inherited) {
        @Nullable String charset = null;
        @Nullable String collation = null;
        for (DatabaseOption option : options) {
            boolean isDefault = option.value().equalsIgnoreCase("DEFAULT");
            switch (option.name()) {
                case CHARSET -> charset = isDefault ? null : option.value();
                case COLLATE -> collation = isDefault ? null : option.value();
                case ENCRYPTION -> {
                    if (!option.value().equalsIgnoreCase("N")) {
                        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "ENCRYPTION");
                    }
                }
                case READ_ONLY -> {
                    if (!isDefault && !option.value().equals("0")) {
                        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "READ ONLY databases");
                    }
                }
            }
        }
        return TypeResolver.collation(charset, collation, inherited, session.utf8mb4Default());
    }

    /// Affected rows: the number of tables and views that went with it.
    long drop(DropDatabase statement) {
        session.lock(LockName.database(statement.name()), LockMode.EXCLUSIVE);
        DatabaseDef database = store.current().database(statement.name()).orElse(null);
        if (database == null) {
            if (!statement.ifExists()) {
                throw new SqlException(ErrorCode.DATABASE_DROP_EXISTS, statement.name());
            }
            session.note(ErrorCode.DATABASE_DROP_EXISTS, statement.name());
            return 0;
        }
        refuseSystem(database.name());
        List<TableDef> tables = store.current().tables(database.name());
        for (TableDef table : tables) {
            session.lock(LockName.table(table.database(), table.name()), LockMode.EXCLUSIVE);
        }
        checkReferences(database, tables);
        store.change(change -> change.dropDatabase(database));
        tables.forEach(remover::forgetCounters);
        return tables.size();
    }

    /// Tables of other databases may not refer to tables that go.
    private void checkReferences(DatabaseDef database, List<TableDef> tables) {
        if (!session.foreignKeyChecks()) {
            return;
        }
        for (TableDef table : tables) {
            for (Catalog.Reference reference : store.current().referencing(table.database(), table.name())) {
                if (!reference.child().database().equalsIgnoreCase(database.name())) {
                    throw new SqlException(
                            ErrorCode.FK_CANNOT_DROP_PARENT,
                            table.name(),
                            reference.key().name(),
                            reference.child().name());
                }
            }
        }
    }

    /// Error 3554.
    static void refuseSystem(String database) {
        if (SystemDatabases.contains(database)) {
            throw new SqlException(ErrorCode.SYSTEM_SCHEMA_CHANGE, database);
        }
    }
}
