package io.qomo.query.catalog;

import io.qomo.base.type.Collation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table, view or system table at one version of the schema.
///
/// Every base table has a primary key index with id 0; a table declared without one has a HIDDEN column `_rowid`
/// (BIGINT UNSIGNED, filled from a counter) as its key.
///
/// @param id unique in the cluster, never reused; prefix of the table's keys
/// @param version raised by every change of this definition
/// @param database it lies in
/// @param name as written
/// @param columns in ordinal order, hidden ones included
/// @param indexes primary key first for base tables
/// @param foreignKeys as child
/// @param checks in order of creation
/// @param collation default of new columns
/// @param comment COMMENT, or empty
/// @param temporary seen by one session only
/// @param view present for views
/// @param kind what lies behind it
/// @param options table options kept only to be shown (ROW_FORMAT …) as canonical SQL
/// @param createdMicros wall clock, microseconds since 1970 UTC
public record TableDef(
        long id,
        long version,
        String database,
        String name,
        List<ColumnDef> columns,
        List<IndexDef> indexes,
        List<ForeignKeyDef> foreignKeys,
        List<CheckDef> checks,
        Collation collation,
        String comment,
        boolean temporary,
        @Nullable ViewDef view,
        Kind kind,
        String options,
        long createdMicros) {
    /// What lies behind a table.
    public enum Kind {
        BASE,
        VIEW,
        /// Rows made by the server (information_schema and its like): see [SystemTable].
        SYSTEM
    }

    /// Copies the lists.
    public TableDef {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
    }

    /// The clustered key; only base tables have one.
    public IndexDef primaryKey() {
        return indexes.getFirst();
    }

    /// The ordinal of a column by name in any case, or -1.
    public int ordinalOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }

    /// The ordinal of a column by id, or -1.
    public int ordinalOfId(int columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return i;
            }
        }
        return -1;
    }

    /// A column by id; it must exist.
    public ColumnDef columnById(int columnId) {
        return columns.get(ordinalOfId(columnId));
    }

    /// An index by name in any case.
    public Optional<IndexDef> index(String indexName) {
        return indexes.stream()
                .filter(i -> i.name().equalsIgnoreCase(indexName))
                .findFirst();
    }

    /// The foreign keys in the order in which MySQL tells of them: by name.
    public List<ForeignKeyDef> foreignKeysByName() {
        return foreignKeys.stream()
                .sorted(Comparator.comparing(ForeignKeyDef::name))
                .toList();
    }

    /// True if the primary key is the hidden row id.
    public boolean hasHiddenRowId() {
        return kind == Kind.BASE
                && columnById(primaryKey().parts().getFirst().columnId()).visibility() == ColumnDef.Visibility.HIDDEN;
    }
}
