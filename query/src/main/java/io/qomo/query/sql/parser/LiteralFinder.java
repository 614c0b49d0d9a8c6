package io.qomo.query.sql.parser;

import io.qomo.base.type.RawText;
import java.util.Arrays;

/// Finds the literals of a statement that [ParameterizedSql] may take out: one pass over the tokens, with a note for
/// each open parenthesis of what stands in it.
final class LiteralFinder {
    private static final int MAX_DEPTH = 32;

    /// Conditions, assignments, joins: literals behind comparisons are values.
    private static final byte CLAUSE = 0;
    /// IN lists and rows of VALUES: every literal that is a whole element is a value.
    private static final byte LIST = 1;
    /// Select lists, ORDER BY, GROUP BY, until the next clause: literals stay.
    private static final byte HEAD = 2;
    /// Arguments of functions and everything inside select lists: literals stay, whatever is in there.
    private static final byte FIXED = 3;
    /// Between VALUES and the end of the rows of INSERT.
    private static final byte ROWS = 4;
    /// Behind LIMIT.
    private static final byte LIMITS = 5;

    final String sql;
    final ParserOptions options;
    int[] starts = new int[8];
    int[] ends = new int[8];
    byte[] kinds = new byte[8];
    int count;

    private final Lexer lexer;
    private final byte[] places = new byte[MAX_DEPTH];
    private int depth;
    private int kind;
    private int start;
    private int previous;
    private int previousStart;
    private int beforePrevious;
    private int previousEnd;

    LiteralFinder(String sql, ParserOptions options) {
        this.sql = sql;
        this.options = options;
        this.lexer = new Lexer(sql, 0, options);
    }

    /// False when the text is not to be parameterised.
    boolean find() {
        previous = lexer.next();
        places[0] = HEAD;
        switch (previous) {
            case Token.SELECT, Token.INSERT, Token.REPLACE, Token.UPDATE, Token.DELETE -> {}
            default -> {
                return false;
            }
        }
        if (hasHints()) {
            return false;
        }
        kind = lexer.next();
        while (kind != Token.EOF) {
            if (count > 0 && ends[count - 1] == previousEnd && isOperator(kind)) {
                count--;
            }
            if (previous == Token.SEMICOLON || !token()) {
                return false;
            }
            previousEnd = lexer.tokenEnd;
            beforePrevious = previous;
            previous = kind;
            previousStart = start;
            kind = lexer.next();
        }
        return depth == 0;
    }

    /// An operand of arithmetic stays: it can often be computed while planning, and errors name it.
    private static boolean isOperator(int token) {
        return switch (token) {
            case Token.PLUS,
                    Token.MINUS,
                    Token.STAR,
                    Token.SLASH,
                    Token.PERCENT,
                    Token.DIV,
                    Token.MOD,
                    Token.CARET,
                    Token.AMPERSAND,
                    Token.PIPE,
                    Token.CONCAT,
                    Token.SHIFT_LEFT,
                    Token.SHIFT_RIGHT,
                    Token.COLLATE -> true;
            default -> false;
        };
    }

    /// Hints may name anything, so a statement with hints keeps its plan to itself.
    private boolean hasHints() {
        int at = lexer.tokenEnd;
        while (at < sql.length() && Lexer.isSpace(sql.charAt(at))) {
            at++;
        }
        return sql.startsWith("/*+", at);
    }

    private boolean token() {
        start = lexer.tokenStart;
        switch (kind) {
            case Token.ERROR, Token.PARAMETER, Token.WITH -> {
                return false;
            }
            case Token.STRING -> {
                if (RawText.hasRawBytes(sql, start, lexer.tokenEnd)) {
                    // Its type is not that of other strings.
                    return false;
                }
                // Adjacent strings are one.
                return previous != Token.STRING && (!takes(previous) || add(start));
            }
            case Token.HEX -> {
                return !takes(previous) || add(start);
            }
            case Token.INTEGER, Token.DECIMAL, Token.FLOAT -> {
                if (takes(previous)) {
                    return add(start);
                }
                boolean signed = previous == Token.MINUS && start == previousStart + 1 && places[depth] != LIMITS;
                return !signed || !takes(beforePrevious) || add(previousStart);
            }
            default -> {
                return follow();
            }
        }
    }

