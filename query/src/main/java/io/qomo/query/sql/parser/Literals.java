package io.qomo.query.sql.parser;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.RawText;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Literal.BitLiteral;
import io.qomo.query.sql.ast.Literal.BooleanLiteral;
import io.qomo.query.sql.ast.Literal.DecimalLiteral;
import io.qomo.query.sql.ast.Literal.DoubleLiteral;
import io.qomo.query.sql.ast.Literal.HexLiteral;
import io.qomo.query.sql.ast.Literal.IntegerLiteral;
import io.qomo.query.sql.ast.Literal.NullLiteral;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Literals from tokens.
final class Literals {
    /// The character sets an introducer can name, of all MySQL knows; whether Qomo has it is the analyzer's question.
    private static final Set<String> INTRODUCERS = Set.of(
            "armscii8",
            "ascii",
            "big5",
            "binary",
            "cp1250",
            "cp1251",
            "cp1256",
            "cp1257",
            "cp850",
            "cp852",
            "cp866",
            "cp932",
            "dec8",
            "eucjpms",
            "euckr",
            "gb18030",
            "gb2312",
            "gbk",
            "geostd8",
            "greek",
            "hebrew",
            "hp8",
            "keybcs2",
            "koi8r",
            "koi8u",
            "latin1",
            "latin2",
            "latin5",
            "latin7",
            "macce",
            "macroman",
            "sjis",
            "swe7",
            "tis620",
            "ucs2",
            "ujis",
            "utf16",
            "utf16le",
            "utf32",
            "utf8",
            "utf8mb3",
            "utf8mb4");

    private Literals() {}

    /// True of tokens that are literals.
    static boolean isLiteral(int kind) {
        return kind >= Token.STRING && kind <= Token.FLOAT
                || kind == Token.NULL
                || kind == Token.TRUE
                || kind == Token.FALSE;
    }

    /// Takes the literal at hand.
    static Literal parse(TokenStream in) {
        int start = in.start;
        switch (in.kind) {
            case Token.STRING -> {
                return string(in, null, start);
            }
            case Token.NATIONAL_STRING -> {
                return string(in, "utf8mb3", start);
            }
            case Token.HEX, Token.BIT -> {
                return bytes(in, null, start);
            }
            default -> {
                int kind = in.kind;
                int end = in.end;
                in.advance();
                return switch (kind) {
                    case Token.INTEGER -> integer(in.span(start), in.sql, start, end);
                    case Token.DECIMAL -> new DecimalLiteral(in.span(start), in.sql.substring(start, end));
                    case Token.FLOAT -> new DoubleLiteral(in.span(start), in.sql.substring(start, end));
                    case Token.TRUE -> new BooleanLiteral(in.span(start), true);
                    case Token.FALSE -> new BooleanLiteral(in.span(start), false);
                    default -> new NullLiteral(in.span(start));
                };
            }
        }
    }

    /// At a word that begins with `_`: the literal it introduces, or null when it introduces none.
    static @Nullable Expression parseIntroduced(TokenStream in) {
        int next = in.peek(1);
        if (next != Token.STRING && next != Token.HEX && next != Token.BIT) {
            return null;
        }
        String charset = in.sql.substring(in.start + 1, in.end).toLowerCase(Locale.ROOT);
        if (!INTRODUCERS.contains(charset)) {
            return null;
        }
        int start = in.start;
        in.advance();
        return next == Token.STRING ? introduced(in, charset, start) : bytes(in, charset, start);
    }

    /// An introducer says what the bytes of the string are; they are not converted from the client's character set.
    private static Literal introduced(TokenStream in, String charset, int start) {
        Charset client = in.options.clientCharset();
        Literal literal = string(in, charset, start);
        boolean differs = client == Charset.LATIN1 || client == Charset.GBK;
        return differs && literal instanceof StringLiteral s
                ? new StringLiteral(s.span(), charset, reread(s.value(), client, charset))
                : literal;
    }

    private static String reread(String value, Charset client, String introducer) {
        byte[] bytes = Charsets.encode(value.getBytes(StandardCharsets.UTF_8), client);
        for (Charset c : List.of(Charset.LATIN1, Charset.GBK)) {
            if (c.sqlName().equals(introducer)) {
                ByteBuilder out = new ByteBuilder();
                Charsets.decode(bytes, 0, bytes.length, c, out);
                return new String(out.toBytes(), StandardCharsets.UTF_8);
            }
        }
        return RawText.decode(bytes, 0, bytes.length);
    }

    private static Literal string(TokenStream in, @Nullable String introducer, int start) {
        String value = in.stringValue(in.start, in.end);
        in.advance();
        if (in.kind == Token.STRING) {
            StringBuilder joined = new StringBuilder(value);
            while (in.kind == Token.STRING) {
                joined.append(in.stringValue(in.start, in.end));
                in.advance();
            }
            value = joined.toString();
        }
        return new StringLiteral(in.span(start), introducer, value);
    }

    private static Literal bytes(TokenStream in, @Nullable String introducer, int start) {
        boolean quoted = in.sql.charAt(in.end - 1) == '\'';
        boolean hex = in.kind == Token.HEX;
        String digits = in.sql.substring(in.start + 2, quoted ? in.end - 1 : in.end);
        in.advance();
        if (hex) {
            return new HexLiteral(in.span(start), introducer, (digits.length() % 2 == 0 ? "" : "0") + digits);
        }
        return new BitLiteral(in.span(start), introducer, digits);
    }

    /// The number whose digits are at `[start, end)`.
    static Literal integer(Span span, String sql, int start, int end) {
        int first = start;
        while (first < end - 1 && sql.charAt(first) == '0') {
            first++;
        }
        int digits = end - first;
        if (digits <= 18) {
            long value = 0;
            for (int i = first; i < end; i++) {
                value = value * 10 + (sql.charAt(i) - '0');
            }
            return new IntegerLiteral(span, value, false);
        }
        String text = sql.substring(first, end);
        if (digits > 20 || digits == 20 && text.compareTo("18446744073709551615") > 0) {
            return new DecimalLiteral(span, text);
        }
        long value = Long.parseUnsignedLong(text);
        return new IntegerLiteral(span, value, value < 0);
    }

    /// Takes a string literal, or one in hexadecimal or binary digits, whose bytes are UTF-8.
    static String text(TokenStream in) {
        if (in.kind == Token.HEX || in.kind == Token.BIT) {
            byte[] bytes = switch (bytes(in, null, in.start)) {
                case HexLiteral hex -> hex.bytes();
                case BitLiteral bit -> bit.bytes();
                default -> throw in.error();
            };
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return in.string();
    }
}
