package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Literal.DecimalLiteral;
import io.qomo.query.sql.ast.Literal.DoubleLiteral;
import io.qomo.query.sql.ast.Literal.HexLiteral;
import io.qomo.query.sql.ast.Literal.IntegerLiteral;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A SELECT, INSERT, REPLACE, UPDATE or DELETE with literals turned into `?`, so that a plan made for the text with `?`
/// serves all texts that differ only there. Nothing else of the text changes, blanks included.
///
/// Only literals that are values are taken out: operands of comparisons, BETWEEN and LIKE, elements of IN lists and of
/// rows of VALUES, what is assigned, LIMIT. Literals stay where their value is part of the statement's meaning: in
/// select lists (they name columns), in ORDER BY and GROUP BY (positions), in arguments of functions (scales, paths,
/// formats). NULL, TRUE and FALSE stay, as they are not typed like values.
///
/// Not every text is worth it: [#of] gives null for other statements, several statements, texts with `?`, with
/// optimizer hints, or with more than [#MAX_LITERALS].
public final class ParameterizedSql {
    /// Texts with more literals are not parameterised: a cache would hold one plan per length of a list.
    public static final int MAX_LITERALS = 256;

    private final String sql;
    private final int[] starts;
    private final int[] ends;
    private final byte[] kinds;
    private final int count;
    private final String text;
    private final String types;
    private final ParserOptions options;

    private ParameterizedSql(LiteralFinder finder) {
        this.sql = finder.sql;
        this.options = finder.options;
        this.count = finder.count;
        this.starts = Arrays.copyOf(finder.starts, count);
        this.ends = Arrays.copyOf(finder.ends, count);
        this.kinds = Arrays.copyOf(finder.kinds, count);
        StringBuilder out = new StringBuilder(sql.length());
        StringBuilder codes = new StringBuilder(count);
        int from = 0;
        for (int i = 0; i < count; i++) {
            out.append(sql, from, starts[i]).append('?');
            codes.append(code(kinds[i]));
            from = ends[i];
        }
        this.text = out.append(sql, from, sql.length()).toString();
        this.types = codes.toString();
    }

    /// The parameterised form, or null when there is none.
    public static @Nullable ParameterizedSql of(String sql, ParserOptions options) {
        LiteralFinder finder = new LiteralFinder(sql, options);
        return finder.find() ? new ParameterizedSql(finder) : null;
    }

    private static char code(byte kind) {
        return switch (kind) {
            case Token.INTEGER -> 'i';
            case Token.DECIMAL -> 'd';
            case Token.FLOAT -> 'f';
            case Token.HEX -> 'x';
            default -> 's';
        };
    }

    /// The statement with `?` for each literal taken out.
    public String text() {
        return text;
    }

    /// A letter per literal: `i`nteger, `d`ecimal, `f`loating, `s`tring, he`x`adecimal. A plan depends on these types,
    /// so
    /// text and types together are its key.
    public String types() {
        return types;
    }

    /// How many literals were taken out.
    public int count() {
        return count;
    }

    /// The literal that stood at the given `?`; negative numbers are one literal.
    public Literal literal(int index) {
        int start = starts[index];
        int end = ends[index];
        boolean negative = sql.charAt(start) == '-';
        int digits = negative ? start + 1 : start;
        Span span = new Span(start, end);
        switch (kinds[index]) {
            case Token.INTEGER -> {
                return integer(span, digits, end, negative);
            }
            case Token.DECIMAL -> {
                return new DecimalLiteral(span, (negative ? "-" : "") + sql.substring(digits, end));
            }
            case Token.FLOAT -> {
                return new DoubleLiteral(span, (negative ? "-" : "") + sql.substring(digits, end));
            }
            case Token.HEX -> {
                boolean quoted = sql.charAt(end - 1) == '\'';
                String hex = sql.substring(start + 2, quoted ? end - 1 : end);
                return new HexLiteral(span, null, (hex.length() % 2 == 0 ? "" : "0") + hex);
            }
            default -> {
                return new StringLiteral(span, null, Strings.value(sql, start, end, options.noBackslashEscapes()));
            }
        }
    }

    private Literal integer(Span span, int digits, int end, boolean negative) {
        Literal literal = Literals.integer(span, sql, digits, end);
        if (!negative) {
            return literal;
        }
        if (literal instanceof IntegerLiteral number && !number.unsigned()) {
            return new IntegerLiteral(span, -number.value(), false);
        }
        if (literal instanceof IntegerLiteral number && number.value() == Long.MIN_VALUE) {
            return number.unsigned() ? new IntegerLiteral(span, Long.MIN_VALUE, false) : number;
        }
        return new DecimalLiteral(span, "-" + sql.substring(digits, end));
    }
}
