package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TypeKind;
import io.qomo.base.type.Types;
import java.math.BigDecimal;

/// Stores values in columns of numbers.
final class AssignNumbers {
    private AssignNumbers() {}

    static void integer(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        boolean unsigned = target.unsigned();
        long value = 0;
        boolean fits = true;
        switch (from.physical()) {
            case LONG -> {
                if (from.kind().isTemporal()) {
                    BigDecimal number = Numbers.temporal(row, 0, from);
                    value = Decimals.toLong(number);
                    fits = !unsigned || value >= 0;
                } else {
                    value = row.integer(0);
                    // Of different signs, values from 2^63 on and below 0 have no counterpart.
                    fits = value >= 0 || Numbers.isUnsigned(from) == unsigned;
                    if (!fits) {
                        value = unsigned ? 0 : Long.MAX_VALUE;
                    }
                }
            }
            case DOUBLE -> {
                double real = row.real(0);
                fits = unsigned ? Doubles.fitsUnsigned(real) : Doubles.fitsLong(real);
                value = unsigned ? Doubles.toUnsigned(real) : Doubles.toLong(real);
            }
            case DECIMAL -> {
                BigDecimal decimal = row.decimal(0);
                fits = unsigned ? Decimals.fitsUnsigned(decimal) : Decimals.fitsLong(decimal);
                value = unsigned ? Decimals.toUnsigned(decimal) : Decimals.toLong(decimal);
            }
            case BYTES -> {
                if (from.kind() == TypeKind.JSON) {
                    value = JsonCasts.asLong(row, 0, unsigned, to.column());
                } else {
                    NumberParser parser = text(to, row, "integer");
                    value = unsigned ? parser.roundedUnsigned() : parser.roundedLong();
                    fits = !parser.isOutOfRange();
                }
            }
        }
        row.set(clamp(to, value, fits));
    }

    /// Reads a number in a string; what is none at all or has something behind it is reported.
    private static NumberParser text(AssignmentConverter to, Row row, String type) {
        NumberParser parser = row.numbers().parse(row.base(0), row.offset(0), row.length(0));
        if (!parser.hasDigits()) {
            to.incorrect(type, Encodings.shown(row.base(0), row.offset(0), row.offset(0) + row.length(0), 128));
        } else if (parser.isTruncated()) {
            if (type.equals("decimal")) {
                to.incorrect(type, row.text(0));
            } else {
                to.truncated();
            }
        }
        return parser;
    }

    private static long clamp(AssignmentConverter to, long value, boolean fits) {
        SqlType target = to.target();
        boolean unsigned = target.unsigned();
        long least = Types.minValue(target.kind(), unsigned);
        long most = Types.maxValue(target.kind(), unsigned);
        long clamped = value;
        if (unsigned ? Long.compareUnsigned(value, most) > 0 : value > most) {
            clamped = most;
        } else if (!unsigned && value < least) {
            clamped = least;
        }
        if (clamped != value || !fits) {
            to.outOfRange();
        }
        return clamped;
    }

    static void year(AssignmentConverter to, Row row, SqlType from) {
        long value;
        boolean isText = false;
        if (from.kind().hasDate()) {
            value = Temporal.year(Times.asDatetime(row, 0, from, 0));
        } else if (from.kind().isString()) {
            NumberParser parser = text(to, row, "integer");
            isText = parser.hasDigits() && !(row.length(0) >= 4);
            value = parser.roundedLong();
        } else {
            value = Numbers.asLong(row, 0, from, false);
        }
        if (value < 0 || (value > 99 && value < 1901) || value > 2155) {
            to.outOfRange();
            row.set(0L);
        } else {
            row.set(CastKernels.fullYear(value, isText));
        }
    }

    static void bit(AssignmentConverter to, Row row, SqlType from) {
        int bits = Math.max(to.target().length(), 1);
        long value = 0;
        boolean fits = true;
        if (from.kind().isString()) {
            byte[] bytes = Encodings.encoded(row, 0, from.collation().charset());
            for (int i = 0; i < bytes.length; i++) {
                fits &= bytes.length - i <= 8 || bytes[i] == 0;
                value = value << 8 | (bytes[i] & 0xFF);
            }
        } else {
            value = Numbers.asLong(row, 0, from, true);
        }
        if (!fits || (bits < 64 && value >>> bits != 0)) {
            if (to.isStrict()) {
                to.report(ErrorCode.DATA_TOO_LONG, to.column(), to.rowNumber());
            }
            to.outOfRange();
            value = bits < 64 ? (1L << bits) - 1 : -1;
        }
        row.set(value);
    }

    static void approximate(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        double value;
        if (from.kind().isString()) {
            NumberParser parser = row.numbers().parse(row.base(0), row.offset(0), row.length(0));
            value = parser.toDouble();
            if (parser.isOutOfRange()) {
                to.outOfRange();
            } else if (parser.isTruncated()) {
                to.truncated();
            }
        } else {
            value = Numbers.asDouble(row, 0, from);
        }
        if (!Double.isFinite(value)) {
            to.outOfRange();
            value = Double.isNaN(value) ? 0 : value > 0 ? Double.MAX_VALUE : -Double.MAX_VALUE;
        }
        if (target.unsigned() && value < 0) {
            to.outOfRange();
            value = 0;
        }
        double most = Double.MAX_VALUE;
        if (target.scale() >= 0) {
            value = Doubles.round(value, target.scale(), false);
            most = BigDecimal.TEN
                    .pow(Math.max(target.length() - target.scale(), 0))
                    .subtract(BigDecimal.ONE.movePointLeft(target.scale()))
                    .doubleValue();
        }
        boolean isFloat = target.kind() == TypeKind.FLOAT;
        if (isFloat) {
            most = Math.min(most, Float.MAX_VALUE);
        }
        if (Math.abs(value) > most) {
            to.outOfRange();
            value = value > 0 ? most : -most;
        }
        row.set(isFloat ? (double) (float) value : value);
    }

    static void decimal(AssignmentConverter to, Row row, SqlType from) {
        SqlType target = to.target();
        BigDecimal value;
        if (from.kind().isString()) {
            NumberParser parser = text(to, row, "decimal");
            value = parser.decimal();
            if (parser.isOutOfRange()) {
                to.outOfRange();
            }
        } else if (from.physical() == io.qomo.base.type.Physical.DOUBLE && !Double.isFinite(row.real(0))) {
            to.outOfRange();
            value = BigDecimal.ZERO;
        } else {
            value = Numbers.asDecimal(row, 0, from);
        }
        if (target.unsigned() && value.signum() < 0) {
            to.outOfRange();
            row.set(BigDecimal.ZERO);
            return;
        }
        if (!Decimals.fits(value, target.length(), target.scale())) {
            to.outOfRange();
            row.set(Decimals.clamp(value, target.length(), target.scale()));
            return;
        }
        BigDecimal rounded = Decimals.round(value, target.scale());
        if (rounded.compareTo(value) != 0 && from.physical() != io.qomo.base.type.Physical.DOUBLE) {
            to.noteTruncated();
        }
        row.set(rounded);
    }
}
