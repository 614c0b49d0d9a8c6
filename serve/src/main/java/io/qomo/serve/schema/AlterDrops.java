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
import java.util.List;
import java.util.Set;

/// The DROP actions of ALTER TABLE, and what forbids them.
final class AlterDrops {
    private final SchemaSession session;
    private final TableDef old;
    private final TableDraft draft;

    AlterDrops(SchemaSession session, TableDef old, TableDraft draft) {
        this.session = session;
        this.old = old;
        this.draft = draft;
    }

    /// Removes a column, its parts of indexes, and constraints on it alone. Errors 1091, 1828, 1829, 3108, 3774, 3837,
    /// 3959, 1090.
    void column(String name) {
        ColumnDef column = draft.column(name);
        if (column == null) {
            throw new SqlException(ErrorCode.CANT_DROP_FIELD_OR_KEY, name);
        }
        long left = draft.columns().stream()
                .filter(c -> c.visibility() != Visibility.HIDDEN)
                .count();
        if (left == 1) {
            throw new SqlException(ErrorCode.CANT_REMOVE_ALL_FIELDS);
        }
        checkKeys(column);
        checkExpressions(column, true);
        draft.columns().removeIf(c -> c.id() == column.id());
        for (IndexDef index : List.copyOf(draft.indexes())) {
            shrink(index, column.id());
        }
    }

    private void checkKeys(ColumnDef column) {
        for (ForeignKeyDef key : draft.foreignKeys()) {
            if (key.columnIds().contains(column.id())) {
                throw new SqlException(ErrorCode.FK_COLUMN_CANNOT_DROP, column.name(), key.name());
            }
        }
        for (Catalog.Reference reference : session.catalog().referencing(old.database(), old.name())) {
            boolean isParent =
                    reference.key().parentColumns().stream().anyMatch(c -> c.equalsIgnoreCase(column.name()));
            if (isParent) {
                throw new SqlException(
                        ErrorCode.FK_COLUMN_CANNOT_DROP_CHILD,
                        column.name(),
                        reference.key().name(),
                        reference.child().name());
            }
        }
    }

    /// Errors 3108, 3774, 3837 and 3959 if an expression of the table uses the column, whose name is to change.
    void checkNotUsed(ColumnDef column) {
        checkExpressions(column, false);
    }

    private void checkExpressions(ColumnDef column, boolean isDropped) {
        TableDef sketch = draft.sketch(old.id());
        int ordinal = sketch.ordinalOfId(column.id());
        for (ColumnDef other : draft.columns()) {
            if (other.generatedSql() != null
                    && ExpressionRules.ordinals(session.bind(other.generatedSql(), sketch))
                            .contains(ordinal)) {
                throw other.visibility() == Visibility.HIDDEN
                        ? new SqlException(ErrorCode.DEPENDENT_BY_FUNCTIONAL_INDEX, column.name())
                        : new SqlException(ErrorCode.DEPENDENT_BY_GENERATED_COLUMN, column.name());
            }
        }
        for (ColumnDef other : draft.columns()) {
            String value = other.defaultIsExpression() ? other.defaultSql() : null;
            if (value != null
                    && other.id() != column.id()
                    && !value.startsWith("CURRENT_TIMESTAMP")
                    && ExpressionRules.ordinals(session.bind(value, sketch)).contains(ordinal)) {
                throw new SqlException(ErrorCode.DEPENDENT_BY_DEFAULT, column.name(), old.name());
            }
        }
        for (CheckDef check : List.copyOf(draft.checks())) {
            Set<Integer> used = ExpressionRules.ordinals(session.bind(check.sql(), sketch));
            if (used.contains(ordinal)) {
                if (!isDropped || used.size() > 1) {
                    throw new SqlException(ErrorCode.DEPENDENT_BY_CHECK_CONSTRAINT, check.name(), column.name());
                }
                draft.checks().remove(check);
            }
        }
    }

    /// An index without one of its columns is another index; without any it is gone.
    private void shrink(IndexDef index, int columnId) {
        List<IndexDef.Part> parts =
                index.parts().stream().filter(p -> p.columnId() != columnId).toList();
        if (parts.size() == index.parts().size()) {
            return;
        }
        int at = draft.indexes().indexOf(index);
        draft.indexes().remove(at);
        if (!parts.isEmpty()) {
            int id = index.isPrimary() ? IndexDef.PRIMARY_ID : draft.nextIndexId();
            draft.indexes()
                    .add(
                            at,
                            new IndexDef(
                                    id,
                                    index.name(),
                                    index.unique(),
                                    parts,
                                    index.visible(),
                                    IndexDef.State.PUBLIC,
                                    index.comment(),
                                    index.kind()));
        }
    }

    /// Removes an index and the hidden columns of its functional parts, and returns it. Error 1091.
    IndexDef index(String name) {
        IndexDef index = draft.indexes().stream()
                .filter(i -> i.name().equalsIgnoreCase(name) && !(i.isPrimary() && draft.hasRowId()))
                .findFirst()
                .orElseThrow(() -> new SqlException(ErrorCode.CANT_DROP_FIELD_OR_KEY, name));
        draft.indexes().remove(index);
        for (IndexDef.Part part : index.parts()) {
            draft.columns().removeIf(c -> c.id() == part.columnId() && c.visibility() == Visibility.HIDDEN);
        }
        return index;
    }

    /// Error 1553 if a foreign key is left without an index, once those are added that may take the place of a dropped
    /// one.
    void checkStillCovered(IndexDef dropped) {
        for (ForeignKeyDef key : draft.foreignKeys()) {
            boolean served = IndexRules.covering(List.of(dropped), key.columnIds()) != null;
            if (served && IndexRules.covering(draft.indexes(), key.columnIds()) == null) {
                throw new SqlException(ErrorCode.FK_INDEX_NEEDED, dropped.name());
            }
        }
        for (Catalog.Reference reference : session.catalog().referencing(old.database(), old.name())) {
            List<Integer> ids = reference.key().parentColumns().stream()
                    .map(c -> old.columns().get(old.ordinalOf(c)).id())
                    .toList();
            boolean served = IndexRules.covering(List.of(dropped), ids) != null;
            if (served && session.foreignKeyChecks() && IndexRules.covering(draft.indexes(), ids) == null) {
                throw new SqlException(ErrorCode.FK_INDEX_NEEDED, dropped.name());
            }
        }
    }

    /// Error 1091.
    void foreignKey(String name) {
        if (!draft.foreignKeys().removeIf(k -> k.name().equalsIgnoreCase(name))) {
            throw new SqlException(ErrorCode.CANT_DROP_FIELD_OR_KEY, name);
        }
    }

    /// Error 3821.
    void check(String name) {
        if (!draft.checks().removeIf(c -> c.name().equalsIgnoreCase(name))) {
            throw new SqlException(ErrorCode.CHECK_CONSTRAINT_NOT_FOUND, name);
        }
    }

    /// Error 3940.
    void constraint(String name) {
        if (draft.checks().removeIf(c -> c.name().equalsIgnoreCase(name))
                || draft.foreignKeys().removeIf(k -> k.name().equalsIgnoreCase(name))) {
            return;
        }
        boolean isUnique =
                draft.indexes().stream().anyMatch(i -> i.unique() && i.name().equalsIgnoreCase(name));
        if (!isUnique) {
            throw new SqlException(ErrorCode.CONSTRAINT_NOT_FOUND, name);
        }
        index(name);
    }
}
