package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.RawText;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values of expressions outside of queries: SET, DO, KILL. An expression is run as the query `SELECT expression`.
final class Evaluations {
    /// Keeps sql_select_limit, which is about queries, from cutting the row.
    private static final QueryExpression.Limit ONE_ROW =
            new QueryExpression.Limit(null, new Literal.IntegerLiteral(Span.NONE, 1, false));

    /// What the value is for is no result set: decimals keep all their digits.
    private static final QueryExpression.IntoClause VALUE = new QueryExpression.IntoClause.IntoVariables(List.of());

    private final ServerSession session;
    private final StatementRun run;

    Evaluations(ServerSession session, StatementRun run) {
        this.session = session;
        this.run = run;
    }

    /// The value as a constant vector.
    Vector value(Expression expression) {
        if (expression instanceof Literal.IntegerLiteral n) {
            return LongVector.constant(n.unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, n.value());
        }
        if (expression instanceof Literal.StringLiteral s
                && s.introducer() == null
                && !RawText.hasRawBytes(s.value())) {
            int length = s.value().codePointCount(0, s.value().length());
            return BytesVector.constant(
                    SqlType.varchar(length, session.settings().connectionCollation()), s.value());
        }
        QueryBody body = new QueryBody.QuerySpecification(
                Span.NONE,
                null,
                Set.of(),
                List.of(new QueryBody.SelectItem.ExpressionItem(expression.span(), expression, "v")),
                List.of(),
                null,
                null,
                null,
                List.of());
        QueryExpression query = new QueryExpression(Span.NONE, null, body, List.of(), ONE_ROW, List.of(), VALUE);
        SelectStatement select = new SelectStatement(query);
        OneValue target = new OneValue();
        StatementRun part = new StatementRun(
                select, run.sql(), run.start(), run.end(), run.parameters(), null, StatementRunner.NOWHERE, false);
        new QueryRunner(session).query(part, select, target);
        Vector found = target.value;
        if (found == null) {
            throw new SqlException(ErrorCode.INTERNAL_ERROR, "an expression gave no row");
        }
        return found;
    }

    private static final class OneValue implements QueryRunner.RowTarget {
        private @Nullable Vector value;

        @Override
        public void begin(CachedPlan plan) {}

        @Override
        public boolean rows(Batch batch) {
            if (value == null) {
                value = Batches.constant(batch.column(0), 0);
            }
            return true;
        }
    }
}
