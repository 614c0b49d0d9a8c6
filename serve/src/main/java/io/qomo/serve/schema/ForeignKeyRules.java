package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.TableElement.ForeignKeyDefinition;
import io.qomo.query.sql.ast.TableElement.ReferenceAction;
import io.qomo.query.sql.ast.TableElement.ReferenceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Foreign keys from their definitions: names, the index on the child, what the parent must have.
///
/// Source: MySQL 8.0 manual, "FOREIGN KEY Constraints".
final class ForeignKeyRules {
    private final TableDraft draft;

    ForeignKeyRules(TableDraft draft) {
        this.draft = draft;
    }

    /// Adds a foreign key, and an index for it where none fits; returns the index added, if any.
    Optional<IndexDef> add(ForeignKeyDefinition definition, IndexDef.State indexState) {
        if (draft.isTemporary()) {
            throw new SqlException(ErrorCode.CANNOT_ADD_FOREIGN);
        }
        ReferenceDefinition references = definition.references();
        String name = definition.constraint() == null ? freeName() : definition.constraint();
        Names.checkLength(name);
        if (isTaken(name)) {
            throw new SqlException(ErrorCode.FK_DUPLICATE_NAME, name);
        }
        if (references.columns().size() != definition.columns().size()) {
            throw new SqlException(ErrorCode.WRONG_FK_DEF, name, "Key reference and table reference don't match");
        }
        if (references.match() != null && !references.match().equalsIgnoreCase("SIMPLE")) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "MATCH " + references.match());
        }
        List<Integer> columnIds = new ArrayList<>();
        for (String columnName : definition.columns()) {
            columnIds.add(childColumn(columnName, name, references).id());
        }
        String parentDatabase = references.table().schema() == null
                ? draft.database()
                : references.table().schema();
        ForeignKeyDef key = new ForeignKeyDef(
                name,
                columnIds,
                parentDatabase,
                references.table().name(),
                references.columns(),
                action(references.onDelete()),
                action(references.onUpdate()));
        if (key.onDelete() == ForeignKeyDef.Action.SET_DEFAULT || key.onUpdate() == ForeignKeyDef.Action.SET_DEFAULT) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "SET DEFAULT of a foreign key");
        }
        draft.foreignKeys().add(key);
        return addIndex(definition, key, indexState);
    }

    private ColumnDef childColumn(String columnName, String key, ReferenceDefinition references) {
        ColumnDef column = draft.column(columnName);
        if (column == null) {
            throw new SqlException(ErrorCode.KEY_COLUMN_DOES_NOT_EXIST, columnName);
        }
        boolean setsNull =
                references.onDelete() == ReferenceAction.SET_NULL || references.onUpdate() == ReferenceAction.SET_NULL;
        if (setsNull && !column.nullable()) {
            throw new SqlException(ErrorCode.FK_COLUMN_NOT_NULL, columnName, key);
        }
        if (column.isGenerated() && column.stored()) {
            checkStored(references);
        }
        if (column.isVirtual()) {
            throw new SqlException(
                    ErrorCode.UNSUPPORTED_ACTION_ON_GENERATED_COLUMN, "Foreign key on a virtual generated column");
        }
        return column;
    }

    /// Error 3104: nothing may write a stored generated column but its expression.
    private static void checkStored(ReferenceDefinition references) {
        ReferenceAction update = references.onUpdate();
        if (update == ReferenceAction.CASCADE || update == ReferenceAction.SET_NULL) {
            throw new SqlException(
                    ErrorCode.WRONG_FK_OPTION_FOR_GENERATED_COLUMN,
                    update == ReferenceAction.CASCADE ? "ON UPDATE CASCADE" : "ON UPDATE SET NULL");
        }
        if (references.onDelete() == ReferenceAction.SET_NULL) {
            throw new SqlException(ErrorCode.WRONG_FK_OPTION_FOR_GENERATED_COLUMN, "ON DELETE SET NULL");
        }
    }

    private static ForeignKeyDef.Action action(@Nullable ReferenceAction written) {
        return written == null ? ForeignKeyDef.Action.NO_ACTION : ForeignKeyDef.Action.valueOf(written.name());
    }

    private Optional<IndexDef> addIndex(ForeignKeyDefinition definition, ForeignKeyDef key, IndexDef.State indexState) {
        if (IndexRules.covering(draft.indexes(), key.columnIds()) != null) {
            return Optional.empty();
        }
        String wish = definition.constraint() != null
                ? definition.constraint()
                : definition.index() != null
                        ? definition.index()
                        : definition.columns().getFirst();
        IndexDef index = new IndexDef(
                draft.nextIndexId(),
                new IndexRules(draft).freeName(wish, key.columnIds()),
                false,
                key.columnIds().stream()
                        .map(id -> new IndexDef.Part(id, 0, false))
                        .toList(),
                true,
                indexState,
                "",
                IndexDef.Kind.BTREE,
                true);
        draft.indexes().add(index);
        return Optional.of(index);
    }

    private String freeName() {
        int number = 1;
        String prefix = draft.name() + "_ibfk_";
        for (ForeignKeyDef key : draft.foreignKeys()) {
            if (key.name().startsWith(prefix)) {
                try {
                    number = Math.max(number, Integer.parseInt(key.name().substring(prefix.length())) + 1);
                } catch (NumberFormatException e) {
                    // A name of the user's own that only begins like ours.
                    continue;
                }
            }
        }
        return prefix + number;
    }

    private boolean isTaken(String name) {
        if (draft.foreignKeys().stream().anyMatch(k -> k.name().equalsIgnoreCase(name))) {
            return true;
        }
        return draft.session().catalog().tables(draft.database()).stream()
                .filter(t -> !t.name().equalsIgnoreCase(draft.name()))
                .anyMatch(t -> t.foreignKeys().stream().anyMatch(k -> k.name().equalsIgnoreCase(name)));
    }

    /// Checks the draft's keys against their parents; `self` stands for the table itself. Errors 1824, 1822, 3780.
    void checkParents(TableDef self, List<ForeignKeyDef> keys) {
        for (ForeignKeyDef key : keys) {
            boolean isSelf = key.parentTable().equalsIgnoreCase(self.name())
                    && key.parentDatabase().equalsIgnoreCase(self.database());
            TableDef parent = isSelf
                    ? self
                    : draft.session()
                            .catalog()
                            .table(key.parentDatabase(), key.parentTable())
                            .filter(t -> t.kind() == TableDef.Kind.BASE && !t.temporary())
                            .orElse(null);
            if (parent != null) {
                checkPair(self, key, parent);
            } else if (draft.session().foreignKeyChecks()) {
                throw new SqlException(ErrorCode.FK_CANNOT_OPEN_PARENT, key.parentTable());
            }
        }
    }

    /// Checks a new table against the keys that have waited for it. Errors 1822, 3734, 3780.
    void checkChildren(TableDef parent) {
        if (parent.temporary() || !draft.session().foreignKeyChecks()) {
            return;
        }
        for (Catalog.Reference reference : draft.session().catalog().referencing(parent.database(), parent.name())) {
            checkPair(reference.child(), reference.key(), parent);
        }
    }

    /// Checks a key of a child against its parent. Errors 1822, 3780.
    static void checkPair(TableDef child, ForeignKeyDef key, TableDef parent) {
        List<Integer> parentIds = new ArrayList<>();
        for (int i = 0; i < key.columnIds().size(); i++) {
            int ordinal = parent.ordinalOf(key.parentColumns().get(i));
            if (ordinal < 0) {
                throw new SqlException(
                        ErrorCode.FK_NO_COLUMN_PARENT, key.parentColumns().get(i), key.name(), parent.name());
            }
            ColumnDef referenced = parent.columns().get(ordinal);
            ColumnDef referencing = child.columnById(key.columnIds().get(i));
            if (!isCompatible(referencing.type(), referenced.type())) {
                throw new SqlException(
                        ErrorCode.FK_INCOMPATIBLE_COLUMNS, referencing.name(), referenced.name(), key.name());
            }
            parentIds.add(referenced.id());
        }
        if (IndexRules.covering(parent.indexes(), parentIds) == null) {
            throw new SqlException(ErrorCode.FK_NO_INDEX_PARENT, key.name(), parent.name());
        }
    }

    /// True if columns of the two types may be the two sides of a foreign key.
    static boolean isCompatible(SqlType child, SqlType parent) {
        if (child.kind().isString() && parent.kind().isString()) {
            return child.collation() == parent.collation();
        }
        if (child.kind() != parent.kind() || child.unsigned() != parent.unsigned()) {
            return false;
        }
        return child.kind() != TypeKind.DECIMAL
                || (child.length() == parent.length() && child.scale() == parent.scale());
    }
}
