package io.qomo.serve.systemtable;

import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.catalog.ViewDef;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import io.qomo.query.sql.printer.AstPrinter;
import io.qomo.query.sql.printer.Names;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.systemtable.SystemTableSpec.Filter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// SCHEMATA, TABLES, VIEWS and PARTITIONS of information_schema.
final class SchemaTables {
    private final ServerFacts facts;

    SchemaTables(ServerFacts facts) {
        this.facts = facts;
    }

    List<SystemTableSpec> specs() {
        return List.of(schemata(), tables(), views(), viewTables(), partitions());
    }

    /// Visits the tables the session may see, in name order.
    static void visibleTables(
            SystemSession session,
            Filter filter,
            String databaseColumn,
            String tableColumn,
            BiConsumer<DatabaseDef, TableDef> visitor) {
        Catalog catalog = session.catalog();
        for (DatabaseDef database : catalog.databases()) {
            if (!filter.wants(databaseColumn, database.name())) {
                continue;
            }
            for (TableDef table : catalog.tables(database.name())) {
                if (filter.wants(tableColumn, table.name()) && sees(session, table)) {
                    visitor.accept(database, table);
                }
            }
        }
    }

    /// True if the session may know of a table.
    static boolean sees(SystemSession session, TableDef table) {
        return table.database().equals("information_schema") || session.access().sees(table.database(), table.name());
    }

    private static SystemTableSpec schemata() {
        return SystemTableSpec.schema("SCHEMATA")
                .text(64, "CATALOG_NAME", "SCHEMA_NAME", "DEFAULT_CHARACTER_SET_NAME", "DEFAULT_COLLATION_NAME")
                .optionalText(0, "SQL_PATH")
                .text(3, "DEFAULT_ENCRYPTION")
                .rows((session, filter, out) -> {
                    for (DatabaseDef database : session.catalog().databases()) {
                        if (filter.wants("schema_name", database.name())
                                && (database.name().equals("information_schema")
                                        || session.access().seesDatabase(database.name()))) {
                            out.text("def")
                                    .text(database.name())
                                    .text(database.collation().charset().sqlName())
                                    .text(database.collation().sqlName())
                                    .nothing()
                                    .text("NO")
                                    .end();
                        }
                    }
                });
    }

