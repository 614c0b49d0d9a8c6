package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.SpecialFunction.JsonResponse;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.TableReference.DerivedTable;
import io.qomo.query.sql.ast.TableReference.IndexHint;
import io.qomo.query.sql.ast.TableReference.JoinKind;
import io.qomo.query.sql.ast.TableReference.JoinedTable;
import io.qomo.query.sql.ast.TableReference.JsonTable;
import io.qomo.query.sql.ast.TableReference.JsonTableColumn;
import io.qomo.query.sql.ast.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands behind FROM.
///
/// Source: MySQL 8.0 manual, "JOIN Clause", "Index Hints", "JSON Table Functions".
final class TableReferenceParser {
    private final Parsers parsers;
    private final TokenStream in;

    TableReferenceParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// References parted by commas.
    List<TableReference> parseList() {
        List<TableReference> list = new ArrayList<>(2);
        do {
            list.add(parse());
        } while (in.accept(Token.COMMA));
        return list;
    }

    /// One reference with its joins.
    TableReference parse() {
        if (in.kind == Token.LEFT_BRACE) {
            return parseBraces();
        }
        int start = in.start;
        return parseJoins(parseFactor(), start);
    }

    /// `{OJ reference}`; any word may stand for OJ.
    private TableReference parseBraces() {
        int start = in.start;
        in.enter();
        in.expect(Token.LEFT_BRACE);
        in.identifier();
        TableReference inner = parse();
        in.expect(Token.RIGHT_BRACE);
        in.leave();
        return parseJoins(inner, start);
    }

    private TableReference parseJoins(TableReference first, int start) {
        return isJoin(in.kind) ? new JoinParser(parsers).parse(first, start) : first;
    }

    static boolean isJoin(int kind) {
        return switch (kind) {
            case Token.JOIN, Token.INNER, Token.CROSS, Token.STRAIGHT_JOIN, Token.LEFT, Token.RIGHT, Token.NATURAL ->
                true;
            default -> false;
        };
    }

    /// A reference without joins, or with joins in parentheses.
    TableReference parseFactor() {
        int start = in.start;
        switch (in.kind) {
            case Token.LEFT_PAREN -> {
                QueryExpression[] query = new QueryExpression[1];
                TableReference reference = parseParenthesized(query);
                return reference != null ? reference : derived(start, false, query[0]);
            }
            case Token.LATERAL -> {
                in.advance();
                QueryExpression query = parsers.queries.parseParenthesized();
                return derived(start, true, query);
            }
            case Token.JSON_TABLE -> {
                return jsonTable(start);
            }
            case Token.LEFT_BRACE -> {
                return parseBraces();
            }
            default -> {
                return named();
            }
        }
    }

    /// `(query)` goes to `query` and null is returned; `(references)` is returned.
    private @Nullable TableReference parseParenthesized(QueryExpression[] query) {
        in.enter();
        in.expect(Token.LEFT_PAREN);
        TableReference result = null;
        int start = in.start;
        if (QueryParser.startsQuery(in)) {
            query[0] = parsers.queries.parseNested();
        } else if (in.kind == Token.LEFT_PAREN) {
            result = parseParenthesized(query);
            if (result != null) {
                result = restOfList(parseJoins(result, start), start);
            } else if (QueryParser.continuesQuery(in.kind)) {
                query[0] = parsers.queries.parseBehind(query[0], start);
            } else if (in.kind != Token.RIGHT_PAREN) {
                TableReference first = derived(start, false, query[0]);
                result = restOfList(parseJoins(first, start), start);
            }
        } else {
            result = restOfList(parse(), start);
        }
        in.expect(Token.RIGHT_PAREN);
        in.leave();
        return result;
    }

    /// `(a, b, c)` is a chain of cross joins.
    private TableReference restOfList(TableReference first, int start) {
        TableReference left = first;
        while (in.accept(Token.COMMA)) {
            TableReference right = parse();
            left = new JoinedTable(in.span(start), JoinKind.CROSS, false, left, right, null, List.of());
        }
        return left;
    }

    private TableReference derived(int start, boolean lateral, QueryExpression query) {
        if (!in.accept(Token.AS) && !in.isIdentifier()) {
            throw new SqlException(ErrorCode.DERIVED_MUST_HAVE_ALIAS);
        }
        String alias = in.identifier();
        List<String> columns = in.kind == Token.LEFT_PAREN ? parsers.names.parseParenthesizedIdentifiers() : List.of();
        return new DerivedTable(in.span(start), lateral, query, alias, columns);
    }

