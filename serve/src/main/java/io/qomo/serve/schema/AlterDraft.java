package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.AlterAction;
import io.qomo.query.sql.ast.AlterAction.AddColumn;
import io.qomo.query.sql.ast.AlterAction.ChangeColumn;
import io.qomo.query.sql.ast.AlterAction.ColumnPosition;
import io.qomo.query.sql.ast.TableElement.ColumnDefault;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applies the actions of an ALTER TABLE to a draft: first what goes, then columns that change, then what comes. Names
/// of changed columns mean the table as it was. Owned by one thread.
final class AlterDraft {
    private final SchemaSession session;
    private final TableDef old;
    private final TableDraft draft;
    private final List<ForeignKeyDef> addedKeys = new ArrayList<>();
    private final List<CheckDef> addedChecks = new ArrayList<>();
    private final Map<String, String> renamedColumns = new HashMap<>();
    private final TableOptions options;
    private String algorithm = "DEFAULT";
    private String lock = "DEFAULT";
    private @Nullable TableName newName;
    private boolean rebuilds;
    private final List<IndexDef> droppedIndexes = new ArrayList<>();

    AlterDraft(SchemaSession session, TableDef old, TableDraft.IdFloor floor) {
        this.session = session;
        this.old = old;
        this.draft = new TableDraft(session, old, floor);
        this.options = new TableOptions(session);
    }

    TableDraft draft() {
        return draft;
    }

    /// Foreign keys that were added: existing rows must obey them.
    List<ForeignKeyDef> addedKeys() {
        return addedKeys;
    }

    /// Enforced constraints that were added: existing rows must obey them.
    List<CheckDef> addedChecks() {
        return addedChecks;
    }

    /// New names of columns by their old ones in lower case.
    Map<String, String> renamedColumns() {
        return renamedColumns;
    }

    /// ALGORITHM, in upper case.
    String algorithm() {
        return algorithm;
    }

    /// LOCK, in upper case.
    String lock() {
        return lock;
    }

    /// RENAME TO, or null.
    @Nullable TableName newName() {
        return newName;
    }

    /// AUTO_INCREMENT, or null.
    @Nullable Long autoIncrement() {
        return options.autoIncrement();
    }

    /// True if an action asks for the table to be built anew.
    boolean rebuilds() {
        return rebuilds;
    }

    void apply(List<AlterAction> actions) {
        actions.forEach(this::drop);
        actions.forEach(this::change);
        checkNames();
        actions.forEach(this::addColumn);
        actions.forEach(this::add);
        new IndexRules(draft).dropCovered();
        droppedIndexes.forEach(new AlterDrops(session, old, draft)::checkStillCovered);
        actions.forEach(this::set);
        draft.setCollation(options.collation(draft.collation()));
    }

    private void drop(AlterAction action) {
        AlterDrops drops = new AlterDrops(session, old, draft);
        switch (action) {
            case AlterAction.DropColumn a -> drops.column(a.name());
            case AlterAction.DropIndex a -> droppedIndexes.add(drops.index(a.name()));
            case AlterAction.DropForeignKey a -> drops.foreignKey(a.name());
            case AlterAction.DropCheck a -> drops.check(a.name());
            case AlterAction.DropConstraint a -> drops.constraint(a.name());
            default -> {}
        }
    }

    private void change(AlterAction action) {
        switch (action) {
            case ChangeColumn a -> changeColumn(a);
            case AlterAction.RenameColumn a -> rename(existing(a.from()), a.to());
            case AlterAction.AlterColumnDefault a -> setDefault(a);
            case AlterAction.AlterColumnVisibility a -> {
                ColumnDef column = existing(a.name());
                Visibility visibility = a.visible() ? Visibility.VISIBLE : Visibility.INVISIBLE;
                draft.replaceColumn(Columns.withVisibility(column, visibility));
            }
            case AlterAction.ConvertCharset a -> new CharsetConversion(session, draft).convert(a);
            default -> {}
        }
    }

    /// A column by the name it had, as it is now. Error 1054.
    private ColumnDef existing(String name) {
        int ordinal = old.ordinalOf(name);
        if (ordinal >= 0) {
            int id = old.columns().get(ordinal).id();
            for (ColumnDef column : draft.columns()) {
                if (column.id() == id && column.visibility() != Visibility.HIDDEN) {
                    return column;
                }
            }
        }
        throw new SqlException(ErrorCode.BAD_FIELD, name, draft.name());
    }

