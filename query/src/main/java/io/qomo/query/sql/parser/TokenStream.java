package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Span;
import java.util.Locale;

/// The tokens of one statement with some look-ahead, and what all parsers do with them. Owned by one thread.
///
/// \[I1] Depth: every recursive production is between [#enter] and [#leave], so nesting ends in STACK_OVERRUN, never in
/// a
/// StackOverflowError. An error leaves the counter as it is: the stream is not used after one.
final class TokenStream {
    /// Levels of nesting; each costs up to about 1.5 KB of stack.
    static final int MAX_DEPTH = 300;
    /// Levels of a finished expression; a chain like `a + b + c` is as high as it is long.
    static final int MAX_HEIGHT = 800;
    /// Set operations in one chain.
    static final int MAX_SET_OPERATIONS = 1000;

    private static final int WINDOW = 8;
    private static final int NEAR_LENGTH = 80;

    final String sql;
    final ParserOptions options;
    /// Where the statement begins; lines are counted from the first character behind it that is not white space.
    private final int statementStart;
    private final Lexer lexer;

    private final int[] kinds = new int[WINDOW];
    private final int[] starts = new int[WINDOW];
    private final int[] ends = new int[WINDOW];
    private int head;
    private int ahead;
    private int depth;
    private int parameters;

    /// The current token.
    int kind;

    int start;
    int end;
    /// The end of the token before the current one.
    int lastEnd;

    TokenStream(String sql, int from, ParserOptions options) {
        this.sql = sql;
        this.options = options;
        this.statementStart = from;
        this.lexer = new Lexer(sql, from, options);
        this.lastEnd = from;
        load();
    }

    private void load() {
        kind = lexer.next();
        start = lexer.tokenStart;
        end = lexer.tokenEnd;
    }

    /// Goes to the next token.
    void advance() {
        lastEnd = end;
        if (ahead == 0) {
            load();
        } else {
            kind = kinds[head];
            start = starts[head];
            end = ends[head];
            head = (head + 1) & (WINDOW - 1);
            ahead--;
        }
    }

    /// The kind of the token `distance` (1 to 7) behind the current one.
    int peek(int distance) {
        while (ahead < distance) {
            int at = (head + ahead) & (WINDOW - 1);
            kinds[at] = lexer.next();
            starts[at] = lexer.tokenStart;
            ends[at] = lexer.tokenEnd;
            ahead++;
        }
        return kinds[(head + distance - 1) & (WINDOW - 1)];
    }

    boolean is(int wanted) {
        return kind == wanted;
    }

    /// Takes the current token if it is of the kind.
    boolean accept(int wanted) {
        if (kind != wanted) {
            return false;
        }
        advance();
        return true;
    }

    /// Takes the current token and the next one if they are of the kinds.
    boolean accept(int first, int second) {
        if (kind != first || peek(1) != second) {
            return false;
        }
        advance();
        advance();
        return true;
    }

    void expect(int wanted) {
        if (kind != wanted) {
            throw error();
        }
        advance();
    }

    void expect(int first, int second) {
        expect(first);
        expect(second);
    }

    /// True at the end of a statement.
    boolean isAtEnd() {
        return kind == Token.EOF || kind == Token.SEMICOLON;
    }

    Span span(int from) {
        return new Span(from, lastEnd);
    }

    /// The text of the current token.
    String text() {
        return sql.substring(start, end);
    }

