package io.qomo.serve.systemtable;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A system table in the making: its name, columns, and where its rows come from.
final class SystemTableSpec {
    private static final Collation NAMES = Collation.UTF8MB3_GENERAL_CI;

    private final String database;
    private final String name;
    private final List<ColumnDef> columns = new ArrayList<>();
    private Rows rows = (_, _, _) -> {};

    /// Adds the rows of a table.
    interface Rows {
        /// @param session who asks
        /// @param filter what is asked for: rows beyond it may be left out
        /// @param out takes the rows
        void add(SystemSession session, Filter filter, RowSink out);
    }

    /// The values wanted, where the query says so.
    ///
    /// @param equalities per column name in lower case
    record Filter(Map<String, Set<String>> equalities) {
        /// False if rows with this value of a column are certainly not wanted.
        boolean wants(String column, String value) {
            Set<String> wanted = equalities.get(column);
            return wanted == null || wanted.stream().anyMatch(value::equalsIgnoreCase);
        }
    }

    private SystemTableSpec(String database, String name) {
        this.database = database;
        this.name = name;
    }

    /// A table without columns yet.
    static SystemTableSpec of(String database, String name) {
        return new SystemTableSpec(database, name);
    }

    /// A table of information_schema.
    static SystemTableSpec schema(String name) {
        return of("information_schema", name);
    }

    /// VARCHAR columns that are not NULL.
    SystemTableSpec text(int length, String... names) {
        return columns(SqlType.varchar(length, NAMES), false, names);
    }

    /// VARCHAR columns.
    SystemTableSpec optionalText(int length, String... names) {
        return columns(SqlType.varchar(length, NAMES), true, names);
    }

    /// LONGTEXT columns.
    SystemTableSpec longText(String... names) {
        return columns(SqlType.string(TypeKind.LONGTEXT, -1, NAMES), true, names);
    }

    /// BIGINT UNSIGNED columns.
    SystemTableSpec number(String... names) {
        return columns(SqlType.BIGINT_UNSIGNED, true, names);
    }

    /// BIGINT columns.
    SystemTableSpec signed(String... names) {
        return columns(SqlType.BIGINT, true, names);
    }

    /// INT UNSIGNED columns.
    SystemTableSpec integer(String... names) {
        return columns(SqlType.integer(TypeKind.INT, true), true, names);
    }

    /// DATETIME columns.
    SystemTableSpec datetime(String... names) {
        return columns(SqlType.temporal(TypeKind.DATETIME, 0), true, names);
    }

    /// Columns of a type.
    SystemTableSpec columns(SqlType type, boolean nullable, String... names) {
        for (String column : names) {
            columns.add(new ColumnDef(
                    columns.size(),
                    column,
                    type,
                    nullable,
                    null,
                    false,
                    false,
                    false,
                    null,
                    false,
                    ColumnDef.Visibility.VISIBLE,
                    "",
                    null));
        }
        return this;
    }

    /// Where the rows come from; without, there are none.
    SystemTableSpec rows(Rows source) {
        rows = source;
        return this;
    }

    String key() {
        return database + "." + name;
    }

    Rows rows() {
        return rows;
    }

    List<SqlType> types() {
        return columns.stream().map(ColumnDef::type).toList();
    }

    TableDef toTable(long id) {
        return new TableDef(
                id,
                1,
                database,
                name,
                columns,
                List.of(),
                List.of(),
                List.of(),
                NAMES,
                "",
                false,
                null,
                TableDef.Kind.SYSTEM,
                "",
                0);
    }
}
