package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.SystemTable;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.ShowStatement.Show;
import io.qomo.serve.account.DynamicPrivileges;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.systemtable.RowSink;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;
import io.qomo.serve.variable.Variable;
import io.qomo.serve.variable.VariableValue;
import java.util.Map;

/// SHOW of variables, status, sessions, character sets, engines.
final class ShowServer {
    private static final int SHORT_INFO_CHARACTERS = 100;

    private final ServerSession session;
    private final StatementRun run;

    ShowServer(ServerSession session, StatementRun run) {
        this.session = session;
        this.run = run;
    }

    void show(Show show) {
        switch (show.kind()) {
            case VARIABLES -> variables(show);
            case STATUS -> status(show);
            case PROCESSLIST -> processes(show);
            case CHARACTER_SETS ->
                copy(
                        show,
                        "CHARACTER_SETS",
                        new String[] {"Charset", "Description", "Default collation", "Maxlen"},
                        0,
                        2,
                        1,
                        3);
            case COLLATIONS ->
                copy(
                        show,
                        "COLLATIONS",
                        new String[] {"Collation", "Charset", "Id", "Default", "Compiled", "Sortlen", "Pad_attribute"},
                        0,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6);
            case ENGINES ->
                copy(
                        show,
                        "ENGINES",
                        new String[] {"Engine", "Support", "Comment", "Transactions", "XA", "Savepoints"},
                        0,
                        1,
                        2,
                        3,
                        4,
                        5);
            case PLUGINS ->
                copy(show, "PLUGINS", new String[] {"Name", "Status", "Type", "Library", "License"}, 0, 2, 3, 5, 9);
            case PRIVILEGES -> privileges();
            case EVENTS, FUNCTION_STATUS, PROCEDURE_STATUS, PROFILES, REPLICAS, BINARY_LOG_STATUS -> nothing(show);
            case BINARY_LOGS -> throw new SqlException(ErrorCode.NO_BINARY_LOGGING);
            default -> throw new IllegalArgumentException(show.kind().name());
        }
    }

    /// What Qomo does not have: the right columns, and no rows.
    private void nothing(Show show) {
        switch (show.kind()) {
            case EVENTS ->
                new ShownRows(session, run)
                        .text(64, "Db", "Name", "Definer", "Time zone", "Type")
                        .datetime("Execute at")
                        .text(256, "Interval value", "Interval field")
                        .datetime("Starts", "Ends")
                        .text(21, "Status")
                        .number("Originator")
                        .text(64, "character_set_client", "collation_connection", "Database Collation")
                        .where(show.where())
                        .send(_ -> {});
            case FUNCTION_STATUS, PROCEDURE_STATUS ->
                new ShownRows(session, run)
                        .text(64, "Db", "Name", "Type", "Definer")
                        .datetime("Modified", "Created")
                        .text(7, "Security_type")
                        .longText("Comment")
                        .text(64, "character_set_client", "collation_connection", "Database Collation")
                        .where(show.where())
                        .send(_ -> {});
            case PROFILES ->
                new ShownRows(session, run)
                        .number("Query_ID")
                        .column("Duration", SqlType.DOUBLE)
                        .text(300, "Query")
                        .send(_ -> {});
            case REPLICAS ->
                new ShownRows(session, run)
                        .number("Server_Id")
                        .text(64, "Host")
                        .number("Port", "Source_Id")
                        .text(64, "Replica_UUID")
                        .send(_ -> {});
            case BINARY_LOG_STATUS ->
                new ShownRows(session, run)
                        .text(255, "File")
                        .number("Position")
                        .text(255, "Binlog_Do_DB", "Binlog_Ignore_DB", "Executed_Gtid_Set")
                        .send(_ -> {});
            default -> throw new IllegalArgumentException(show.kind().name());
        }
    }

