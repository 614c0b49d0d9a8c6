package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.sql.ast.TableName;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.schema.CatalogStore.SchemaChange;
import io.qomo.serve.schema.TableDraft.IdFloor;
import io.qomo.store.txn.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The steps in which an ALTER TABLE becomes visible, and the checks before the last one.
final class AlterPublication {
    private final CatalogStore catalog;
    private final DdlSession session;
    private final TableDef old;
    private final AlterDraft alter;

    AlterPublication(CatalogStore catalog, DdlSession session, TableDef old, AlterDraft alter) {
        this.catalog = catalog;
        this.session = session;
        this.old = old;
        this.alter = alter;
    }

    /// The definition with what existing rows show in added columns.
    TableDef withOrigins(TableDef changed, List<ColumnDef> added) {
        if (added.isEmpty()) {
            return changed;
        }
        try (Transaction transaction = session.begin(true)) {
            ExecContext context = session.context(transaction, session.sqlMode());
            context.startWrite(false);
            ColumnValues values = new ColumnValues(session, context);
            List<ColumnDef> columns = new ArrayList<>();
            for (ColumnDef column : changed.columns()) {
                boolean isNew = added.contains(column) && !column.isGenerated();
                columns.add(isNew ? Columns.withOrigin(column, values.originDefault(column, changed)) : column);
            }
            return Tables.withColumns(changed, columns);
        }
    }

    /// The definition of a table all of whose rows are written anew.
    TableDef withoutOrigins(TableDef changed) {
        return Tables.withColumns(
                changed,
                changed.columns().stream().map(c -> Columns.withOrigin(c, null)).toList());
    }

    /// True if existing rows must be shown to obey new constraints.
    boolean mustValidate() {
        return !alter.addedChecks().isEmpty() || (!alter.addedKeys().isEmpty() && session.foreignKeyChecks());
    }

    /// Keeps rows of the parents of new foreign keys from going while existing rows are checked.
    void lockParents() {
        for (ForeignKeyDef key : alter.addedKeys()) {
            boolean isSelf = key.parentDatabase().equalsIgnoreCase(old.database())
                    && key.parentTable().equalsIgnoreCase(old.name());
            if (!isSelf) {
                session.lock(LockName.table(key.parentDatabase(), key.parentTable()), LockMode.READ_ONLY);
            }
        }
    }

    /// Checks the rows of the table in its new form. Errors 1452, 3819.
    void validate(TableDef changed) {
        String table = SqlText.identifier(changed.database()) + "." + SqlText.identifier(changed.name());
        for (CheckDef check : alter.addedChecks()) {
            boolean isEnforced = check.enforced();
            if (isEnforced
                    && session.exists("SELECT 1 FROM " + table + " WHERE NOT (" + check.sql() + ") LIMIT 1", changed)) {
                throw new SqlException(ErrorCode.CHECK_CONSTRAINT_VIOLATED, check.name());
            }
        }
        if (!session.foreignKeyChecks()) {
            return;
        }
        for (ForeignKeyDef key : alter.addedKeys()) {
            if (session.exists(orphans(changed, key, table), changed)) {
                throw new SqlException(
                        ErrorCode.NO_REFERENCED_ROW, table + ", " + CreateTableText.foreignKey(changed, key));
            }
        }
    }

    private static String orphans(TableDef child, ForeignKeyDef key, String table) {
        StringBuilder notNull = new StringBuilder();
        StringBuilder equal = new StringBuilder();
        for (int i = 0; i < key.columnIds().size(); i++) {
            String column = "c."
                    + SqlText.identifier(
                            child.columnById(key.columnIds().get(i)).name());
            notNull.append(i == 0 ? "" : " AND ").append(column).append(" IS NOT NULL");
            equal.append(i == 0 ? "" : " AND ")
                    .append("p.")
                    .append(SqlText.identifier(key.parentColumns().get(i)))
                    .append(" = ")
                    .append(column);
        }
        return "SELECT 1 FROM " + table + " c WHERE " + notNull + " AND NOT EXISTS (SELECT 1 FROM "
                + SqlText.identifier(key.parentDatabase()) + "." + SqlText.identifier(key.parentTable())
                + " p WHERE " + equal + ") LIMIT 1";
    }

