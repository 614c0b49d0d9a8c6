package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.CaseExpression;
import io.qomo.query.sql.ast.Expression.CastExpression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.ConvertUsing;
import io.qomo.query.sql.ast.Expression.DefaultFunction;
import io.qomo.query.sql.ast.Expression.FunctionCall;
import io.qomo.query.sql.ast.Expression.IntervalArithmetic;
import io.qomo.query.sql.ast.Expression.IntervalExpression;
import io.qomo.query.sql.ast.Expression.NamedArgument;
import io.qomo.query.sql.ast.Expression.RowConstructor;
import io.qomo.query.sql.ast.Expression.ValuesFunction;
import io.qomo.query.sql.ast.Expression.WhenClause;
import io.qomo.query.sql.ast.IntervalUnit;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.Literal.TemporalLiteral;
import io.qomo.query.sql.ast.Predicate.MatchAgainst;
import io.qomo.query.sql.ast.SpecialFunction.CharFunction;
import io.qomo.query.sql.ast.SpecialFunction.ExtractFunction;
import io.qomo.query.sql.ast.SpecialFunction.GetFormatFunction;
import io.qomo.query.sql.ast.SpecialFunction.JsonResponse;
import io.qomo.query.sql.ast.SpecialFunction.JsonValueFunction;
import io.qomo.query.sql.ast.SpecialFunction.TimestampDiffFunction;
import io.qomo.query.sql.ast.SpecialFunction.TrimFunction;
import io.qomo.query.sql.ast.SpecialFunction.WeightStringFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Calls, and everything in an expression that begins with a keyword. Aggregates and window functions are
/// [AggregateParser]'s.
///
/// Source: MySQL 8.0 manual, chapter "Functions and Operators".
final class FunctionParser {
    private final Parsers parsers;
    private final TokenStream in;
    private final ExpressionParser expressions;
    private final AggregateParser aggregates;

    FunctionParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
        this.expressions = parsers.expressions;
        this.aggregates = new AggregateParser(parsers);
    }

    AggregateParser aggregates() {
        return aggregates;
    }

    /// True when the keyword at hand begins an expression of its own; else it can only be a name.
    boolean startsHere() {
        return switch (in.kind) {
            case Token.CASE,
                    Token.CONVERT,
                    Token.CURRENT_DATE,
                    Token.CURRENT_TIME,
                    Token.CURRENT_TIMESTAMP,
                    Token.CURRENT_USER,
                    Token.LOCALTIME,
                    Token.LOCALTIMESTAMP,
                    Token.MATCH,
                    Token.UTC_DATE,
                    Token.UTC_TIME,
                    Token.UTC_TIMESTAMP -> true;
            case Token.DATE, Token.TIME, Token.TIMESTAMP -> {
                int next = in.peek(1);
                yield next == Token.STRING || next == Token.LEFT_PAREN;
            }
            default -> in.kind >= Token.FIRST_RESERVED && in.peek(1) == Token.LEFT_PAREN;
        };
    }

    /// Reads the expression that the keyword at hand begins.
    Expression parse(int start) {
        int keyword = in.kind;
        String word = in.text();
        switch (keyword) {
            case Token.CASE -> {
                return caseExpression(start);
            }
            case Token.DATE, Token.TIME, Token.TIMESTAMP -> {
                if (in.peek(1) == Token.STRING) {
                    return temporal(start, keyword);
                }
            }
            case Token.MATCH -> {
                return match(start);
            }
            case Token.CURRENT_DATE,
                    Token.CURRENT_TIME,
                    Token.CURRENT_TIMESTAMP,
                    Token.CURRENT_USER,
                    Token.LOCALTIME,
                    Token.LOCALTIMESTAMP,
                    Token.UTC_DATE,
                    Token.UTC_TIME,
                    Token.UTC_TIMESTAMP -> {
                return niladic(start, keyword, word);
            }
            default -> {}
        }
        if (AggregateParser.isAggregate(keyword)) {
            return aggregates.aggregate(start);
        }
        if (AggregateParser.isWindowFunction(keyword)) {
            return aggregates.windowFunction(start);
        }
        in.advance();
        Expression special = special(start, keyword);
        if (special != null) {
            return special;
        }
        if (!Token.isIdentifier(keyword) && !isReservedFunction(keyword)) {
            throw in.errorAt(start);
        }
        return call(start, null, word);
    }

    /// Reserved words that are names of ordinary functions.
    static boolean isReservedFunction(int keyword) {
        return keyword >= Token.FIRST_FUNCTION
                || switch (keyword) {
                    case Token.DATABASE,
                            Token.GROUPING,
                            Token.IF,
                            Token.INSERT,
                            Token.LEFT,
                            Token.MOD,
                            Token.REPEAT,
                            Token.REPLACE,
                            Token.RIGHT,
                            Token.SCHEMA -> true;
                    default -> false;
                };
    }

    /// Whether a word of the kind in front of `(` is an ordinary function's name.
    static boolean isPlainName(int kind) {
        if (kind == Token.IDENT) {
            return true;
        }
        if (AggregateParser.isAggregate(kind) || AggregateParser.isWindowFunction(kind)) {
            return false;
        }
        return switch (kind) {
            case Token.CURDATE,
                    Token.CURTIME,
                    Token.NOW,
                    Token.SESSION_USER,
                    Token.SUBSTRING,
                    Token.SYSDATE,
                    Token.SYSTEM_USER,
                    Token.CURRENT_DATE,
                    Token.CURRENT_TIME,
                    Token.CURRENT_TIMESTAMP,
                    Token.CURRENT_USER,
                    Token.INTERVAL,
                    Token.LOCALTIME,
                    Token.LOCALTIMESTAMP,
                    Token.UTC_DATE,
                    Token.UTC_TIME,
                    Token.UTC_TIMESTAMP -> true;
            case Token.GET_FORMAT, Token.JSON_VALUE, Token.TIMESTAMPADD, Token.TIMESTAMPDIFF, Token.WEIGHT_STRING ->
                false;
            default -> kind < Token.FIRST_FUNCTION && (Token.isIdentifier(kind) || isReservedFunction(kind));
        };
    }

    /// Functions with a grammar of their own, the keyword read and `(` at hand; null for the others.
    private @Nullable Expression special(int start, int keyword) {
        return switch (keyword) {
            case Token.CAST -> cast(start);
            case Token.CONVERT -> convert(start);
            case Token.CHAR -> charFunction(start);
            case Token.EXTRACT -> extract(start);
            case Token.TRIM -> trim(start);
            case Token.SUBSTRING, Token.SUBSTR, Token.MID -> substring(start);
            case Token.POSITION -> position(start);
            case Token.ADDDATE -> dateArithmetic(start, false, true);
            case Token.SUBDATE -> dateArithmetic(start, true, true);
            case Token.DATE_ADD -> dateArithmetic(start, false, false);
            case Token.DATE_SUB -> dateArithmetic(start, true, false);
            case Token.TIMESTAMPADD -> timestampAdd(start);
            case Token.TIMESTAMPDIFF -> timestampDiff(start);
            case Token.GET_FORMAT -> getFormat(start);
            case Token.WEIGHT_STRING -> weightString(start);
            case Token.JSON_VALUE -> jsonValue(start);
            case Token.ROW -> row(start);
            case Token.VALUES -> {
                in.expect(Token.LEFT_PAREN);
                ColumnReference column = parsers.names.parseColumn();
                in.expect(Token.RIGHT_PAREN);
                yield new ValuesFunction(in.span(start), column);
            }
            case Token.DEFAULT -> {
                in.expect(Token.LEFT_PAREN);
                ColumnReference column = parsers.names.parseColumn();
                in.expect(Token.RIGHT_PAREN);
                yield new DefaultFunction(in.span(start), column);
            }
            default -> null;
        };
    }

    /// A plain call, `(` at hand.
    Expression call(int start, @Nullable String schema, String name) {
        in.expect(Token.LEFT_PAREN);
        List<Expression> arguments = new ArrayList<>(3);
        if (in.kind != Token.RIGHT_PAREN) {
            do {
                arguments.add(argument());
            } while (in.accept(Token.COMMA));
        }
        in.expect(Token.RIGHT_PAREN);
        return new FunctionCall(in.span(start), schema, name.toLowerCase(Locale.ROOT), arguments);
    }

    private Expression argument() {
        int start = in.start;
        Expression value = expressions.parse();
        boolean named = in.accept(Token.AS);
        if (named || in.isIdentifierOrString()) {
            String name = in.identifierOrString();
            return new NamedArgument(in.span(start), value, name);
        }
        return value;
    }

    /// CURRENT_TIMESTAMP and its kin: parentheses may be absent, and hold at most the digits of the fraction.
    private Expression niladic(int start, int keyword, String word) {
        in.advance();
        List<Expression> arguments = new ArrayList<>(1);
        if (in.accept(Token.LEFT_PAREN)) {
            boolean takesDigits =
                    keyword != Token.CURRENT_DATE && keyword != Token.UTC_DATE && keyword != Token.CURRENT_USER;
            if (takesDigits && in.kind == Token.INTEGER) {
                arguments.add(Literals.parse(in));
            }
            in.expect(Token.RIGHT_PAREN);
        }
        return new FunctionCall(in.span(start), null, word.toLowerCase(Locale.ROOT), arguments);
    }

    private Expression temporal(int start, int keyword) {
        TemporalLiteral.Kind kind = switch (keyword) {
            case Token.DATE -> TemporalLiteral.Kind.DATE;
            case Token.TIME -> TemporalLiteral.Kind.TIME;
            default -> TemporalLiteral.Kind.TIMESTAMP;
        };
        in.advance();
        String text = in.string();
        return new TemporalLiteral(in.span(start), kind, text);
    }

    /// ODBC's `{d '...'}`, `{t '...'}`, `{ts '...'}`, and `{word expression}`, which is the expression.
    Expression escape(int start) {
        in.advance();
        String word = in.identifier();
        TemporalLiteral.Kind kind = switch (word.toLowerCase(Locale.ROOT)) {
            case "d" -> TemporalLiteral.Kind.DATE;
            case "t" -> TemporalLiteral.Kind.TIME;
            case "ts" -> TemporalLiteral.Kind.TIMESTAMP;
            default -> null;
        };
        Expression value = expressions.parse();
        in.expect(Token.RIGHT_BRACE);
        if (kind != null && value instanceof StringLiteral text && text.introducer() == null) {
            return new TemporalLiteral(in.span(start), kind, text.value());
        }
        return value;
    }

    private Expression caseExpression(int start) {
        in.advance();
        Expression operand = in.kind == Token.WHEN ? null : expressions.parse();
        List<WhenClause> whens = new ArrayList<>();
        do {
            in.expect(Token.WHEN);
            Expression condition = expressions.parse();
            in.expect(Token.THEN);
            whens.add(new WhenClause(condition, expressions.parse()));
        } while (in.kind == Token.WHEN);
        Expression otherwise = in.accept(Token.ELSE) ? expressions.parse() : null;
        in.expect(Token.END);
        return new CaseExpression(in.span(start), operand, whens, otherwise);
    }

    /// `BINARY operand`.
    Expression binaryCast(int start, Expression operand) {
        DataType type = DataType.of(DataType.Name.BINARY);
        return new CastExpression(in.span(start), CastExpression.Form.BINARY, operand, type, false, null);
    }

    private Expression cast(int start) {
        in.expect(Token.LEFT_PAREN);
        Expression operand = expressions.parse();
        String zone = null;
        if (in.accept(Token.AT_KEYWORD)) {
            in.expect(Token.TIME);
            in.expect(Token.ZONE);
            in.accept(Token.INTERVAL);
            zone = in.string();
        }
        in.expect(Token.AS);
        DataType type = parsers.types().parseCastType();
        boolean array = in.accept(Token.ARRAY);
        in.expect(Token.RIGHT_PAREN);
        return new CastExpression(in.span(start), CastExpression.Form.CAST, operand, type, array, zone);
    }

    private Expression convert(int start) {
        in.expect(Token.LEFT_PAREN);
        Expression operand = expressions.parse();
        if (in.accept(Token.USING)) {
            String charset = parsers.types().charsetName();
            in.expect(Token.RIGHT_PAREN);
            return new ConvertUsing(in.span(start), operand, charset);
        }
        in.expect(Token.COMMA);
        DataType type = parsers.types().parseCastType();
        in.expect(Token.RIGHT_PAREN);
        return new CastExpression(in.span(start), CastExpression.Form.CONVERT, operand, type, false, null);
    }

    private Expression charFunction(int start) {
        in.expect(Token.LEFT_PAREN);
        List<Expression> codes = expressions.parseList();
        String charset = in.accept(Token.USING) ? parsers.types().charsetName() : null;
        in.expect(Token.RIGHT_PAREN);
        return new CharFunction(in.span(start), codes, charset);
    }

    private Expression extract(int start) {
        in.expect(Token.LEFT_PAREN);
        IntervalUnit unit = intervalUnit();
        in.expect(Token.FROM);
        Expression operand = expressions.parse();
        in.expect(Token.RIGHT_PAREN);
        return new ExtractFunction(in.span(start), unit, operand);
    }

    private Expression trim(int start) {
        in.expect(Token.LEFT_PAREN);
        TrimFunction.Side side = TrimFunction.Side.BOTH;
        boolean sided = true;
        switch (in.kind) {
            case Token.LEADING -> side = TrimFunction.Side.LEADING;
            case Token.TRAILING -> side = TrimFunction.Side.TRAILING;
            case Token.BOTH -> {}
            default -> sided = false;
        }
        if (sided) {
            in.advance();
        }
        Expression first = sided && in.kind == Token.FROM ? null : expressions.parse();
        Expression remove = null;
        Expression operand = first;
        if (sided && in.kind != Token.FROM) {
            throw in.error();
        }
        if (in.accept(Token.FROM)) {
            remove = first;
            operand = expressions.parse();
        }
        if (operand == null) {
            throw in.error();
        }
        in.expect(Token.RIGHT_PAREN);
        return new TrimFunction(in.span(start), side, remove, operand);
    }

    private Expression substring(int start) {
        in.expect(Token.LEFT_PAREN);
        List<Expression> arguments = new ArrayList<>(3);
        arguments.add(expressions.parse());
        if (in.accept(Token.FROM)) {
            arguments.add(expressions.parse());
            if (in.accept(Token.FOR)) {
                arguments.add(expressions.parse());
            }
        } else {
            in.expect(Token.COMMA);
            arguments.add(expressions.parse());
            if (in.accept(Token.COMMA)) {
                arguments.add(expressions.parse());
            }
        }
        in.expect(Token.RIGHT_PAREN);
        return new FunctionCall(in.span(start), null, "substring", arguments);
    }

    /// `POSITION(a IN b)` is LOCATE(a, b).
    private Expression position(int start) {
        in.expect(Token.LEFT_PAREN);
        Expression wanted = expressions.parseOperand();
        in.expect(Token.IN);
        Expression text = expressions.parse();
        in.expect(Token.RIGHT_PAREN);
        return new FunctionCall(in.span(start), null, "locate", List.of(wanted, text));
    }

    private Expression dateArithmetic(int start, boolean subtract, boolean daysAllowed) {
        in.expect(Token.LEFT_PAREN);
        Expression operand = expressions.parse();
        in.expect(Token.COMMA);
        IntervalExpression interval = daysAllowed && in.kind != Token.INTERVAL
                ? new IntervalExpression(expressions.parse(), IntervalUnit.DAY)
                : expressions.parseInterval();
        in.expect(Token.RIGHT_PAREN);
        return new IntervalArithmetic(in.span(start), operand, interval, subtract);
    }

    private Expression timestampAdd(int start) {
        in.expect(Token.LEFT_PAREN);
        IntervalUnit unit = simpleUnit();
        in.expect(Token.COMMA);
        Expression amount = expressions.parse();
        in.expect(Token.COMMA);
        Expression operand = expressions.parse();
        in.expect(Token.RIGHT_PAREN);
        return new IntervalArithmetic(in.span(start), operand, new IntervalExpression(amount, unit), false);
    }

    private Expression timestampDiff(int start) {
        in.expect(Token.LEFT_PAREN);
        IntervalUnit unit = simpleUnit();
        in.expect(Token.COMMA);
        Expression from = expressions.parse();
        in.expect(Token.COMMA);
        Expression to = expressions.parse();
        in.expect(Token.RIGHT_PAREN);
        return new TimestampDiffFunction(in.span(start), unit, from, to);
    }

    private IntervalUnit simpleUnit() {
        int start = in.start;
        IntervalUnit unit = intervalUnit();
        if (unit.isComposite()) {
            throw in.errorAt(start);
        }
        return unit;
    }

    private Expression getFormat(int start) {
        in.expect(Token.LEFT_PAREN);
        GetFormatFunction.Type type = switch (in.kind) {
            case Token.DATE -> GetFormatFunction.Type.DATE;
            case Token.TIME -> GetFormatFunction.Type.TIME;
            case Token.DATETIME, Token.TIMESTAMP -> GetFormatFunction.Type.DATETIME;
            default -> throw in.error();
        };
        in.advance();
        in.expect(Token.COMMA);
        Expression standard = expressions.parse();
        in.expect(Token.RIGHT_PAREN);
        return new GetFormatFunction(in.span(start), type, standard);
    }

    private Expression weightString(int start) {
        in.expect(Token.LEFT_PAREN);
        Expression operand = expressions.parse();
        boolean binary = false;
        int length = -1;
        if (in.accept(Token.AS)) {
            binary = in.kind == Token.BINARY;
            if (!binary && in.kind != Token.CHAR && in.kind != Token.CHARACTER) {
                throw in.error();
            }
            in.advance();
            in.expect(Token.LEFT_PAREN);
            length = in.smallInteger();
            in.expect(Token.RIGHT_PAREN);
        }
        in.expect(Token.RIGHT_PAREN);
        return new WeightStringFunction(in.span(start), operand, binary, length);
    }

    private Expression jsonValue(int start) {
        in.expect(Token.LEFT_PAREN);
        Expression document = expressions.parse();
        in.expect(Token.COMMA);
        Expression path = expressions.parse();
        DataType returning = in.accept(Token.RETURNING) ? parsers.types().parseCastType() : null;
        JsonResponses responses = jsonResponses();
        in.expect(Token.RIGHT_PAREN);
        return new JsonValueFunction(
                in.span(start), document, path, returning, responses.onEmpty(), responses.onError());
    }

    /// `[response ON EMPTY] [response ON ERROR]`.
    record JsonResponses(
            @Nullable JsonResponse onEmpty, @Nullable JsonResponse onError) {}

    JsonResponses jsonResponses() {
        JsonResponse onEmpty = null;
        JsonResponse response = jsonResponse();
        if (response != null && in.accept(Token.EMPTY)) {
            onEmpty = response;
            response = jsonResponse();
        }
        if (response != null) {
            in.expect(Token.ERROR_KEYWORD);
        }
        return new JsonResponses(onEmpty, response);
    }

    /// `{ERROR | NULL | DEFAULT value} ON`, null when it is not there.
    @Nullable JsonResponse jsonResponse() {
        JsonResponse.Kind kind = switch (in.kind) {
            case Token.ERROR_KEYWORD -> JsonResponse.Kind.ERROR;
            case Token.NULL -> JsonResponse.Kind.NULL;
            case Token.DEFAULT -> JsonResponse.Kind.DEFAULT;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        in.advance();
        Expression value = kind == JsonResponse.Kind.DEFAULT ? expressions.parseSimple() : null;
        in.expect(Token.ON);
        return new JsonResponse(kind, value);
    }

    private Expression row(int start) {
        in.expect(Token.LEFT_PAREN);
        List<Expression> elements = new ArrayList<>();
        elements.add(expressions.parse());
        in.expect(Token.COMMA);
        elements.addAll(expressions.parseList());
        in.expect(Token.RIGHT_PAREN);
        return new RowConstructor(in.span(start), elements);
    }

    private Expression match(int start) {
        in.advance();
        boolean parenthesized = in.accept(Token.LEFT_PAREN);
        List<ColumnReference> columns = new ArrayList<>();
        do {
            columns.add(parsers.names.parseColumn());
        } while (in.accept(Token.COMMA));
        if (parenthesized) {
            in.expect(Token.RIGHT_PAREN);
        }
        in.expect(Token.AGAINST);
        in.expect(Token.LEFT_PAREN);
        Expression against = expressions.parseOperand();
        MatchAgainst.Mode mode = MatchAgainst.Mode.NATURAL_LANGUAGE;
        if (in.accept(Token.IN)) {
            if (in.accept(Token.BOOLEAN)) {
                mode = MatchAgainst.Mode.BOOLEAN;
            } else {
                in.expect(Token.NATURAL);
                in.expect(Token.LANGUAGE);
            }
            in.expect(Token.MODE);
        }
        if (mode != MatchAgainst.Mode.BOOLEAN && in.accept(Token.WITH)) {
            in.expect(Token.QUERY);
            in.expect(Token.EXPANSION);
            mode = MatchAgainst.Mode.WITH_QUERY_EXPANSION;
        }
        in.expect(Token.RIGHT_PAREN);
        return new MatchAgainst(in.span(start), columns, against, mode);
    }

    /// Takes the unit of an interval.
    IntervalUnit intervalUnit() {
        IntervalUnit unit = switch (in.kind) {
            case Token.MICROSECOND, Token.SQL_TSI_MICROSECOND -> IntervalUnit.MICROSECOND;
            case Token.SECOND, Token.SQL_TSI_SECOND -> IntervalUnit.SECOND;
            case Token.MINUTE, Token.SQL_TSI_MINUTE -> IntervalUnit.MINUTE;
            case Token.HOUR, Token.SQL_TSI_HOUR -> IntervalUnit.HOUR;
            case Token.DAY, Token.SQL_TSI_DAY -> IntervalUnit.DAY;
            case Token.WEEK, Token.SQL_TSI_WEEK -> IntervalUnit.WEEK;
            case Token.MONTH, Token.SQL_TSI_MONTH -> IntervalUnit.MONTH;
            case Token.QUARTER, Token.SQL_TSI_QUARTER -> IntervalUnit.QUARTER;
            case Token.YEAR, Token.SQL_TSI_YEAR -> IntervalUnit.YEAR;
            case Token.SECOND_MICROSECOND -> IntervalUnit.SECOND_MICROSECOND;
            case Token.MINUTE_MICROSECOND -> IntervalUnit.MINUTE_MICROSECOND;
            case Token.MINUTE_SECOND -> IntervalUnit.MINUTE_SECOND;
            case Token.HOUR_MICROSECOND -> IntervalUnit.HOUR_MICROSECOND;
            case Token.HOUR_SECOND -> IntervalUnit.HOUR_SECOND;
            case Token.HOUR_MINUTE -> IntervalUnit.HOUR_MINUTE;
            case Token.DAY_MICROSECOND -> IntervalUnit.DAY_MICROSECOND;
            case Token.DAY_SECOND -> IntervalUnit.DAY_SECOND;
            case Token.DAY_MINUTE -> IntervalUnit.DAY_MINUTE;
            case Token.DAY_HOUR -> IntervalUnit.DAY_HOUR;
            case Token.YEAR_MONTH -> IntervalUnit.YEAR_MONTH;
            default -> throw in.error();
        };
        in.advance();
        return unit;
    }
}
