package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.memory.LargeArrays;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.type.Utf8;
import io.qomo.query.expr.Expr;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;

/// Functions that encode, decode and spell strings.
final class StringCodes {
    private static final byte[] HEX_DIGITS = TextTypes.ascii("0123456789ABCDEF");
    private static final int BASE64_LINE = 76;
    private static final String SOUNDEX_CODES = "01230120022455012623010202";
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private StringCodes() {}

    /// HEX(number), its digits as 64 bits: of DECIMAL and DOUBLE those of the nearest integer, by way of DOUBLE.
    /// HEX(string), two digits a byte.
    static Expr hex(Binding call) {
        TypeKind kind = call.type(0).kind();
        if (kind == TypeKind.DECIMAL || kind.isApproximate()) {
            call.real(0);
            return call.returnsText(
                    16, row -> row.set(Long.toHexString(nearest(row.real(0))).toUpperCase(Locale.ROOT)));
        }
        if (kind.isNumeric()) {
            call.integer(0);
            return call.returnsText(
                    16, row -> row.set(Long.toHexString(row.integer(0)).toUpperCase(Locale.ROOT)));
        }
        call.binary(0);
        return call.returnsText(Math.min(call.chars(0) * 2, TextTypes.MAX_CHARS), row -> {
            byte[] bytes = row.base(0);
            int from = row.offset(0);
            int length = row.length(0);
            if (row.isTooLong(2L * length, "hex")) {
                return;
            }
            byte[] out = LargeArrays.allocate(2 * length);
            for (int i = 0; i < length; i++) {
                out[2 * i] = HEX_DIGITS[bytes[from + i] >> 4 & 15];
                out[2 * i + 1] = HEX_DIGITS[bytes[from + i] & 15];
            }
            row.set(out);
        });
    }

    /// The bits of the nearest integer from −2⁶³ + 1 to 2⁶⁴ − 1, all ones beyond. Source: Item_func_hex::val_str_ascii.
    private static long nearest(double value) {
        if (value <= -0x1p63 || value >= 0x1p64) {
            return -1;
        }
        double rounded = value + (value > 0 ? 0.5 : -0.5);
        return rounded < 0x1p63 ? (long) rounded : Doubles.toUnsigned(rounded);
    }

