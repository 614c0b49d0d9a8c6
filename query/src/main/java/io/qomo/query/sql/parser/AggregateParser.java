package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AggregateFunction;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.AggregateCall;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Expression.WindowCall;
import io.qomo.query.sql.ast.IntervalUnit;
import io.qomo.query.sql.ast.WindowFunction;
import io.qomo.query.sql.ast.WindowReference;
import io.qomo.query.sql.ast.WindowReference.FrameBound;
import io.qomo.query.sql.ast.WindowReference.WindowDefinition;
import io.qomo.query.sql.ast.WindowReference.WindowFrame;
import io.qomo.query.sql.ast.WindowReference.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Aggregates, window functions and windows.
///
/// Source: MySQL 8.0 manual, "Aggregate Function Descriptions" and "Window Functions".
final class AggregateParser {
    private final TokenStream in;
    private final ExpressionParser expressions;

    AggregateParser(Parsers parsers) {
        this.in = parsers.in;
        this.expressions = parsers.expressions;
    }

    static boolean isAggregate(int keyword) {
        return aggregateOf(keyword) != null;
    }

    /// Reserved words that begin an expression only in front of `(`.
    static boolean isReservedName(int keyword) {
        return switch (keyword) {
            case Token.CHAR, Token.CHARACTER, Token.DEFAULT, Token.ROW, Token.VALUES -> true;
            default ->
                isWindowFunction(keyword)
                        || keyword < Token.FIRST_FUNCTION && FunctionParser.isReservedFunction(keyword);
        };
    }

    static boolean isWindowFunction(int keyword) {
        return windowFunctionOf(keyword) != null;
    }

    private static @Nullable AggregateFunction aggregateOf(int keyword) {
        return switch (keyword) {
            case Token.COUNT -> AggregateFunction.COUNT;
            case Token.SUM -> AggregateFunction.SUM;
            case Token.AVG -> AggregateFunction.AVG;
            case Token.MIN -> AggregateFunction.MIN;
            case Token.MAX -> AggregateFunction.MAX;
            case Token.BIT_AND -> AggregateFunction.BIT_AND;
            case Token.BIT_OR -> AggregateFunction.BIT_OR;
            case Token.BIT_XOR -> AggregateFunction.BIT_XOR;
            case Token.STD, Token.STDDEV, Token.STDDEV_POP -> AggregateFunction.STDDEV_POP;
            case Token.STDDEV_SAMP -> AggregateFunction.STDDEV_SAMP;
            case Token.VARIANCE, Token.VAR_POP -> AggregateFunction.VAR_POP;
            case Token.VAR_SAMP -> AggregateFunction.VAR_SAMP;
            case Token.GROUP_CONCAT -> AggregateFunction.GROUP_CONCAT;
            case Token.JSON_ARRAYAGG -> AggregateFunction.JSON_ARRAYAGG;
            case Token.JSON_OBJECTAGG -> AggregateFunction.JSON_OBJECTAGG;
            case Token.ST_COLLECT -> AggregateFunction.ST_COLLECT;
            default -> null;
        };
    }

    private static @Nullable WindowFunction windowFunctionOf(int keyword) {
        return switch (keyword) {
            case Token.ROW_NUMBER -> WindowFunction.ROW_NUMBER;
            case Token.RANK -> WindowFunction.RANK;
            case Token.DENSE_RANK -> WindowFunction.DENSE_RANK;
            case Token.CUME_DIST -> WindowFunction.CUME_DIST;
            case Token.PERCENT_RANK -> WindowFunction.PERCENT_RANK;
            case Token.NTILE -> WindowFunction.NTILE;
            case Token.LEAD -> WindowFunction.LEAD;
            case Token.LAG -> WindowFunction.LAG;
            case Token.FIRST_VALUE -> WindowFunction.FIRST_VALUE;
            case Token.LAST_VALUE -> WindowFunction.LAST_VALUE;
            case Token.NTH_VALUE -> WindowFunction.NTH_VALUE;
            default -> null;
        };
    }

    /// The name of an aggregate at hand.
    Expression aggregate(int start) {
        AggregateFunction function = aggregateOf(in.kind);
        if (function == null) {
            throw in.error();
        }
        in.advance();
        in.expect(Token.LEFT_PAREN);
        boolean distinct = false;
        List<Expression> arguments = List.of();
        List<OrderItem> orderBy = List.of();
        String separator = null;
        switch (function) {
            case GROUP_CONCAT -> {
                distinct = in.accept(Token.DISTINCT);
                arguments = expressions.parseList();
                if (in.accept(Token.ORDER)) {
                    in.expect(Token.BY);
                    orderBy = expressions.parseOrderItems();
                }
                separator = in.accept(Token.SEPARATOR) ? Literals.text(in) : null;
            }
            case JSON_OBJECTAGG -> {
                in.accept(Token.ALL);
                Expression key = expressions.parse();
                in.expect(Token.COMMA);
                in.accept(Token.ALL);
                arguments = List.of(key, expressions.parse());
            }
            case COUNT -> {
                boolean all = in.accept(Token.ALL);
                if (in.accept(Token.STAR)) {
                    arguments = List.of();
                } else {
                    distinct = !all && in.accept(Token.DISTINCT);
                    arguments = distinct ? expressions.parseList() : List.of(expressions.parse());
                }
            }
            default -> {
                if (!in.accept(Token.ALL)) {
                    distinct = in.kind == Token.DISTINCT && canBeDistinct(function);
                    if (distinct) {
                        in.advance();
                    }
                }
                arguments = List.of(expressions.parse());
            }
        }
        in.expect(Token.RIGHT_PAREN);
        WindowReference over = in.kind == Token.OVER ? over() : null;
        return new AggregateCall(in.span(start), function, distinct, arguments, orderBy, separator, over);
    }

