package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.DmlStatement.CallStatement;
import io.qomo.query.sql.ast.DmlStatement.ColumnAssignment;
import io.qomo.query.sql.ast.DmlStatement.DeleteStatement;
import io.qomo.query.sql.ast.DmlStatement.DoStatement;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.DmlStatement.HandlerStatement;
import io.qomo.query.sql.ast.DmlStatement.ImportTableStatement;
import io.qomo.query.sql.ast.DmlStatement.InsertStatement;
import io.qomo.query.sql.ast.DmlStatement.LoadDataStatement;
import io.qomo.query.sql.ast.DmlStatement.MultiDeleteStatement;
import io.qomo.query.sql.ast.DmlStatement.Priority;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.DmlStatement.UpdateStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Predicate.ComparisonOperator;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import io.qomo.query.sql.ast.QueryExpression.Limit;
import io.qomo.query.sql.ast.QueryExpression.WithClause;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// INSERT, REPLACE, UPDATE, DELETE, LOAD, DO, CALL, HANDLER, IMPORT TABLE.
///
/// Source: MySQL 8.0 manual, "Data Manipulation Statements".
final class DmlParser {
    private final Parsers parsers;
    private final TokenStream in;

    DmlParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    DmlStatement parseSelect() {
        return new SelectStatement(parsers.queries.parseOutermost());
    }

    /// WITH in front of SELECT, UPDATE or DELETE.
    DmlStatement parseWith() {
        int start = in.start;
        WithClause with = parsers.queries.parseWith();
        return switch (in.kind) {
            case Token.UPDATE -> parseUpdate(with);
            case Token.DELETE -> parseDelete(with);
            default -> new SelectStatement(parsers.queries.parseOutermost(with, start));
        };
    }

    DmlStatement parseInsert(boolean replace) {
        in.advance();
        String hints = in.hints();
        Priority priority = insertPriority(replace);
        boolean ignore = !replace && in.accept(Token.IGNORE);
        in.accept(Token.INTO);
        TableName table = parsers.names.parseTableName();
        List<String> partitions = parsers.tables.parsePartitions();
        InsertSource source = new InsertSource();
        if (in.accept(Token.SET)) {
            source.assignments(parseAssignments());
        } else {
            parseSource(source);
        }
        List<ColumnAssignment> onDuplicate = List.of();
        if (!replace && (source.query == null) && in.kind == Token.AS) {
            in.advance();
            source.alias = in.identifier();
            if (in.kind == Token.LEFT_PAREN) {
                source.columnAliases = parsers.names.parseParenthesizedIdentifiers();
            }
        }
        if (!replace && in.accept(Token.ON)) {
            in.expectText("DUPLICATE");
            in.expect(Token.KEY, Token.UPDATE);
            onDuplicate = parseAssignments();
        }
        return new InsertStatement(
                replace,
                priority,
                ignore,
                hints,
                table,
                partitions,
                source.columns,
                source.rows,
                source.query,
                source.alias,
                source.columnAliases,
                onDuplicate);
    }

    private Priority insertPriority(boolean replace) {
        if (in.accept(Token.LOW_PRIORITY)) {
            return Priority.LOW;
        }
        if (in.accept(Token.DELAYED)) {
            return Priority.DELAYED;
        }
        return !replace && in.accept(Token.HIGH_PRIORITY) ? Priority.HIGH : Priority.DEFAULT;
    }

    /// What is inserted.
    private static final class InsertSource {
        @Nullable List<ColumnReference> columns;

        List<List<Expression>> rows = List.of();

        @Nullable QueryExpression query;

        @Nullable String alias;

        List<String> columnAliases = List.of();

        void assignments(List<ColumnAssignment> assignments) {
            columns = assignments.stream().map(ColumnAssignment::column).toList();
            rows = List.of(assignments.stream().map(ColumnAssignment::value).toList());
        }
    }