    private void variables(Show show) {
        ShowPattern pattern = new ShowPattern(show.like());
        boolean global = show.scope() == VariableScope.GLOBAL;
        new ShownRows(session, run)
                .text(64, "Variable_name")
                .text(1024, "Value")
                .where(show.where())
                .send(out -> {
                    for (Variable variable :
                            session.variables().globals().table().all()) {
                        if (pattern.takes(variable.name()) && (!global || variable.hasGlobal())) {
                            out.text(variable.name())
                                    .text(variable.type().show(value(variable, global)))
                                    .end();
                        }
                    }
                });
    }

    private VariableValue value(Variable variable, boolean global) {
        if (global) {
            return session.variables().globals().value(variable);
        }
        return VariableValue.of(session.facts().systemVariable(false, variable.name()));
    }

    private void status(Show show) {
        ShowPattern pattern = new ShowPattern(show.like());
        Map<String, String> values =
                show.scope() == VariableScope.GLOBAL ? session.server().globalStatus() : session.status();
        new ShownRows(session, run)
                .text(64, "Variable_name")
                .text(1024, "Value")
                .where(show.where())
                .send(out -> values.forEach((name, value) -> {
                    if (pattern.takes(name)) {
                        out.text(name).text(value).end();
                    }
                }));
    }

    private void processes(Show show) {
        boolean all = session.access().has(Privilege.PROCESS);
        new ShownRows(session, run)
                .number("Id")
                .text(32, "User")
                .text(261, "Host")
                .text(64, "db")
                .text(16, "Command")
                .column("Time", SqlType.INT)
                .text(64, "State")
                .longText("Info")
                .send(out -> {
                    for (ProcessRow row : session.server().processes()) {
                        if (all || row.user().equals(session.account().user())) {
                            addProcess(row, show.full(), out);
                        }
                    }
                });
    }

    private static void addProcess(ProcessRow row, boolean full, RowSink out) {
        String info = row.info();
        if (info != null && !full && info.length() > SHORT_INFO_CHARACTERS) {
            info = info.substring(0, SHORT_INFO_CHARACTERS);
        }
        out.number(row.id()).text(row.user()).text(row.host()).text(row.database());
        out.text(row.command())
                .number(row.seconds())
                .text(row.state())
                .text(info)
                .end();
    }

    private void privileges() {
        new ShownRows(session, run)
                .text(64, "Privilege", "Context")
                .text(256, "Comment")
                .send(out -> {
                    for (Privilege privilege : Privilege.values()) {
                        String words = privilege.sqlName().toLowerCase(java.util.Locale.ROOT);
                        String context = privilege.isAt(Privilege.Level.TABLE)
                                ? "Tables"
                                : privilege.isAt(Privilege.Level.DATABASE) ? "Databases" : "Server Admin";
                        out.text(Character.toUpperCase(words.charAt(0)) + words.substring(1))
                                .text(context)
                                .text("")
                                .end();
                    }
                    DynamicPrivileges.NAMES.forEach(
                            name -> out.text(name).text("Server Admin").text("").end());
                });
    }

    /// Shows columns of a table of information_schema under other names; LIKE is on the first.
    private void copy(Show show, String tableName, String[] names, int... ordinals) {
        TableDef table =
                session.catalog().table("information_schema", tableName).orElseThrow();
        SystemTable source = session.catalog().systemTable(table);
        ShowPattern pattern = new ShowPattern(show.like());
        ShownRows rows = new ShownRows(session, run);
        for (int i = 0; i < names.length; i++) {
            rows.column(names[i], table.columns().get(ordinals[i]).type());
        }
        rows.where(show.where())
                .send(out -> source.scan(session, Map.of(), batch -> {
                    for (int r = 0; r < batch.rows(); r++) {
                        if (pattern.takes(VariableValue.of(Batches.constant(batch.column(ordinals[0]), r))
                                .text())) {
                            for (int ordinal : ordinals) {
                                out.copy(batch.column(ordinal), r);
                            }
                            out.end();
                        }
                    }
                }));
    }
}
