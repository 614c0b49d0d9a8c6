package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.DatabaseDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.TableStatistics;
import io.qomo.query.catalog.ViewDef;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.ShowStatement.Show;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import io.qomo.query.sql.printer.AstPrinter;
import io.qomo.query.sql.printer.Names;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.schema.CreateTableText;
import io.qomo.serve.schema.SqlText;
import io.qomo.serve.systemtable.ColumnFacts;
import io.qomo.serve.systemtable.RowSink;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// SHOW of databases, tables, columns, indexes, and the statements that make them.
final class ShowSchema {
    private final ServerSession session;
    private final StatementRun run;

    ShowSchema(ServerSession session, StatementRun run) {
        this.session = session;
        this.run = run;
    }

    void show(Show show) {
        switch (show.kind()) {
            case DATABASES -> databases(show);
            case TABLES -> tables(show);
            case TABLE_STATUS -> tableStatus(show);
            case COLUMNS -> columns(show);
            case INDEXES -> indexes(show);
            case CREATE_DATABASE -> createDatabase(show);
            case CREATE_TABLE -> createTable(show);
            case CREATE_VIEW -> createView(table(show));
            case OPEN_TABLES ->
                new ShownRows(session, run)
                        .text(64, "Database", "Table")
                        .number("In_use", "Name_locked")
                        .where(show.where())
                        .send(_ -> {});
            case TRIGGERS -> {
                database(show.name());
                new ShownRows(session, run)
                        .text(64, "Trigger", "Event", "Table")
                        .longText("Statement")
                        .text(64, "Timing")
                        .column("Created", SqlType.temporal(TypeKind.TIMESTAMP, 2))
                        .text(520, "sql_mode")
                        .text(288, "Definer")
                        .text(64, "character_set_client", "collation_connection", "Database Collation")
                        .where(show.where())
                        .send(_ -> {});
            }
            default -> throw new IllegalArgumentException(show.kind().name());
        }
    }

