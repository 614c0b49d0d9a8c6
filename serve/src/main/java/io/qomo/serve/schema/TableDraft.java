package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.TableElement.ColumnDefinition;
import io.qomo.query.sql.ast.TableElement.ColumnKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table while CREATE or ALTER TABLE puts it together. Owned by one thread.
///
/// Ids of columns and indexes are given out once and never again, dropped ones included: rows written long ago name
/// their columns by them.
final class TableDraft {
    private static final String ROW_ID = "_rowid";

    private final SchemaSession session;
    private final @Nullable TableDef origin;
    private final List<ColumnDef> columns = new ArrayList<>();
    private final List<IndexDef> indexes = new ArrayList<>();
    private final List<ForeignKeyDef> foreignKeys = new ArrayList<>();
    private final List<CheckDef> checks = new ArrayList<>();
    private String database;
    private String name;
    private Collation collation;
    private String comment = "";
    private String options = "";
    private boolean temporary;
    private IdFloor ids;

    /// The first ids a table may still give to columns and indexes.
    record IdFloor(int column, int index) {
        /// Nothing given yet; index 0 is the primary key.
        static final IdFloor START = new IdFloor(0, 1);
    }

    /// A new table.
    TableDraft(SchemaSession session, String database, String name, Collation collation, boolean temporary) {
        this.session = session;
        this.origin = null;
        this.database = database;
        this.name = name;
        this.collation = collation;
        this.temporary = temporary;
        this.ids = IdFloor.START;
    }

    /// A table that is there already.
    TableDraft(SchemaSession session, TableDef table, IdFloor floor) {
        this.session = session;
        this.origin = table;
        this.database = table.database();
        this.name = table.name();
        this.collation = table.collation();
        this.comment = table.comment();
        this.options = table.options();
        this.temporary = table.temporary();
        columns.addAll(table.columns());
        indexes.addAll(table.indexes());
        foreignKeys.addAll(table.foreignKeys());
        checks.addAll(table.checks());
        int column = columns.stream().mapToInt(ColumnDef::id).max().orElse(-1) + 1;
        int index = indexes.stream().mapToInt(IndexDef::id).max().orElse(0) + 1;
        this.ids = new IdFloor(Math.max(column, floor.column), Math.max(index, floor.index));
    }

    SchemaSession session() {
        return session;
    }

    String database() {
        return database;
    }

    String name() {
        return name;
    }

    Collation collation() {
        return collation;
    }

    List<ColumnDef> columns() {
        return columns;
    }

    List<IndexDef> indexes() {
        return indexes;
    }

    List<ForeignKeyDef> foreignKeys() {
        return foreignKeys;
    }

    List<CheckDef> checks() {
        return checks;
    }

    /// True in CREATE TABLE.
    boolean isNew() {
        return origin == null;
    }

    boolean isTemporary() {
        return temporary;
    }

    /// What is left of the ids after this draft.
    IdFloor ids() {
        return ids;
    }

    void rename(String newDatabase, String newName) {
        database = newDatabase;
        name = newName;
    }

    void setCollation(Collation value) {
        collation = value;
    }

    void setComment(String value) {
        comment = value;
    }

    String options() {
        return options;
    }

    void setOptions(String value) {
        options = value;
    }

    int nextColumnId() {
        int id = ids.column;
        ids = new IdFloor(id + 1, ids.index);
        return id;
    }

    int nextIndexId() {
        int id = ids.index;
        ids = new IdFloor(ids.column, id + 1);
        return id;
    }

    /// A column by name in any case that users may know, or null.
    @Nullable ColumnDef column(String columnName) {
        for (ColumnDef column : columns) {
            if (column.name().equalsIgnoreCase(columnName) && column.visibility() != Visibility.HIDDEN) {
                return column;
            }
        }
        return null;
    }

    /// A column by id; it must be there.
    ColumnDef columnById(int id) {
        for (ColumnDef column : columns) {
            if (column.id() == id) {
                return column;
            }
        }
        throw new IllegalArgumentException("no column " + id);
    }

    /// Puts a column in the place of the one with its id.
    void replaceColumn(ColumnDef column) {
        columns.replaceAll(c -> c.id() == column.id() ? column : c);
    }