    private NamedTable named() {
        int start = in.start;
        TableName name = parsers.names.parseTableName();
        List<String> partitions = parsePartitions();
        String alias = parseAlias();
        List<IndexHint> hints = List.of();
        if (in.kind == Token.USE || in.kind == Token.FORCE || in.kind == Token.IGNORE) {
            hints = indexHints();
        }
        return new NamedTable(in.span(start), name, partitions, alias, hints);
    }

    /// `[PARTITION (names)]`.
    List<String> parsePartitions() {
        return in.accept(Token.PARTITION) ? parsers.names.parseParenthesizedIdentifiers() : List.of();
    }

    /// `[[AS] alias]`.
    @Nullable String parseAlias() {
        if (in.accept(Token.AS) || in.isIdentifier()) {
            return in.identifier();
        }
        return null;
    }

    private List<IndexHint> indexHints() {
        List<IndexHint> hints = new ArrayList<>();
        while (true) {
            IndexHint.Action action = switch (in.kind) {
                case Token.USE -> IndexHint.Action.USE;
                case Token.FORCE -> IndexHint.Action.FORCE;
                case Token.IGNORE -> IndexHint.Action.IGNORE;
                default -> null;
            };
            if (action == null) {
                return hints;
            }
            in.advance();
            if (!in.accept(Token.INDEX)) {
                in.expect(Token.KEY);
            }
            IndexHint.Scope scope = in.accept(Token.FOR) ? hintScope() : IndexHint.Scope.ALL;
            in.expect(Token.LEFT_PAREN);
            List<String> indexes = new ArrayList<>();
            if (in.kind != Token.RIGHT_PAREN || action != IndexHint.Action.USE) {
                do {
                    boolean primary = in.accept(Token.PRIMARY);
                    indexes.add(primary ? "PRIMARY" : in.identifier());
                } while (in.accept(Token.COMMA));
            }
            in.expect(Token.RIGHT_PAREN);
            hints.add(new IndexHint(action, scope, indexes));
        }
    }

    private IndexHint.Scope hintScope() {
        if (in.accept(Token.JOIN)) {
            return IndexHint.Scope.JOIN;
        }
        if (in.accept(Token.ORDER)) {
            in.expect(Token.BY);
            return IndexHint.Scope.ORDER_BY;
        }
        in.expect(Token.GROUP, Token.BY);
        return IndexHint.Scope.GROUP_BY;
    }

    private TableReference jsonTable(int start) {
        in.advance();
        in.expect(Token.LEFT_PAREN);
        Expression document = parsers.expressions.parse();
        in.expect(Token.COMMA);
        Expression path = parsers.expressions.parse();
        List<JsonTableColumn> columns = jsonColumns();
        in.expect(Token.RIGHT_PAREN);
        if (!in.accept(Token.AS) && !in.isIdentifier()) {
            throw new SqlException(ErrorCode.DERIVED_MUST_HAVE_ALIAS);
        }
        String alias = in.identifier();
        return new JsonTable(in.span(start), document, path, columns, alias);
    }

    private List<JsonTableColumn> jsonColumns() {
        in.enter();
        in.expect(Token.COLUMNS, Token.LEFT_PAREN);
        List<JsonTableColumn> columns = new ArrayList<>();
        do {
            columns.add(jsonColumn());
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        in.leave();
        return columns;
    }

    private JsonTableColumn jsonColumn() {
        if (in.kind == Token.NESTED && (in.peek(1) == Token.PATH || in.peek(1) == Token.STRING)) {
            in.advance();
            in.accept(Token.PATH);
            String path = in.string();
            return new JsonTableColumn.Nested(path, jsonColumns());
        }
        String name = in.identifier();
        if (in.accept(Token.FOR)) {
            in.expect(Token.ORDINALITY);
            return new JsonTableColumn.Ordinality(name);
        }
        DataType type = parsers.types().parse();
        boolean exists = in.accept(Token.EXISTS);
        in.expect(Token.PATH);
        String path = in.string();
        FunctionParser.JsonResponses responses = jsonResponses();
        return new JsonTableColumn.Path(name, type, exists, path, responses.onEmpty(), responses.onError());
    }

    /// `[response ON EMPTY] [response ON ERROR]`, or the two the other way round, which MySQL 8.0 takes here too.
    private FunctionParser.JsonResponses jsonResponses() {
        FunctionParser.JsonResponses found = parsers.functions().jsonResponses();
        if (found.onEmpty() != null || found.onError() == null) {
            return found;
        }
        JsonResponse late = parsers.functions().jsonResponse();
        if (late != null) {
            in.expect(Token.EMPTY);
        }
        return new FunctionParser.JsonResponses(late, found.onError());
    }
}
