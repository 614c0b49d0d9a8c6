package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.DmlStatement.LoadDataStatement;

/// LOAD DATA.
final class LoadDataRunner {
    LoadDataRunner(ServerSession session) {}

    void run(StatementRun run, LoadDataStatement statement) {
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, statement.xml() ? "LOAD XML" : "LOAD DATA");
    }
}