    private void parseSource(InsertSource source) {
        if (in.kind == Token.LEFT_PAREN && !opensQuery()) {
            in.advance();
            List<ColumnReference> columns = new ArrayList<>();
            if (in.kind != Token.RIGHT_PAREN) {
                do {
                    columns.add(parsers.names.parseColumn());
                } while (in.accept(Token.COMMA));
            }
            in.expect(Token.RIGHT_PAREN);
            source.columns = columns;
        }
        if ((in.kind == Token.VALUES || in.kind == Token.VALUE)) {
            in.advance();
            source.rows = parseRows();
        } else if (in.kind == Token.LEFT_PAREN || QueryParser.startsQuery(in)) {
            source.query = parsers.queries.parseNested();
        } else {
            throw in.error();
        }
    }

    private boolean opensQuery() {
        int next = in.peek(1);
        return next == Token.SELECT
                || next == Token.WITH
                || next == Token.LEFT_PAREN
                || next == Token.TABLE
                || next == Token.VALUES;
    }

    private List<List<Expression>> parseRows() {
        List<List<Expression>> rows = new ArrayList<>();
        do {
            in.accept(Token.ROW);
            rows.add(parsers.queries.parseRow());
        } while (in.accept(Token.COMMA));
        return rows;
    }

    /// `column = value, ...`.
    List<ColumnAssignment> parseAssignments() {
        List<ColumnAssignment> assignments = new ArrayList<>();
        do {
            ColumnReference column = parsers.names.parseColumn();
            if (!in.accept(Token.EQUAL)) {
                in.expect(Token.ASSIGN);
            }
            assignments.add(new ColumnAssignment(column, parsers.queries.parseValue()));
        } while (in.accept(Token.COMMA));
        return assignments;
    }

    DmlStatement parseUpdate(@Nullable WithClause with) {
        in.expect(Token.UPDATE);
        String hints = in.hints();
        boolean lowPriority = in.accept(Token.LOW_PRIORITY);
        boolean ignore = in.accept(Token.IGNORE);
        List<TableReference> tables = parsers.tables.parseList();
        in.expect(Token.SET);
        List<ColumnAssignment> assignments = parseAssignments();
        Expression where = parseWhere();
        boolean single = tables.size() == 1 && tables.getFirst() instanceof NamedTable;
        List<OrderItem> orderBy = single ? parseOrderBy() : List.of();
        Expression limit = single ? parseLimit() : null;
        return new UpdateStatement(with, hints, lowPriority, ignore, tables, assignments, where, orderBy, limit);
    }

    private @Nullable Expression parseWhere() {
        return in.accept(Token.WHERE) ? parsers.expressions.parse() : null;
    }

    private List<OrderItem> parseOrderBy() {
        return in.kind == Token.ORDER ? parsers.queries.parseOrderBy() : List.of();
    }

    private @Nullable Expression parseLimit() {
        return in.accept(Token.LIMIT) ? parsers.queries.parseLimitValue() : null;
    }

    DmlStatement parseDelete(@Nullable WithClause with) {
        in.expect(Token.DELETE);
        String hints = in.hints();
        boolean lowPriority = false;
        boolean quick = false;
        boolean ignore = false;
        while (true) {
            if (in.accept(Token.LOW_PRIORITY)) {
                lowPriority = true;
            } else if (in.kind == Token.QUICK && in.peek(1) != Token.DOT) {
                in.advance();
                quick = true;
            } else if (in.accept(Token.IGNORE)) {
                ignore = true;
            } else {
                break;
            }
        }
        if (!in.accept(Token.FROM)) {
            List<TableName> targets = parseTargets();
            in.expect(Token.FROM);
            List<TableReference> from = parsers.tables.parseList();
            return new MultiDeleteStatement(with, hints, lowPriority, quick, ignore, targets, from, parseWhere());
        }
        int start = in.start;
        TableName name = parseTarget();
        if (in.kind == Token.COMMA || in.kind == Token.USING) {
            List<TableName> targets = new ArrayList<>(List.of(name));
            while (in.accept(Token.COMMA)) {
                targets.add(parseTarget());
            }
            in.expect(Token.USING);
            List<TableReference> from = parsers.tables.parseList();
            return new MultiDeleteStatement(with, hints, lowPriority, quick, ignore, targets, from, parseWhere());
        }
        String alias = parsers.tables.parseAlias();
        List<String> partitions = parsers.tables.parsePartitions();
        NamedTable table = new NamedTable(in.span(start), name, partitions, alias, List.of());
        Expression where = parseWhere();
        List<OrderItem> orderBy = parseOrderBy();
        return new DeleteStatement(with, hints, lowPriority, quick, ignore, table, where, orderBy, parseLimit());
    }

