package io.qomo.serve.systemtable;

import io.qomo.serve.systemtable.SystemTableSpec.Filter;
import io.qomo.serve.variable.SessionVariables;
import io.qomo.serve.variable.Variable;
import io.qomo.serve.variable.VariableValue;
import java.util.List;
import java.util.Map;

/// The tables of performance_schema that clients ask for: variables, status, sessions.
final class PerformanceTables {
    private static final String DATABASE = "performance_schema";

    private final ServerFacts facts;

    PerformanceTables(ServerFacts facts) {
        this.facts = facts;
    }

    List<SystemTableSpec> specs() {
        return List.of(
                variables("global_variables", true),
                variables("session_variables", false),
                persisted(),
                status("global_status", true),
                status("session_status", false),
                threads(),
                processes(),
                consumers());
    }

    private static SystemTableSpec variables(String name, boolean global) {
        return SystemTableSpec.of(DATABASE, name)
                .text(64, "VARIABLE_NAME")
                .optionalText(1024, "VARIABLE_VALUE")
                .rows((session, filter, out) -> addVariables(session.variables(), filter, global, out));
    }

    private static void addVariables(SessionVariables variables, Filter filter, boolean global, RowSink out) {
        for (Variable variable : variables.globals().table().all()) {
            if (filter.wants("variable_name", variable.name()) && (!global || variable.hasGlobal())) {
                out.text(variable.name())
                        .text(variable.type()
                                .show(global ? variables.globals().value(variable) : variables.value(variable)))
                        .end();
            }
        }
    }

    private SystemTableSpec persisted() {
        return SystemTableSpec.of(DATABASE, "persisted_variables")
                .text(64, "VARIABLE_NAME")
                .optionalText(1024, "VARIABLE_VALUE")
                .rows((session, filter, out) -> facts.persistedVariables().forEach((name, value) -> {
                    if (filter.wants("variable_name", name)) {
                        out.text(name)
                                .text(shown(session.variables(), name, value))
                                .end();
                    }
                }));
    }

    private static String shown(SessionVariables variables, String name, VariableValue value) {
        return variables
                .globals()
                .table()
                .find(name)
                .map(v -> v.type().show(value))
                .orElse(value.text());
    }

    private SystemTableSpec status(String name, boolean global) {
        return SystemTableSpec.of(DATABASE, name)
                .text(64, "VARIABLE_NAME")
                .optionalText(1024, "VARIABLE_VALUE")
                .rows((session, filter, out) -> {
                    Map<String, String> values = global ? facts.globalStatus() : session.status();
                    values.forEach((key, value) -> {
                        if (filter.wants("variable_name", key)) {
                            out.text(key).text(value).end();
                        }
                    });
                });
    }

    private SystemTableSpec threads() {
        return SystemTableSpec.of(DATABASE, "threads")
                .number("THREAD_ID")
                .text(128, "NAME")
                .text(10, "TYPE")
                .number("PROCESSLIST_ID")
                .optionalText(32, "PROCESSLIST_USER")
                .optionalText(255, "PROCESSLIST_HOST")
                .optionalText(64, "PROCESSLIST_DB")
                .optionalText(16, "PROCESSLIST_COMMAND")
                .signed("PROCESSLIST_TIME")
                .optionalText(64, "PROCESSLIST_STATE")
                .longText("PROCESSLIST_INFO")
                .rows((session, _, out) -> {
                    for (ServerFacts.ProcessRow row : ServerTables.visible(session, facts)) {
                        out.number(row.id()).text("thread/sql/one_connection").text("FOREGROUND");
                        out.number(row.id()).text(row.user()).text(row.host()).text(row.database());
                        out.text(row.command()).number(row.seconds()).text(row.state());
                        out.text(row.info()).end();
                    }
                });
    }

    private SystemTableSpec processes() {
        return SystemTableSpec.of(DATABASE, "processlist")
                .number("ID")
                .optionalText(32, "USER")
                .optionalText(261, "HOST")
                .optionalText(64, "DB")
                .optionalText(16, "COMMAND")
                .signed("TIME")
                .optionalText(64, "STATE")
                .longText("INFO")
                .optionalText(64, "EXECUTION_ENGINE")
                .rows((session, _, out) -> {
                    for (ServerFacts.ProcessRow row : ServerTables.visible(session, facts)) {
                        out.number(row.id()).text(row.user()).text(row.host()).text(row.database());
                        out.text(row.command()).number(row.seconds()).text(row.state());
                        out.text(row.info()).text("PRIMARY").end();
                    }
                });
    }

    private static SystemTableSpec consumers() {
        return SystemTableSpec.of(DATABASE, "setup_consumers").text(64, "NAME").text(3, "ENABLED");
    }
}
