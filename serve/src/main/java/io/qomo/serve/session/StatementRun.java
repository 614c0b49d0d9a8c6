package io.qomo.serve.session;

import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.Statement;
import io.qomo.serve.session.api.ResultSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One execution of a statement.
///
/// @param statement its tree
/// @param sql the text its spans point into
/// @param start of the statement in the text
/// @param end behind the statement in the text
/// @param parameters values of `?`, constant vectors
/// @param slot where its plan is kept, or null
/// @param sink takes the results
/// @param moreResults whether another statement of the text follows
record StatementRun(
        Statement statement,
        String sql,
        int start,
        int end,
        List<Vector> parameters,
        @Nullable PlanSlot slot,
        ResultSink sink,
        boolean moreResults) {
    /// The statement's own text.
    String text() {
        return sql.substring(start, end);
    }

    /// The same run of another statement: what EXECUTE and EXPLAIN stand for.
    StatementRun of(Statement other) {
        return new StatementRun(other, sql, start, end, parameters, slot, sink, moreResults);
    }
}
