package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.BinaryOperation;
import io.qomo.query.sql.ast.Expression.BinaryOperator;
import io.qomo.query.sql.ast.Expression.CollateExpression;
import io.qomo.query.sql.ast.Expression.IntervalArithmetic;
import io.qomo.query.sql.ast.Expression.IntervalExpression;
import io.qomo.query.sql.ast.Expression.LogicalOperation;
import io.qomo.query.sql.ast.Expression.LogicalOperator;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Expression.ParameterMarker;
import io.qomo.query.sql.ast.Expression.RowConstructor;
import io.qomo.query.sql.ast.Expression.SubqueryExpression;
import io.qomo.query.sql.ast.Expression.UnaryOperation;
import io.qomo.query.sql.ast.Expression.UnaryOperator;
import io.qomo.query.sql.ast.Predicate.BetweenPredicate;
import io.qomo.query.sql.ast.Predicate.ComparisonOperator;
import io.qomo.query.sql.ast.Predicate.ComparisonPredicate;
import io.qomo.query.sql.ast.Predicate.ExistsPredicate;
import io.qomo.query.sql.ast.Predicate.InPredicate;
import io.qomo.query.sql.ast.Predicate.InSubqueryPredicate;
import io.qomo.query.sql.ast.Predicate.IsNullPredicate;
import io.qomo.query.sql.ast.Predicate.IsTruthPredicate;
import io.qomo.query.sql.ast.Predicate.LikePredicate;
import io.qomo.query.sql.ast.Predicate.MemberOfPredicate;
import io.qomo.query.sql.ast.Predicate.QuantifiedComparison;
import io.qomo.query.sql.ast.Predicate.RegexpPredicate;
import io.qomo.query.sql.ast.Predicate.SoundsLikePredicate;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expressions, by precedence climbing: a power per operator, higher binds tighter.
///
/// An operator applies to what stands left of it only if that was not built by a weaker operator (`a IN (1) + 2` and
/// `a IS TRUE IS TRUE` are errors, as in MySQL's grammar, where predicates do not chain).
///
/// Source: MySQL 8.0 manual, "Operator Precedence" and "Expressions".
final class ExpressionParser {
    private static final int LOWEST = 1;
    private static final int POWER_OR = 10;
    private static final int POWER_XOR = 20;
    private static final int POWER_AND = 30;
    private static final int POWER_NOT = 40;
    /// IS TRUE, IS FALSE, IS UNKNOWN: no further IS or comparison may follow.
    private static final int POWER_TRUTH = 50;
    private static final int POWER_COMPARISON = 60;
    private static final int POWER_PREDICATE = 70;
    private static final int POWER_BIT_OR = 80;
    private static final int POWER_BIT_AND = 90;
    private static final int POWER_SHIFT = 100;
    private static final int POWER_ADD = 110;
    private static final int POWER_MULTIPLY = 120;
    private static final int POWER_BIT_XOR = 130;
    private static final int POWER_CONCAT = 140;
    private static final int POWER_UNARY = 150;
    private static final int POWER_COLLATE = 160;
    private static final int HIGHEST = 200;
    /// In [#POWERS]: it depends on the token behind.
    private static final byte ASK = 1;
    /// The power of every kind of token, 0 for what is no operator.
    private static final byte[] POWERS = powers();

    private final Parsers parsers;
    private final TokenStream in;
    /// The power of the operator at the root of what [#prefix] returned last.
    private int power;
    /// The greatest height among the trees finished since their parent was begun.
    private int childHeight;

    ExpressionParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    private static byte[] powers() {
        byte[] powers = new byte[Token.FIRST_FUNCTION];
        set(powers, POWER_OR, Token.OR_OR, Token.OR);
        set(powers, POWER_XOR, Token.XOR);
        set(powers, POWER_AND, Token.AND, Token.AND_AND);
        set(powers, POWER_COMPARISON, Token.IS, Token.EQUAL, Token.NULL_SAFE_EQUAL, Token.NOT_EQUAL);
        set(powers, POWER_COMPARISON, Token.LESS, Token.LESS_OR_EQUAL, Token.GREATER, Token.GREATER_OR_EQUAL);
        set(powers, POWER_PREDICATE, Token.IN, Token.BETWEEN, Token.LIKE, Token.REGEXP, Token.RLIKE);
        set(powers, ASK, Token.NOT, Token.SOUNDS, Token.MEMBER);
        set(powers, POWER_BIT_OR, Token.PIPE);
        set(powers, POWER_BIT_AND, Token.AMPERSAND);
        set(powers, POWER_SHIFT, Token.SHIFT_LEFT, Token.SHIFT_RIGHT);
        set(powers, POWER_ADD, Token.PLUS, Token.MINUS);
        set(powers, POWER_MULTIPLY, Token.STAR, Token.SLASH, Token.PERCENT, Token.DIV, Token.MOD);
        set(powers, POWER_BIT_XOR, Token.CARET);
        set(powers, POWER_CONCAT, Token.CONCAT);
        set(powers, POWER_COLLATE, Token.COLLATE);
        return powers;
    }

