package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// DECIMAL values: limits, rounding, text, and conversion from and to other numbers.
///
/// A value is an unscaled integer, a `long` or a BigInteger, at a scale; see [io.qomo.base.vector.DecimalVector].
/// Rounding is half away from zero. Source: MySQL 8.0 manual, "Precision Math".
public final class Decimals {
    /// The default of `div_precision_increment`.
    public static final int DIVISION_PRECISION_INCREMENT = 4;
    /// Powers of ten that a long holds: 10^0 to 10^18.
    public static final long[] POWERS_OF_TEN = new long[19];

    static final double[] POWERS_OF_TEN_AS_DOUBLE = new double[23];

    private static final BigInteger[] BIG_POWERS = new BigInteger[SqlType.MAX_DECIMAL_PRECISION + 32];
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    static {
        BIG_POWERS[0] = BigInteger.ONE;
        for (int i = 1; i < BIG_POWERS.length; i++) {
            BIG_POWERS[i] = BIG_POWERS[i - 1].multiply(BigInteger.TEN);
        }
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = BIG_POWERS[i].longValue();
        }
        for (int i = 0; i < POWERS_OF_TEN_AS_DOUBLE.length; i++) {
            POWERS_OF_TEN_AS_DOUBLE[i] = BIG_POWERS[i].doubleValue();
        }
    }

    private Decimals() {}

    /// 10^n, n up to 96.
    public static BigInteger powerOfTen(int n) {
        return BIG_POWERS[n];
    }

    /// The greatest unscaled value of so many digits: 10^precision − 1.
    public static BigInteger maxUnscaled(int precision) {
        return BIG_POWERS[precision].subtract(BigInteger.ONE);
    }

    /// True if an unscaled value has at most so many digits.
    public static boolean fits(long unscaled, int precision) {
        if (precision >= 19) {
            return true;
        }
        long limit = POWERS_OF_TEN[precision];
        return unscaled < limit && unscaled > -limit;
    }

    /// True if an unscaled value has at most so many digits.
    public static boolean fits(BigInteger unscaled, int precision) {
        return unscaled.bitLength() < 64
                ? fits(unscaled.longValue(), precision)
                : unscaled.abs().compareTo(BIG_POWERS[precision]) < 0;
    }

    /// The value rounded to a scale.
    public static BigDecimal round(BigDecimal value, int scale) {
        return value.setScale(scale, RoundingMode.HALF_UP);
    }

    /// An unscaled value brought from one scale to a smaller one, rounded.
    public static long reduceScale(long unscaled, int from, int to) {
        int drop = from - to;
        if (drop > 18) {
            // Anything a long holds is below half of 10^20; of 10^19 only the round of 5·10^18 and more is not.
            return drop == 19 && (unscaled >= 5 * POWERS_OF_TEN[18] || unscaled <= -5 * POWERS_OF_TEN[18])
                    ? Long.signum(unscaled)
                    : 0;
        }
        long power = POWERS_OF_TEN[drop];
        long quotient = unscaled / power;
        long rest = Math.abs(unscaled - quotient * power);
        return rest >= power - rest && drop > 0 ? quotient + Long.signum(unscaled) : quotient;
    }

    /// An unscaled value of any size brought to another scale, rounded if that is smaller.
    public static BigInteger changeScale(BigInteger unscaled, int from, int to) {
        if (to >= from) {
            return unscaled.multiply(BigInteger.TEN.pow(to - from));
        }
        return round(new BigDecimal(unscaled, from), to).unscaledValue();
    }

    /// The value rounded to the scale of DECIMAL(precision, scale) and clamped to its range.
    public static BigDecimal clamp(BigDecimal value, int precision, int scale) {
        BigDecimal rounded = round(value, scale);
        if (fits(rounded.unscaledValue(), precision)) {
            return rounded;
        }
        BigInteger most = maxUnscaled(precision);
        return new BigDecimal(rounded.signum() < 0 ? most.negate() : most, scale);
    }

    /// True if the value, rounded to the scale, is within DECIMAL(precision, scale).
    public static boolean fits(BigDecimal value, int precision, int scale) {
        return fits(round(value, scale).unscaledValue(), precision);
    }

    /// The scale of a quotient: that of the dividend plus `div_precision_increment`, at most 30.
    public static int divisionScale(int dividendScale, int precisionIncrement) {
        return Math.min(dividendScale + precisionIncrement, SqlType.MAX_DECIMAL_SCALE);
    }

    /// The quotient at a scale, rounded; the divisor is not zero.
    public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor, int scale) {
        return dividend.divide(divisor, scale, RoundingMode.HALF_UP);
    }

    /// The decimal a double becomes: that of its shortest digits, as MySQL goes by way of text. The value is finite.
    public static BigDecimal ofDouble(double value) {
        return BigDecimal.valueOf(value);
    }

    /// The nearest double.
    public static double toDouble(long unscaled, int scale) {
        if (scale <= 22 && unscaled >= -(1L << 53) && unscaled <= 1L << 53) {
            return unscaled / POWERS_OF_TEN_AS_DOUBLE[scale];
        }
        return BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    /// The value rounded to an integer and clamped to BIGINT.
    public static long toLong(BigDecimal value) {
        BigInteger rounded = round(value, 0).unscaledValue();
        if (rounded.bitLength() < 64) {
            return rounded.longValue();
        }
        return rounded.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// The value rounded to an integer and clamped to BIGINT UNSIGNED.
    public static long toUnsigned(BigDecimal value) {
        BigInteger rounded = round(value, 0).unscaledValue();
        if (rounded.signum() < 0) {
            return 0;
        }
        return rounded.compareTo(TWO_TO_64) < 0 ? rounded.longValue() : -1;
    }

    /// True if the value, rounded, is within BIGINT.
    public static boolean fitsLong(BigDecimal value) {
        return round(value, 0).unscaledValue().bitLength() < 64;
    }

    /// True if the value, rounded, is within BIGINT UNSIGNED.
    public static boolean fitsUnsigned(BigDecimal value) {
        BigInteger rounded = round(value, 0).unscaledValue();
        return rounded.signum() >= 0 && rounded.compareTo(TWO_TO_64) < 0;
    }

    /// An unsigned long's value.
    public static BigInteger ofUnsigned(long bits) {
        return bits >= 0 ? BigInteger.valueOf(bits) : BigInteger.valueOf(bits).add(TWO_TO_64);
    }

    /// Appends the text: all digits of the scale, at least one before the point.
    public static void append(long unscaled, int scale, ByteBuilder out) {
        if (unscaled == Long.MIN_VALUE || scale > 18) {
            append(BigInteger.valueOf(unscaled), scale, out);
            return;
        }
        if (unscaled < 0) {
            out.put('-');
        }
        long magnitude = Math.abs(unscaled);
        if (scale == 0) {
            out.putUnsigned(magnitude);
            return;
        }
        long power = POWERS_OF_TEN[scale];
        out.putUnsigned(magnitude / power).put('.').putPadded(magnitude % power, scale);
    }

    /// Appends the text: all digits of the scale, at least one before the point.
    public static void append(BigInteger unscaled, int scale, ByteBuilder out) {
        String digits = unscaled.abs().toString();
        if (unscaled.signum() < 0) {
            out.put('-');
        }
        int whole = digits.length() - scale;
        if (whole <= 0) {
            out.putAscii("0.");
            for (int i = whole; i < 0; i++) {
                out.put('0');
            }
            out.putAscii(digits);
            return;
        }
        out.putAscii(digits.substring(0, whole));
        if (scale > 0) {
            out.put('.').putAscii(digits.substring(whole));
        }
    }

    /// The text of a value: all digits of its scale, never an exponent.
    public static String toString(BigDecimal value) {
        return value.toPlainString();
    }
}