    static Expr unhex(Binding call) {
        call.text(0);
        return call.nullable().returnsBinary((call.chars(0) + 1) / 2, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int length = row.length(0);
            byte[] out = LargeArrays.allocate((length + 1) / 2);
            int odd = length & 1;
            for (int i = 0; i < length; i++) {
                int digit = Character.digit(text[from + i], 16);
                if (digit < 0) {
                    row.context.warn(io.qomo.base.error.ErrorCode.WRONG_VALUE_FOR_TYPE, "string", row.text(0), "unhex");
                    row.setNull();
                    return;
                }
                out[(i + odd) / 2] |= (byte) ((i + odd) % 2 == 0 ? digit << 4 : digit);
            }
            row.set(out);
        });
    }

    static Expr toBase64(Binding call) {
        call.binary(0);
        long bytes = call.chars(0);
        long chars = (bytes + 2) / 3 * 4;
        return call.nullable().returnsText(Math.min(chars + chars / BASE64_LINE, TextTypes.MAX_CHARS), row -> {
            if (!row.isTooLong(row.length(0) * 4L / 3, "to_base64")) {
                row.set(Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'}).encode(row.bytes(0)));
            }
        });
    }

    static Expr fromBase64(Binding call) {
        call.text(0);
        return call.nullable().returnsBinary(call.chars(0) * 3 / 4 + 3, row -> {
            ByteBuilder out = row.buffer();
            for (byte b : row.bytes(0)) {
                if (b != ' ' && (b < 9 || b > 13)) {
                    out.put(b);
                }
            }
            byte[] text = out.toBytes();
            if (text.length % 4 != 0) {
                row.setNull();
                return;
            }
            try {
                row.set(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException notBase64) {
                row.setNull();
            }
        });
    }

    /// CONV(number, from, to), in 64 bits; a negative base makes numbers signed. Numbers beyond are the greatest.
    static Expr conv(Binding call) {
        boolean isNumber = digits(call);
        call.integer(1, 2);
        return call.nullable().returnsText(65, row -> {
            String result = convert(row.text(0), isNumber ? 10 : row.integer(1), row.integer(2));
            if (result == null) {
                row.setNull();
            } else {
                row.set(result);
            }
        });
    }

    /// The first argument as digits: BIT, whose text is bytes, as a decimal number, whatever base was asked for.
    private static boolean digits(Binding call) {
        boolean isBit = call.type(0).kind() == TypeKind.BIT;
        if (isBit) {
            call.set(0, Casts.toNumber(call.get(0), call.context()));
        }
        call.text(0);
        return isBit;
    }

    static @org.jspecify.annotations.Nullable String convert(String text, long from, long to) {
        long fromBase = Math.abs(from);
        long toBase = Math.abs(to);
        if (fromBase < 2 || fromBase > 36 || toBase < 2 || toBase > 36) {
            return null;
        }
        String digits = text.strip();
        boolean negative = digits.startsWith("-");
        int i = negative || digits.startsWith("+") ? 1 : 0;
        BigInteger value = BigInteger.ZERO;
        BigInteger base = BigInteger.valueOf(fromBase);
        for (; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), (int) fromBase);
            if (digit < 0 || digits.charAt(i) > 127) {
                break;
            }
            value = value.multiply(base).add(BigInteger.valueOf(digit));
            if (value.compareTo(TWO_TO_64) >= 0) {
                value = TWO_TO_64;
            }
        }
        long bits = from < 0 ? signedBits(value, negative) : unsignedBits(value, negative);
        String result = to < 0 ? Long.toString(bits, (int) toBase) : Long.toUnsignedString(bits, (int) toBase);
        return result.toUpperCase(Locale.ROOT);
    }

    private static long signedBits(BigInteger magnitude, boolean negative) {
        BigInteger value = negative ? magnitude.negate() : magnitude;
        return value.bitLength() < Long.SIZE ? value.longValue() : negative ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long unsignedBits(BigInteger magnitude, boolean negative) {
        if (magnitude.bitLength() > Long.SIZE) {
            return -1;
        }
        return negative ? -magnitude.longValue() : magnitude.longValue();
    }

    /// BIN and OCT.
    static Expr inBase(Binding call, int base) {
        digits(call);
        return call.nullable().returnsText(64, row -> {
            String result = convert(row.text(0), 10, base);
            row.set(result == null ? "" : result);
        });
    }

    static Expr ascii(Binding call) {
        call.binary(0);
        return call.returnsLong(row -> row.set(row.length(0) == 0 ? 0L : row.base(0)[row.offset(0)] & 0xFFL));
    }

    /// The bytes of the first character as a number.
    static Expr ord(Binding call) {
        call.text(0);
        Charset charset = call.type(0).collation().charset();
        return call.returnsLong(row -> {
            if (row.length(0) == 0) {
                row.set(0L);
                return;
            }
            int n = charset == Charset.BINARY
                    ? 1
                    : Utf8.charLength(row.base(0), row.offset(0), row.offset(0) + row.length(0));
            byte[] first = java.util.Arrays.copyOfRange(row.base(0), row.offset(0), row.offset(0) + n);
            byte[] encoded = Encodings.isUtf8(charset) ? first : Charsets.encode(first, charset);
            long code = 0;
            for (byte b : encoded) {
                code = code << 8 | (b & 0xFF);
            }
            row.set(code);
        });
    }

    static Expr quote(Binding call) {
        CollationMix mix = call.mixText(0);
        return call.lenient().notNull().returnsText(Math.min(call.chars(0) * 2 + 2, TextTypes.MAX_CHARS), mix, row -> {
            if (row.isNull(0)) {
                row.set("NULL");
                return;
            }
            ByteBuilder out = row.buffer().put('\'');
            byte[] text = row.base(0);
            for (int i = row.offset(0); i < row.offset(0) + row.length(0); i++) {
                switch (text[i]) {
                    case '\'', '\\' -> out.put('\\').put(text[i]);
                    case 0 -> out.put('\\').put('0');
                    case 26 -> out.put('\\').put('Z');
                    default -> out.put(text[i]);
                }
            }
            row.set(out.put('\''));
        });
    }

    static Expr soundex(Binding call) {
        CollationMix mix = call.mixText(0);
        return call.returnsText(Math.max(4, call.chars(0)), mix, row -> row.set(soundex(row.text(0))));
    }

    /// As MySQL has it, all from U+00C0 on are letters, which sound like vowels and have no upper case.
    private static String soundex(String text) {
        StringBuilder out = new StringBuilder();
        char last = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean isLatin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLatin && c < 0xC0) {
                continue;
            }
            int upper = isLatin ? c & ~0x20 : c;
            char code = upper >= 'A' && upper <= 'Z' ? SOUNDEX_CODES.charAt(upper - 'A') : '0';
            if (out.isEmpty()) {
                out.appendCodePoint(upper);
                last = code;
            } else if (code != '0' && code != last) {
                out.append(code);
                last = code;
            }
        }
        while (!out.isEmpty() && out.codePointCount(0, out.length()) < 4) {
            out.append('0');
        }
        return out.toString();
    }

    /// CHAR(codes USING charset); without a character set the result is binary.
    static Expr chars(Binding call, Charset charset) {
        for (int i = 0; i < call.size(); i++) {
            call.integer(i);
        }
        SqlType type = TextTypes.of(4L * call.size(), Collation.defaultOf(charset));
        boolean decodes = charset != Charset.BINARY;
        return call.lenient().nullable().returns(type, row -> {
            ByteBuilder out = row.buffer();
            for (int i = 0; i < row.width(); i++) {
                if (!row.isNull(i)) {
                    int code = (int) row.integer(i);
                    for (int shift = 24; shift >= 0; shift -= 8) {
                        if (code >>> shift != 0 || shift == 0) {
                            out.put(code >>> shift);
                        }
                    }
                }
            }
            byte[] bytes = out.toBytes();
            if (!decodes) {
                row.set(bytes);
            } else if (Charsets.invalidAt(bytes, 0, bytes.length, charset) >= 0) {
                row.context.warn(
                        io.qomo.base.error.ErrorCode.INVALID_CHARACTER_STRING,
                        charset.sqlName(),
                        java.util.HexFormat.of().withUpperCase().formatHex(bytes));
                row.setNull();
            } else {
                ByteBuilder decoded = row.buffer();
                Charsets.decode(bytes, 0, bytes.length, charset, decoded);
                row.set(decoded);
            }
        });
    }

    /// WEIGHT_STRING: the sort key of the string, cut or padded to so many characters if `length` is not negative.
    static Expr weightString(Binding call, boolean binary, int length) {
        if (!call.type(0).kind().isString()) {
            return call.nullable().lenient().returnsBinary(0, Row::setNull);
        }
        if (binary) {
            call.binary(0);
        }
        Collation collation = call.type(0).collation();
        long bytes = Math.min((length >= 0 ? length : call.chars(0)) * 8L, TextTypes.MAX_CHARS);
        return call.returnsBinary(bytes, row -> {
            CharMatch chars = new CharMatch(collation);
            byte[] text = row.bytes(0);
            if (length >= 0) {
                int end = chars.skip(text, 0, text.length, length);
                int missing = length - chars.charCount(text, 0, end);
                byte[] fixed = java.util.Arrays.copyOf(text, end + missing);
                java.util.Arrays.fill(fixed, end, fixed.length, (byte) (binary ? 0 : ' '));
                text = fixed;
            }
            ByteBuilder out = row.buffer();
            io.qomo.base.type.Collations.appendSortKey(text, 0, text.length, collation, out);
            row.set(out);
        });
    }

    static Expr loadFile(Binding call) {
        call.text(0);
        return call.nullable().stable().returnsBinary(TextTypes.MAX_CHARS, Row::setNull);
    }
}
