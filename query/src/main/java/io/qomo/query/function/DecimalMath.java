package io.qomo.query.function;

import io.qomo.base.type.Decimals;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.LongVector;
import java.math.BigInteger;

/// Arithmetic on unscaled values: longs where they suffice, BigIntegers where not.
final class DecimalMath {
    private DecimalMath() {}

    /// The order of two values of whatever scales.
    static int compare(DecimalVector a, int aRow, DecimalVector b, int bRow) {
        int as = a.scale();
        int bs = b.scale();
        if (!a.isWide(aRow) && !b.isWide(bRow)) {
            long x = a.unscaled[a.at(aRow)];
            long y = b.unscaled[b.at(bRow)];
            if (as == bs) {
                return Long.compare(x, y);
            }
            int signs = Integer.compare(Long.signum(x), Long.signum(y));
            if (signs != 0) {
                return signs;
            }
            int up = Math.abs(as - bs);
            if (up <= 18) {
                long power = Decimals.POWERS_OF_TEN[up];
                long scaled = as < bs ? x : y;
                if (Math.multiplyHigh(scaled, power) == scaled * power >> 63) {
                    return as < bs ? Long.compare(x * power, y) : Long.compare(x, y * power);
                }
            }
        }
        return a.get(aRow).compareTo(b.get(bRow));
    }

    /// The order of an integer, signed or unsigned by its type, and a decimal without fraction.
    static int compareInteger(LongVector a, int aRow, DecimalVector b, int bRow) {
        long value = a.get(aRow);
        boolean isLarge = value < 0 && Numbers.isUnsigned(a.type());
        if (!b.isWide(bRow)) {
            return isLarge ? 1 : Long.compare(value, b.unscaled[b.at(bRow)]);
        }
        BigInteger wide = b.unscaled(bRow);
        if (wide.signum() < 0 || wide.bitLength() > Long.SIZE || !isLarge) {
            return -wide.signum();
        }
        return Long.compareUnsigned(value, wide.longValue());
    }

    /// True if `value * 10^up` fits a long.
    static boolean canScale(long value, int up) {
        if (up == 0 || value == 0) {
            return true;
        }
        if (up > 18) {
            return false;
        }
        long power = Decimals.POWERS_OF_TEN[up];
        return Math.multiplyHigh(value, power) == value * power >> 63;
    }

    static BigInteger scale(BigInteger value, int up) {
        return up == 0 ? value : value.multiply(BigInteger.TEN.pow(up));
    }
}
