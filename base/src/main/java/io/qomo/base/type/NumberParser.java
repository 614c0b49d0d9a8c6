package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Reads the number at the start of a string, as MySQL does where a string meets a number: leading white space, a
/// sign, digits with at most one point, an exponent; what follows is ignored but reported.
///
/// Reused for many values; belongs to one thread. Call [#parse], then ask for the value in the form wanted. Numbers
/// of up to 18 digits without an exponent allocate nothing.
public final class NumberParser {
    /// Exponents beyond this are clamped: the value is zero or infinite in every form anyway.
    private static final int MAX_EXPONENT = 100_000;
    /// Digits of a decimal that can still matter: 65, a scale of 30, and some for rounding.
    private static final int MAX_DECIMAL_DIGITS = 200;

    private byte[] bytes = {};
    private int start;
    private int intStart;
    private int intEnd;
    private int fractionStart;
    private int fractionEnd;
    private int exponent;
    private int numberEnd;
    private int end;
    private boolean isNegative;
    private boolean isOutOfRange;

    /// Finds the number at the start of a slice.
    public NumberParser parse(byte[] text, int offset, int length) {
        bytes = text;
        end = offset + length;
        isOutOfRange = false;
        int i = offset;
        while (i < end && isSpace(text[i])) {
            i++;
        }
        start = i;
        isNegative = i < end && text[i] == '-';
        if (i < end && (text[i] == '-' || text[i] == '+')) {
            i++;
        }
        intStart = i;
        i = skipDigits(i);
        intEnd = i;
        fractionStart = i;
        fractionEnd = i;
        if (i < end && text[i] == '.') {
            fractionStart = i + 1;
            fractionEnd = skipDigits(i + 1);
            if (intEnd > intStart || fractionEnd > fractionStart) {
                i = fractionEnd;
            }
        }
        exponent = 0;
        if (hasDigits()) {
            numberEnd = i;
            readExponent(i);
        } else {
            numberEnd = start;
        }
        return this;
    }

    /// As [#parse(byte[], int, int)], of a whole string.
    public NumberParser parse(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return parse(utf8, 0, utf8.length);
    }

    private void readExponent(int from) {
        if (from >= end || (bytes[from] | 32) != 'e') {
            return;
        }
        int i = from + 1;
        boolean isMinus = i < end && bytes[i] == '-';
        if (i < end && (isMinus || bytes[i] == '+')) {
            i++;
        }
        int stop = skipDigits(i);
        if (stop == i) {
            return;
        }
        int value = 0;
        for (; i < stop; i++) {
            value = Math.min(value * 10 + bytes[i] - '0', MAX_EXPONENT);
        }
        exponent = isMinus ? -value : value;
        numberEnd = stop;
    }