    private static void set(byte[] powers, int power, int... kinds) {
        for (int kind : kinds) {
            powers[kind] = (byte) power;
        }
    }

    /// Any expression.
    Expression parse() {
        return parse(LOWEST);
    }

    /// An operand of bit operators and tighter: what MySQL's grammar calls a bit expression.
    Expression parseOperand() {
        return parse(POWER_BIT_OR);
    }

    /// What MySQL's grammar calls a simple expression: no operators but prefix ones, COLLATE and concatenation.
    Expression parseSimple() {
        return parse(POWER_CONCAT);
    }

    /// A list of one or more expressions parted by commas.
    List<Expression> parseList() {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(parse());
        } while (in.accept(Token.COMMA));
        return list;
    }

    /// `expression [ASC | DESC], ...`.
    List<OrderItem> parseOrderItems() {
        List<OrderItem> items = new ArrayList<>();
        do {
            Expression expression = parse();
            boolean descending = in.accept(Token.DESC);
            if (!descending) {
                in.accept(Token.ASC);
            }
            items.add(new OrderItem(expression, descending));
        } while (in.accept(Token.COMMA));
        return items;
    }

    private Expression parse(int minimum) {
        in.enter();
        int siblings = childHeight;
        childHeight = 0;
        int start = in.start;
        Expression first = prefix(minimum);
        Expression whole = infix(first, start, power, minimum);
        childHeight = Math.max(childHeight, siblings);
        in.leave();
        return whole;
    }

    /// Goes on behind an operand that has been read already.
    Expression parseBehind(Expression operand, int start) {
        return infix(operand, start, HIGHEST, LOWEST);
    }

    private Expression infix(Expression first, int start, int firstPower, int minimum) {
        Expression left = first;
        int leftPower = firstPower;
        int height = childHeight + 1;
        while (true) {
            int next = powerOf(in.kind);
            if (next < minimum || next > leftPower || next == POWER_PREDICATE && leftPower == next) {
                childHeight = height;
                return left;
            }
            if (next == POWER_COMPARISON && in.kind == Token.IS) {
                next = truthTest() ? POWER_TRUTH : POWER_COMPARISON;
                if (next < minimum) {
                    childHeight = height;
                    return left;
                }
            }
            childHeight = 0;
            left = apply(left, start, next);
            leftPower = next;
            height = Math.max(height, childHeight) + 1;
            if (height > TokenStream.MAX_HEIGHT) {
                throw new SqlException(ErrorCode.STACK_OVERRUN);
            }
        }
    }

    /// At IS: whether TRUE, FALSE or UNKNOWN follows.
    private boolean truthTest() {
        int next = in.peek(1);
        int what = next == Token.NOT ? in.peek(2) : next;
        return what == Token.TRUE || what == Token.FALSE || what == Token.UNKNOWN;
    }

    /// The power of the operator at hand, 0 if the token is none.
    private int powerOf(int kind) {
        int known = kind < POWERS.length ? POWERS[kind] : 0;
        if (known != ASK) {
            return known & 0xFF;
        }
        boolean operator = switch (kind) {
            case Token.NOT -> negatesPredicate();
            case Token.SOUNDS -> in.peek(1) == Token.LIKE;
            default -> isMemberOf();
        };
        return operator ? POWER_PREDICATE : 0;
    }

    private boolean negatesPredicate() {
        return switch (in.peek(1)) {
            case Token.IN, Token.BETWEEN, Token.LIKE, Token.REGEXP, Token.RLIKE -> true;
            default -> false;
        };
    }

    private boolean isMemberOf() {
        int next = in.peek(1);
        return next == Token.OF || next == Token.LEFT_PAREN;
    }

    private Expression apply(Expression left, int start, int operatorPower) {
        return switch (operatorPower) {
            case POWER_OR -> logical(LogicalOperator.OR, left, start, POWER_OR);
            case POWER_AND -> logical(LogicalOperator.AND, left, start, POWER_AND);
            case POWER_XOR -> {
                in.advance();
                Expression right = parse(POWER_XOR + 1);
                yield new LogicalOperation(in.span(start), LogicalOperator.XOR, List.of(left, right));
            }
            case POWER_TRUTH -> truth(left, start);
            case POWER_COMPARISON -> in.kind == Token.IS ? isNull(left, start) : comparison(left, start);
            case POWER_PREDICATE -> predicate(left, start);
            case POWER_COLLATE -> {
                in.advance();
                String collation = parsers.types().collationName();
                yield new CollateExpression(in.span(start), left, collation);
            }
            default -> binary(left, start, operatorPower);
        };
    }

    /// AND and OR are associative: a chain becomes one node, also through parentheses.
    private Expression logical(LogicalOperator operator, Expression left, int start, int operatorPower) {
        List<Expression> operands = new ArrayList<>(4);
        addOperand(operands, operator, left);
        do {
            in.advance();
            addOperand(operands, operator, parse(operatorPower + 1));
        } while (powerOf(in.kind) == operatorPower);
        return new LogicalOperation(in.span(start), operator, operands);
    }

    private static void addOperand(List<Expression> operands, LogicalOperator operator, Expression operand) {
        if (operand instanceof LogicalOperation inner && inner.operator() == operator) {
            operands.addAll(inner.operands());
        } else {
            operands.add(operand);
        }
    }

    private Expression truth(Expression left, int start) {
        in.advance();
        boolean negated = in.accept(Token.NOT);
        int what = in.kind;
        in.advance();
        if (what == Token.UNKNOWN) {
            return new IsNullPredicate(in.span(start), left, negated);
        }
        return new IsTruthPredicate(in.span(start), left, what == Token.TRUE, negated);
    }

    private Expression isNull(Expression left, int start) {
        in.advance();
        boolean negated = in.accept(Token.NOT);
        in.expect(Token.NULL);
        return new IsNullPredicate(in.span(start), left, negated);
    }

    /// The comparison operator at hand, null if the token is none.
    static @Nullable ComparisonOperator comparisonOperator(int kind) {
        return switch (kind) {
            case Token.EQUAL -> ComparisonOperator.EQUAL;
            case Token.NULL_SAFE_EQUAL -> ComparisonOperator.NULL_SAFE_EQUAL;
            case Token.NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case Token.LESS -> ComparisonOperator.LESS;
            case Token.LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case Token.GREATER -> ComparisonOperator.GREATER;
            case Token.GREATER_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private Expression comparison(Expression left, int start) {
        ComparisonOperator operator = comparisonOperator(in.kind);
        if (operator == null) {
            throw in.error();
        }
        in.advance();
        boolean all = in.kind == Token.ALL;
        if (all || (in.kind == Token.ANY || in.kind == Token.SOME) && in.peek(1) == Token.LEFT_PAREN) {
            if (operator == ComparisonOperator.NULL_SAFE_EQUAL) {
                throw in.error();
            }
            in.advance();
            QueryExpression query = parsers.queries.parseParenthesized();
            return new QuantifiedComparison(in.span(start), operator, left, all, query);
        }
        Expression right = parse(POWER_PREDICATE);
        return new ComparisonPredicate(in.span(start), operator, left, right);
    }

    private Expression predicate(Expression left, int start) {
        boolean negated = in.accept(Token.NOT);
        int operator = in.kind;
        in.advance();
        switch (operator) {
            case Token.IN -> {
                List<Expression> values = new ArrayList<>();
                QueryExpression query = parenthesized(values);
                return query != null
                        ? new InSubqueryPredicate(in.span(start), left, query, negated)
                        : new InPredicate(in.span(start), left, values, negated);
            }
            case Token.BETWEEN -> {
                Expression low = parse(POWER_BIT_OR);
                in.expect(Token.AND);
                Expression high = parse(POWER_PREDICATE);
                return new BetweenPredicate(in.span(start), left, low, high, negated);
            }
            case Token.LIKE -> {
                Expression pattern = parseSimple();
                Expression escape = in.accept(Token.ESCAPE) ? parseSimple() : null;
                return new LikePredicate(in.span(start), left, pattern, escape, negated);
            }
            case Token.SOUNDS -> {
                in.expect(Token.LIKE);
                Expression right = parse(POWER_BIT_OR);
                return new SoundsLikePredicate(in.span(start), left, right);
            }
            case Token.MEMBER -> {
                in.accept(Token.OF);
                in.expect(Token.LEFT_PAREN);
                Expression array = parseSimple();
                in.expect(Token.RIGHT_PAREN);
                return new MemberOfPredicate(in.span(start), left, array);
            }
            default -> {
                Expression pattern = parse(POWER_BIT_OR);
                return new RegexpPredicate(in.span(start), left, pattern, negated);
            }
        }
    }

    private Expression binary(Expression left, int start, int operatorPower) {
        BinaryOperator operator = switch (in.kind) {
            case Token.PIPE -> BinaryOperator.BIT_OR;
            case Token.AMPERSAND -> BinaryOperator.BIT_AND;
            case Token.SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
            case Token.SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
            case Token.PLUS -> BinaryOperator.PLUS;
            case Token.MINUS -> BinaryOperator.MINUS;
            case Token.STAR -> BinaryOperator.MULTIPLY;
            case Token.SLASH -> BinaryOperator.DIVIDE;
            case Token.PERCENT, Token.MOD -> BinaryOperator.MODULO;
            case Token.DIV -> BinaryOperator.INTEGER_DIVIDE;
            case Token.CARET -> BinaryOperator.BIT_XOR;
            default -> BinaryOperator.CONCAT;
        };
        in.advance();
        if (in.kind == Token.INTERVAL && operatorPower == POWER_ADD) {
            return addInterval(left, start, operator == BinaryOperator.MINUS);
        }
        Expression right = parse(operatorPower + 1);
        return new BinaryOperation(in.span(start), operator, left, right);
    }

    private Expression addInterval(Expression left, int start, boolean subtract) {
        int from = in.start;
        in.advance();
        Object interval = intervalOrFunction(from);
        if (interval instanceof IntervalExpression unit) {
            return new IntervalArithmetic(in.span(start), left, unit, subtract);
        }
        Expression right = infix((Expression) interval, from, HIGHEST, POWER_ADD + 1);
        BinaryOperator operator = subtract ? BinaryOperator.MINUS : BinaryOperator.PLUS;
        return new BinaryOperation(in.span(start), operator, left, right);
    }

    /// Behind the word INTERVAL: either `value unit` or the arguments of the function INTERVAL.
    private Object intervalOrFunction(int start) {
        if (in.kind != Token.LEFT_PAREN) {
            return new IntervalExpression(parse(), parsers.functions().intervalUnit());
        }
        int from = in.start;
        List<Expression> elements = new ArrayList<>();
        QueryExpression query = parenthesized(elements);
        if (query == null && elements.size() > 1) {
            return new Expression.FunctionCall(in.span(start), null, "interval", elements);
        }
        Expression first = query == null ? elements.getFirst() : new SubqueryExpression(in.span(from), query);
        Expression value = parseBehind(first, from);
        return new IntervalExpression(value, parsers.functions().intervalUnit());
    }

    /// `INTERVAL value unit`, the word INTERVAL at hand.
    IntervalExpression parseInterval() {
        in.expect(Token.INTERVAL);
        return new IntervalExpression(parse(), parsers.functions().intervalUnit());
    }

    private Expression prefix(int minimum) {
        int start = in.start;
        switch (in.kind) {
            case Token.NOT -> {
                return not(start, minimum);
            }
            case Token.BANG -> {
                return unary(start, UnaryOperator.NOT);
            }
            case Token.PLUS -> {
                // MySQL drops it too.
                in.advance();
                Expression operand = parse(POWER_UNARY);
                power = POWER_UNARY;
                return operand;
            }
            case Token.MINUS -> {
                return unary(start, UnaryOperator.NEGATE);
            }
            case Token.TILDE -> {
                return unary(start, UnaryOperator.BIT_NOT);
            }
            case Token.BINARY -> {
                in.advance();
                Expression operand = parse(POWER_UNARY);
                power = POWER_UNARY;
                return parsers.functions().binaryCast(start, operand);
            }
            default -> {
                Expression primary = primary(start);
                power = HIGHEST;
                return primary;
            }
        }
    }

    private Expression not(int start, int minimum) {
        if (in.options.highNotPrecedence()) {
            return unary(start, UnaryOperator.NOT);
        }
        if (minimum > POWER_NOT) {
            throw in.error();
        }
        in.advance();
        Expression operand = parse(POWER_NOT);
        power = POWER_NOT;
        return new UnaryOperation(in.span(start), UnaryOperator.NOT, operand);
    }

    private Expression unary(int start, UnaryOperator operator) {
        in.advance();
        Expression operand = parse(POWER_UNARY);
        power = POWER_UNARY;
        return new UnaryOperation(in.span(start), operator, operand);
    }

    private Expression primary(int start) {
        switch (in.kind) {
            case Token.IDENT, Token.QUOTED_IDENT -> {
                return parsers.names.name(start);
            }
            case Token.INTEGER,
                    Token.STRING,
                    Token.NATIONAL_STRING,
                    Token.DECIMAL,
                    Token.FLOAT,
                    Token.HEX,
                    Token.BIT,
                    Token.NULL,
                    Token.TRUE,
                    Token.FALSE -> {
                return Literals.parse(in);
            }
            case Token.PARAMETER -> {
                in.advance();
                return new ParameterMarker(in.span(start), in.nextParameter());
            }
            case Token.LEFT_PAREN -> {
                List<Expression> elements = new ArrayList<>(2);
                QueryExpression query = parenthesized(elements);
                if (query != null) {
                    return new SubqueryExpression(in.span(start), query);
                }
                return elements.size() == 1 ? elements.getFirst() : new RowConstructor(in.span(start), elements);
            }
            case Token.AT, Token.AT_WORD -> {
                return parsers.names.userVariable(start);
            }
            case Token.AT_AT -> {
                return parsers.names.systemVariable(start);
            }
            case Token.EXISTS -> {
                in.advance();
                QueryExpression query = parsers.queries.parseParenthesized();
                return new ExistsPredicate(in.span(start), query);
            }
            case Token.INTERVAL -> {
                return leadingInterval(start);
            }
            case Token.LEFT_BRACE -> {
                return parsers.functions().escape(start);
            }
            default -> {
                if (parsers.functions().startsHere()) {
                    return parsers.functions().parse(start);
                }
                if (AggregateParser.isReservedName(in.kind)) {
                    // The word could begin a call; what is wrong is that no parenthesis follows.
                    in.advance();
                    throw in.error();
                }
                return parsers.names.name(start);
            }
        }
    }

    /// Reads `( ... )`: gives the query inside, or null with the expressions inside in `elements`.
    private @Nullable QueryExpression parenthesized(List<Expression> elements) {
        in.enter();
        in.expect(Token.LEFT_PAREN);
        QueryExpression query = null;
        if (QueryParser.startsQuery(in)) {
            query = parsers.queries.parseNested();
        } else if (in.kind == Token.LEFT_PAREN) {
            int start = in.start;
            List<Expression> inner = new ArrayList<>(2);
            query = parenthesized(inner);
            if (query != null && in.kind != Token.RIGHT_PAREN && QueryParser.continuesQuery(in.kind)) {
                query = parsers.queries.parseBehind(query, start);
            } else if (query == null || in.kind != Token.RIGHT_PAREN) {
                elements.add(parseBehind(operandOf(query, inner, start), start));
                query = null;
            }
        } else {
            elements.add(parse());
        }
        if (query == null) {
            while (in.accept(Token.COMMA)) {
                elements.add(parse());
            }
        }
        in.expect(Token.RIGHT_PAREN);
        in.leave();
        return query;
    }

    private Expression operandOf(@Nullable QueryExpression query, List<Expression> elements, int start) {
        if (query != null) {
            return new SubqueryExpression(in.span(start), query);
        }
        return elements.size() == 1 ? elements.getFirst() : new RowConstructor(in.span(start), elements);
    }

    /// `INTERVAL value unit + operand`, or the function.
    private Expression leadingInterval(int start) {
        in.advance();
        Object interval = intervalOrFunction(start);
        if (!(interval instanceof IntervalExpression unit)) {
            return (Expression) interval;
        }
        in.expect(Token.PLUS);
        Expression operand = parse(POWER_ADD + 1);
        return new IntervalArithmetic(in.span(start), operand, unit, false);
    }
}