    private List<TableName> parseTargets() {
        List<TableName> targets = new ArrayList<>();
        do {
            targets.add(parseTarget());
        } while (in.accept(Token.COMMA));
        return targets;
    }

    /// `[schema.]table[.*]`.
    private TableName parseTarget() {
        int start = in.start;
        String first = in.identifier();
        if (in.kind != Token.DOT || in.peek(1) == Token.STAR) {
            TableName name = new TableName(in.span(start), null, first);
            parseStar();
            return name;
        }
        in.advance();
        String second = in.nameAfterDot();
        TableName name = new TableName(in.span(start), first, second);
        parseStar();
        return name;
    }

    private void parseStar() {
        if (in.accept(Token.DOT)) {
            in.expect(Token.STAR);
        }
    }

    DmlStatement parseLoad() {
        boolean xml = in.kind == Token.XML;
        in.advance();
        Priority priority = in.accept(Token.LOW_PRIORITY) ? Priority.LOW : Priority.DEFAULT;
        boolean concurrent = priority == Priority.DEFAULT && in.accept(Token.CONCURRENT);
        boolean local = in.accept(Token.LOCAL);
        in.expect(Token.INFILE);
        String path = in.string();
        DuplicateHandling duplicates = parseDuplicates();
        in.expect(Token.INTO, Token.TABLE);
        TableName table = parsers.names.parseTableName();
        List<String> partitions = parsers.tables.parsePartitions();
        String charset = parsers.types().acceptCharset();
        String rowTag = null;
        if (xml && in.accept(Token.ROWS)) {
            in.expect(Token.IDENTIFIED, Token.BY);
            rowTag = in.string();
        }
        FileFormat format = new FileFormatParser(in).parse();
        long ignoreLines = 0;
        if (in.accept(Token.IGNORE)) {
            ignoreLines = in.integer();
            if (!in.accept(Token.LINES)) {
                in.expect(Token.ROWS);
            }
        }
        List<Expression> targets = in.kind == Token.LEFT_PAREN ? parseLoadTargets() : List.of();
        List<ColumnAssignment> assignments = in.accept(Token.SET) ? parseAssignments() : List.of();
        return new LoadDataStatement(
                xml,
                priority,
                concurrent,
                local,
                path,
                duplicates,
                table,
                partitions,
                charset,
                rowTag,
                format,
                ignoreLines,
                targets,
                assignments);
    }

    /// `[REPLACE | IGNORE]`.
    DuplicateHandling parseDuplicates() {
        if (in.accept(Token.REPLACE)) {
            return DuplicateHandling.REPLACE;
        }
        return in.accept(Token.IGNORE) ? DuplicateHandling.IGNORE : DuplicateHandling.ERROR;
    }

    private List<Expression> parseLoadTargets() {
        in.expect(Token.LEFT_PAREN);
        List<Expression> targets = new ArrayList<>();
        if (in.kind != Token.RIGHT_PAREN) {
            do {
                boolean variable = in.kind == Token.AT || in.kind == Token.AT_WORD;
                targets.add(variable ? parsers.names.parseVariableTarget() : parsers.names.parseColumn());
            } while (in.accept(Token.COMMA));
        }
        in.expect(Token.RIGHT_PAREN);
        return targets;
    }