    private void changeColumn(ChangeColumn action) {
        ColumnDef before = existing(action.oldName());
        ColumnDef built =
                new ColumnBuilder(session, options.collation(draft.collation())).build(before.id(), action.column());
        ColumnDef after = Columns.withOrigin(built, before.originDefault());
        boolean isPrimary = draft.indexes().stream()
                .filter(IndexDef::isPrimary)
                .anyMatch(i -> i.parts().stream().anyMatch(p -> p.columnId() == before.id()));
        if (isPrimary && after.nullable()) {
            if (Boolean.TRUE.equals(action.column().nullable())) {
                throw new SqlException(ErrorCode.PRIMARY_CANT_HAVE_NULL);
            }
            String kept = "NULL".equals(after.defaultSql()) ? null : after.defaultSql();
            after = Columns.with(after, false, kept, after.defaultIsExpression());
        }
        checkForeignKeys(before, after);
        draft.replaceColumn(Columns.withName(after, before.name()));
        rename(draft.columnById(before.id()), after.name());
        draft.addParts(action.column());
        move(before.id(), action.position());
    }

    /// A column of a foreign key keeps its type, on either side. Errors 1832, 1833.
    private void checkForeignKeys(ColumnDef before, ColumnDef after) {
        boolean isSame = TypeChange.of(before.type(), after.type()) == TypeChange.NONE
                && ForeignKeyRules.isCompatible(before.type(), after.type());
        if (!session.foreignKeyChecks() || isSame) {
            return;
        }
        for (ForeignKeyDef key : draft.foreignKeys()) {
            if (key.columnIds().contains(before.id())) {
                throw new SqlException(ErrorCode.FK_COLUMN_CANNOT_CHANGE, before.name(), key.name());
            }
        }
        for (Catalog.Reference reference : session.catalog().referencing(old.database(), old.name())) {
            boolean isParent =
                    reference.key().parentColumns().stream().anyMatch(c -> c.equalsIgnoreCase(before.name()));
            if (isParent) {
                throw new SqlException(
                        ErrorCode.FK_COLUMN_CANNOT_CHANGE_CHILD,
                        before.name(),
                        reference.key().name(),
                        reference.child().database() + "." + reference.child().name());
            }
        }
    }

    private void rename(ColumnDef column, String name) {
        if (column.name().equals(name)) {
            return;
        }
        Names.checkColumn(name);
        if (!column.name().equalsIgnoreCase(name)) {
            new AlterDrops(session, old, draft).checkNotUsed(column);
        }
        renamedColumns.put(old.columnById(column.id()).name().toLowerCase(java.util.Locale.ROOT), name);
        draft.replaceColumn(Columns.withName(column, name));
    }

    private void checkNames() {
        List<ColumnDef> columns = draft.columns();
        for (int i = 0; i < columns.size(); i++) {
            for (int k = 0; k < i; k++) {
                if (columns.get(k).name().equalsIgnoreCase(columns.get(i).name())) {
                    throw new SqlException(
                            ErrorCode.DUPLICATE_FIELD_NAME, columns.get(i).name());
                }
            }
        }
    }

    private void move(int columnId, ColumnPosition position) {
        if (!position.first() && position.after() == null) {
            return;
        }
        ColumnDef column = draft.columnById(columnId);
        draft.columns().remove(column);
        draft.columns().add(place(position), column);
    }

    private int place(ColumnPosition position) {
        String after = position.after();
        if (position.first()) {
            return 0;
        }
        if (after == null) {
            return -1;
        }
        for (int i = 0; i < draft.columns().size(); i++) {
            ColumnDef column = draft.columns().get(i);
            if (column.name().equalsIgnoreCase(after) && column.visibility() != Visibility.HIDDEN) {
                return i + 1;
            }
        }
        throw new SqlException(ErrorCode.BAD_FIELD, after, draft.name());
    }

    private void setDefault(AlterAction.AlterColumnDefault action) {
        ColumnDef column = existing(action.name());
        if (column.isGenerated()) {
            throw new SqlException(ErrorCode.WRONG_USAGE, "DEFAULT", "generated column");
        }
        ColumnDefault written = action.defaultValue();
        if (written == null) {
            draft.replaceColumn(Columns.with(column, column.nullable(), null, false));
            return;
        }
        ColumnBuilder.Default value = new ColumnBuilder(session, draft.collation())
                .defaultOf(column.name(), column.type(), column.nullable(), written);
        draft.replaceColumn(Columns.with(column, column.nullable(), value.sql(), value.isExpression()));
    }

    private void addColumn(AlterAction action) {
        if (action instanceof AddColumn a) {
            draft.addColumn(a.column(), place(a.position()));
        }
    }

    private void add(AlterAction action) {
        switch (action) {
            case AlterAction.AddIndex a -> new IndexRules(draft).add(a.index(), IndexDef.State.PUBLIC);
            case AlterAction.AddForeignKey a -> {
                new ForeignKeyRules(draft).add(a.foreignKey(), IndexDef.State.PUBLIC);
                addedKeys.add(draft.foreignKeys().getLast());
            }
            case AlterAction.AddCheck a -> {
                new CheckRules(draft).add(a.check(), null);
                addedChecks.add(draft.checks().getLast());
            }
            default -> {}
        }
    }

