package io.qomo.serve.mysql.result;

import io.qomo.base.type.Temporal;
import io.qomo.serve.mysql.wire.WireBuffer;

/// Values of fixed shape as text, written without a length.
final class TextFormat {
    private static final long[] MICROS_PER_DIGIT = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TextFormat() {}

    /// `YYYY-MM-DD` of a packed DATE or DATETIME.
    static void date(long packed, WireBuffer out) {
        out.putFixedDigits(Temporal.year(packed), 4);
        out.putByte('-');
        out.putFixedDigits(Temporal.month(packed), 2);
        out.putByte('-');
        out.putFixedDigits(Temporal.day(packed), 2);
    }

    /// `YYYY-MM-DD hh:mm:ss[.f]` of a packed DATETIME with `fsp` digits of fraction.
    static void datetime(long packed, int fsp, WireBuffer out) {
        date(packed, out);
        out.putByte(' ');
        out.putFixedDigits(Temporal.hour(packed), 2);
        minutes(packed, fsp, out);
    }

    /// `[-]hh:mm:ss[.f]` of a packed TIME.
    static void time(long packed, int fsp, WireBuffer out) {
        if (packed < 0) {
            out.putByte('-');
        }
        long magnitude = Math.abs(packed);
        int hours = Temporal.timeHours(packed);
        out.putFixedDigits(hours, hours < 100 ? 2 : 3);
        minutes(magnitude, fsp, out);
    }

    private static void minutes(long packed, int fsp, WireBuffer out) {
        out.putByte(':');
        out.putFixedDigits(Temporal.minute(packed), 2);
        out.putByte(':');
        out.putFixedDigits(Temporal.second(packed), 2);
        if (fsp > 0) {
            out.putByte('.');
            out.putFixedDigits(Temporal.micros(packed) / MICROS_PER_DIGIT[fsp], fsp);
        }
    }

    /// A decimal of an unscaled value that fits a long.
    static void decimal(long unscaled, int scale, WireBuffer out) {
        if (scale == 0) {
            out.putDigits(unscaled);
            return;
        }
        if (unscaled < 0) {
            out.putByte('-');
        }
        // Long.MIN_VALUE has no magnitude: split it before the sign is dropped
        int low = Math.min(scale, 18);
        long power = POWERS_OF_TEN[low];
        long whole = Math.abs(unscaled / power);
        long fraction = Math.abs(unscaled % power);
        if (scale > 18) {
            out.putByte('0');
            out.putByte('.');
            putZerosAsDigits(scale - 19, out);
            out.putFixedDigits(whole, 1);
        } else {
            out.putUnsignedDigits(whole);
            out.putByte('.');
        }
        out.putFixedDigits(fraction, low);
    }

    /// A decimal of unscaled digits, as BigInteger writes them, with or without a sign.
    static void decimal(String unscaled, int scale, WireBuffer out) {
        boolean negative = unscaled.charAt(0) == '-';
        String digits = negative ? unscaled.substring(1) : unscaled;
        if (negative) {
            out.putByte('-');
        }
        int whole = digits.length() - scale;
        if (whole <= 0) {
            out.putByte('0');
        } else {
            out.putAscii(digits.substring(0, whole));
        }
        if (scale > 0) {
            out.putByte('.');
            putZerosAsDigits(-whole, out);
            out.putAscii(digits.substring(Math.max(whole, 0)));
        }
    }

    private static void putZerosAsDigits(int count, WireBuffer out) {
        for (int i = 0; i < count; i++) {
            out.putByte('0');
        }
    }

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        long power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            power *= 10;
        }
        return powers;
    }
}
