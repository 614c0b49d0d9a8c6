package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Partitioning;
import io.qomo.query.sql.ast.Partitioning.Bound;
import io.qomo.query.sql.ast.Partitioning.Method;
import io.qomo.query.sql.ast.Partitioning.PartitionDefinition;
import io.qomo.query.sql.ast.TableOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// PARTITION BY and partition definitions.
///
/// Source: MySQL 8.0 manual, chapter "Partitioning".
final class PartitionParser {
    private final Parsers parsers;
    private final TokenStream in;

    PartitionParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// `PARTITION BY ...`.
    Partitioning parse() {
        in.expect(Token.PARTITION, Token.BY);
        Method method = parseMethod();
        int count = in.accept(Token.PARTITIONS) ? in.smallInteger() : -1;
        Method subMethod = null;
        int subCount = -1;
        if (in.accept(Token.SUBPARTITION)) {
            in.expect(Token.BY);
            int start = in.start;
            subMethod = parseMethod();
            if (subMethod.kind() != Method.Kind.HASH && subMethod.kind() != Method.Kind.KEY) {
                throw in.errorAt(start);
            }
            subCount = in.accept(Token.SUBPARTITIONS) ? in.smallInteger() : -1;
        }
        List<PartitionDefinition> partitions = in.kind == Token.LEFT_PAREN ? parseDefinitions() : List.of();
        return new Partitioning(method, count, subMethod, subCount, partitions);
    }

    private Method parseMethod() {
        boolean linear = in.accept(Token.LINEAR);
        if (in.accept(Token.HASH)) {
            return new Method(Method.Kind.HASH, linear, parseExpression(), List.of(), -1);
        }
        if (in.accept(Token.KEY)) {
            int algorithm = -1;
            if (in.accept(Token.ALGORITHM)) {
                in.expect(Token.EQUAL);
                algorithm = in.smallInteger();
            }
            in.expect(Token.LEFT_PAREN);
            List<String> columns = in.kind == Token.RIGHT_PAREN ? List.of() : parsers.names.parseIdentifiers();
            in.expect(Token.RIGHT_PAREN);
            return new Method(Method.Kind.KEY, linear, null, columns, algorithm);
        }
        Method.Kind kind = in.kind == Token.RANGE ? Method.Kind.RANGE : Method.Kind.LIST;
        if (linear || in.kind != Token.RANGE && in.kind != Token.LIST) {
            throw in.error();
        }
        in.advance();
        if (in.accept(Token.COLUMNS)) {
            return new Method(kind, false, null, parsers.names.parseParenthesizedIdentifiers(), -1);
        }
        return new Method(kind, false, parseExpression(), List.of(), -1);
    }

    private Expression parseExpression() {
        in.expect(Token.LEFT_PAREN);
        Expression expression = parsers.expressions.parseOperand();
        in.expect(Token.RIGHT_PAREN);
        return expression;
    }

    /// `(definition, ...)`.
    List<PartitionDefinition> parseDefinitions() {
        in.expect(Token.LEFT_PAREN);
        List<PartitionDefinition> definitions = new ArrayList<>();
        do {
            definitions.add(parseDefinition());
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        return definitions;
    }

    private PartitionDefinition parseDefinition() {
        in.expect(Token.PARTITION);
        String name = in.identifier();
        List<Bound> lessThan = List.of();
        List<List<Expression>> values = List.of();
        if (in.accept(Token.VALUES)) {
            if (in.accept(Token.LESS_KEYWORD)) {
                in.expect(Token.THAN);
                lessThan = parseBounds();
            } else {
                in.expect(Token.IN);
                values = parseValues();
            }
        }
        List<TableOption> options = parseOptions();
        List<PartitionDefinition> subpartitions = new ArrayList<>(0);
        if (in.accept(Token.LEFT_PAREN)) {
            do {
                in.expect(Token.SUBPARTITION);
                String subName = in.identifierOrString();
                subpartitions.add(new PartitionDefinition(subName, List.of(), List.of(), parseOptions(), List.of()));
            } while (in.accept(Token.COMMA));
            in.expect(Token.RIGHT_PAREN);
        }
        return new PartitionDefinition(name, lessThan, values, options, subpartitions);
    }

    private List<Bound> parseBounds() {
        if (in.accept(Token.MAXVALUE)) {
            return List.of(new Bound(null));
        }
        in.expect(Token.LEFT_PAREN);
        List<Bound> bounds = new ArrayList<>();
        do {
            bounds.add(new Bound(parseBound()));
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        return bounds;
    }

    private @Nullable Expression parseBound() {
        return in.accept(Token.MAXVALUE) ? null : parsers.expressions.parseOperand();
    }

    /// `(value, ...)` of one column, or `((value, ...), ...)` of several.
    private List<List<Expression>> parseValues() {
        in.expect(Token.LEFT_PAREN);
        List<List<Expression>> rows = new ArrayList<>();
        do {
            if (in.kind == Token.LEFT_PAREN) {
                in.advance();
                rows.add(parsers.expressions.parseList());
                in.expect(Token.RIGHT_PAREN);
            } else {
                rows.add(List.of(parsers.expressions.parseOperand()));
            }
        } while (in.accept(Token.COMMA));
        in.expect(Token.RIGHT_PAREN);
        return rows;
    }

    private List<TableOption> parseOptions() {
        List<TableOption> options = new ArrayList<>(0);
        while (true) {
            if (in.kind == Token.STORAGE && in.peek(1) == Token.ENGINE) {
                in.advance();
            }
            TableOption.Name name = switch (in.kind) {
                case Token.ENGINE -> TableOption.Name.ENGINE;
                case Token.COMMENT -> TableOption.Name.COMMENT;
                case Token.TABLESPACE -> TableOption.Name.TABLESPACE;
                case Token.NODEGROUP -> TableOption.Name.NODEGROUP;
                case Token.MAX_ROWS -> TableOption.Name.MAX_ROWS;
                case Token.MIN_ROWS -> TableOption.Name.MIN_ROWS;
                case Token.DATA -> TableOption.Name.DATA_DIRECTORY;
                case Token.INDEX -> TableOption.Name.INDEX_DIRECTORY;
                default -> null;
            };
            if (name == null) {
                return options;
            }
            in.advance();
            if (name == TableOption.Name.DATA_DIRECTORY || name == TableOption.Name.INDEX_DIRECTORY) {
                in.expect(Token.DIRECTORY);
            }
            in.accept(Token.EQUAL);
            String value = switch (name) {
                case COMMENT, DATA_DIRECTORY, INDEX_DIRECTORY -> in.string();
                case NODEGROUP, MAX_ROWS, MIN_ROWS -> Long.toString(in.integer());
                default -> in.identifierOrString();
            };
            options.add(new TableOption(name, value));
        }
    }
}