    private static boolean canBeDistinct(AggregateFunction function) {
        return switch (function) {
            case SUM, AVG, MIN, MAX, ST_COLLECT -> true;
            default -> false;
        };
    }

    /// The name of a window function at hand.
    Expression windowFunction(int start) {
        WindowFunction function = windowFunctionOf(in.kind);
        if (function == null) {
            throw in.error();
        }
        in.advance();
        in.expect(Token.LEFT_PAREN);
        List<Expression> arguments = new ArrayList<>(3);
        switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK, CUME_DIST, PERCENT_RANK -> {}
            case NTILE, FIRST_VALUE, LAST_VALUE -> arguments.add(expressions.parse());
            case NTH_VALUE -> {
                arguments.add(expressions.parse());
                in.expect(Token.COMMA);
                arguments.add(expressions.parseSimple());
            }
            case LEAD, LAG -> {
                arguments.add(expressions.parse());
                if (in.accept(Token.COMMA)) {
                    arguments.add(expressions.parseSimple());
                    if (in.accept(Token.COMMA)) {
                        arguments.add(expressions.parse());
                    }
                }
            }
        }
        in.expect(Token.RIGHT_PAREN);
        boolean fromLast = false;
        if (function == WindowFunction.NTH_VALUE && in.kind == Token.FROM) {
            fromLast = in.peek(1) == Token.LAST;
            if (fromLast || in.peek(1) == Token.FIRST) {
                in.advance();
                in.advance();
            }
        }
        boolean ignoreNulls = false;
        if (hasNullTreatment(function) && (in.kind == Token.IGNORE || in.kind == Token.RESPECT)) {
            ignoreNulls = in.kind == Token.IGNORE;
            in.advance();
            in.expect(Token.NULLS);
        }
        if (in.kind != Token.OVER) {
            throw in.error();
        }
        WindowReference over = over();
        return new WindowCall(in.span(start), function, arguments, fromLast, ignoreNulls, over);
    }

    private static boolean hasNullTreatment(WindowFunction function) {
        return switch (function) {
            case LEAD, LAG, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> true;
            case ROW_NUMBER, RANK, DENSE_RANK, CUME_DIST, PERCENT_RANK, NTILE -> false;
        };
    }

    private WindowReference over() {
        in.expect(Token.OVER);
        if (in.kind == Token.LEFT_PAREN) {
            return specification();
        }
        return new WindowReference.NamedWindow(in.identifier());
    }

    /// `name AS (specification), ...` behind WINDOW.
    List<WindowDefinition> definitions() {
        List<WindowDefinition> definitions = new ArrayList<>();
        do {
            String name = in.identifier();
            in.expect(Token.AS);
            definitions.add(new WindowDefinition(name, specification()));
        } while (in.accept(Token.COMMA));
        return definitions;
    }

    private WindowSpecification specification() {
        in.expect(Token.LEFT_PAREN);
        String base = in.isIdentifier() ? in.identifier() : null;
        List<Expression> partitionBy = List.of();
        if (in.accept(Token.PARTITION)) {
            in.expect(Token.BY);
            partitionBy = expressions.parseList();
        }
        List<OrderItem> orderBy = List.of();
        if (in.accept(Token.ORDER)) {
            in.expect(Token.BY);
            orderBy = expressions.parseOrderItems();
        }
        WindowFrame frame = switch (in.kind) {
            case Token.ROWS -> frame(WindowFrame.Unit.ROWS);
            case Token.RANGE -> frame(WindowFrame.Unit.RANGE);
            case Token.GROUPS -> frame(WindowFrame.Unit.GROUPS);
            default -> null;
        };
        in.expect(Token.RIGHT_PAREN);
        return new WindowSpecification(base, partitionBy, orderBy, frame);
    }

    private WindowFrame frame(WindowFrame.Unit unit) {
        in.advance();
        FrameBound start;
        FrameBound end = new FrameBound(FrameBound.Kind.CURRENT_ROW, null, null);
        if (in.accept(Token.BETWEEN)) {
            start = bound();
            in.expect(Token.AND);
            end = bound();
        } else {
            int at = in.start;
            start = bound();
            if (start.kind().compareTo(FrameBound.Kind.CURRENT_ROW) > 0) {
                throw in.errorAt(at);
            }
        }
        return new WindowFrame(unit, start, end);
    }

    private FrameBound bound() {
        if (in.accept(Token.UNBOUNDED)) {
            boolean preceding = direction();
            FrameBound.Kind kind =
                    preceding ? FrameBound.Kind.UNBOUNDED_PRECEDING : FrameBound.Kind.UNBOUNDED_FOLLOWING;
            return new FrameBound(kind, null, null);
        }
        if (in.accept(Token.CURRENT)) {
            in.expect(Token.ROW);
            return new FrameBound(FrameBound.Kind.CURRENT_ROW, null, null);
        }
        Expression offset;
        IntervalUnit unit = null;
        if (in.kind == Token.INTERVAL) {
            Expression.IntervalExpression interval = expressions.parseInterval();
            offset = interval.value();
            unit = interval.unit();
        } else {
            offset = expressions.parseSimple();
        }
        boolean preceding = direction();
        return new FrameBound(preceding ? FrameBound.Kind.PRECEDING : FrameBound.Kind.FOLLOWING, offset, unit);
    }

    private boolean direction() {
        if (in.accept(Token.PRECEDING)) {
            return true;
        }
        in.expect(Token.FOLLOWING);
        return false;
    }
}