    /// Whether a literal behind the token is a value to take out.
    private boolean takes(int before) {
        return switch (places[depth]) {
            case CLAUSE ->
                switch (before) {
                    case Token.EQUAL,
                            Token.NOT_EQUAL,
                            Token.LESS,
                            Token.LESS_OR_EQUAL,
                            Token.GREATER,
                            Token.GREATER_OR_EQUAL,
                            Token.NULL_SAFE_EQUAL,
                            Token.BETWEEN,
                            Token.AND,
                            Token.LIKE -> true;
                    default -> false;
                };
            case LIST -> before == Token.LEFT_PAREN || before == Token.COMMA;
            case LIMITS -> before == Token.LIMIT || before == Token.COMMA || before == Token.OFFSET;
            default -> false;
        };
    }

    private boolean add(int from) {
        if (count == ParameterizedSql.MAX_LITERALS) {
            return false;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
        }
        starts[count] = from;
        ends[count] = lexer.tokenEnd;
        kinds[count] = (byte) kind;
        count++;
        return true;
    }

    /// Notes where in the statement the token leads; false when the text is not worth it.
    private boolean follow() {
        switch (kind) {
            case Token.LEFT_PAREN -> {
                if (depth + 1 == MAX_DEPTH) {
                    return false;
                }
                byte inside = inside();
                depth++;
                places[depth] = inside;
            }
            case Token.RIGHT_PAREN -> {
                depth--;
                return depth >= 0;
            }
            case Token.SELECT -> {
                enter(HEAD);
                return !hasHints();
            }
            case Token.FROM, Token.WHERE, Token.HAVING, Token.SET, Token.ON -> enter(CLAUSE);
            case Token.ORDER, Token.GROUP, Token.WINDOW -> enter(HEAD);
            case Token.LIMIT -> enter(LIMITS);
            case Token.VALUES, Token.VALUE -> {
                if (depth == 0 && places[0] == HEAD) {
                    enter(ROWS);
                }
            }
            default -> {}
        }
        return true;
    }

    private void enter(byte place) {
        if (places[depth] != FIXED) {
            places[depth] = place;
        }
    }

    /// What stands in the parenthesis that opens here.
    private byte inside() {
        switch (places[depth]) {
            case CLAUSE -> {
                if (previous == Token.IN) {
                    return LIST;
                }
                return opensGroup() ? CLAUSE : FIXED;
            }
            case LIST -> {
                return previous == Token.LEFT_PAREN || previous == Token.COMMA ? LIST : FIXED;
            }
            case ROWS -> {
                boolean row = previous == Token.VALUES
                        || previous == Token.VALUE
                        || previous == Token.ROW
                        || previous == Token.COMMA;
                return row ? LIST : FIXED;
            }
            default -> {
                // INSERT INTO t (SELECT ...) and parts of UNION in parentheses begin a query of their own.
                boolean query = previous == Token.UNION || previous == Token.ALL || previous == Token.DISTINCT;
                return query ? CLAUSE : FIXED;
            }
        }
    }

    /// True behind tokens after which a parenthesis groups or holds a query; else it holds arguments.
    private boolean opensGroup() {
        return switch (previous) {
            case Token.AND,
                    Token.AND_AND,
                    Token.OR,
                    Token.OR_OR,
                    Token.XOR,
                    Token.NOT,
                    Token.BANG,
                    Token.WHERE,
                    Token.HAVING,
                    Token.ON,
                    Token.FROM,
                    Token.JOIN,
                    Token.EXISTS,
                    Token.ANY,
                    Token.SOME,
                    Token.ALL,
                    Token.UNION,
                    Token.EXCEPT,
                    Token.INTERSECT,
                    Token.DISTINCT,
                    Token.COMMA,
                    Token.LEFT_PAREN -> true;
            default -> previous >= Token.EQUAL && previous <= Token.SHIFT_RIGHT;
        };
    }
}
