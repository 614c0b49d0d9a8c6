package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DdlStatement.AlterTable;
import io.qomo.query.sql.ast.TableName;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.schema.SchemaStatements.Result;
import io.qomo.store.Store;
import java.util.List;

/// ALTER TABLE, in one of three ways:
///
/// ```
/// INSTANT  publish the new definition                                       exclusive for a moment
/// INPLACE  publish new indexes as WRITE_ONLY · fill · verify · publish      readers and writers go on
/// COPY     copy all rows into a new table · follow what is written
///          meanwhile · publish it in the old's place                        readers and writers go on
/// ```
/// Writers wait while a table is copied whose rows cannot be found again in the copy (it gets a key that is counted),
/// and while rows are shown to obey new constraints. Until the last step nothing of the change can be seen; an error, a
/// KILL or a crash before it leaves the table as it
/// was.
final class AlterTableStatement {
    private final CatalogStore catalog;
    private final Store store;
    private final TemporaryIds temporaryIds;
    private final TableRemover remover;
    private final DdlSession session;
    private final Targets targets;

    AlterTableStatement(
            CatalogStore catalog, Store store, TemporaryIds temporaryIds, TableRemover remover, DdlSession session) {
        this.catalog = catalog;
        this.store = store;
        this.temporaryIds = temporaryIds;
        this.remover = remover;
        this.session = session;
        this.targets = new Targets(catalog, session);
    }

    Result run(AlterTable statement) {
        TableDef old = finished(statement.name());
        AlterDraft alter = new AlterDraft(session, old, TableIds.load(catalog, old.id()));
        alter.apply(statement.actions());
        lockNewName(alter);
        TableDef unchangedId = alter.draft().finish(old.id());
        new ForeignKeyRules(alter.draft()).checkParents(unchangedId, alter.addedKeys());
        AlterMethod method = AlterMethod.choose(session, old, unchangedId, alter);
        method.checkClauses(old, unchangedId, alter);
        if (alter.lock().equals("EXCLUSIVE")) {
            lock(old, LockMode.EXCLUSIVE);
        }
        Result result = switch (method.method()) {
            case INSTANT -> instant(old, alter, method);
            case INPLACE -> inPlace(old, alter, method);
            case COPY -> copy(old, alter);
        };
        setAutoIncrement(old, alter);
        return result;
    }

    /// The table, locked against other changes, without what an earlier one could not undo.
    private TableDef finished(TableName name) {
        TableDef table = targets.base(name, LockMode.UPGRADABLE);
        boolean isChanged = !table.temporary() && UnfinishedIndexes.remove(catalog, table);
        return isChanged ? targets.base(name, LockMode.UPGRADABLE) : table;
    }

    private void lockNewName(AlterDraft alter) {
        TableName name = alter.newName();
        if (name != null && !alter.draft().isTemporary()) {
            String database = name.schema() == null ? alter.draft().database() : targets.writable(name);
            Names.checkTable(name.name());
            targets.lock(database, name.name(), LockMode.EXCLUSIVE);
            boolean isSame = database.equalsIgnoreCase(alter.draft().database())
                    && name.name().equalsIgnoreCase(alter.draft().name());
            if (!isSame && targets.find(database, name.name()).isPresent()) {
                throw new SqlException(ErrorCode.TABLE_EXISTS, name.name());
            }
        }
    }

    private void lock(TableDef table, LockMode mode) {
        if (!table.temporary()) {
            session.lock(LockName.table(table.database(), table.name()), mode);
        }
    }

    private Result instant(TableDef old, AlterDraft alter, AlterMethod method) {
        AlterPublication publication = new AlterPublication(catalog, session, old, alter);
        TableDef changed = publication.withOrigins(alter.draft().finish(old.id()), method.addedColumns());
        if (publication.mustValidate()) {
            lock(old, LockMode.NO_WRITE);
            publication.lockParents();
            publication.validate(changed);
        }
        lock(old, LockMode.EXCLUSIVE);
        publication.publish(changed);
        return new Result(0, 0L);
    }

