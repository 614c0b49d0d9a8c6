package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DdlStatement.DropTable;
import io.qomo.query.sql.ast.DdlStatement.DropView;
import io.qomo.query.sql.ast.DdlStatement.TruncateTable;
import io.qomo.query.sql.ast.TableName;
import io.qomo.serve.lock.LockMode;
import java.util.ArrayList;
import java.util.List;

/// DROP TABLE, DROP VIEW and TRUNCATE.
final class DropTableStatements {
    private final CatalogStore store;
    private final TemporaryIds temporaryIds;
    private final TableRemover remover;
    private final DdlSession session;
    private final Targets targets;

    DropTableStatements(CatalogStore store, TemporaryIds temporaryIds, TableRemover remover, DdlSession session) {
        this.store = store;
        this.temporaryIds = temporaryIds;
        this.remover = remover;
        this.session = session;
        this.targets = new Targets(store, session);
    }

    /// All tables go or none.
    void drop(DropTable statement) {
        List<TableDef> temporary = new ArrayList<>();
        List<TableDef> shared = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (TableName name : statement.names()) {
            String database = targets.database(name);
            TableDef found = targets.findTemporary(database, name.name()).orElse(null);
            if (found != null && temporary.stream().noneMatch(t -> t.name().equalsIgnoreCase(name.name()))) {
                temporary.add(found);
                continue;
            }
            if (!statement.temporary()) {
                DatabaseStatements.refuseSystem(database);
                targets.lock(database, name.name(), LockMode.EXCLUSIVE);
                found = targets.find(database, name.name())
                        .filter(t -> t.kind() == TableDef.Kind.BASE)
                        .orElse(null);
                if (found != null) {
                    checkOnce(shared, found);
                    shared.add(found);
                    continue;
                }
            }
            missing.add(database + "." + name.name());
        }
        report(missing, statement.ifExists());
        checkReferences(shared);
        temporary.forEach(this::dropTemporary);
        dropShared(shared);
    }

    private static void checkOnce(List<TableDef> tables, TableDef table) {
        if (tables.stream().anyMatch(t -> t.id() == table.id())) {
            throw new SqlException(ErrorCode.NON_UNIQUE_TABLE, table.name());
        }
    }

    private void report(List<String> missing, boolean ifExists) {
        if (missing.isEmpty()) {
            return;
        }
        if (!ifExists) {
            throw new SqlException(ErrorCode.BAD_TABLE, String.join(",", missing));
        }
        missing.forEach(name -> session.note(ErrorCode.UNKNOWN_TABLE_NOTE, name));
    }

    private void checkReferences(List<TableDef> going) {
        if (!session.foreignKeyChecks()) {
            return;
        }
        for (TableDef table : going) {
            for (Catalog.Reference reference : store.current().referencing(table.database(), table.name())) {
                if (going.stream().noneMatch(t -> t.id() == reference.child().id())) {
                    throw new SqlException(
                            ErrorCode.FK_CANNOT_DROP_PARENT,
                            table.name(),
                            reference.key().name(),
                            reference.child().name());
                }
            }
        }
    }

    private void dropShared(List<TableDef> tables) {
        if (!tables.isEmpty()) {
            store.change(change -> tables.forEach(change::dropTable));
            tables.forEach(remover::forgetCounters);
        }
    }

    /// Removes a temporary table with its rows.
    void dropTemporary(TableDef table) {
        session.temporaryTables().remove(table);
        store.change(change -> change.dropData(table.id()));
        remover.forgetCounters(table);
    }

    void dropViews(DropView statement) {
        List<TableDef> views = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (TableName name : statement.names()) {
            String database = targets.database(name);
            DatabaseStatements.refuseSystem(database);
            targets.lock(database, name.name(), LockMode.EXCLUSIVE);
            TableDef found = targets.find(database, name.name()).orElse(null);
            if (found == null) {
                missing.add(database + "." + name.name());
            } else if (found.kind() != TableDef.Kind.VIEW) {
                throw new SqlException(ErrorCode.WRONG_OBJECT, database, name.name(), "VIEW");
            } else {
                views.add(found);
            }
        }
        report(missing, statement.ifExists());
        dropShared(views);
    }

    /// The table goes on under a new id, without rows, counting from the start.
    void truncate(TruncateTable statement) {
        TableDef old = targets.base(statement.name(), LockMode.EXCLUSIVE);
        if (!old.temporary() && session.foreignKeyChecks()) {
            for (Catalog.Reference reference : store.current().referencing(old.database(), old.name())) {
                if (reference.child().id() != old.id()) {
                    throw new SqlException(
                            ErrorCode.TRUNCATE_ILLEGAL_FK,
                            SqlText.identifier(reference.child().database()) + "."
                                    + SqlText.identifier(reference.child().name()) + ", CONSTRAINT "
                                    + SqlText.identifier(reference.key().name()));
                }
            }
        }
        TableDef fresh = Tables.withId(old, old.temporary() ? temporaryIds.next() : store.nextId());
        if (old.temporary()) {
            session.temporaryTables().put(fresh);
            store.change(change -> change.dropData(old.id()));
        } else {
            TableDraft.IdFloor floor = TableIds.load(store, old.id());
            store.change(change -> {
                change.dropTable(old);
                change.putTable(fresh);
                if (!floor.equals(TableDraft.IdFloor.START)) {
                    TableIds.save(change, fresh.id(), floor);
                }
            });
        }
        remover.forgetCounters(old);
    }
}
