package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// DOUBLE and FLOAT values as MySQL writes them, and their rounding.
///
/// A DOUBLE is written with the fewest digits that read back as the same value, a FLOAT with at most six. With the
/// value as 0.d1d2…·10^p, d1 > 0, n digits: plain if −15 < p and (p < 16 or n > p), else with an exponent, `1.5e20`.
/// Observed on MariaDB 10.11, whose conversion is of the same descent as MySQL's, on 2026-11-22.
public final class Doubles {
    /// The scale of a DOUBLE without (M,D).
    public static final int NOT_FIXED = -1;

    private static final int FLOAT_DIGITS = 6;
    private static final double EXACT_LIMIT = 1e15;

    private Doubles() {}

    /// Appends the text of a DOUBLE, `scale` digits after the point or [#NOT_FIXED].
    public static void append(double value, int scale, ByteBuilder out) {
        if (scale >= 0) {
            appendFixed(value, scale, out);
        } else {
            append(value, out);
        }
    }

    /// Appends the text of a DOUBLE.
    public static void append(double value, ByteBuilder out) {
        if (appendInteger(value, EXACT_LIMIT, out)) {
            return;
        }
        if (!Double.isFinite(value)) {
            out.putAscii(Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf");
            return;
        }
        appendShortest(Double.toString(value), value, out);
    }

    /// Appends the text of a FLOAT, `scale` digits after the point or [#NOT_FIXED].
    public static void appendFloat(double value, int scale, ByteBuilder out) {
        if (scale >= 0) {
            appendFixed(value, scale, out);
        } else if (!appendInteger(value, 1e6, out)) {
            if (!Double.isFinite(value)) {
                append(value, out);
                return;
            }
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN));
            byte[] digits = ascii(rounded.unscaledValue().abs().toString());
            layOut(value < 0, digits, 0, digits.length, digits.length - rounded.scale(), out);
        }
    }

    /// The text of a DOUBLE.
    public static String toString(double value) {
        ByteBuilder out = new ByteBuilder(24);
        append(value, out);
        return out.toString();
    }

    private static boolean appendInteger(double value, double limit, ByteBuilder out) {
        if (value > -limit && value < limit) {
            long whole = (long) value;
            if (whole == value) {
                if (whole == 0 && Double.doubleToRawLongBits(value) < 0) {
                    out.put('-');
                }
                out.putNumber(whole);
                return true;
            }
        }
        return false;
    }

    private static void appendFixed(double value, int scale, ByteBuilder out) {
        if (!Double.isFinite(value)) {
            append(value, out);
            return;
        }
        // The exact value of the bits decides, so a tie is a true tie.
        BigDecimal rounded = new BigDecimal(value).setScale(scale, RoundingMode.HALF_EVEN);
        if (value < 0 && rounded.signum() == 0) {
            out.put('-');
        }
        out.putAscii(rounded.toPlainString());
    }

    /// `text` is what Double.toString gives: d.d, d.dE-d.
    private static void appendShortest(String text, double value, ByteBuilder out) {
        byte[] digits = new byte[text.length()];
        int count = 0;
        int point = -1;
        int exponent = 0;
        for (int i = value < 0 ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                point = count;
            } else if (c == 'E') {
                exponent = Integer.parseInt(text, i + 1, text.length(), 10);
                break;
            } else {
                digits[count] = (byte) c;
                count++;
            }
        }
        int from = 0;
        while (from < count - 1 && digits[from] == '0') {
            from++;
        }
        while (count > from + 1 && digits[count - 1] == '0') {
            count--;
        }
        int position = point - from + exponent;
        if (Math.abs(value) < 1e-300 && count - from == 2) {
            count = shortenTiny(digits, from, position, Math.abs(value));
        }
        layOut(value < 0, digits, from, count, position, out);
    }

    /// Java writes subnormals with two digits where one is enough (4.9E-324); returns where the digits end.
    private static int shortenTiny(byte[] digits, int from, int position, double magnitude) {
        int rounded = digits[from] - '0' + (digits[from + 1] >= '5' ? 1 : 0);
        if (rounded < 10 && Double.parseDouble(rounded + "e" + (position - 1)) == magnitude) {
            digits[from] = (byte) ('0' + rounded);
            return from + 1;
        }
        return from + 2;
    }

    private static void layOut(boolean isNegative, byte[] digits, int from, int to, int position, ByteBuilder out) {
        int end = to;
        while (end > from + 1 && digits[end - 1] == '0') {
            end--;
        }
        int count = end - from;
        if (isNegative) {
            out.put('-');
        }
        if (position > -15 && (position < 16 || count > position)) {
            layOutPlain(digits, from, count, position, out);
            return;
        }
        out.put(digits[from]);
        if (count > 1) {
            out.put('.').put(digits, from + 1, count - 1);
        }
        out.put('e').putNumber(position - 1);
    }

    private static void layOutPlain(byte[] digits, int from, int count, int position, ByteBuilder out) {
        if (position <= 0) {
            out.putAscii("0.");
            for (int i = position; i < 0; i++) {
                out.put('0');
            }
            out.put(digits, from, count);
            return;
        }
        int whole = Math.min(count, position);
        out.put(digits, from, whole);
        for (int i = count; i < position; i++) {
            out.put('0');
        }
        if (count > position) {
            out.put('.').put(digits, from + whole, count - whole);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The value rounded to `digits` after the point (before it, if negative), ties to even; or cut off there.
    public static double round(double value, int digits, boolean isTruncating) {
        if (!Double.isFinite(value) || digits > 400) {
            return value;
        }
        double power = Math.pow(10, Math.abs(digits));
        if (Double.isInfinite(power)) {
            return digits < 0 ? 0.0 : value;
        }
        double scaled = digits < 0 ? value / power : value * power;
        if (Double.isInfinite(scaled)) {
            return value;
        }
        double whole = isTruncating ? (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled)) : Math.rint(scaled);
        return digits < 0 ? whole * power : whole / power;
    }

    /// The value rounded (ties to even) and clamped to BIGINT.
    public static long toLong(double value) {
        return (long) Math.rint(value);
    }

    /// The value rounded (ties to even) and clamped to BIGINT UNSIGNED.
    public static long toUnsigned(double value) {
        double rounded = Math.rint(value);
        if (!(rounded > 0)) {
            return 0;
        }
        if (rounded < 0x1p63) {
            return (long) rounded;
        }
        return rounded < 0x1p64 ? (long) (rounded - 0x1p63) + Long.MIN_VALUE : -1;
    }

    /// True if the value, rounded, is within BIGINT.
    public static boolean fitsLong(double value) {
        double rounded = Math.rint(value);
        return rounded >= -0x1p63 && rounded < 0x1p63;
    }

    /// True if the value, rounded, is within BIGINT UNSIGNED.
    public static boolean fitsUnsigned(double value) {
        double rounded = Math.rint(value);
        return rounded >= 0 && rounded < 0x1p64;
    }
}
