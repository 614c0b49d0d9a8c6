package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.AdminStatement;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.UtilityStatement;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.lock.MetadataLocks.Duration;
import io.qomo.serve.session.Neighbours.KillOutcome;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.serve.variable.VariableValue;
import java.util.ArrayList;
import java.util.List;

/// USE, PREPARE and EXECUTE, KILL, FLUSH, EXPLAIN, table maintenance.
final class UtilityRunner {
    private final ServerSession session;

    UtilityRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, UtilityStatement statement) {
        switch (statement) {
            case UtilityStatement.Use s -> {
                session.count("Com_change_db");
                session.useDatabase(s.schema());
                Ok.send(session, run);
            }
            case UtilityStatement.Explain s -> new ExplainRunner(session).run(run, s);
            case UtilityStatement.ExplainConnection _ ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN FOR CONNECTION");
            case UtilityStatement.Prepare s -> {
                String text = source(run, s.source());
                session.preparedNames().remove(s.name());
                PreparedHandle handle = session.runner().prepareText(text);
                session.preparedNames().put(s.name(), handle);
                Ok.send(session, run);
            }
            case UtilityStatement.Execute s -> execute(run, s);
            case UtilityStatement.Deallocate s -> {
                if (!session.preparedNames().remove(s.name())) {
                    throw new SqlException(ErrorCode.UNKNOWN_STATEMENT_HANDLER, s.name(), "DEALLOCATE PREPARE");
                }
                Ok.send(session, run);
            }
            case UtilityStatement.Kill s -> kill(run, s);
            case UtilityStatement.Flush s -> flush(run, s);
            case UtilityStatement.FlushTables s -> flushTables(run, s);
            case UtilityStatement.TableMaintenance s -> new MaintenanceRunner(session).run(run, s);
            case UtilityStatement.Histogram s -> new MaintenanceRunner(session).histogram(run, s);
            case UtilityStatement.Help _ -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "HELP");
            case UtilityStatement.Shutdown s -> shutdown(run, s);
        }
    }

    private void shutdown(StatementRun run, UtilityStatement.Shutdown statement) {
        session.access().require(Privilege.SHUTDOWN);
        if (statement.restart()) {
            throw new SqlException(ErrorCode.RESTART_SERVER_FAILED, "mysqld is not managed by supervisor process");
        }
        session.count("Com_shutdown");
        Ok.send(session, run);
        session.server().requestShutdown();
    }

    /// RESET PERSIST. Error VARIABLE_NOT_PERSISTED.
    void resetPersist(StatementRun run, AdminStatement.ReplicationStatement statement) {
        session.access().requireDynamic("SYSTEM_VARIABLES_ADMIN");
        PersistedVariables persisted =
                new PersistedVariables(session.server().parts().meta());
        if (statement.options().isEmpty()) {
            persisted.remove("");
        } else {
            var option = statement.options().getFirst();
            boolean isKnown = persisted.remove(option.value());
            if (!isKnown && option.name().isEmpty()) {
                throw new SqlException(ErrorCode.VARIABLE_NOT_PERSISTED, option.value());
            }
            if (!isKnown) {
                session.diagnostics().warn(ErrorCode.VARIABLE_NOT_PERSISTED, option.value());
            }
        }
        Ok.send(session, run);
    }

    private String source(StatementRun run, Expression source) {
        if (source instanceof Literal.StringLiteral s) {
            return s.value();
        }
        VariableValue value = VariableValue.of(new Evaluations(session, run).value(source));
        return value.equals(VariableValue.NULL) ? "NULL" : value.text();
    }

    private void execute(StatementRun run, UtilityStatement.Execute statement) {
        PreparedHandle handle = session.preparedNames().find(statement.name());
        if (handle == null) {
            throw new SqlException(ErrorCode.UNKNOWN_STATEMENT_HANDLER, statement.name(), "EXECUTE");
        }
        if (statement.variables().size() != handle.parameterCount()) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "EXECUTE");
        }
        session.count("Com_execute_sql");
        List<Vector> parameters = new ArrayList<>();
        for (String name : statement.variables()) {
            Vector value = session.facts().userVariable(name);
            parameters.add(
                    value == null
                            ? Vector.constantNull(
                                    SqlType.varchar(0, session.settings().connectionCollation()))
                            : value);
        }
        new Dispatcher(session)
                .dispatch(new StatementRun(
                        handle.statement(),
                        handle.sql(),
                        0,
                        handle.sql().length(),
                        parameters,
                        handle.slot(),
                        run.sink(),
                        run.moreResults()));
    }

    private void kill(StatementRun run, UtilityStatement.Kill statement) {
        session.count("Com_kill");
        long id = VariableValue.of(new Evaluations(session, run).value(statement.id()))
                .number();
        AccountId account = session.account();
        boolean mayAny = session.access().has("CONNECTION_ADMIN");
        KillOutcome outcome = session.server().kill(id, statement.query(), account.user(), account.host(), mayAny);
        if (outcome == KillOutcome.NOT_FOUND) {
            outcome = session.server()
                    .parts()
                    .neighbours()
                    .kill(id, statement.query(), account.user(), account.host(), mayAny);
        }
        switch (outcome) {
            case NOT_FOUND -> throw new SqlException(ErrorCode.NO_SUCH_THREAD, id);
            case DENIED -> throw new SqlException(ErrorCode.KILL_DENIED, id);
            case DONE -> {}
        }
        session.interruption().check();
        Ok.send(session, run);
    }

    private void flush(StatementRun run, UtilityStatement.Flush statement) {
        session.count("Com_flush");
        session.access().require(Privilege.RELOAD);
        for (String thing : statement.things()) {
            switch (thing) {
                case "STATUS" -> {
                    session.counters().reset();
                    session.server().flushStatus();
                }
                case "PRIVILEGES", "HOSTS", "USER_RESOURCES", "OPTIMIZER_COSTS" -> {}
                case "LOGS", "ERROR LOGS", "ENGINE LOGS", "GENERAL LOGS", "SLOW LOGS", "BINARY LOGS" ->
                    session.diagnostics().note(ErrorCode.WARN_NO_EFFECT, "FLUSH " + thing);
                default -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "FLUSH " + thing);
            }
        }
        TransactionRunner.commitImplicitly(session);
        Ok.send(session, run);
    }

    private void flushTables(StatementRun run, UtilityStatement.FlushTables statement) {
        session.count("Com_flush");
        session.access().require(Privilege.RELOAD);
        if (statement.export()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "FLUSH TABLES ... FOR EXPORT");
        }
        TransactionRunner.commitImplicitly(session);
        if (statement.readLock()) {
            if (!statement.tables().isEmpty()) {
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "FLUSH TABLES names WITH READ LOCK");
            }
            session.server().parts().locks().release(session.lockOwner(), Duration.EXPLICIT);
            session.tableLocks().lockAll();
        }
        Ok.send(session, run);
    }

    /// The statement EXPLAIN is about, if it is one that is planned.
    static DmlStatement planned(Statement statement) {
        if (statement instanceof DmlStatement dml && Dispatcher.isPlanned(dml)) {
            return dml;
        }
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN of this statement");
    }

    /// A string as a constant vector, for user variables.
    static Vector text(String value) {
        return BytesVector.constant(
                SqlType.varchar(value.codePointCount(0, value.length()), Collation.UTF8MB4_0900_AI_CI), value);
    }
}
