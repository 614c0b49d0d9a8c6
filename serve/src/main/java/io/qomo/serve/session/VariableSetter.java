package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.serve.variable.GlobalVariables;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.serve.variable.Variable;
import io.qomo.serve.variable.Variable.Treatment;
import io.qomo.serve.variable.VariableType;
import io.qomo.serve.variable.VariableValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Assigns system variables: scopes, privileges, checks, and what follows from a change.
final class VariableSetter {
    /// Variables clients set often and no plan depends on.
    private static final Set<String> NOT_FOR_PLANS = Set.of(
            "autocommit",
            "transaction_isolation",
            "transaction_read_only",
            "innodb_lock_wait_timeout",
            "lock_wait_timeout",
            "wait_timeout",
            "interactive_timeout",
            "net_read_timeout",
            "net_write_timeout",
            "max_execution_time");
    private static final Set<String> ONLY_GLOBALLY_SET = Set.of("max_allowed_packet", "net_buffer_length");
    private static final List<String> ANSI =
            List.of("REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "ONLY_FULL_GROUP_BY", "ANSI");
    private static final List<String> TRADITIONAL = List.of(
            "STRICT_TRANS_TABLES",
            "STRICT_ALL_TABLES",
            "NO_ZERO_IN_DATE",
            "NO_ZERO_DATE",
            "ERROR_FOR_DIVISION_BY_ZERO",
            "TRADITIONAL",
            "NO_ENGINE_SUBSTITUTION");

    private final ServerSession session;
    private final GlobalVariables globals;

    VariableSetter(ServerSession session) {
        this.session = session;
        this.globals = session.server().parts().variables();
    }

    /// Checks an assignment; running the result makes it.
    ///
    /// @param onlyNext `SET @@transaction_…`: for the next transaction alone
    /// @param given null for DEFAULT
    Runnable prepare(VariableScope scope, boolean onlyNext, String name, @Nullable VariableValue given) {
        Variable variable = globals.table().get(name);
        if (variable.treatment() == Treatment.READ_ONLY) {
            String kind = scope == VariableScope.PERSIST_ONLY ? "non persistent read only" : "read only";
            throw new SqlException(ErrorCode.INCORRECT_GLOBAL_LOCAL_VAR, variable.name(), kind);
        }
        checkScope(variable, scope);
        boolean isGlobal =
                scope == VariableScope.GLOBAL || scope == VariableScope.PERSIST || scope == VariableScope.PERSIST_ONLY;
        VariableValue value = checked(variable, isGlobal, given);
        if (!isGlobal && ONLY_GLOBALLY_SET.contains(variable.name())) {
            throw new SqlException(ErrorCode.VARIABLE_IS_READONLY, "SESSION", variable.name(), "GLOBAL");
        }
        return switch (scope) {
            case DEFAULT, SESSION -> () -> setSession(variable, value, onlyNext);
            case GLOBAL -> () -> setGlobal(variable, value);
            case PERSIST ->
                () -> {
                    setGlobal(variable, value);
                    persisted().put(variable, value);
                };
            case PERSIST_ONLY -> () -> persisted().put(variable, value);
        };
    }

    private PersistedVariables persisted() {
        return new PersistedVariables(session.server().parts().meta());
    }

    private void checkScope(Variable variable, VariableScope scope) {
        switch (scope) {
            case DEFAULT, SESSION -> {
                if (!variable.hasSession()) {
                    throw new SqlException(ErrorCode.GLOBAL_VARIABLE, variable.name());
                }
            }
            case GLOBAL, PERSIST, PERSIST_ONLY -> {
                if (!variable.hasGlobal()) {
                    throw new SqlException(ErrorCode.LOCAL_VARIABLE, variable.name());
                }
                session.access().requireDynamic("SYSTEM_VARIABLES_ADMIN");
            }
        }
    }

    private VariableValue checked(Variable variable, boolean isGlobal, @Nullable VariableValue given) {
        VariableValue initial = isGlobal || !variable.hasGlobal() ? variable.initial() : globals.value(variable);
        if (given == null) {
            return initial;
        }
        if (isOtherEngine(variable, given)) {
            return initial;
        }
        VariableValue value = variable.type().check(variable.name(), given, session.diagnostics()::warn);
        if (variable.type() instanceof VariableType.Switches switches) {
            VariableValue base =
                    isGlobal ? globals.value(variable) : session.variables().value(variable);
            value = switches.merge(base, value, variable.initial());
        }
        value = special(variable.name(), value);
        if (variable.treatment() == Treatment.FIXED && !value.equals(variable.initial())) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, variable.name() + " = " + given.text());
        }
        if (variable.treatment() == Treatment.TUNE) {
            session.diagnostics().note(ErrorCode.WARN_NO_EFFECT, variable.name());
        }
        return value;
    }

    /// Engines of old dumps: there is one store, under InnoDB's name.
    private boolean isOtherEngine(Variable variable, VariableValue given) {
        boolean isEngine = variable.name().equals("default_storage_engine")
                || variable.name().equals("default_tmp_storage_engine");
        boolean isKnown =
                Set.of("MYISAM", "MEMORY", "ARIA").contains(given.text().toUpperCase(Locale.ROOT));
        if (isEngine && isKnown) {
            session.diagnostics().note(ErrorCode.WARN_NO_EFFECT, variable.name() + " = " + given.text());
        }
        return isEngine && isKnown;
    }

    private VariableValue special(String name, VariableValue value) {
        switch (name) {
            case "time_zone" -> {
                if (value.equals(VariableValue.NULL)) {
                    throw new SqlException(ErrorCode.WRONG_VALUE_FOR_VAR, name, "NULL");
                }
                return VariableValue.of(
                        TimeZoneRule.of(value.text(), session.server().parts().systemZone())
                                .name());
            }
            case "lc_time_names" -> {
                return VariableValue.of(locale(value.text()));
            }
            case "sql_mode" -> {
                return VariableValue.of(expanded(value.text()));
            }
            default -> {
                return value;
            }
        }
    }

    /// A locale's name as it is shown. Error UNKNOWN_LOCALE.
    private static String locale(String name) {
        for (Locale locale : Locale.getAvailableLocales()) {
            String known = locale.getLanguage() + "_" + locale.getCountry();
            if (known.equalsIgnoreCase(name) && locale.getScript().isEmpty()) {
                return known;
            }
        }
        throw new SqlException(ErrorCode.UNKNOWN_LOCALE, name);
    }

    /// The modes that stand for several, spelled out in MySQL's order.
    private String expanded(String modes) {
        List<String> given = List.of(modes.split(","));
        List<String> wanted = new ArrayList<>(given);
        if (given.contains("ANSI")) {
            wanted.addAll(ANSI);
        }
        if (given.contains("TRADITIONAL")) {
            wanted.addAll(TRADITIONAL);
        }
        Variable variable = globals.table().get("sql_mode");
        return variable.type()
                .check("sql_mode", VariableValue.of(String.join(",", wanted)), session.diagnostics()::warn)
                .text();
    }

    private void setGlobal(Variable variable, VariableValue value) {
        setGlobal(variable.name(), value);
        if (variable.name().equals("super_read_only") && value.number() != 0) {
            setGlobal("read_only", VariableValue.of(1));
        }
        switch (variable.name()) {
            case "character_set_server" ->
                setGlobal(
                        "collation_server",
                        VariableValue.of(io.qomo.base.type.Collation.defaultOf(
                                        io.qomo.serve.variable.Charsets.named(value.text()))
                                .sqlName()));
            case "collation_server" ->
                setGlobal(
                        "character_set_server",
                        VariableValue.of(io.qomo.serve.variable.Charsets.collationNamed(value.text())
                                .charset()
                                .sqlName()));
            default -> {}
        }
    }

    private void setGlobal(String name, VariableValue value) {
        globals.set(name, value);
        session.server().parts().neighbours().setGlobal(name, value);
    }

    private void setSession(Variable variable, VariableValue value, boolean onlyNext) {
        switch (variable.name()) {
            case "transaction_isolation" -> {
                if (onlyNext) {
                    session.transactions().setNext(SessionSettings.isolation(value.text()), null);
                    return;
                }
            }
            case "transaction_read_only" -> {
                if (onlyNext) {
                    session.transactions().setNext(null, value.number() != 0);
                    return;
                }
            }
            case "last_insert_id", "identity" -> {
                session.facts().setLastInsertId(value.number());
                return;
            }
            case "autocommit" -> {
                if (value.number() != 0 && !session.settings().autocommit()) {
                    TransactionRunner.commitImplicitly(session);
                }
            }
            default -> {}
        }
        session.variables().set(variable, value);
        new CharsetSetter(session).followed(variable.name(), value);
        session.variablesChanged(!NOT_FOR_PLANS.contains(variable.name()));
        track(variable, value);
    }

    private void track(Variable variable, VariableValue value) {
        String tracked =
                session.variables().value("session_track_system_variables").text();
        if (tracked.equals("*") || List.of(tracked.split(",")).contains(variable.name())) {
            session.tracker().variable(variable.name(), variable.type().show(value));
        }
    }
}
