package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryBody.ExplicitTable;
import io.qomo.query.sql.ast.QueryBody.GroupBy;
import io.qomo.query.sql.ast.QueryBody.ParenthesizedQuery;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import io.qomo.query.sql.ast.QueryBody.SelectOption;
import io.qomo.query.sql.ast.QueryBody.SetOperation;
import io.qomo.query.sql.ast.QueryBody.SetOperator;
import io.qomo.query.sql.ast.QueryBody.TableValueConstructor;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.QueryExpression.CommonTableExpression;
import io.qomo.query.sql.ast.QueryExpression.IntoClause;
import io.qomo.query.sql.ast.QueryExpression.Limit;
import io.qomo.query.sql.ast.QueryExpression.LockingClause;
import io.qomo.query.sql.ast.QueryExpression.WithClause;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.WindowReference.WindowDefinition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// SELECT, TABLE, VALUES, set operations, WITH.
///
/// Source: MySQL 8.0 manual, "SELECT Statement", "Parenthesized Query Expressions", "WITH (Common Table Expressions)".
final class QueryParser {
    private final Parsers parsers;
    private final TokenStream in;
    private final ExpressionParser expressions;
    /// INTO of the statement, which may stand in two places.
    private @Nullable IntoClause into;
    /// Whether INTO may stand here: in the outermost query of a statement only.
    private boolean mayHaveInto;

    QueryParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
        this.expressions = parsers.expressions;
    }

    /// True at a word that begins a query (not at a parenthesis).
    static boolean startsQuery(TokenStream in) {
        return switch (in.kind) {
            case Token.SELECT, Token.WITH, Token.TABLE -> true;
            case Token.VALUES -> in.peek(1) == Token.ROW;
            default -> false;
        };
    }

    /// True of tokens that can follow a parenthesised query and make it a part of a larger one.
    static boolean continuesQuery(int kind) {
        return switch (kind) {
            case Token.UNION, Token.EXCEPT, Token.INTERSECT, Token.ORDER, Token.LIMIT, Token.FOR, Token.LOCK -> true;
            default -> false;
        };
    }

    /// The query of a SELECT statement, which may have INTO.
    QueryExpression parseOutermost() {
        int start = in.start;
        return parseOutermost(in.kind == Token.WITH ? parseWith() : null, start);
    }

    /// As above, its WITH read already.
    QueryExpression parseOutermost(@Nullable WithClause with, int start) {
        mayHaveInto = true;
        into = null;
        QueryExpression query = parseTail(with, parsePrimary(), start);
        mayHaveInto = false;
        return query;
    }

    /// A query inside something.
    QueryExpression parseNested() {
        boolean outer = mayHaveInto;
        mayHaveInto = false;
        QueryExpression query = parseQuery();
        mayHaveInto = outer;
        return query;
    }

    /// `(query)`.
    QueryExpression parseParenthesized() {
        in.expect(Token.LEFT_PAREN);
        QueryExpression query = parseNested();
        in.expect(Token.RIGHT_PAREN);
        return query;
    }

    /// Goes on behind a parenthesised query that has been read already.
    QueryExpression parseBehind(QueryExpression first, int start) {
        boolean outer = mayHaveInto;
        mayHaveInto = false;
        QueryExpression query = parseTail(null, behindParenthesis(first, start), start);
        mayHaveInto = outer;
        return query;
    }

    private QueryExpression parseQuery() {
        in.enter();
        int start = in.start;
        WithClause with = in.kind == Token.WITH ? parseWith() : null;
        QueryExpression query = parseTail(with, parsePrimary(), start);
        in.leave();
        return query;
    }

    private QueryExpression parseTail(@Nullable WithClause with, QueryBody first, int start) {
        QueryBody body = parseSetOperations(first, start);
        List<OrderItem> orderBy = in.kind == Token.ORDER ? parseOrderBy() : List.of();
        Limit limit = in.kind == Token.LIMIT ? parseLimit() : null;
        if (in.kind == Token.INTO) {
            parseInto();
        }
        List<LockingClause> locking = in.kind == Token.FOR || in.kind == Token.LOCK ? parseLocking() : List.of();
        if (in.kind == Token.INTO) {
            parseInto();
        }
        boolean bare = with == null && orderBy.isEmpty() && limit == null && locking.isEmpty();
        IntoClause target = mayHaveInto ? into : null;
        if (bare && target == null && body instanceof ParenthesizedQuery whole) {
            return whole.query();
        }
        return new QueryExpression(in.span(start), with, body, orderBy, limit, locking, target);
    }

    /// UNION and EXCEPT lean to the left; INTERSECT binds tighter.
    private QueryBody parseSetOperations(QueryBody first, int start) {
        QueryBody left = parseIntersections(first, start);
        int count = 0;
        while (in.kind == Token.UNION || in.kind == Token.EXCEPT) {
            SetOperator operator = in.kind == Token.UNION ? SetOperator.UNION : SetOperator.EXCEPT;
            in.advance();
            boolean all = parseAll();
            int rightStart = in.start;
            QueryBody right = parseIntersections(parsePrimary(), rightStart);
            left = new SetOperation(in.span(start), operator, all, left, right);
            count = checkChain(count);
        }
        return left;
    }

    private QueryBody parseIntersections(QueryBody first, int start) {
        QueryBody left = first;
        int count = 0;
        while (in.accept(Token.INTERSECT)) {
            boolean all = parseAll();
            QueryBody right = parsePrimary();
            left = new SetOperation(in.span(start), SetOperator.INTERSECT, all, left, right);
            count = checkChain(count);
        }
        return left;
    }

    private static int checkChain(int count) {
        if (count >= TokenStream.MAX_SET_OPERATIONS) {
            throw new SqlException(ErrorCode.STACK_OVERRUN);
        }
        return count + 1;
    }

    private boolean parseAll() {
        if (in.accept(Token.ALL)) {
            return true;
        }
        in.accept(Token.DISTINCT);
        return false;
    }

    private QueryBody parsePrimary() {
        int start = in.start;
        switch (in.kind) {
            case Token.SELECT -> {
                return parseSpecification();
            }
            case Token.VALUES -> {
                return parseValues();
            }
            case Token.TABLE -> {
                in.advance();
                TableName table = parsers.names.parseTableName();
                return new ExplicitTable(in.span(start), table);
            }
            case Token.LEFT_PAREN -> {
                in.advance();
                QueryExpression inner = parseQuery();
                in.expect(Token.RIGHT_PAREN);
                return behindParenthesis(inner, start);
            }
            default -> throw in.error();
        }
    }

    private QueryBody behindParenthesis(QueryExpression query, int start) {
        return query.isBare() ? query.body() : new ParenthesizedQuery(in.span(start), query);
    }

    /// WITH at hand.
    WithClause parseWith() {
        in.expect(Token.WITH);
        boolean recursive = in.accept(Token.RECURSIVE);
        List<CommonTableExpression> elements = new ArrayList<>();
        do {
            int start = in.start;
            String name = in.identifier();
            List<String> columns =
                    in.kind == Token.LEFT_PAREN ? parsers.names.parseParenthesizedIdentifiers() : List.of();
            in.expect(Token.AS);
            QueryExpression query = parseParenthesized();
            elements.add(new CommonTableExpression(in.span(start), name, columns, query));
        } while (in.accept(Token.COMMA));
        return new WithClause(recursive, elements);
    }

    private QueryBody parseValues() {
        int start = in.start;
        in.expect(Token.VALUES);
        List<List<Expression>> rows = new ArrayList<>();
        do {
            in.expect(Token.ROW);
            rows.add(parseRow());
        } while (in.accept(Token.COMMA));
        return new TableValueConstructor(in.span(start), rows);
    }

    /// `(value, ...)`, possibly empty; a value may be DEFAULT.
    List<Expression> parseRow() {
        in.expect(Token.LEFT_PAREN);
        List<Expression> row = new ArrayList<>();
        if (in.kind != Token.RIGHT_PAREN) {
            do {
                row.add(parseValue());
            } while (in.accept(Token.COMMA));
        }
        in.expect(Token.RIGHT_PAREN);
        return row;
    }

    /// An expression or the bare word DEFAULT.
    Expression parseValue() {
        if (in.kind == Token.DEFAULT && in.peek(1) != Token.LEFT_PAREN) {
            int start = in.start;
            in.advance();
            return new Expression.DefaultValue(in.span(start));
        }
        return expressions.parse();
    }

    private QuerySpecification parseSpecification() {
        int start = in.start;
        in.expect(Token.SELECT);
        // The token behind SELECT is at hand already; the hint lies between the two.
        String hints = in.hints();
        Set<SelectOption> options = parseOptions();
        List<SelectItem> items = parseItems();
        if (in.kind == Token.INTO) {
            parseInto();
        }
        List<TableReference> from = List.of();
        Expression where = null;
        GroupBy groupBy = null;
        Expression having = null;
        List<WindowDefinition> windows = List.of();
        if (in.accept(Token.FROM)) {
            from = in.accept(Token.DUAL) ? List.of() : parsers.tables.parseList();
        }
        if (in.accept(Token.WHERE)) {
            where = expressions.parse();
        }
        if (in.kind == Token.GROUP) {
            groupBy = parseGroupBy();
        }
        if (in.accept(Token.HAVING)) {
            having = expressions.parse();
        }
        if (in.accept(Token.WINDOW)) {
            windows = parsers.functions().aggregates().definitions();
        }
        Span span = in.span(start);
        return new QuerySpecification(span, hints, options, items, from, where, groupBy, having, windows);
    }

    private Set<SelectOption> parseOptions() {
        Set<SelectOption> options = Set.of();
        while (true) {
            SelectOption option = switch (in.kind) {
                case Token.ALL -> SelectOption.ALL;
                case Token.DISTINCT, Token.DISTINCTROW -> SelectOption.DISTINCT;
                case Token.STRAIGHT_JOIN -> SelectOption.STRAIGHT_JOIN;
                case Token.HIGH_PRIORITY -> SelectOption.HIGH_PRIORITY;
                case Token.SQL_SMALL_RESULT -> SelectOption.SQL_SMALL_RESULT;
                case Token.SQL_BIG_RESULT -> SelectOption.SQL_BIG_RESULT;
                case Token.SQL_BUFFER_RESULT -> SelectOption.SQL_BUFFER_RESULT;
                case Token.SQL_NO_CACHE -> SelectOption.SQL_NO_CACHE;
                case Token.SQL_CALC_FOUND_ROWS -> SelectOption.SQL_CALC_FOUND_ROWS;
                default -> null;
            };
            if (option == null) {
                return options;
            }
            if (options.isEmpty()) {
                options = EnumSet.noneOf(SelectOption.class);
            }
            if (option == SelectOption.ALL && options.contains(SelectOption.DISTINCT)
                    || option == SelectOption.DISTINCT && options.contains(SelectOption.ALL)) {
                throw new SqlException(ErrorCode.WRONG_USAGE, "ALL", "DISTINCT");
            }
            options.add(option);
            in.advance();
        }
    }

    private List<SelectItem> parseItems() {
        List<SelectItem> items = new ArrayList<>();
        int start = in.start;
        if (in.accept(Token.STAR)) {
            items.add(new SelectItem.AllColumns(in.span(start)));
        } else {
            items.add(parseItem());
        }
        while (in.accept(Token.COMMA)) {
            items.add(parseItem());
        }
        return items;
    }

    private SelectItem parseItem() {
        int start = in.start;
        if (in.isIdentifier() && in.peek(1) == Token.DOT) {
            if (in.peek(2) == Token.STAR) {
                String table = in.identifier();
                TableName name = new TableName(in.span(start), null, table);
                in.advance();
                in.advance();
                return new SelectItem.TableColumns(in.span(start), name);
            }
            if (in.peek(3) == Token.DOT && in.peek(4) == Token.STAR) {
                TableName name = parsers.names.parseTableName();
                in.advance();
                in.advance();
                return new SelectItem.TableColumns(in.span(start), name);
            }
        }
        Expression expression = expressions.parse();
        Span span = in.span(start);
        String alias = null;
        if (in.accept(Token.AS)) {
            alias = aliasText();
        } else if (in.isIdentifierOrString()) {
            alias = aliasText();
        }
        return new SelectItem.ExpressionItem(span, expression, alias);
    }

    /// An alias may be the empty string.
    private String aliasText() {
        return in.kind == Token.STRING ? in.string() : in.identifier();
    }

    private GroupBy parseGroupBy() {
        in.expect(Token.GROUP, Token.BY);
        List<Expression> items = expressions.parseList();
        boolean rollup = in.accept(Token.WITH, Token.ROLLUP);
        return new GroupBy(items, rollup);
    }

    /// `ORDER BY items`.
    List<OrderItem> parseOrderBy() {
        in.expect(Token.ORDER, Token.BY);
        return expressions.parseOrderItems();
    }

    /// `LIMIT count`, `LIMIT offset, count`, `LIMIT count OFFSET offset`.
    Limit parseLimit() {
        in.expect(Token.LIMIT);
        Expression first = parseLimitValue();
        if (in.accept(Token.COMMA)) {
            return new Limit(first, parseLimitValue());
        }
        if (in.accept(Token.OFFSET)) {
            return new Limit(parseLimitValue(), first);
        }
        return new Limit(null, first);
    }

    /// A number, a parameter marker or a local variable.
    Expression parseLimitValue() {
        int start = in.start;
        if (in.kind == Token.INTEGER) {
            return Literals.parse(in);
        }
        if (in.accept(Token.PARAMETER)) {
            return new Expression.ParameterMarker(in.span(start), in.nextParameter());
        }
        String variable = in.identifier();
        return new Expression.ColumnReference(in.span(start), null, null, variable);
    }

    private List<LockingClause> parseLocking() {
        List<LockingClause> clauses = new ArrayList<>();
        int start = in.start;
        if (in.accept(Token.LOCK)) {
            in.expect(Token.IN);
            in.expect(Token.SHARE, Token.MODE);
            return List.of(new LockingClause(in.span(start), false, List.of(), LockingClause.Wait.WAIT, true));
        }
        while (in.kind == Token.FOR) {
            start = in.start;
            in.advance();
            boolean exclusive = in.accept(Token.UPDATE);
            if (!exclusive) {
                in.expect(Token.SHARE);
            }
            List<TableName> tables = in.accept(Token.OF) ? parsers.names.parseTableNames() : List.of();
            LockingClause.Wait waiting = LockingClause.Wait.WAIT;
            if (in.accept(Token.NOWAIT)) {
                waiting = LockingClause.Wait.NOWAIT;
            } else if (in.accept(Token.SKIP)) {
                in.expect(Token.LOCKED);
                waiting = LockingClause.Wait.SKIP_LOCKED;
            }
            clauses.add(new LockingClause(in.span(start), exclusive, tables, waiting, false));
        }
        return clauses;
    }

    private void parseInto() {
        if (!mayHaveInto || into != null) {
            throw in.error();
        }
        in.expect(Token.INTO);
        if (in.accept(Token.OUTFILE)) {
            String path = in.string();
            String charset = parsers.types().acceptCharset();
            into = new IntoClause.IntoOutfile(path, charset, new FileFormatParser(in).parse());
            return;
        }
        if (in.accept(Token.DUMPFILE)) {
            into = new IntoClause.IntoDumpfile(in.string());
            return;
        }
        List<Expression> targets = new ArrayList<>();
        do {
            targets.add(parsers.names.parseVariableTarget());
        } while (in.accept(Token.COMMA));
        into = new IntoClause.IntoVariables(targets);
    }
}
