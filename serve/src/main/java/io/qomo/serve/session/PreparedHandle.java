package io.qomo.serve.session;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.sql.ast.Statement;
import io.qomo.serve.session.api.PreparedStatement;
import io.qomo.serve.session.api.ResultColumn;
import java.util.ArrayList;
import java.util.List;

/// A statement prepared in a session, with the plan it had when it was run last. Owned by the session's thread.
final class PreparedHandle implements PreparedStatement {
    private final ServerSession session;
    private final Statement statement;
    private final String sql;
    private final int parameterCount;
    private final List<ResultColumn> columns;
    private final PlanSlot slot = new PlanSlot();
    private boolean isClosed;

    PreparedHandle(
            ServerSession session, Statement statement, String sql, int parameterCount, List<ResultColumn> columns) {
        this.session = session;
        this.statement = statement;
        this.sql = sql;
        this.parameterCount = parameterCount;
        this.columns = columns;
        session.server().statementPrepared();
    }

    Statement statement() {
        return statement;
    }

    String sql() {
        return sql;
    }

    int parameterCount() {
        return parameterCount;
    }

    PlanSlot slot() {
        return slot;
    }

    @Override
    public List<ResultColumn> parameters() {
        SqlType type = SqlType.varchar(0, Collation.BINARY);
        List<ResultColumn> found = new ArrayList<>();
        for (int i = 0; i < parameterCount; i++) {
            found.add(new ResultColumn("", "", "", "?", "", type, 0, null));
        }
        return found;
    }

    @Override
    public List<ResultColumn> columns() {
        return columns;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            session.server().statementClosed();
        }
    }
}