    private Result inPlace(TableDef old, AlterDraft alter, AlterMethod method) {
        AlterPublication publication = new AlterPublication(catalog, session, old, alter);
        TableDef changed = publication.withOrigins(alter.draft().finish(old.id()), method.addedColumns());
        List<IndexDef> added = method.addedIndexes();
        TableDef building = publication.building(changed, added);
        lock(old, LockMode.EXCLUSIVE);
        publication.publishBuilding(building);
        session.downgrade(LockName.table(old.database(), old.name()), LockMode.UPGRADABLE);
        try {
            new IndexBuild(session, store, building, added).run();
            if (publication.mustValidate()) {
                lock(old, LockMode.NO_WRITE);
                publication.lockParents();
                publication.validate(changed);
            }
            lock(old, LockMode.EXCLUSIVE);
        } catch (RuntimeException | Error e) {
            afterError(e, () -> publication.undo(building, added));
            throw e;
        }
        publication.publish(changed);
        return new Result(0, 0L);
    }

    /// Cleans up; where that fails as well (a full disk), the next ALTER of the table or the next start does it.
    private static void afterError(Throwable error, Runnable cleaning) {
        try {
            cleaning.run();
        } catch (SqlException e) {
            error.addSuppressed(e);
        }
    }

    private Result copy(TableDef old, AlterDraft alter) {
        AlterPublication publication = new AlterPublication(catalog, session, old, alter);
        long id = old.temporary() ? temporaryIds.next() : catalog.nextId();
        TableDef changed = publication.withoutOrigins(alter.draft().finish(id));
        String job = UnfinishedTables.recordName(id);
        catalog.change(
                change -> change.putRecord(MetaKind.JOB, job, UnfinishedTables.record(id, id + 1, catalog.owner())));
        long rows;
        try {
            rows = copyRows(old, alter, publication, changed);
        } catch (RuntimeException | Error e) {
            afterError(
                    e,
                    () -> catalog.change(change -> {
                        change.putRecord(MetaKind.JOB, job, null);
                        change.dropData(id);
                    }));
            remover.forgetCounters(changed);
            if (e instanceof SqlException s && s.code() == ErrorCode.BAD_NULL) {
                throw new SqlException(ErrorCode.INVALID_USE_OF_NULL);
            }
            throw e;
        }
        if (changed.columns().stream().anyMatch(c -> c.autoIncrement())
                && old.columns().stream().anyMatch(c -> c.autoIncrement())) {
            remover.inheritAutoIncrement(old, changed);
        }
        remover.inheritRowIds(old, changed);
        if (old.temporary()) {
            publication.publish(changed);
            catalog.change(change -> {
                change.putRecord(MetaKind.JOB, job, null);
                change.dropData(old.id());
            });
        } else {
            publication.publishCopy(changed, job);
        }
        remover.forgetCounters(old);
        return new Result(rows, rows);
    }

    /// Fills the new table; in the end it equals the old one, which is locked exclusively.
    private long copyRows(TableDef old, AlterDraft alter, AlterPublication publication, TableDef changed) {
        TableDef copy = Tables.withForeignKeys(changed, List.of());
        if (alter.lock().equals("SHARED") || alter.algorithm().equals("COPY") || !TableCopy.isOnline(old, copy)) {
            lock(old, LockMode.NO_WRITE);
        }
        try (TableCopy copying = new TableCopy(session, store.bulk(), old, copy)) {
            long rows = copying.copy();
            copying.catchUpRoughly();
            if (publication.mustValidate()) {
                lock(old, LockMode.NO_WRITE);
                copying.catchUp();
                publication.lockParents();
                publication.validate(changed);
            }
            lock(old, LockMode.EXCLUSIVE);
            copying.catchUp();
            return rows;
        }
    }

    /// AUTO_INCREMENT = n: the next value, but above the values there are.
    private void setAutoIncrement(TableDef old, AlterDraft alter) {
        Long wanted = alter.autoIncrement();
        if (wanted == null) {
            return;
        }
        TableName name = alter.newName();
        String database = name == null || name.schema() == null ? old.database() : name.schema();
        String tableName = name == null ? old.name() : name.name();
        TableDef now = old.temporary()
                ? session.temporaryTables().find(database, tableName).orElse(null)
                : catalog.current().table(database, tableName).orElse(null);
        if (now != null) {
            new AutoIncrementSetter(session, remover).set(now, wanted);
        }
    }
}
