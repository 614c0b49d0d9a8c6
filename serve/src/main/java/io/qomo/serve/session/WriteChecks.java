package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.plan.KeyUse;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.sql.ast.DmlStatement.DeleteStatement;
import io.qomo.query.sql.ast.DmlStatement.MultiDeleteStatement;
import io.qomo.query.sql.ast.DmlStatement.UpdateStatement;
import io.qomo.query.sql.ast.Statement;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.variable.GlobalVariables;

/// Whether a session may write shared data now.
final class WriteChecks {
    private WriteChecks() {}

    /// Errors 1792 (READ ONLY transaction), 1290 (read_only).
    static void check(ServerSession session) {
        boolean isReadOnly = session.transactions().current() != null
                ? session.transactions().isReadOnly()
                : session.settings().transactionOptions().readOnly();
        if (isReadOnly) {
            throw new SqlException(ErrorCode.READ_ONLY_TRANSACTION);
        }
        checkServer(session);
    }

    /// Error 1175: under sql_safe_updates UPDATE and DELETE need a WHERE that uses a key, or a LIMIT.
    static void checkKeys(ServerSession session, Statement statement, PhysicalPlan plan) {
        boolean isLimited;
        boolean isDelete = false;
        switch (statement) {
            case UpdateStatement update -> isLimited = update.limit() != null;
            case DeleteStatement delete -> {
                isLimited = delete.limit() != null;
                isDelete = true;
            }
            case MultiDeleteStatement _ -> isLimited = false;
            default -> {
                return;
            }
        }
        if (!session.variables().isOn("sql_safe_updates")) {
            return;
        }
        if ((!isLimited && KeyUse.readsWithoutKey(plan)) || (isDelete && KeyUse.isUnconditional(plan))) {
            throw new SqlException(ErrorCode.UPDATE_WITHOUT_KEY_IN_SAFE_MODE, "");
        }
    }

    /// Error 1290.
    static void checkServer(ServerSession session) {
        GlobalVariables variables = session.server().parts().variables();
        if (variables.isOn("super_read_only")) {
            throw new SqlException(ErrorCode.OPTION_PREVENTS_STATEMENT, "--super-read-only");
        }
        boolean isAbove =
                session.access().has(Privilege.SUPER) || session.access().has("CONNECTION_ADMIN");
        if (variables.isOn("read_only") && !isAbove) {
            throw new SqlException(ErrorCode.OPTION_PREVENTS_STATEMENT, "--read-only");
        }
    }
}
