package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.DdlStatement.RenameTable;
import io.qomo.query.sql.ast.DdlStatement.Renaming;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.schema.CatalogStore.SchemaChange;
import java.util.List;

/// RENAME TABLE: any number of tables at once, also in circles.
final class RenameStatements {
    private final CatalogStore store;
    private final DdlSession session;
    private final Targets targets;

    RenameStatements(CatalogStore store, DdlSession session) {
        this.store = store;
        this.session = session;
        this.targets = new Targets(store, session);
    }

    void rename(RenameTable statement) {
        for (Renaming renaming : statement.renamings()) {
            lock(renaming);
        }
        store.change(change -> {
            for (Renaming renaming : statement.renamings()) {
                String from = targets.writable(renaming.from());
                String to = targets.writable(renaming.to());
                TableDef table = change.table(from, renaming.from().name())
                        .orElseThrow(() -> new SqlException(
                                ErrorCode.NO_SUCH_TABLE, from, renaming.from().name()));
                rename(change, table, to, renaming.to().name());
            }
        });
    }

    private void lock(Renaming renaming) {
        String from = targets.writable(renaming.from());
        String to = targets.writable(renaming.to());
        Names.checkTable(renaming.to().name());
        targets.lock(from, renaming.from().name(), LockMode.EXCLUSIVE);
        targets.lock(to, renaming.to().name(), LockMode.EXCLUSIVE);
        if (targets.findTemporary(from, renaming.from().name()).isPresent()) {
            throw new SqlException(
                    ErrorCode.NO_SUCH_TABLE, from, renaming.from().name());
        }
    }

    /// Gives a table another name, and tells the tables that refer to it. Errors 1050, 1450.
    static void rename(SchemaChange change, TableDef table, String database, String name) {
        boolean isSame =
                table.database().equalsIgnoreCase(database) && table.name().equalsIgnoreCase(name);
        if (!isSame && change.table(database, name).isPresent()) {
            throw new SqlException(ErrorCode.TABLE_EXISTS, name);
        }
        if (table.kind() == TableDef.Kind.VIEW && !table.database().equalsIgnoreCase(database)) {
            throw new SqlException(ErrorCode.FORBID_SCHEMA_CHANGE, table.database(), database);
        }
        List<ForeignKeyDef> keys = table.foreignKeys().stream()
                .map(k -> renamedKey(k, table, name))
                .toList();
        List<CheckDef> checks = table.checks().stream()
                .map(c -> new CheckDef(
                        renamedConstraint(c.name(), table.name() + "_chk_", name + "_chk_"), c.sql(), c.enforced()))
                .toList();
        change.forgetTable(table);
        change.putTable(Tables.renamed(table, database, name, keys, checks));
        for (DatabaseDef other : change.before().databases()) {
            for (TableDef child : change.tables(other.name())) {
                retarget(change, child, table, database, name);
            }
        }
    }

    private static ForeignKeyDef renamedKey(ForeignKeyDef key, TableDef table, String name) {
        return new ForeignKeyDef(
                renamedConstraint(key.name(), table.name() + "_ibfk_", name + "_ibfk_"),
                key.columnIds(),
                key.parentDatabase(),
                key.parentTable(),
                key.parentColumns(),
                key.onDelete(),
                key.onUpdate());
    }

    /// Names the server made follow the table's.
    private static String renamedConstraint(String constraint, String oldPrefix, String newPrefix) {
        return constraint.startsWith(oldPrefix) ? newPrefix + constraint.substring(oldPrefix.length()) : constraint;
    }

    private static void retarget(SchemaChange change, TableDef child, TableDef parent, String database, String name) {
        boolean refers = child.foreignKeys().stream().anyMatch(k -> isParent(k, parent));
        if (!refers) {
            return;
        }
        List<ForeignKeyDef> keys = child.foreignKeys().stream()
                .map(k -> isParent(k, parent)
                        ? new ForeignKeyDef(
                                k.name(), k.columnIds(), database, name, k.parentColumns(), k.onDelete(), k.onUpdate())
                        : k)
                .toList();
        change.putTable(Tables.withForeignKeys(child, keys));
    }

    private static boolean isParent(ForeignKeyDef key, TableDef table) {
        return key.parentDatabase().equalsIgnoreCase(table.database())
                && key.parentTable().equalsIgnoreCase(table.name());
    }
}
