package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.Assignment;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.JsonArrow;
import io.qomo.query.sql.ast.Expression.SystemVariable;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.query.sql.ast.Expression.VariableScope;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names in expressions and statements: columns, tables, variables.
final class NameParser {
    private final Parsers parsers;
    private final TokenStream in;

    NameParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// `[schema.]name` of a table, view, routine, trigger or event.
    TableName parseTableName() {
        int start = in.start;
        String first = in.identifier();
        if (!in.accept(Token.DOT)) {
            return tableName(start, null, first);
        }
        String second = in.nameAfterDot();
        return tableName(start, first, second);
    }

    /// A quoted name may be empty, which no table's or database's is.
    private TableName tableName(int start, @Nullable String schema, String name) {
        if (schema != null && schema.isEmpty()) {
            throw new SqlException(ErrorCode.WRONG_DB_NAME, schema);
        }
        if (name.isEmpty()) {
            throw new SqlException(ErrorCode.WRONG_TABLE_NAME, name);
        }
        return new TableName(in.span(start), schema, name);
    }

    /// One or more table names parted by commas.
    List<TableName> parseTableNames() {
        List<TableName> names = new ArrayList<>();
        do {
            names.add(parseTableName());
        } while (in.accept(Token.COMMA));
        return names;
    }

    /// One or more identifiers parted by commas.
    List<String> parseIdentifiers() {
        List<String> names = new ArrayList<>();
        do {
            names.add(in.identifier());
        } while (in.accept(Token.COMMA));
        return names;
    }

    /// `(name, ...)`.
    List<String> parseParenthesizedIdentifiers() {
        in.expect(Token.LEFT_PAREN);
        List<String> names = parseIdentifiers();
        in.expect(Token.RIGHT_PAREN);
        return names;
    }

    /// A column, or a function by name.
    Expression name(int start) {
        int wordEnd = in.end;
        if (in.kind == Token.IDENT && in.sql.charAt(start) == '_') {
            Expression introduced = Literals.parseIntroduced(in);
            if (introduced != null) {
                return introduced;
            }
        }
        String first = in.identifier();
        if (in.kind == Token.LEFT_PAREN) {
            return parsers.functions().call(start, null, first);
        }
        if (in.kind != Token.DOT) {
            ColumnReference column = new ColumnReference(new Span(start, wordEnd), null, null, first);
            return in.kind == Token.ARROW || in.kind == Token.ARROW_TEXT ? arrow(column, start) : column;
        }
        in.advance();
        String second = in.nameAfterDot();
        if (in.kind == Token.LEFT_PAREN) {
            return parsers.functions().call(start, first, second);
        }
        if (!in.accept(Token.DOT)) {
            return arrow(new ColumnReference(in.span(start), null, first, second), start);
        }
        String third = in.nameAfterDot();
        return arrow(new ColumnReference(in.span(start), first, second, third), start);
    }

    private Expression arrow(ColumnReference column, int start) {
        if (in.kind != Token.ARROW && in.kind != Token.ARROW_TEXT) {
            return column;
        }
        boolean unquote = in.kind == Token.ARROW_TEXT;
        in.advance();
        String path = in.string();
        return new JsonArrow(in.span(start), column, path, unquote);
    }

    /// `[[schema.]table.]column`.
    ColumnReference parseColumn() {
        int start = in.start;
        String first = in.identifier();
        if (!in.accept(Token.DOT)) {
            return new ColumnReference(in.span(start), null, null, first);
        }
        String second = in.nameAfterDot();
        if (!in.accept(Token.DOT)) {
            return new ColumnReference(in.span(start), null, first, second);
        }
        String third = in.nameAfterDot();
        return new ColumnReference(in.span(start), first, second, third);
    }

    /// The name behind `@`.
    String parseVariableName() {
        if (in.kind == Token.AT_WORD) {
            String name = in.sql.substring(in.start + 1, in.end);
            in.advance();
            return name;
        }
        in.expect(Token.AT);
        if (in.start != in.lastEnd) {
            throw in.error();
        }
        return in.kind == Token.STRING ? in.string() : quotedName();
    }

    private String quotedName() {
        if (in.kind != Token.QUOTED_IDENT) {
            throw in.error();
        }
        String name = in.unquote(in.start, in.end);
        in.advance();
        return name;
    }

    Expression userVariable(int start) {
        String name = parseVariableName();
        if (!in.accept(Token.ASSIGN)) {
            return new UserVariable(in.span(start), name);
        }
        Expression value = parsers.expressions.parse();
        return new Assignment(in.span(start), name, value);
    }

    Expression systemVariable(int start) {
        in.advance();
        VariableScope scope = VariableScope.DEFAULT;
        if (in.peek(1) == Token.DOT) {
            scope = variableScope(in.kind);
            if (scope != VariableScope.DEFAULT) {
                in.advance();
                in.advance();
            }
        }
        String name = in.nameAfterDot();
        if (!in.accept(Token.DOT)) {
            return new SystemVariable(in.span(start), scope, null, name);
        }
        String member = in.nameAfterDot();
        return new SystemVariable(in.span(start), scope, name, member);
    }

    /// The scope a word names, DEFAULT when it names none.
    static VariableScope variableScope(int kind) {
        return switch (kind) {
            case Token.GLOBAL -> VariableScope.GLOBAL;
            case Token.SESSION, Token.LOCAL -> VariableScope.SESSION;
            case Token.PERSIST -> VariableScope.PERSIST;
            case Token.PERSIST_ONLY -> VariableScope.PERSIST_ONLY;
            default -> VariableScope.DEFAULT;
        };
    }

    /// `@variable` or a local variable, as a target of INTO and its kin.
    Expression parseVariableTarget() {
        int start = in.start;
        if (in.kind == Token.AT || in.kind == Token.AT_WORD) {
            String name = parseVariableName();
            return new UserVariable(in.span(start), name);
        }
        String name = in.identifierOrString();
        return new ColumnReference(in.span(start), null, null, name);
    }
}