    /// The table as it was, with added columns and with new indexes that writers keep but nobody reads.
    TableDef building(TableDef changed, List<IndexDef> added) {
        List<ColumnDef> columns = new ArrayList<>(old.columns());
        for (ColumnDef column : changed.columns()) {
            if (old.ordinalOfId(column.id()) < 0) {
                columns.add(column);
            }
        }
        List<IndexDef> indexes = new ArrayList<>(old.indexes());
        for (IndexDef i : added) {
            indexes.add(i.withState(IndexDef.State.WRITE_ONLY));
        }
        return Tables.withIndexes(Tables.withColumns(old, columns), indexes);
    }

    void publishBuilding(TableDef building) {
        catalog.change(change -> {
            change.putTable(building);
            UnfinishedIndexes.begin(change, old, catalog.owner());
            saveIds(change, building.id());
        });
    }

    /// Takes the unfinished indexes and added columns away again.
    void undo(TableDef building, List<IndexDef> added) {
        catalog.change(change -> {
            TableDef restored = Tables.withColumns(old, old.columns());
            change.putTable(Tables.withVersionAfter(restored, building));
            added.forEach(i -> change.dropIndexData(old.id(), i.id()));
            UnfinishedIndexes.end(change, old);
        });
    }

    /// Publishes the definition under the table's id.
    void publish(TableDef changed) {
        if (changed.temporary()) {
            publishTemporary(changed);
            return;
        }
        catalog.change(change -> {
            TableDef before = change.table(old.database(), old.name()).orElse(old);
            TableDef next = Tables.withVersionAfter(changed, before);
            change.putTable(next);
            UnfinishedIndexes.end(change, old);
            for (IndexDef index : old.indexes()) {
                boolean isGone = changed.indexes().stream().noneMatch(i -> i.id() == index.id());
                if (isGone) {
                    change.dropIndexData(old.id(), index.id());
                }
            }
            saveIds(change, changed.id());
            finish(change, next);
        });
    }

    private void publishTemporary(TableDef changed) {
        TableName name = alter.newName();
        session.temporaryTables().remove(old);
        session.temporaryTables()
                .put(
                        name == null
                                ? changed
                                : Tables.renamed(
                                        changed,
                                        name.schema() == null ? old.database() : name.schema(),
                                        name.name(),
                                        changed.foreignKeys(),
                                        changed.checks()));
    }

    /// Publishes a copy in the place of the table, whose rows go.
    void publishCopy(TableDef copy, String job) {
        catalog.change(change -> {
            change.putRecord(MetaKind.JOB, job, null);
            change.dropTable(old);
            change.putTable(copy);
            saveIds(change, copy.id());
            finish(change, copy);
        });
    }

    private void saveIds(SchemaChange change, long tableId) {
        IdFloor floor = alter.draft().ids();
        TableIds.save(change, tableId, floor);
    }

    /// What follows from the change elsewhere: new names of columns and of the table in foreign keys.
    private void finish(SchemaChange change, TableDef changed) {
        if (!alter.renamedColumns().isEmpty()) {
            for (Catalog.Reference reference : change.before().referencing(old.database(), old.name())) {
                TableDef child = change.table(
                                reference.child().database(), reference.child().name())
                        .orElse(reference.child());
                change.putTable(Tables.withForeignKeys(child, retargeted(child)));
            }
        }
        TableName name = alter.newName();
        if (name != null) {
            TableDef now = change.table(changed.database(), changed.name()).orElse(changed);
            String database = name.schema() == null ? changed.database() : name.schema();
            RenameStatements.rename(change, now, database, name.name());
        }
    }

    private List<ForeignKeyDef> retargeted(TableDef child) {
        Map<String, String> renamed = alter.renamedColumns();
        List<ForeignKeyDef> keys = new ArrayList<>();
        for (ForeignKeyDef key : child.foreignKeys()) {
            boolean isParent = key.parentDatabase().equalsIgnoreCase(old.database())
                    && key.parentTable().equalsIgnoreCase(old.name());
            List<String> columns = key.parentColumns().stream()
                    .map(c -> isParent ? renamed.getOrDefault(c.toLowerCase(Locale.ROOT), c) : c)
                    .toList();
            keys.add(new ForeignKeyDef(
                    key.name(),
                    key.columnIds(),
                    key.parentDatabase(),
                    key.parentTable(),
                    columns,
                    key.onDelete(),
                    key.onUpdate()));
        }
        return keys;
    }
}
