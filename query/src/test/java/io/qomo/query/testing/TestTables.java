package io.qomo.query.testing;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.CheckDef;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.ViewDef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds table definitions.
public final class TestTables {
    private final long id;
    private final String name;
    private final List<ColumnDef> columns = new ArrayList<>();
    private final List<IndexDef> indexes = new ArrayList<>();
    private final List<CheckDef> checks = new ArrayList<>();

    private TestTables(long id, String name) {
        this.id = id;
        this.name = name;
    }

    /// Starts a table of database `test`.
    public static TestTables table(long id, String name) {
        return new TestTables(id, name);
    }

    /// A view of database `test`.
    public static TableDef view(long id, String name, String sql, List<String> columns, String checkOption) {
        TestTables t = new TestTables(id, name);
        columns.forEach(c -> t.nullable(c, SqlType.BIGINT));
        ViewDef view = new ViewDef(sql, List.of(), "UNDEFINED", "root@localhost", true, checkOption, true);
        return t.build(TableDef.Kind.VIEW, view);
    }

    public TestTables column(String column, SqlType type) {
        return add(column, type, false, null, null, false);
    }

    public TestTables nullable(String column, SqlType type) {
        return add(column, type, true, null, null, false);
    }

    public TestTables withDefault(String column, SqlType type, String sql) {
        return add(column, type, false, sql, null, false);
    }

    public TestTables autoIncrement(String column, SqlType type) {
        return add(column, type, false, null, null, true);
    }

    public TestTables generated(String column, SqlType type, String sql) {
        return add(column, type, true, null, sql, false);
    }

    private TestTables add(
            String column,
            SqlType type,
            boolean nullable,
            @Nullable String defaultSql,
            @Nullable String generatedSql,
            boolean autoIncrement) {
        columns.add(new ColumnDef(
                columns.size() + 1,
                column,
                type,
                nullable,
                defaultSql,
                false,
                false,
                autoIncrement,
                generatedSql,
                false,
                Visibility.VISIBLE,
                "",
                null));
        return this;
    }

    public TestTables primary(String... names) {
        return index(IndexDef.PRIMARY_ID, "PRIMARY", true, names);
    }

    public TestTables unique(String index, String... names) {
        return index(indexes.size(), index, true, names);
    }

    public TestTables key(String index, String... names) {
        return index(indexes.size(), index, false, names);
    }

    public TestTables check(String check, String sql) {
        checks.add(new CheckDef(check, sql, true));
        return this;
    }

    private TestTables index(int indexId, String index, boolean unique, String... names) {
        List<IndexDef.Part> parts = new ArrayList<>();
        for (String n : names) {
            boolean descending = n.endsWith(" DESC");
            String plain = descending ? n.substring(0, n.length() - 5) : n;
            int columnId = columns.stream()
                    .filter(c -> c.name().equals(plain))
                    .findFirst()
                    .orElseThrow()
                    .id();
            parts.add(new IndexDef.Part(columnId, 0, descending));
        }
        indexes.add(new IndexDef(indexId, index, unique, parts, true, IndexDef.State.PUBLIC, "", IndexDef.Kind.BTREE));
        return this;
    }

    public TableDef build() {
        return build(TableDef.Kind.BASE, null);
    }

    private TableDef build(TableDef.Kind kind, @Nullable ViewDef view) {
        return new TableDef(
                id,
                1,
                "test",
                name,
                columns,
                indexes,
                List.of(),
                checks,
                Collation.UTF8MB4_0900_AI_CI,
                "",
                false,
                view,
                kind,
                "",
                0);
    }
}