    private int skipDigits(int from) {
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= 9 && b <= 13);
    }

    /// False if there is no digit to read: the value is 0.
    public boolean hasDigits() {
        return intEnd > intStart || fractionEnd > fractionStart;
    }

    /// True if something other than white space follows the number, or there is no number.
    public boolean isTruncated() {
        return !hasDigits() || hasGarbage(numberEnd);
    }

    private boolean hasGarbage(int from) {
        for (int i = from; i < end; i++) {
            if (!isSpace(bytes[i])) {
                return true;
            }
        }
        return false;
    }

    /// True if what follows the leading integer is neither the end nor white space: a point or an exponent count.
    public boolean isTruncatedAsInteger() {
        return intEnd == intStart || hasGarbage(intEnd);
    }

    /// True if the form last asked for could not hold the value, which was clamped.
    public boolean isOutOfRange() {
        return isOutOfRange;
    }

    /// True if the number has a minus sign.
    public boolean isNegative() {
        return isNegative;
    }

    /// Where in the array the number ends.
    public int numberEnd() {
        return numberEnd;
    }

    /// True if there is no point and no exponent.
    public boolean isInteger() {
        return numberEnd == intEnd && intEnd > intStart;
    }

    /// The leading integer alone, as CAST AS SIGNED reads strings; clamped. Fractions and exponents are cut off.
    public long prefixLong() {
        long magnitude = prefixMagnitude();
        if (isNegative) {
            isOutOfRange |= magnitude < 0 && magnitude != Long.MIN_VALUE;
            return isOutOfRange ? Long.MIN_VALUE : -magnitude;
        }
        isOutOfRange |= magnitude < 0;
        return isOutOfRange ? Long.MAX_VALUE : magnitude;
    }

    /// The leading integer alone, as CAST AS UNSIGNED reads strings: clamped to 2^64−1; a negative one in two's
    /// complement, which is out of range, clamped to −2^63.
    public long prefixUnsigned() {
        long magnitude = prefixMagnitude();
        if (isNegative && magnitude != 0) {
            boolean isTooLow = isOutOfRange || (magnitude < 0 && magnitude != Long.MIN_VALUE);
            isOutOfRange = isTooLow;
            return isTooLow ? Long.MIN_VALUE : -magnitude;
        }
        return magnitude;
    }

    private long prefixMagnitude() {
        isOutOfRange = false;
        long value = 0;
        for (int i = intStart; i < intEnd; i++) {
            int digit = bytes[i] - '0';
            if (Long.compareUnsigned(value, 1844674407370955161L) > 0 || (value == 1844674407370955161L && digit > 5)) {
                isOutOfRange = true;
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /// The whole number rounded half away from zero, as a string is stored into an integer column; clamped.
    public long roundedLong() {
        if (isInteger()) {
            return prefixLong();
        }
        BigDecimal value = decimal();
        long clamped = Decimals.toLong(value);
        isOutOfRange |= !Decimals.fitsLong(value);
        return clamped;
    }

    /// As [#roundedLong], unsigned; negative numbers clamp to 0.
    public long roundedUnsigned() {
        if (isInteger() && !isNegative) {
            return prefixUnsigned();
        }
        BigDecimal value = decimal();
        boolean isHuge = isOutOfRange;
        long clamped = Decimals.toUnsigned(value);
        isOutOfRange = isHuge || !Decimals.fitsUnsigned(value);
        return clamped;
    }

    /// The whole number as a decimal: exact, unless the exponent is absurd; then clamped to the greatest of 65 digits
    /// or to zero.
    public BigDecimal decimal() {
        isOutOfRange = false;
        int digits = intEnd - intStart + fractionEnd - fractionStart;
        int scale = fractionEnd - fractionStart;
        if (digits <= 18 && exponent == 0) {
            return BigDecimal.valueOf(mantissa(), scale);
        }
        BigInteger unscaled = digits <= 18 ? BigInteger.valueOf(mantissa()) : wideMantissa();
        if (unscaled.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal value = new BigDecimal(unscaled, scale).scaleByPowerOfTen(exponent);
        int magnitude = value.precision() - value.scale();
        if (magnitude > SqlType.MAX_DECIMAL_PRECISION + 16) {
            isOutOfRange = true;
            BigInteger most = Decimals.maxUnscaled(SqlType.MAX_DECIMAL_PRECISION);
            return new BigDecimal(isNegative ? most.negate() : most);
        }
        if (magnitude < -MAX_DECIMAL_DIGITS) {
            return BigDecimal.ZERO;
        }
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private long mantissa() {
        long value = 0;
        for (int i = intStart; i < intEnd; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        for (int i = fractionStart; i < fractionEnd; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return isNegative ? -value : value;
    }

    private BigInteger wideMantissa() {
        ByteBuilder digits = new ByteBuilder(intEnd - intStart + fractionEnd - fractionStart + 1);
        digits.put(isNegative ? '-' : '+');
        digits.put(bytes, intStart, intEnd - intStart).put(bytes, fractionStart, fractionEnd - fractionStart);
        return new BigInteger(digits.toString());
    }

    /// The whole number as a double; clamped to the greatest finite one.
    public double toDouble() {
        isOutOfRange = false;
        if (!hasDigits()) {
            return 0;
        }
        int digits = intEnd - intStart + fractionEnd - fractionStart;
        if (digits <= 15 && exponent == 0) {
            // Both operands are exact, so one division rounds right.
            double value = mantissa() / Decimals.POWERS_OF_TEN_AS_DOUBLE[fractionEnd - fractionStart];
            return isNegative && value == 0 ? -0.0 : value;
        }
        double value = Double.parseDouble(new String(bytes, start, numberEnd - start, StandardCharsets.ISO_8859_1));
        if (Double.isInfinite(value)) {
            isOutOfRange = true;
            return isNegative ? -Double.MAX_VALUE : Double.MAX_VALUE;
        }
        return value;
    }
}