    private SystemTableSpec tables() {
        return SystemTableSpec.schema("TABLES")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "TABLE_TYPE")
                .optionalText(64, "ENGINE")
                .integer("VERSION")
                .optionalText(10, "ROW_FORMAT")
                .number(
                        "TABLE_ROWS",
                        "AVG_ROW_LENGTH",
                        "DATA_LENGTH",
                        "MAX_DATA_LENGTH",
                        "INDEX_LENGTH",
                        "DATA_FREE",
                        "AUTO_INCREMENT")
                .datetime("CREATE_TIME", "UPDATE_TIME", "CHECK_TIME")
                .optionalText(64, "TABLE_COLLATION")
                .signed("CHECKSUM")
                .optionalText(256, "CREATE_OPTIONS")
                .longText("TABLE_COMMENT")
                .rows((session, filter, out) -> visibleTables(
                        session,
                        filter,
                        "table_schema",
                        "table_name",
                        (database, table) -> addTable(session, database, table, out)));
    }

    private void addTable(SystemSession session, DatabaseDef database, TableDef table, RowSink out) {
        out.text("def").text(database.name()).text(table.name());
        switch (table.kind()) {
            case VIEW -> {
                out.text("VIEW");
                for (int i = 0; i < 10; i++) {
                    out.nothing();
                }
                out.datetime(table.createdMicros());
                out.nothing()
                        .nothing()
                        .nothing()
                        .nothing()
                        .nothing()
                        .text("VIEW")
                        .end();
            }
            case SYSTEM -> {
                boolean isView = database.name().equals("information_schema");
                out.text(isView ? "SYSTEM VIEW" : "BASE TABLE");
                out.text(isView ? null : "InnoDB")
                        .number(10)
                        .nothing()
                        .number(0)
                        .number(0)
                        .number(0);
                out.number(0).number(0).number(0).nothing().nothing().nothing().nothing();
                out.text(isView ? null : table.collation().sqlName())
                        .nothing()
                        .text("")
                        .text("")
                        .end();
            }
            case BASE -> addBase(session, table, out);
        }
    }

    private void addBase(SystemSession session, TableDef table, RowSink out) {
        TableStatistics statistics = session.catalog().statistics(table);
        long rows = statistics.rows();
        out.text("BASE TABLE").text("InnoDB").number(10).text(rowFormat(table)).number(rows);
        out.number(rows == 0 ? 0 : statistics.dataBytes() / rows);
        out.number(statistics.dataBytes()).number(0).number(0).number(0);
        boolean hasCounter = table.columns().stream().anyMatch(ColumnDef::autoIncrement);
        out.optional(hasCounter ? facts.nextAutoIncrement(table) : null);
        out.datetime(table.createdMicros()).nothing().nothing();
        out.text(table.collation().sqlName()).nothing();
        out.text(table.options().toLowerCase(Locale.ROOT)).text(table.comment()).end();
    }

    /// The row format shown for a table: what was asked for, or InnoDB's default.
    static String rowFormat(TableDef table) {
        for (String option : table.options().split(" ")) {
            if (option.startsWith("ROW_FORMAT=") && option.length() > 12) {
                String word = option.substring(11);
                return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
            }
        }
        return "Dynamic";
    }

    private static SystemTableSpec views() {
        return SystemTableSpec.schema("VIEWS")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .longText("VIEW_DEFINITION")
                .optionalText(8, "CHECK_OPTION")
                .optionalText(3, "IS_UPDATABLE")
                .optionalText(288, "DEFINER")
                .optionalText(7, "SECURITY_TYPE")
                .text(64, "CHARACTER_SET_CLIENT", "COLLATION_CONNECTION")
                .rows((session, filter, out) ->
                        visibleTables(session, filter, "table_schema", "table_name", (database, table) -> {
                            ViewDef view = table.view();
                            if (view != null) {
                                out.text("def").text(database.name()).text(table.name());
                                long held = session.access().table(database.name(), table.name());
                                boolean isShown = (held & Privilege.SHOW_VIEW.bit()) != 0;
                                out.text(isShown ? view.sql() : "").text(view.checkOption());
                                out.yesNo(view.updatable()).text(view.definer());
                                out.text(view.securityDefiner() ? "DEFINER" : "INVOKER");
                                out.text("utf8mb4").text("utf8mb4_0900_ai_ci").end();
                            }
                        }));
    }

    private static SystemTableSpec viewTables() {
        return SystemTableSpec.schema("VIEW_TABLE_USAGE")
                .text(64, "VIEW_CATALOG", "VIEW_SCHEMA", "VIEW_NAME")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .rows((session, filter, out) ->
                        visibleTables(session, filter, "view_schema", "view_name", (database, table) -> {
                            ViewDef view = table.view();
                            if (view != null) {
                                tablesOf(view).forEach(used -> {
                                    out.text("def").text(database.name()).text(table.name());
                                    out.text("def").text(used.schema()).text(used.name());
                                    out.end();
                                });
                            }
                        }));
    }

    /// The tables a view names; its text tells the schema of each, and has none for its own WITH.
    private static Collection<TableName> tablesOf(ViewDef view) {
        Map<String, TableName> found = new TreeMap<>();
        QueryExpression query = SqlParser.parseQuery(view.sql(), ParserOptions.DEFAULT.withParameterMarkers(false));
        AstPrinter.print(query, new Names() {
            @Override
            public TableName table(TableName name) {
                if (name.schema() != null) {
                    found.put(name.schema() + "." + name.name(), name);
                }
                return name;
            }
        });
        return found.values();
    }

    private static SystemTableSpec partitions() {
        return SystemTableSpec.schema("PARTITIONS")
                .text(64, "TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME")
                .optionalText(64, "PARTITION_NAME", "SUBPARTITION_NAME")
                .integer("PARTITION_ORDINAL_POSITION", "SUBPARTITION_ORDINAL_POSITION")
                .optionalText(13, "PARTITION_METHOD", "SUBPARTITION_METHOD")
                .optionalText(2048, "PARTITION_EXPRESSION", "SUBPARTITION_EXPRESSION")
                .longText("PARTITION_DESCRIPTION")
                .number("TABLE_ROWS", "AVG_ROW_LENGTH", "DATA_LENGTH", "MAX_DATA_LENGTH", "INDEX_LENGTH", "DATA_FREE")
                .datetime("CREATE_TIME", "UPDATE_TIME", "CHECK_TIME")
                .signed("CHECKSUM")
                .longText("PARTITION_COMMENT")
                .optionalText(256, "NODEGROUP")
                .optionalText(268, "TABLESPACE_NAME")
                .rows((session, filter, out) ->
                        visibleTables(session, filter, "table_schema", "table_name", (database, table) -> {
                            if (table.kind() == TableDef.Kind.BASE) {
                                addWhole(session, database, table, out);
                            }
                        }));
    }

    /// A table that is not partitioned counts as one partition without a name.
    private static void addWhole(SystemSession session, DatabaseDef database, TableDef table, RowSink out) {
        TableStatistics statistics = session.catalog().statistics(table);
        out.text("def").text(database.name()).text(table.name());
        for (int i = 0; i < 9; i++) {
            out.nothing();
        }
        out.number(statistics.rows());
        out.number(statistics.rows() == 0 ? 0 : statistics.dataBytes() / statistics.rows());
        out.number(statistics.dataBytes()).number(0).number(0).number(0);
        out.datetime(table.createdMicros()).nothing().nothing().nothing();
        out.text("").nothing().nothing().end();
    }
}