    /// Adds a column at a place among those users see, -1 for the end. Error 1060.
    void addColumn(ColumnDef column, int place) {
        if (column(column.name()) != null) {
            throw new SqlException(ErrorCode.DUPLICATE_FIELD_NAME, column.name());
        }
        if (place >= 0) {
            columns.add(place, column);
            return;
        }
        int end = columns.size();
        while (end > 0 && columns.get(end - 1).visibility() == Visibility.HIDDEN) {
            end--;
        }
        columns.add(end, column);
    }

    /// Adds a column with its keys and checks.
    ColumnDef addColumn(ColumnDefinition definition, int place) {
        ColumnDef column = new ColumnBuilder(session, collation).build(nextColumnId(), definition);
        addColumn(column, place);
        addParts(definition);
        return column;
    }

    /// Adds the keys and checks written inside a column.
    void addParts(ColumnDefinition definition) {
        IndexRules rules = new IndexRules(this);
        switch (definition.key()) {
            case NONE -> {}
            case KEY, UNIQUE, PRIMARY -> rules.addColumnKey(definition.name(), definition.key());
        }
        definition.checks().forEach(check -> new CheckRules(this).add(check, definition.name()));
        if (definition.key() == ColumnKey.PRIMARY && Boolean.FALSE.equals(definition.visible())) {
            throw new SqlException(ErrorCode.INVISIBLE_PRIMARY_INDEX);
        }
    }

    /// True if the table has a primary key that users know of.
    boolean hasPrimaryKey() {
        return indexes.stream().anyMatch(IndexDef::isPrimary) && !hasRowId();
    }

    /// True if the primary key is the hidden row id.
    boolean hasRowId() {
        return indexes.stream()
                .filter(IndexDef::isPrimary)
                .anyMatch(i -> columnById(i.parts().getFirst().columnId()).visibility() == Visibility.HIDDEN);
    }

    /// The table as it would be now, unchecked: for binding expressions.
    TableDef sketch(long id) {
        return new TableDef(
                id,
                origin == null ? 1 : origin.version() + 1,
                database,
                name,
                columns,
                indexes,
                foreignKeys,
                checks,
                collation,
                comment,
                temporary,
                null,
                TableDef.Kind.BASE,
                options,
                origin == null ? session.nowMicros() : origin.createdMicros());
    }

    /// Checks the whole and makes the definition.
    TableDef finish(long id) {
        if (columns.stream().allMatch(c -> c.visibility() == Visibility.HIDDEN)) {
            throw new SqlException(ErrorCode.TABLE_MUST_HAVE_COLUMNS);
        }
        if (columns.stream().noneMatch(c -> c.visibility() == Visibility.VISIBLE)) {
            throw new SqlException(ErrorCode.ALL_COLUMNS_INVISIBLE);
        }
        if (indexes.stream().noneMatch(IndexDef::isPrimary)) {
            addRowId();
        }
        new IndexRules(this).checkAll();
        sortIndexes();
        new RowSizeRules(this).check();
        TableDef table = sketch(id);
        new ExpressionRules(session, table).check();
        return table;
    }

    private void addRowId() {
        if (session.requiresPrimaryKey() && !temporary) {
            throw new SqlException(ErrorCode.TABLE_WITHOUT_PRIMARY_KEY);
        }
        ColumnDef rowId = new ColumnDef(
                nextColumnId(),
                ROW_ID,
                SqlType.BIGINT_UNSIGNED,
                false,
                null,
                false,
                false,
                false,
                null,
                false,
                Visibility.HIDDEN,
                "",
                null);
        columns.add(rowId);
        indexes.add(
                0,
                new IndexDef(
                        IndexDef.PRIMARY_ID,
                        "PRIMARY",
                        true,
                        List.of(new IndexDef.Part(rowId.id(), 0, false)),
                        true,
                        IndexDef.State.PUBLIC,
                        "",
                        IndexDef.Kind.BTREE));
    }

    /// MySQL lists the primary key first, then unique keys (those without NULL before the others), then the rest.
    private void sortIndexes() {
        indexes.sort(Comparator.comparingInt(this::rank));
    }

    private int rank(IndexDef index) {
        if (index.isPrimary()) {
            return 0;
        }
        if (index.kind() == IndexDef.Kind.FULLTEXT) {
            return 4;
        }
        if (!index.unique()) {
            return 3;
        }
        return index.parts().stream().anyMatch(p -> columnById(p.columnId()).nullable()) ? 2 : 1;
    }
}