    /// One level deeper, see \[I1].
    void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new SqlException(ErrorCode.STACK_OVERRUN);
        }
    }

    void leave() {
        depth--;
    }

    /// The number of the next parameter marker.
    int nextParameter() {
        return parameters++;
    }

    int parameterCount() {
        return parameters;
    }

    boolean isIdentifier() {
        return Token.isIdentifier(kind);
    }

    /// Takes a name.
    String identifier() {
        if (!Token.isIdentifier(kind)) {
            throw error();
        }
        return takeName();
    }

    /// Takes the name behind a dot, where every adjacent word is one.
    String nameAfterDot() {
        if (!Token.isWord(kind) || start != lastEnd && !Token.isIdentifier(kind)) {
            throw error();
        }
        return takeName();
    }

    private String takeName() {
        String name = kind == Token.QUOTED_IDENT ? unquote(start, end) : sql.substring(start, end);
        advance();
        return name;
    }

    /// Takes a name or a string.
    String identifierOrString() {
        return kind == Token.STRING ? string() : identifier();
    }

    boolean isIdentifierOrString() {
        return kind == Token.STRING || isIdentifier();
    }

    /// Takes a string literal.
    String string() {
        if (kind != Token.STRING) {
            throw error();
        }
        String value = stringValue(start, end);
        advance();
        return value;
    }

    /// Takes an unsigned integer that fits a long.
    long integer() {
        if (kind != Token.INTEGER) {
            throw error();
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = sql.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw error();
            }
            value = value * 10 + digit;
        }
        advance();
        return value;
    }

    /// Takes an unsigned integer that fits an int; larger ones are an error of syntax.
    int smallInteger() {
        if (kind == Token.INTEGER && end - start > 9) {
            throw error();
        }
        return (int) integer();
    }

    /// The current word if it is `word` in any case and stands for itself; for words that are no keywords.
    boolean isText(String word) {
        return kind == Token.IDENT
                && end - start == word.length()
                && sql.regionMatches(true, start, word, 0, end - start);
    }

    boolean acceptText(String word) {
        if (!isText(word)) {
            return false;
        }
        advance();
        return true;
    }

    void expectText(String word) {
        if (!acceptText(word)) {
            throw error();
        }
    }

    /// Takes any word and gives it in upper case.
    String upperWord() {
        if (!Token.isWord(kind) || kind == Token.QUOTED_IDENT) {
            throw error();
        }
        String word = text().toUpperCase(Locale.ROOT);
        advance();
        return word;
    }

    /// The content of a quoted name.
    String unquote(int from, int to) {
        char quote = sql.charAt(from);
        String inner = sql.substring(from + 1, to - 1);
        if (inner.indexOf(quote) < 0) {
            return inner;
        }
        String one = String.valueOf(quote);
        return inner.replace(one + one, one);
    }

    /// The content of the string token at `[from, to)`, escapes undone.
    String stringValue(int from, int to) {
        return Strings.value(sql, from, to, options.noBackslashEscapes());
    }

    /// The text of the hint comment directly behind the last token (a SELECT or the like), null without one.
    @org.jspecify.annotations.Nullable String hints() {
        int at = lastEnd;
        while (at < sql.length() && Lexer.isSpace(sql.charAt(at))) {
            at++;
        }
        if (!sql.startsWith("/*+", at)) {
            return null;
        }
        int close = sql.indexOf("*/", at + 3);
        return close < 0 ? null : sql.substring(at + 3, close).strip();
    }

    /// A syntax error at the current token.
    SqlException error() {
        return errorAt(start);
    }

    /// A syntax error at an offset, with the rest of the text from there and its line.
    SqlException errorAt(int offset) {
        return syntaxError(sql, statementStart, offset);
    }

    /// Source: MySQL trims the statement and prints up to 80 characters from the offending token.
    static SqlException syntaxError(String sql, int statementStart, int offset) {
        int first = statementStart;
        while (first < offset && Lexer.isSpace(sql.charAt(first))) {
            first++;
        }
        int line = 1;
        for (int i = first; i < offset; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
            }
        }
        int last = sql.length();
        while (last > offset && (Lexer.isSpace(sql.charAt(last - 1)) || sql.charAt(last - 1) == ';')) {
            last--;
        }
        int cut = Math.min(last, offset + NEAR_LENGTH);
        if (cut < last && Character.isHighSurrogate(sql.charAt(cut - 1))) {
            cut--;
        }
        return new SqlException(ErrorCode.PARSE_ERROR, sql.substring(offset, cut), line);
    }
}
