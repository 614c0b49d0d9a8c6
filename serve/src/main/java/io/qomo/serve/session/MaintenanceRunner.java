package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.UtilityStatement.TableMaintenance;

/// ANALYZE, CHECK, OPTIMIZE, REPAIR, CHECKSUM TABLE.
final class MaintenanceRunner {
    MaintenanceRunner(ServerSession session) {}

    void run(StatementRun run, TableMaintenance statement) {
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, statement.operation() + " TABLE");
    }
}
