package io.qomo.query.sql.parser;

/// Cuts SQL text into tokens, one per call of [#next]; allocates nothing per token.
///
/// Comments and white space are skipped; the inside of `/*! ... */` and `/*!NNNNN ... */` with a version up to
/// [#VERSION] is read as if the marks were not there. What is no token becomes [Token#ERROR], and the parser reports it
/// when it gets there.
///
/// Source: MySQL 8.0 manual, chapters "Language Structure" and "Comments".
final class Lexer {
    /// Version comments up to this version are executed.
    static final int VERSION = 80036;

    private static final byte SPACE = 1;
    private static final byte DIGIT = 2;
    private static final byte LETTER = 3;
    private static final byte[] CLASSES = classes();

    final String sql;
    private final ParserOptions options;
    private final int length;
    private int position;
    private boolean inVersionComment;
    private int previousKind;
    int tokenStart;
    int tokenEnd;

    Lexer(String sql, int from, ParserOptions options) {
        this.sql = sql;
        this.length = sql.length();
        this.position = from;
        this.options = options;
    }

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (char c : new char[] {' ', '\t', '\n', '\r', '\f', 0x0B}) {
            classes[c] = SPACE;
        }
        for (char c = '0'; c <= '9'; c++) {
            classes[c] = DIGIT;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            classes[c] = LETTER;
            classes[c - 32] = LETTER;
        }
        classes['_'] = LETTER;
        classes['$'] = LETTER;
        return classes;
    }

    static boolean isSpace(char c) {
        return c < 128 && CLASSES[c] == SPACE;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Letters, digits, `_`, `$` and everything beyond ASCII.
    static boolean isWordPart(char c) {
        return c >= 128 || CLASSES[c] >= DIGIT;
    }

    /// Reads the next token: its kind is returned, its place is in [#tokenStart] and [#tokenEnd].
    int next() {
        int kind = read();
        tokenEnd = position;
        previousKind = kind;
        return kind;
    }

    private int read() {
        int unclosed = skipBlanks();
        if (unclosed >= 0) {
            tokenStart = unclosed;
            position = length;
            return Token.ERROR;
        }
        int before = tokenEnd;
        tokenStart = position;
        if (position >= length) {
            return inVersionComment ? Token.ERROR : Token.EOF;
        }
        char c = sql.charAt(position);
        if (previousKind == Token.DOT && before == tokenStart && isWordPart(c)) {
            return word();
        }
        if (c >= 128) {
            return word();
        }
        return switch (CLASSES[c]) {
            case LETTER -> letter(c);
            case DIGIT -> number(c);
            default -> symbol(c, before);
        };
    }

    private char charAt(int at) {
        return at < length ? sql.charAt(at) : 0;
    }

    /// Skips white space and comments; gives the offset of a comment that does not end, or -1.
    private int skipBlanks() {
        while (position < length) {
            char c = sql.charAt(position);
            if (isSpace(c)) {
                position++;
            } else if (c == '#') {
                skipLine();
            } else if (c == '-') {
                if (charAt(position + 1) != '-' || !endsDashes(position + 2)) {
                    return -1;
                }
                skipLine();
            } else if (c == '/') {
                if (charAt(position + 1) != '*') {
                    return -1;
                }
                int start = position;
                if (!openComment()) {
                    return start;
                }
            } else if (c == '*' && inVersionComment && charAt(position + 1) == '/') {
                inVersionComment = false;
                position += 2;
            } else {
                return -1;
            }
        }
        return -1;
    }

    private boolean endsDashes(int at) {
        return at >= length || sql.charAt(at) <= ' ' || sql.charAt(at) == 127;
    }

    private void skipLine() {
        int end = sql.indexOf('\n', position);
        position = end < 0 ? length : end + 1;
    }

    /// At a comment's start: skips it, or enters it when it is a version comment. False when it does not end.
    private boolean openComment() {
        if (charAt(position + 2) != '!') {
            return skipComment(position + 2);
        }
        int digits = position + 3;
        int version = 0;
        int count = 0;
        while (count < 6 && isDigit(charAt(digits + count))) {
            version = version * 10 + (sql.charAt(digits + count) - '0');
            count++;
        }
        if (count >= 5 && version > VERSION) {
            return skipVersionComment(digits + count);
        }
        position = digits + (count >= 5 ? count : 0);
        inVersionComment = true;
        return true;
    }

    private boolean skipComment(int from) {
        int end = sql.indexOf("*/", from);
        position = end < 0 ? length : end + 2;
        return end >= 0;
    }

    /// Skips a version comment that is too new; ordinary comments may be nested in it.
    private boolean skipVersionComment(int from) {
        int at = from;
        while (at < length) {
            char c = sql.charAt(at);
            if (c == '*' && charAt(at + 1) == '/') {
                position = at + 2;
                return true;
            }
            if (c == '/' && charAt(at + 1) == '*') {
                if (!skipComment(at + 2)) {
                    return false;
                }
                at = position;
            } else {
                at++;
            }
        }
        position = length;
        return false;
    }

    private int letter(char c) {
        if (charAt(position + 1) == '\'') {
            switch (c) {
                case 'x', 'X' -> {
                    return quotedDigits(true);
                }
                case 'b', 'B' -> {
                    return quotedDigits(false);
                }
                case 'n', 'N' -> {
                    position++;
                    return string('\'', Token.NATIONAL_STRING);
                }
                default -> {}
            }
        }
        int hash = 0;
        int at = position;
        boolean ascii = true;
        while (at < length) {
            char x = sql.charAt(at);
            if (x >= 128) {
                ascii = false;
            } else if (CLASSES[x] < DIGIT) {
                break;
            }
            hash = Keywords.hash(hash, x);
            at++;
        }
        position = at;
        if (!ascii || charAt(at) == '.' && isWordPart(charAt(at + 1))) {
            // A word in front of an adjacent dot is a name, but for the scope of a system variable.
            return ascii && previousKind == Token.AT_AT ? Keywords.find(sql, tokenStart, at, hash) : Token.IDENT;
        }
        int kind = Keywords.find(sql, tokenStart, at, hash);
        return kind >= Token.FIRST_FUNCTION && !opensCall() ? Token.IDENT : kind;
    }

    private boolean opensCall() {
        int at = position;
        if (options.ignoreSpace()) {
            while (at < length && isSpace(sql.charAt(at))) {
                at++;
            }
        }
        return charAt(at) == '(';
    }

    private int word() {
        int at = position;
        while (at < length && isWordPart(sql.charAt(at))) {
            at++;
        }
        position = at;
        return Token.IDENT;
    }

    private int quotedDigits(boolean hex) {
        int at = position + 2;
        while (hex ? isHexDigit(charAt(at)) : charAt(at) == '0' || charAt(at) == '1') {
            at++;
        }
        boolean closed = charAt(at) == '\'';
        boolean even = !hex || (at - position) % 2 == 0;
        position = closed ? at + 1 : length;
        return closed && even ? hex ? Token.HEX : Token.BIT : Token.ERROR;
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /// Numbers, and names that begin with a digit.
    private int number(char c) {
        if (c == '0' && (charAt(position + 1) == 'x' || charAt(position + 1) == 'b')) {
            boolean hex = charAt(position + 1) == 'x';
            int at = position + 2;
            while (hex ? isHexDigit(charAt(at)) : charAt(at) == '0' || charAt(at) == '1') {
                at++;
            }
            if (at > position + 2 && (at >= length || !isWordPart(sql.charAt(at)))) {
                position = at;
                return hex ? Token.HEX : Token.BIT;
            }
            return word();
        }
        int at = skipDigits(position);
        char after = charAt(at);
        if (after == '.') {
            return fraction(at + 1);
        }
        if (after == 'e' || after == 'E') {
            int exponent = at + 1;
            if (charAt(exponent) == '+' || charAt(exponent) == '-') {
                exponent++;
            }
            if (isDigit(charAt(exponent))) {
                position = skipDigits(exponent);
                return Token.FLOAT;
            }
        }
        if (at < length && isWordPart(after)) {
            return word();
        }
        position = at;
        return Token.INTEGER;
    }

    private int skipDigits(int from) {
        int at = from;
        while (at < length && isDigit(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    /// Behind the decimal point.
    private int fraction(int from) {
        int at = skipDigits(from);
        if (charAt(at) == 'e' || charAt(at) == 'E') {
            int exponent = at + 1;
            if (charAt(exponent) == '+' || charAt(exponent) == '-') {
                exponent++;
            }
            if (!isDigit(charAt(exponent))) {
                position = exponent;
                return Token.ERROR;
            }
            position = skipDigits(exponent);
            return Token.FLOAT;
        }
        position = at;
        return Token.DECIMAL;
    }

    /// Reads a quoted text whose opening quote is at the position; a doubled quote stands for one.
    private int string(char quote, int kind) {
        boolean escapes = quote != '`' && kind != Token.QUOTED_IDENT && !options.noBackslashEscapes();
        int at = position + 1;
        while (at < length) {
            char c = sql.charAt(at);
            if (c == quote) {
                if (charAt(at + 1) != quote) {
                    position = at + 1;
                    return kind;
                }
                at += 2;
            } else if (c == '\\' && escapes) {
                at += 2;
            } else {
                at++;
            }
        }
        position = length;
        return Token.ERROR;
    }

    private int symbol(char c, int before) {
        return switch (c) {
            case '\'' -> string('\'', Token.STRING);
            case '"' -> string('"', options.ansiQuotes() ? Token.QUOTED_IDENT : Token.STRING);
            case '`' -> string('`', Token.QUOTED_IDENT);
            case '(' -> one(Token.LEFT_PAREN);
            case ')' -> one(Token.RIGHT_PAREN);
            case ',' -> one(Token.COMMA);
            case ';' -> one(Token.SEMICOLON);
            case '.' -> point(before);
            case '=' -> one(Token.EQUAL);
            case '+' -> one(Token.PLUS);
            case '-' -> minus();
            case '*' -> one(Token.STAR);
            case '/' -> one(Token.SLASH);
            case '%' -> one(Token.PERCENT);
            case '^' -> one(Token.CARET);
            case '~' -> one(Token.TILDE);
            case '{' -> one(Token.LEFT_BRACE);
            case '}' -> one(Token.RIGHT_BRACE);
            case '@' -> at();
            case '?' -> parameter();
            case '\\' -> charAt(position + 1) == 'N' ? many(2, Token.NULL) : one(Token.ERROR);
            case ':' -> charAt(position + 1) == '=' ? many(2, Token.ASSIGN) : one(Token.COLON);
            case '!' -> charAt(position + 1) == '=' ? many(2, Token.NOT_EQUAL) : one(Token.BANG);
            case '&' -> charAt(position + 1) == '&' ? many(2, Token.AND_AND) : one(Token.AMPERSAND);
            case '|' -> pipe();
            case '<' -> less();
            case '>' -> greater();
            default -> one(Token.ERROR);
        };
    }

    private int one(int kind) {
        position++;
        return kind;
    }

    private int many(int chars, int kind) {
        position += chars;
        return kind;
    }

    /// A point behind a name belongs to the name; otherwise it may begin a number.
    private int point(int before) {
        boolean behindName = before == position && Token.isWord(previousKind);
        return isDigit(charAt(position + 1)) && !behindName ? fraction(position + 1) : one(Token.DOT);
    }

    private int minus() {
        if (charAt(position + 1) != '>') {
            return one(Token.MINUS);
        }
        return charAt(position + 2) == '>' ? many(3, Token.ARROW_TEXT) : many(2, Token.ARROW);
    }

    private int pipe() {
        if (charAt(position + 1) != '|') {
            return one(Token.PIPE);
        }
        return many(2, options.pipesAsConcat() ? Token.CONCAT : Token.OR_OR);
    }

    private int less() {
        return switch (charAt(position + 1)) {
            case '=' -> charAt(position + 2) == '>' ? many(3, Token.NULL_SAFE_EQUAL) : many(2, Token.LESS_OR_EQUAL);
            case '>' -> many(2, Token.NOT_EQUAL);
            case '<' -> many(2, Token.SHIFT_LEFT);
            default -> one(Token.LESS);
        };
    }

    private int greater() {
        return switch (charAt(position + 1)) {
            case '=' -> many(2, Token.GREATER_OR_EQUAL);
            case '>' -> many(2, Token.SHIFT_RIGHT);
            default -> one(Token.GREATER);
        };
    }

    private int parameter() {
        boolean alone = position + 1 >= length || !isWordPart(sql.charAt(position + 1));
        return one(alone && options.parameterMarkers() ? Token.PARAMETER : Token.ERROR);
    }

    /// `@@`, `@name` as one token, or a bare `@` in front of a quoted name.
    private int at() {
        if (charAt(position + 1) == '@') {
            return many(2, Token.AT_AT);
        }
        int at = position + 1;
        while (at < length && (isWordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        if (at == position + 1) {
            return one(Token.AT);
        }
        position = at;
        return Token.AT_WORD;
    }
}
