package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Statement;

/// Turns SQL text into a tree; the front door of this package.
///
/// Errors are [SqlException]s: PARSE_ERROR with the rest of the text and the line, EMPTY_QUERY for nothing but blanks
/// and
/// comments, STACK_OVERRUN for too much nesting, and the few that MySQL finds while it parses (DERIVED_MUST_HAVE_ALIAS,
/// WRONG_USAGE).
public final class SqlParser {
    private SqlParser() {}

    /// A statement and where it stands.
    ///
    /// @param start of its first token
    /// @param end behind its last token, in front of a semicolon
    /// @param next where the next statement begins, or -1 when only blanks, comments and semicolons follow
    /// @param parameterCount how many `?` it has
    public record ParsedStatement(Statement statement, int start, int end, int next, int parameterCount) {
        /// True when more statements follow.
        public boolean hasNext() {
            return next >= 0;
        }
    }

    /// Parses one statement; a semicolon may follow it, but nothing else.
    public static Statement parse(String sql, ParserOptions options) {
        return parseOne(sql, options).statement();
    }

    /// As [#parse], with its place and the number of its parameters.
    public static ParsedStatement parseOne(String sql, ParserOptions options) {
        TokenStream in = new TokenStream(sql, 0, options);
        ParsedStatement parsed = parse(in);
        if (parsed.hasNext()) {
            throw TokenStream.syntaxError(sql, 0, parsed.next());
        }
        return parsed;
    }

    /// Parses the statement at an offset of a text with several, which may end in a semicolon.
    public static ParsedStatement parseNext(String sql, int from, ParserOptions options) {
        return parse(new TokenStream(sql, from, options));
    }

    /// Parses a lone expression, such as the text of a DEFAULT or CHECK that the catalog keeps.
    public static Expression parseExpression(String sql, ParserOptions options) {
        TokenStream in = new TokenStream(sql, 0, options);
        Expression expression = new Parsers(in).expressions.parse();
        expectEnd(in);
        return expression;
    }

    /// Parses a lone query, such as the text of a view that the catalog keeps.
    public static QueryExpression parseQuery(String sql, ParserOptions options) {
        TokenStream in = new TokenStream(sql, 0, options);
        QueryExpression query = new Parsers(in).queries.parseNested();
        expectEnd(in);
        return query;
    }

    /// Parses the body of a stored program that the catalog keeps.
    public static Statement parseBody(String sql, boolean function, ParserOptions options) {
        TokenStream in = new TokenStream(sql, 0, options);
        Statement body = new CompoundParser(new Parsers(in)).body(function);
        expectEnd(in);
        return body;
    }

    /// True when a call of the function can be written without quotes around its name.
    public static boolean isPlainFunctionName(String name) {
        Lexer lexer = new Lexer(name + "(", 0, ParserOptions.DEFAULT);
        int kind = lexer.next();
        return lexer.tokenEnd == name.length() && !name.isEmpty() && FunctionParser.isPlainName(kind);
    }

    /// True of words that need quotes to be names.
    public static boolean isReserved(String word) {
        int kind = new Lexer(word, 0, ParserOptions.DEFAULT).next();
        return kind >= Token.FIRST_RESERVED && kind < Token.FIRST_UNRESERVED;
    }

    private static void expectEnd(TokenStream in) {
        if (in.kind != Token.EOF) {
            throw in.error();
        }
    }

    private static ParsedStatement parse(TokenStream in) {
        if (in.kind == Token.EOF) {
            throw new SqlException(ErrorCode.EMPTY_QUERY);
        }
        int start = in.start;
        Statement statement = new Parsers(in).statements().parse();
        int end = in.lastEnd;
        if (!in.isAtEnd()) {
            throw in.error();
        }
        while (in.kind == Token.SEMICOLON) {
            in.advance();
        }
        int next = in.kind == Token.EOF ? -1 : in.start;
        return new ParsedStatement(statement, start, end, next, in.parameterCount());
    }
}
