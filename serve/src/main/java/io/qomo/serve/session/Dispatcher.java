package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.AccountStatement;
import io.qomo.query.sql.ast.AdminStatement;
import io.qomo.query.sql.ast.CompoundStatement;
import io.qomo.query.sql.ast.DdlStatement;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.QueryExpression.IntoClause;
import io.qomo.query.sql.ast.RoutineStatement;
import io.qomo.query.sql.ast.SetStatement;
import io.qomo.query.sql.ast.ShowStatement;
import io.qomo.query.sql.ast.TransactionStatement;
import io.qomo.query.sql.ast.UtilityStatement;

/// Hands each kind of statement to its runner; what is not built yet is refused by name.
final class Dispatcher {
    private final ServerSession session;

    Dispatcher(ServerSession session) {
        this.session = session;
    }

    /// Runs a statement to its end.
    void dispatch(StatementRun run) {
        switch (run.statement()) {
            case DmlStatement s -> dml(run, s);
            case DdlStatement s -> new DdlRunner(session).run(run, s);
            case TransactionStatement s -> new TransactionRunner(session).run(run, s);
            case SetStatement s -> new SetRunner(session).run(run, s);
            case ShowStatement s -> new ShowRunner(session).run(run, s);
            case UtilityStatement s -> new UtilityRunner(session).run(run, s);
            case AccountStatement s -> new AccountRunner(session).run(run, s);
            case AdminStatement.ReplicationStatement s
            when s.command().equals("RESET PERSIST") -> new UtilityRunner(session).resetPersist(run, s);
            case AdminStatement s -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, Unsupported.name(s));
            case CompoundStatement.GetDiagnostics s -> new ConditionRunner(session).get(run, s);
            case CompoundStatement.Signal s -> new ConditionRunner(session).signal(run, s);
            case RoutineStatement s -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, Unsupported.name(s));
        }
    }

    /// True of the statements the planner plans.
    static boolean isPlanned(DmlStatement statement) {
        return switch (statement) {
            case DmlStatement.SelectStatement _,
                    DmlStatement.InsertStatement _,
                    DmlStatement.UpdateStatement _,
                    DmlStatement.DeleteStatement _,
                    DmlStatement.MultiDeleteStatement _ -> true;
            case DmlStatement.LoadDataStatement _,
                    DmlStatement.DoStatement _,
                    DmlStatement.CallStatement _,
                    DmlStatement.HandlerStatement _,
                    DmlStatement.ImportTableStatement _ -> false;
        };
    }

    private void dml(StatementRun run, DmlStatement statement) {
        switch (statement) {
            case DmlStatement.SelectStatement s -> select(run, s);
            case DmlStatement.InsertStatement s -> {
                String kind = s.replace() ? "replace" : "insert";
                session.count("Com_" + kind + (s.query() == null ? "" : "_select"));
                new QueryRunner(session).write(run);
            }
            case DmlStatement.UpdateStatement s -> {
                session.count(s.tables().size() == 1 ? "Com_update" : "Com_update_multi");
                new QueryRunner(session).write(run);
            }
            case DmlStatement.DeleteStatement _ -> {
                session.count("Com_delete");
                new QueryRunner(session).write(run);
            }
            case DmlStatement.MultiDeleteStatement _ -> {
                session.count("Com_delete_multi");
                new QueryRunner(session).write(run);
            }
            case DmlStatement.LoadDataStatement s -> {
                session.count("Com_load");
                new LoadDataRunner(session).run(run, s);
            }
            case DmlStatement.DoStatement s -> {
                session.count("Com_do");
                Evaluations evaluations = new Evaluations(session, run);
                s.expressions().forEach(evaluations::value);
                Ok.send(session, run);
            }
            case DmlStatement.CallStatement s ->
                throw new SqlException(
                        ErrorCode.SP_DOES_NOT_EXIST,
                        "PROCEDURE",
                        s.procedure().schema() == null && session.database() != null
                                ? session.database() + "." + s.procedure()
                                : s.procedure().toString());
            case DmlStatement.HandlerStatement _ -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "HANDLER");
            case DmlStatement.ImportTableStatement _ ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "IMPORT TABLE");
        }
    }

    private void select(StatementRun run, DmlStatement.SelectStatement statement) {
        session.tally().select();
        IntoClause into = statement.query().into();
        switch (into) {
            case null -> new QueryRunner(session).select(run, statement);
            case IntoClause.IntoVariables variables -> new SelectInto(session).variables(run, statement, variables);
            case IntoClause.IntoOutfile file -> new SelectInto(session).outfile(run, statement, file);
            case IntoClause.IntoDumpfile file -> new SelectInto(session).dumpfile(run, statement, file);
        }
    }
}
