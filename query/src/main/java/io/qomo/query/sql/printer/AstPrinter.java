package io.qomo.query.sql.printer;

import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.TableName;

/// Prints expressions, queries and types as MySQL does in SHOW CREATE VIEW and SHOW CREATE TABLE.
public final class AstPrinter {
    private AstPrinter() {}

    /// An expression; operators are in parentheses: ``(`a` + 1)``.
    public static String print(Expression expression) {
        return print(expression, Names.AS_WRITTEN);
    }

    /// An expression whose names are printed otherwise.
    public static String print(Expression expression, Names names) {
        SqlWriter out = new SqlWriter();
        new ExpressionPrinter(out, names).print(expression);
        return out.toString();
    }

    /// A query.
    public static String print(QueryExpression query) {
        return print(query, Names.AS_WRITTEN);
    }

    /// A query whose names are printed otherwise.
    public static String print(QueryExpression query, Names names) {
        SqlWriter out = new SqlWriter();
        new ExpressionPrinter(out, names).queries().print(query);
        return out.toString();
    }

    /// A type as in SHOW CREATE TABLE: `int unsigned`, `varchar(10) CHARACTER SET utf8mb4`.
    public static String print(DataType type) {
        SqlWriter out = new SqlWriter();
        TypePrinter.print(out, type);
        return out.toString();
    }

    /// A name in backquotes.
    public static String quote(String identifier) {
        return new SqlWriter().name(identifier).toString();
    }

    /// A name with its schema if it has one, in backquotes.
    public static String quote(TableName table) {
        return new SqlWriter().name(table).toString();
    }

    /// A string literal in single quotes.
    public static String quoteString(String value) {
        return new SqlWriter().string(value).toString();
    }
}
