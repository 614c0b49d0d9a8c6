package io.qomo.query.analyze;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;

/// Parses the canonical SQL of the catalog.
final class StoredSql {
    private static final ParserOptions OPTIONS = ParserOptions.DEFAULT.withParameterMarkers(false);

    private StoredSql() {}

    static Expression expression(String sql) {
        return SqlParser.parseExpression(sql, OPTIONS);
    }

    static QueryExpression query(String sql) {
        return SqlParser.parseQuery(sql, OPTIONS);
    }
}