    DmlStatement parseDo() {
        in.advance();
        List<Expression> expressions = new ArrayList<>();
        do {
            expressions.add(parsers.expressions.parse());
            if (in.accept(Token.AS) || in.isIdentifierOrString()) {
                in.identifierOrString();
            }
        } while (in.accept(Token.COMMA));
        return new DoStatement(expressions);
    }

    DmlStatement parseCall() {
        in.advance();
        TableName procedure = parsers.names.parseTableName();
        List<Expression> arguments = List.of();
        if (in.accept(Token.LEFT_PAREN)) {
            arguments = in.kind == Token.RIGHT_PAREN ? List.of() : parsers.expressions.parseList();
            in.expect(Token.RIGHT_PAREN);
        }
        return new CallStatement(procedure, arguments);
    }

    DmlStatement parseHandler() {
        in.advance();
        TableName table = parsers.names.parseTableName();
        switch (in.kind) {
            case Token.OPEN -> {
                in.advance();
                String alias = parsers.tables.parseAlias();
                return handler(table, HandlerStatement.Action.OPEN, alias);
            }
            case Token.CLOSE -> {
                in.advance();
                return handler(table, HandlerStatement.Action.CLOSE, null);
            }
            default -> {
                in.expect(Token.READ);
                return parseHandlerRead(table);
            }
        }
    }

    private static HandlerStatement handler(TableName table, HandlerStatement.Action action, @Nullable String alias) {
        return new HandlerStatement(table, action, alias, null, null, List.of(), null, null);
    }

    private HandlerStatement parseHandlerRead(TableName table) {
        boolean natural = in.peek(1) != Token.EQUAL
                && ExpressionParser.comparisonOperator(in.peek(1)) == null
                && (in.kind == Token.FIRST || in.kind == Token.NEXT)
                && !isHandlerDirection(in.peek(1));
        String index = natural ? null : in.kind == Token.PRIMARY ? primary() : in.identifier();
        ComparisonOperator comparison = ExpressionParser.comparisonOperator(in.kind);
        HandlerStatement.Action action = HandlerStatement.Action.READ_KEY;
        List<Expression> key = List.of();
        if (index != null && comparison != null) {
            if (comparison == ComparisonOperator.NOT_EQUAL || comparison == ComparisonOperator.NULL_SAFE_EQUAL) {
                throw in.error();
            }
            in.advance();
            key = parsers.queries.parseRow();
        } else {
            comparison = null;
            action = parseHandlerDirection(natural);
        }
        Expression where = parseWhere();
        Limit limit = in.kind == Token.LIMIT ? parsers.queries.parseLimit() : null;
        return new HandlerStatement(table, action, null, index, comparison, key, where, limit);
    }

    private String primary() {
        in.advance();
        return "PRIMARY";
    }

    private static boolean isHandlerDirection(int kind) {
        return kind == Token.FIRST || kind == Token.NEXT || kind == Token.PREV || kind == Token.LAST;
    }

    private HandlerStatement.Action parseHandlerDirection(boolean natural) {
        HandlerStatement.Action action = switch (in.kind) {
            case Token.FIRST -> HandlerStatement.Action.READ_FIRST;
            case Token.NEXT -> HandlerStatement.Action.READ_NEXT;
            case Token.PREV -> HandlerStatement.Action.READ_PREV;
            case Token.LAST -> HandlerStatement.Action.READ_LAST;
            default -> throw in.error();
        };
        if (natural && action != HandlerStatement.Action.READ_FIRST && action != HandlerStatement.Action.READ_NEXT) {
            throw in.error();
        }
        in.advance();
        return action;
    }

    DmlStatement parseImport() {
        in.advance();
        in.expect(Token.TABLE, Token.FROM);
        List<String> files = new ArrayList<>();
        do {
            files.add(in.string());
        } while (in.accept(Token.COMMA));
        return new ImportTableStatement(files);
    }
}