    private void set(AlterAction action) {
        switch (action) {
            case AlterAction.RenameIndex a -> renameIndex(a);
            case AlterAction.AlterIndexVisibility a -> setIndexVisible(a);
            case AlterAction.AlterCheck a -> setEnforced(a);
            case AlterAction.RenameTo a -> newName = a.name();
            case AlterAction.SetOption a -> options.apply(draft, List.of(a.option()));
            case AlterAction.SetAlgorithm a -> algorithm = a.algorithm();
            case AlterAction.SetLock a -> lock = a.lock();
            case AlterAction.Force _ -> rebuilds = true;
            case AlterAction.OrderRows _ -> session.note(ErrorCode.WARN_NO_EFFECT, "ORDER BY");
            case AlterAction.SetKeysEnabled a ->
                session.note(ErrorCode.WARN_NO_EFFECT, a.enabled() ? "ENABLE KEYS" : "DISABLE KEYS");
            case AlterAction.SetValidation _ -> {}
            case AlterAction.SetTablespace a ->
                throw notBuilt(a.discard() ? "DISCARD TABLESPACE" : "IMPORT TABLESPACE");
            case AlterAction.SetSecondaryLoad a -> throw notBuilt(a.load() ? "SECONDARY_LOAD" : "SECONDARY_UNLOAD");
            case AlterAction.SetPartitioning _ -> throw notBuilt("PARTITION BY");
            case AlterAction.RemovePartitioning _,
                    AlterAction.AddPartitions _,
                    AlterAction.CoalescePartitions _,
                    AlterAction.ReorganizePartitions _,
                    AlterAction.ExchangePartition _,
                    AlterAction.PartitionMaintenance _ ->
                throw new SqlException(ErrorCode.PARTITION_MANAGEMENT_ON_NONPARTITIONED);
            case AddColumn _,
                    ChangeColumn _,
                    AlterAction.DropColumn _,
                    AlterAction.RenameColumn _,
                    AlterAction.AlterColumnDefault _,
                    AlterAction.AlterColumnVisibility _,
                    AlterAction.AddIndex _,
                    AlterAction.DropIndex _,
                    AlterAction.AddForeignKey _,
                    AlterAction.DropForeignKey _,
                    AlterAction.AddCheck _,
                    AlterAction.DropCheck _,
                    AlterAction.DropConstraint _,
                    AlterAction.ConvertCharset _ -> {}
        }
    }

    private static SqlException notBuilt(String feature) {
        return new SqlException(ErrorCode.NOT_SUPPORTED_YET, feature);
    }

    private IndexDef index(String name) {
        return draft.indexes().stream()
                .filter(i -> i.name().equalsIgnoreCase(name) && !(i.isPrimary() && draft.hasRowId()))
                .findFirst()
                .orElseThrow(() -> new SqlException(ErrorCode.KEY_DOES_NOT_EXIST, name, draft.name()));
    }

    private void replace(IndexDef index) {
        draft.indexes().replaceAll(i -> i.id() == index.id() ? index : i);
    }

    private void renameIndex(AlterAction.RenameIndex action) {
        IndexDef i = index(action.from());
        Names.checkIndex(action.to());
        boolean isTaken = draft.indexes().stream()
                .anyMatch(o -> o.id() != i.id() && o.name().equalsIgnoreCase(action.to()));
        if (isTaken) {
            throw new SqlException(ErrorCode.DUPLICATE_KEY_NAME, action.to());
        }
        if (i.isPrimary()) {
            throw new SqlException(ErrorCode.WRONG_INDEX_NAME, action.from());
        }
        replace(new IndexDef(
                i.id(), action.to(), i.unique(), i.parts(), i.visible(), i.state(), i.comment(), i.kind()));
    }

    private void setIndexVisible(AlterAction.AlterIndexVisibility action) {
        IndexDef i = index(action.name());
        if (i.isPrimary() && !action.visible()) {
            throw new SqlException(ErrorCode.INVISIBLE_PRIMARY_INDEX);
        }
        replace(new IndexDef(
                i.id(),
                i.name(),
                i.unique(),
                i.parts(),
                action.visible(),
                i.state(),
                i.comment(),
                i.kind(),
                i.generated()));
    }

    private void setEnforced(AlterAction.AlterCheck action) {
        for (int i = 0; i < draft.checks().size(); i++) {
            CheckDef check = draft.checks().get(i);
            if (check.name().equalsIgnoreCase(action.name())) {
                CheckDef changed = new CheckDef(check.name(), check.sql(), action.enforced());
                draft.checks().set(i, changed);
                if (action.enforced() && !check.enforced()) {
                    addedChecks.add(changed);
                }
                return;
            }
        }
        throw new SqlException(ErrorCode.CHECK_CONSTRAINT_NOT_FOUND, action.name());
    }
}
