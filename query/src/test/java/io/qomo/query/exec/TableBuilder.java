package io.qomo.query.exec;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ForeignKeyDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.BoundTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds tables for tests. Columns have ids 1, 2, …; a column name may be followed by ` desc` or `(n)`
/// in an index.
final class TableBuilder {
    private final long id;
    private final String name;
    private final List<ColumnDef> columns = new ArrayList<>();
    private final List<IndexDef> indexes = new ArrayList<>();
    private final List<ForeignKeyDef> foreignKeys = new ArrayList<>();
    private final Map<Integer, Expr> generated = new HashMap<>();
    private final Map<Integer, Expr> defaults = new HashMap<>();
    private final List<BoundTable.BoundCheck> checks = new ArrayList<>();

    TableBuilder(long id, String name) {
        this.id = id;
        this.name = name;
    }

    TableBuilder column(String column, SqlType type) {
        return add(column, type, true, false, false, null, false, ColumnDef.Visibility.VISIBLE);
    }

    TableBuilder notNull(String column, SqlType type) {
        return add(column, type, false, false, false, null, false, ColumnDef.Visibility.VISIBLE);
    }

    TableBuilder autoIncrement(String column, SqlType type) {
        return add(column, type, false, true, false, null, false, ColumnDef.Visibility.VISIBLE);
    }

    TableBuilder onUpdateNow(String column, SqlType type) {
        return add(column, type, true, false, true, null, false, ColumnDef.Visibility.VISIBLE);
    }

    TableBuilder generated(String column, SqlType type, boolean stored, Expr value) {
        generated.put(columns.size(), value);
        return add(column, type, true, false, false, "expr", stored, ColumnDef.Visibility.VISIBLE);
    }

    private TableBuilder add(
            String column,
            SqlType type,
            boolean nullable,
            boolean auto,
            boolean onUpdateNow,
            @Nullable String generatedSql,
            boolean stored,
            ColumnDef.Visibility visibility) {
        columns.add(new ColumnDef(
                columns.size() + 1,
                column,
                type,
                nullable,
                null,
                false,
                onUpdateNow,
                auto,
                generatedSql,
                stored,
                visibility,
                "",
                null));
        return this;
    }

    TableBuilder primaryKey(String... parts) {
        return index(0, "PRIMARY", true, IndexDef.State.PUBLIC, parts);
    }

    TableBuilder hiddenKey() {
        add("_rowid", SqlType.BIGINT_UNSIGNED, false, false, false, null, false, ColumnDef.Visibility.HIDDEN);
        return primaryKey("_rowid");
    }

    TableBuilder unique(String index, String... parts) {
        return index(indexes.size(), index, true, IndexDef.State.PUBLIC, parts);
    }

    TableBuilder key(String index, String... parts) {
        return index(indexes.size(), index, false, IndexDef.State.PUBLIC, parts);
    }

    TableBuilder index(int indexId, String index, boolean unique, IndexDef.State state, String... parts) {
        List<IndexDef.Part> made = new ArrayList<>();
        for (String part : parts) {
            boolean descending = part.endsWith(" desc");
            String column = descending ? part.substring(0, part.length() - 5) : part;
            int length = 0;
            int bracket = column.indexOf('(');
            if (bracket >= 0) {
                length = Integer.parseInt(column.substring(bracket + 1, column.length() - 1));
                column = column.substring(0, bracket);
            }
            made.add(new IndexDef.Part(idOf(column), length, descending));
        }
        indexes.add(new IndexDef(indexId, index, unique, made, true, state, "", IndexDef.Kind.BTREE));
        return this;
    }

    TableBuilder foreignKey(
            String key,
            String column,
            String parent,
            String parentColumn,
            ForeignKeyDef.Action onDelete,
            ForeignKeyDef.Action onUpdate) {
        foreignKeys.add(new ForeignKeyDef(
                key, List.of(idOf(column)), "test", parent, List.of(parentColumn), onDelete, onUpdate));
        return this;
    }

    TableBuilder check(String check, Expr condition) {
        checks.add(new BoundTable.BoundCheck(check, condition));
        return this;
    }

    private int idOf(String column) {
        for (ColumnDef c : columns) {
            if (c.name().equals(column)) {
                return c.id();
            }
        }
        throw new IllegalArgumentException(column);
    }

    BoundTable build() {
        TableDef table = new TableDef(
                id,
                1,
                "test",
                name,
                columns,
                indexes,
                foreignKeys,
                List.of(),
                Collation.UTF8MB4_0900_AI_CI,
                "",
                false,
                null,
                TableDef.Kind.BASE,
                "",
                0);
        return new BoundTable(table, byOrdinal(defaults), byOrdinal(generated), checks);
    }

    private List<@Nullable Expr> byOrdinal(Map<Integer, Expr> expressions) {
        List<@Nullable Expr> list = new ArrayList<>();
        columns.forEach(c -> list.add(null));
        expressions.forEach(list::set);
        return list;
    }
}
