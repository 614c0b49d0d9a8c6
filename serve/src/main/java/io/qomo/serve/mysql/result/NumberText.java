package io.qomo.serve.mysql.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// FLOAT and DOUBLE as MySQL prints them.
final class NumberText {
    private static final int FLOAT_DIGITS = 6;
    /// Exponents of the leading digit between which no exponent is written.
    private static final int MIN_PLAIN = -15;

    private static final int MAX_PLAIN = 14;

    private NumberText() {}

    static String of(double value, boolean isFloat, int scale) {
        if (value == 0) {
            return scale > 0 ? "0." + "0".repeat(scale) : "0";
        }
        if (scale >= 0) {
            return new BigDecimal(value).setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
        }
        BigDecimal exact = new BigDecimal(isFloat ? Float.toString((float) value) : Double.toString(value));
        BigDecimal digits = isFloat ? exact.round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN)) : exact;
        digits = digits.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= MIN_PLAIN && exponent <= MAX_PLAIN) {
            return digits.toPlainString();
        }
        String text = digits.unscaledValue().abs().toString();
        StringBuilder out = new StringBuilder(text.length() + 8);
        if (digits.signum() < 0) {
            out.append('-');
        }
        out.append(text.charAt(0));
        if (text.length() > 1) {
            out.append('.').append(text, 1, text.length());
        }
        return out.append('e').append(exponent).toString();
    }
}
