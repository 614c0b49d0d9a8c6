package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.optimize.Planner.Planned;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.UtilityStatement;

/// EXPLAIN.
final class ExplainRunner {
    private final ServerSession session;

    ExplainRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, UtilityStatement.Explain statement) {
        DmlStatement dml = UtilityRunner.planned(statement.statement());
        Planned planned = new QueryRunner(session).plan(dml, run.sql(), run.parameters(), session.catalog());
        throw new SqlException(
                ErrorCode.NOT_SUPPORTED_YET, "EXPLAIN of " + planned.tables().size() + " tables");
    }
}
