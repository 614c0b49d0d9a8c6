package io.qomo.query.sql.parser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A statement with its literals taken out, so that statements that differ only in values count as one.
///
/// Works on tokens and accepts any text. Words are in upper case, names in backquotes, tokens parted by one space;
/// literals (NULL too) are `?`, lists of them `?, ...`, rows `(?)` or `(...)`, and lists of rows
/// `(...) /* , ... */`, as MySQL prints statement digests.
///
/// Source: MySQL 8.0 manual, "Performance Schema Statement Digests and Sampling".
///
/// @param text the normal form
/// @param literals the literal tokens as written, in order
public record SqlDigest(String text, List<String> literals) {
    private static final String VALUE = "?";
    private static final String VALUES = "?, ...";
    private static final String ROW = "(?)";
    private static final String ROWS = "(?) /* , ... */";
    private static final String WIDE_ROW = "(...)";
    private static final String WIDE_ROWS = "(...) /* , ... */";

    /// Copies the list.
    public SqlDigest {
        literals = List.copyOf(literals);
    }

    /// The digest of a text; of several statements together if there are several.
    public static SqlDigest of(String sql, ParserOptions options) {
        Lexer lexer = new Lexer(sql, 0, options);
        List<String> out = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        int kind = lexer.next();
        while (kind != Token.EOF) {
            String text = sql.substring(lexer.tokenStart, lexer.tokenEnd);
            if (kind == Token.STRING
                    || kind >= Token.NATIONAL_STRING && kind <= Token.PARAMETER
                    || kind == Token.NULL) {
                literals.add(text);
                value(out);
            } else if (kind == Token.RIGHT_PAREN) {
                close(out);
            } else {
                out.add(normalForm(kind, text));
            }
            kind = lexer.next();
        }
        while (!out.isEmpty() && out.getLast().equals(";")) {
            out.removeLast();
        }
        return new SqlDigest(String.join(" ", out), literals);
    }

    /// 64 hexadecimal digits that identify the text.
    public String hash() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String normalForm(int kind, String text) {
        if (kind == Token.IDENT) {
            return "`" + text + "`";
        }
        if (kind == Token.QUOTED_IDENT) {
            return "`" + text.substring(1, text.length() - 1) + "`";
        }
        return kind >= Token.FIRST_RESERVED ? text.toUpperCase(Locale.ROOT) : text;
    }

    /// A literal: joins a list, and swallows a sign in front that cannot be a difference.
    private static void value(List<String> out) {
        int size = out.size();
        if (size >= 2
                && (out.get(size - 1).equals("-") || out.get(size - 1).equals("+"))
                && isOpen(out.get(size - 2))) {
            out.removeLast();
            size--;
        }
        if (size >= 2 && out.get(size - 1).equals(",")) {
            String before = out.get(size - 2);
            if (before.equals(VALUE) || before.equals(VALUES)) {
                out.removeLast();
                out.set(size - 2, VALUES);
                return;
            }
        }
        out.add(VALUE);
    }

    /// True of tokens behind which an operand begins.
    private static boolean isOpen(String token) {
        return switch (token) {
            case "(", ",", "=", "<", ">", "<=", ">=", "<>", "!=", "<=>", "+", "-", "*", "/", "%", ":=" -> true;
            case "SELECT", "BETWEEN", "AND", "OR", "XOR", "NOT", "LIKE", "DIV", "MOD", "WHEN", "THEN", "ELSE" -> true;
            case "RETURN", "LIMIT", "INTERVAL", "VALUES", "BY", "WHERE", "DEFAULT", "OFFSET" -> true;
            default -> false;
        };
    }

    /// A closing parenthesis: makes a row of a list of values, and a list of rows of rows.
    private static void close(List<String> out) {
        int size = out.size();
        boolean row = size >= 2
                && out.get(size - 2).equals("(")
                && (out.get(size - 1).equals(VALUE) || out.get(size - 1).equals(VALUES));
        if (!row) {
            out.add(")");
            return;
        }
        boolean wide = out.removeLast().equals(VALUES);
        out.removeLast();
        String one = wide ? WIDE_ROW : ROW;
        String many = wide ? WIDE_ROWS : ROWS;
        size = out.size();
        if (size >= 2
                && out.get(size - 1).equals(",")
                && (out.get(size - 2).equals(one) || out.get(size - 2).equals(many))) {
            out.removeLast();
            out.set(size - 2, many);
        } else {
            out.add(one);
        }
    }
}
