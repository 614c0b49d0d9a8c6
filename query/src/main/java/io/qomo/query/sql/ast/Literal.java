package io.qomo.query.sql.ast;

import org.jspecify.annotations.Nullable;

/// A constant as written.
public sealed interface Literal extends Expression {
    /// NULL or `\N`.
    record NullLiteral(Span span) implements Literal {}

    /// TRUE or FALSE.
    record BooleanLiteral(Span span, boolean value) implements Literal {}

    /// An integer that fits 64 bits without a sign; larger ones are [DecimalLiteral].
    ///
    /// @param value the bits; to be read as unsigned when `unsigned` is set
    /// @param unsigned true above [Long#MAX_VALUE]
    record IntegerLiteral(Span span, long value, boolean unsigned) implements Literal {}

    /// Digits with a point, or an integer above 2^64-1: exact.
    record DecimalLiteral(Span span, String text) implements Literal {}

    /// A number with an exponent: approximate.
    record DoubleLiteral(Span span, String text) implements Literal {
        /// The nearest double; infinite where MySQL refuses the number.
        public double value() {
            return Double.parseDouble(text);
        }
    }

    /// A string, escapes undone, adjacent parts joined.
    ///
    /// @param introducer the character set of `_charset'...'` in lower case, "utf8mb3" for `N'...'`,
    ///     else null
    record StringLiteral(Span span, @Nullable String introducer, String value) implements Literal {}

    /// `X'4D'` or `0x4D`.
    ///
    /// @param digits an even number of hexadecimal digits (`0x1` is "01")
    record HexLiteral(Span span, @Nullable String introducer, String digits) implements Literal {
        /// The bytes the digits stand for.
        public byte[] bytes() {
            byte[] out = new byte[digits.length() / 2];
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) (Character.digit(digits.charAt(2 * i), 16) << 4
                        | Character.digit(digits.charAt(2 * i + 1), 16));
            }
            return out;
        }
    }

    /// `b'101'` or `0b101`.
    ///
    /// @param bits zeros and ones, as written
    record BitLiteral(Span span, @Nullable String introducer, String bits) implements Literal {
        /// The bits right-aligned in as few bytes as hold them.
        public byte[] bytes() {
            int length = bits.length();
            byte[] out = new byte[(length + 7) / 8];
            for (int i = 0; i < length; i++) {
                if (bits.charAt(length - 1 - i) == '1') {
                    out[out.length - 1 - i / 8] |= (byte) (1 << (i % 8));
                }
            }
            return out;
        }
    }

    /// `DATE '2020-01-01'`, `{ts '...'}` and the like; the text is not checked yet.
    record TemporalLiteral(Span span, Kind kind, String text) implements Literal {
        /// The keyword in front.
        public enum Kind {
            DATE,
            TIME,
            TIMESTAMP
        }
    }
}