    private String database(@org.jspecify.annotations.Nullable String name) {
        String wanted = name == null ? session.database() : name;
        if (wanted == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        DatabaseDef found = session.catalog()
                .database(wanted)
                .orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_DATABASE, wanted));
        if (!session.access().seesDatabase(found.name()) && !isOpen(found.name())) {
            throw session.access().databaseDenied(wanted);
        }
        return found.name();
    }

    private static boolean isOpen(String database) {
        return database.equals("information_schema") || database.equals("performance_schema");
    }

    private boolean sees(TableDef table) {
        return isOpen(table.database()) || table.temporary() || session.access().sees(table.database(), table.name());
    }

    private TableDef table(Show show) {
        TableName name = show.object();
        if (name == null) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, "SHOW without a table");
        }
        String schema = name.schema() != null ? name.schema() : show.name() != null ? show.name() : session.database();
        if (schema == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        TableDef found = session.catalog()
                .table(schema, name.name())
                .orElseThrow(() -> session.catalog().database(schema).isEmpty()
                        ? new SqlException(ErrorCode.UNKNOWN_DATABASE, schema)
                        : new SqlException(ErrorCode.NO_SUCH_TABLE, schema, name.name()));
        if (!sees(found)) {
            throw new SqlException(
                    ErrorCode.TABLE_ACCESS_DENIED,
                    "SHOW",
                    session.account().user(),
                    session.account().host(),
                    name.name());
        }
        return found;
    }

    private static String heading(String base, Show show) {
        return show.like() == null ? base : base + " (" + show.like() + ")";
    }

    private void databases(Show show) {
        ShowPattern pattern = new ShowPattern(show.like());
        new ShownRows(session, run)
                .text(64, heading("Database", show))
                .where(show.where())
                .send(out -> {
                    for (DatabaseDef database : session.catalog().databases()) {
                        boolean isVisible =
                                isOpen(database.name()) || session.access().seesDatabase(database.name());
                        if (isVisible && pattern.takes(database.name())) {
                            out.text(database.name()).end();
                        }
                    }
                });
    }

    private void tables(Show show) {
        String database = database(show.name());
        ShowPattern pattern = new ShowPattern(show.like());
        ShownRows rows = new ShownRows(session, run).text(64, heading("Tables_in_" + database, show));
        if (show.full()) {
            rows.text(11, "Table_type");
        }
        rows.where(show.where()).send(out -> {
            for (TableDef table : session.catalog().tables(database)) {
                if (pattern.takes(table.name()) && sees(table)) {
                    out.text(table.name());
                    if (show.full()) {
                        out.text(type(table));
                    }
                    out.end();
                }
            }
        });
    }

    private static String type(TableDef table) {
        return switch (table.kind()) {
            case BASE -> "BASE TABLE";
            case VIEW -> "VIEW";
            case SYSTEM -> table.database().equals("information_schema") ? "SYSTEM VIEW" : "BASE TABLE";
        };
    }

    private void tableStatus(Show show) {
        String database = database(show.name());
        ShowPattern pattern = new ShowPattern(show.like());
        new ShownRows(session, run)
                .text(64, "Name", "Engine")
                .number("Version")
                .text(10, "Row_format")
                .number("Rows", "Avg_row_length", "Data_length", "Max_data_length", "Index_length", "Data_free")
                .number("Auto_increment")
                .datetime("Create_time", "Update_time", "Check_time")
                .text(64, "Collation")
                .number("Checksum")
                .text(256, "Create_options")
                .longText("Comment")
                .where(show.where())
                .send(out -> {
                    for (TableDef table : session.catalog().tables(database)) {
                        if (pattern.takes(table.name()) && sees(table)) {
                            addStatus(table, out);
                        }
                    }
                });
    }

    private void addStatus(TableDef table, RowSink out) {
        out.text(table.name());
        if (table.kind() != TableDef.Kind.BASE) {
            for (int i = 0; i < 16; i++) {
                out.nothing();
            }
            out.text(table.kind() == TableDef.Kind.VIEW ? "VIEW" : "").end();
            return;
        }
        TableStatistics statistics = session.catalog().statistics(table);
        long rows = statistics.rows();
        out.text("InnoDB").number(10).text("Dynamic").number(rows);
        out.number(rows == 0 ? 0 : statistics.dataBytes() / rows).number(statistics.dataBytes());
        out.number(0).number(0).number(0);
        boolean counts = table.columns().stream().anyMatch(ColumnDef::autoIncrement);
        out.optional(counts ? session.server().parts().schema().nextAutoIncrement(table) : null);
        out.datetime(table.createdMicros()).nothing().nothing();
        out.text(table.collation().sqlName()).nothing();
        out.text(table.options().toLowerCase(Locale.ROOT)).text(table.comment()).end();
    }

    private void columns(Show show) {
        TableDef table = table(show);
        if (table.kind() == TableDef.Kind.VIEW) {
            new QueryRunner(session).checkView(table);
        }
        ShowPattern pattern = new ShowPattern(show.like());
        ShownRows rows = new ShownRows(session, run).text(64, "Field").longText("Type");
        if (show.full()) {
            rows.text(64, "Collation");
        }
        rows.text(3, "Null", "Key").longText("Default").text(256, "Extra");
        if (show.full()) {
            rows.text(154, "Privileges").longText("Comment");
        }
        rows.where(show.where()).send(out -> {
            for (ColumnDef column : table.columns()) {
                boolean isVisible = column.visibility() != ColumnDef.Visibility.HIDDEN || show.extended();
                boolean isAllowed = table.temporary()
                        || !ColumnFacts.privileges(session.access(), table, column)
                                .isEmpty();
                if (isVisible && isAllowed && pattern.takes(column.name())) {
                    addColumn(table, column, show.full(), out);
                }
            }
        });
    }

    private void addColumn(TableDef table, ColumnDef column, boolean full, RowSink out) {
        out.text(column.name()).text(ColumnFacts.columnType(column));
        if (full) {
            boolean hasCharset = ColumnFacts.hasCharset(column.type());
            out.text(hasCharset ? column.type().collation().sqlName() : null);
        }
        out.yesNo(column.nullable()).text(ColumnFacts.key(table, column));
        out.text(ColumnFacts.defaultText(column)).text(ColumnFacts.extra(column));
        if (full) {
            out.text(ColumnFacts.privileges(session.access(), table, column)).text(column.comment());
        }
        out.end();
    }

    private void indexes(Show show) {
        TableDef table = table(show);
        new ShownRows(session, run)
                .text(64, "Table")
                .column("Non_unique", SqlType.INT)
                .text(64, "Key_name")
                .number("Seq_in_index")
                .text(64, "Column_name")
                .text(1, "Collation")
                .number("Cardinality", "Sub_part")
                .text(0, "Packed")
                .text(3, "Null")
                .text(11, "Index_type")
                .text(8, "Comment")
                .text(2048, "Index_comment")
                .text(3, "Visible")
                .longText("Expression")
                .where(show.where())
                .send(out -> {
                    for (IndexDef index : ColumnFacts.visibleIndexes(table)) {
                        addIndex(table, index, out);
                    }
                });
    }

    private void addIndex(TableDef table, IndexDef index, RowSink out) {
        TableStatistics statistics = session.catalog().statistics(table);
        for (int i = 0; i < index.parts().size(); i++) {
            IndexDef.Part part = index.parts().get(i);
            ColumnDef column = table.columnById(part.columnId());
            boolean isExpression = column.visibility() == ColumnDef.Visibility.HIDDEN;
            out.text(table.name())
                    .number(index.unique() ? 0 : 1)
                    .text(index.name())
                    .number(i + 1L);
            out.text(isExpression ? null : column.name()).text(part.descending() ? "D" : "A");
            out.number(ColumnFacts.cardinality(statistics, index, i));
            out.optional(part.prefixLength() > 0 ? (long) part.prefixLength() : null)
                    .nothing();
            out.text(column.nullable() ? "YES" : "").text(index.kind().name()).text("");
            out.text(index.comment()).yesNo(index.visible());
            out.text(isExpression ? column.generatedSql() : null).end();
        }
    }

    private void createDatabase(Show show) {
        DatabaseDef database = session.catalog().database(database(show.name())).orElseThrow();
        Collation collation = database.collation();
        boolean tellsCollation = !collation.isDefault() || collation == Collation.UTF8MB4_0900_AI_CI;
        String text = "CREATE DATABASE " + (show.full() ? "/*!32312 IF NOT EXISTS*/ " : "")
                + SqlText.identifier(database.name()) + " /*!40100 DEFAULT CHARACTER SET "
                + collation.charset().sqlName() + (tellsCollation ? " COLLATE " + collation.sqlName() : "")
                + " */ /*!80016 DEFAULT ENCRYPTION='N' */";
        new ShownRows(session, run)
                .text(64, "Database")
                .text(1024, "Create Database")
                .send(out -> out.text(database.name()).text(text).end());
    }

    private void createTable(Show show) {
        TableDef table = table(show);
        if (table.kind() == TableDef.Kind.VIEW) {
            createView(table);
            return;
        }
        boolean isShown = isOpen(table.database())
                || table.temporary()
                || session.access().holdsTable(table.database(), table.name());
        if (!isShown) {
            throw new SqlException(
                    ErrorCode.TABLE_ACCESS_DENIED,
                    "SHOW",
                    session.access().account().user(),
                    session.access().account().host(),
                    table.name());
        }
        boolean counts =
                table.kind() == TableDef.Kind.BASE && table.columns().stream().anyMatch(ColumnDef::autoIncrement);
        long next = counts ? session.server().parts().schema().nextAutoIncrement(table) : 0;
        String text = CreateTableText.of(table, next, session.variables().isOn("sql_quote_show_create"));
        new ShownRows(session, run)
                .text(64, "Table")
                .text(1024, "Create Table")
                .send(out -> out.text(table.name()).text(text).end());
    }

    private void createView(TableDef table) {
        ViewDef view = table.view();
        if (view == null) {
            throw new SqlException(ErrorCode.WRONG_OBJECT, table.database(), table.name(), "VIEW");
        }
        session.access().requireTable(table.database(), table.name(), Privilege.SHOW_VIEW);
        new ShownRows(session, run)
                .text(64, "View")
                .text(1024, "Create View")
                .text(64, "character_set_client", "collation_connection")
                .send(out -> out.text(table.name())
                        .text(viewText(table, view))
                        .text("utf8mb4")
                        .text("utf8mb4_0900_ai_ci")
                        .end());
    }

    /// The query, without the schema where all tables lie in the current one.
    private String queryText(TableDef table, ViewDef view) {
        String schema = session.database();
        if (schema == null || !table.database().equals(schema)) {
            return view.sql();
        }
        QueryExpression query = SqlParser.parseQuery(view.sql(), ParserOptions.DEFAULT.withParameterMarkers(false));
        Set<String> schemas = new HashSet<>();
        AstPrinter.print(query, new Names() {
            @Override
            public TableName table(TableName name) {
                if (name.schema() != null) {
                    schemas.add(name.schema());
                }
                return name;
            }
        });
        return schemas.stream().allMatch(schema::equals) ? AstPrinter.print(query, Names.without(schema)) : view.sql();
    }

    private String viewText(TableDef table, ViewDef view) {
        int at = view.definer().lastIndexOf('@');
        String definer = SqlText.identifier(view.definer().substring(0, Math.max(0, at))) + "@"
                + SqlText.identifier(view.definer().substring(at + 1));
        List<String> names =
                view.columnNames().stream().map(SqlText::identifier).toList();
        return "CREATE ALGORITHM=" + view.algorithm() + " DEFINER=" + definer + " SQL SECURITY "
                + (view.securityDefiner() ? "DEFINER" : "INVOKER") + " VIEW " + SqlText.identifier(table.name())
                + (names.isEmpty() ? "" : " (" + String.join(",", names) + ")") + " AS " + queryText(table, view)
                + (view.checkOption().equals("NONE") ? "" : " WITH " + view.checkOption() + " CHECK OPTION");
    }
}
