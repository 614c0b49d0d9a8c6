package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.WarningSink.Level;
import io.qomo.query.sql.ast.CompoundStatement.Condition;
import io.qomo.query.sql.ast.CompoundStatement.DiagnosticsItem;
import io.qomo.query.sql.ast.CompoundStatement.GetDiagnostics;
import io.qomo.query.sql.ast.CompoundStatement.Signal;
import io.qomo.query.sql.ast.CompoundStatement.SignalItem;
import io.qomo.query.sql.ast.Expression;
import io.qomo.serve.variable.VariableValue;
import java.util.ArrayList;
import java.util.List;

/// GET DIAGNOSTICS, SIGNAL and RESIGNAL outside of stored programs.
///
/// Source: MySQL 8.0 manual, "Condition Handling".
final class ConditionRunner {
    private static final int MAX_MESSAGE_CHARACTERS = 128;
    private static final int MAX_ERRNO = 65535;

    private final ServerSession session;

    ConditionRunner(ServerSession session) {
        this.session = session;
    }

    /// Copies facts of the statement before into user variables; keeps its conditions.
    void get(StatementRun run, GetDiagnostics statement) {
        session.count("Com_get_diagnostics");
        if (statement.stacked()) {
            throw new SqlException(ErrorCode.GET_STACKED_DA_WITHOUT_ACTIVE_HANDLER);
        }
        List<Runnable> assignments = new ArrayList<>();
        Expression number = statement.condition();
        Diagnostics.Condition condition = null;
        if (number != null) {
            long wanted = VariableValue.of(new Evaluations(session, run).value(number))
                    .number();
            List<Diagnostics.Condition> all = session.diagnostics().conditions();
            if (wanted < 1 || wanted > all.size()) {
                session.diagnostics()
                        .add(
                                Level.ERROR,
                                ErrorCode.DA_INVALID_CONDITION_NUMBER,
                                ErrorCode.DA_INVALID_CONDITION_NUMBER.format());
                Ok.send(session, run);
                return;
            }
            condition = all.get((int) wanted - 1);
        }
        for (DiagnosticsItem item : statement.items()) {
            if (!(item.target() instanceof Expression.UserVariable variable)) {
                throw new SqlException(
                        ErrorCode.UNDECLARED_VARIABLE, item.target().span().of(run.sql()));
            }
            Vector value = condition == null ? ofStatement(item.name()) : ofCondition(item.name(), condition);
            assignments.add(() -> session.facts().setUserVariable(variable.name(), value));
        }
        assignments.forEach(Runnable::run);
        Ok.send(session, run);
    }

    private Vector ofStatement(String name) {
        return number(
                name.equals("NUMBER")
                        ? session.diagnostics().conditions().size()
                        : session.facts().rowCount());
    }

    private static Vector number(long value) {
        return LongVector.constant(SqlType.BIGINT, value);
    }

    private static Vector ofCondition(String name, Diagnostics.Condition condition) {
        return switch (name) {
            case "MYSQL_ERRNO" -> number(condition.errno());
            case "RETURNED_SQLSTATE" -> UtilityRunner.text(condition.sqlState());
            case "MESSAGE_TEXT" -> UtilityRunner.text(condition.message());
            case "CLASS_ORIGIN" ->
                UtilityRunner.text(origin(condition.sqlState().substring(0, 2)));
            case "SUBCLASS_ORIGIN" -> UtilityRunner.text(origin(condition.sqlState()));
            default -> UtilityRunner.text("");
        };
    }

    /// Who defined a state: the standard, or MySQL.
    private static String origin(String state) {
        char first = state.charAt(0);
        boolean isStandard = first >= '0' && first <= '4' || first >= 'A' && first <= 'H' && !state.startsWith("HY");
        return isStandard ? "ISO 9075" : "MySQL";
    }

    /// Raises a condition of the user's.
    void signal(StatementRun run, Signal statement) {
        session.count(statement.resignal() ? "Com_resignal" : "Com_signal");
        if (statement.resignal()) {
            throw new SqlException(ErrorCode.RESIGNAL_WITHOUT_ACTIVE_HANDLER);
        }
        String state = switch (statement.condition()) {
            case Condition.SqlState s -> s.state();
            case Condition.Named n -> throw new SqlException(ErrorCode.SP_COND_MISMATCH, n.name());
            case null, default -> throw new SqlException(ErrorCode.SP_COND_MISMATCH, "");
        };
        if (!state.matches("[0-9A-Z]{5}") || state.startsWith("00")) {
            throw new SqlException(ErrorCode.SP_BAD_SQLSTATE, state);
        }
        ErrorCode code = state.startsWith("01")
                ? ErrorCode.SIGNAL_WARN
                : state.startsWith("02") ? ErrorCode.SIGNAL_NOT_FOUND : ErrorCode.SIGNAL_EXCEPTION;
        int errno = code.errno();
        String message = code.format();
        for (SignalItem item : statement.items()) {
            VariableValue value = VariableValue.of(new Evaluations(session, run).value(item.value()));
            if (value.equals(VariableValue.NULL)) {
                throw new SqlException(ErrorCode.WRONG_VALUE_FOR_VAR, item.name(), "NULL");
            }
            switch (item.name()) {
                case "MESSAGE_TEXT" -> message = cut(value.text());
                case "MYSQL_ERRNO" -> errno = errno(value);
                default -> {}
            }
        }
        if (code == ErrorCode.SIGNAL_WARN) {
            session.diagnostics().add(Level.WARNING, errno, state, message);
            Ok.send(session, run);
            return;
        }
        throw SqlException.signalled(errno, state, message);
    }

    private static int errno(VariableValue value) {
        long number = value.number();
        if (number < 1 || number > MAX_ERRNO) {
            throw new SqlException(ErrorCode.WRONG_VALUE_FOR_VAR, "MYSQL_ERRNO", value.text());
        }
        return (int) number;
    }

    private static String cut(String message) {
        return message.codePointCount(0, message.length()) <= MAX_MESSAGE_CHARACTERS
                ? message
                : message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE_CHARACTERS));
    }
}
