package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.DecimalVector;
import java.math.BigDecimal;

/// Reads any value as a number, as MySQL does where a number is wanted: strings by their leading number, dates as
/// YYYYMMDD and so on, ENUM by its index. What is lost is warned of.
final class Numbers {
    private Numbers() {}

    /// The value as a double.
    static double asDouble(Row row, int arg, SqlType from) {
        return switch (from.physical()) {
            case DOUBLE -> row.real(arg);
            case DECIMAL -> {
                DecimalVector v = (DecimalVector) row.vector(arg);
                yield v.isWide(row.index)
                        ? v.get(row.index).doubleValue()
                        : Decimals.toDouble(v.unscaled[v.at(row.index)], v.scale());
            }
            case LONG -> {
                if (from.kind().isTemporal()) {
                    yield temporal(row, arg, from).doubleValue();
                }
                long value = row.integer(arg);
                yield isUnsigned(from) ? unsignedToDouble(value) : value;
            }
            case BYTES -> {
                if (from.kind() == TypeKind.JSON) {
                    yield JsonCasts.asDouble(row, arg, "json");
                }
                NumberParser parser = parse(row, arg);
                double value = parser.toDouble();
                if (parser.isTruncated() || parser.isOutOfRange()) {
                    warn(row, "DOUBLE", row.text(arg));
                }
                yield value;
            }
        };
    }

    /// The value as a decimal of its own scale.
    static BigDecimal asDecimal(Row row, int arg, SqlType from) {
        return switch (from.physical()) {
            case DOUBLE -> ofDouble(row.real(arg));
            case DECIMAL -> row.decimal(arg);
            case LONG -> {
                if (from.kind().isTemporal()) {
                    yield temporal(row, arg, from);
                }
                long value = row.integer(arg);
                yield isUnsigned(from) ? new BigDecimal(Decimals.ofUnsigned(value)) : BigDecimal.valueOf(value);
            }
            case BYTES -> {
                if (from.kind() == TypeKind.JSON) {
                    yield JsonCasts.asDecimal(row, arg, "json");
                }
                NumberParser parser = parse(row, arg);
                BigDecimal value = parser.decimal();
                if (parser.isTruncated() || parser.isOutOfRange()) {
                    warn(row, "DECIMAL", row.text(arg));
                }
                yield value;
            }
        };
    }

    /// The value as the bits of an integer; clamped to BIGINT or BIGINT UNSIGNED. Integers of the other sign keep
    /// their bits.
    static long asLong(Row row, int arg, SqlType from, boolean unsigned) {
        return switch (from.physical()) {
            case DOUBLE -> ofDouble(row, row.real(arg), unsigned);
            case DECIMAL -> ofDecimal(row, row.decimal(arg), unsigned);
            case LONG -> from.kind().isTemporal() ? Decimals.toLong(temporal(row, arg, from)) : row.integer(arg);
            case BYTES -> {
                if (from.kind() == TypeKind.JSON) {
                    yield JsonCasts.asLong(row, arg, unsigned, "json");
                }
                NumberParser parser = parse(row, arg);
                long value = unsigned ? parser.prefixUnsigned() : parser.prefixLong();
                if (parser.isTruncatedAsInteger() || parser.isOutOfRange()) {
                    warn(row, "INTEGER", row.text(arg));
                }
                yield value;
            }
        };
    }

    /// CAST of a string: its leading integer in 64 bits, with a warning where its sign is not the target's.
    static long castText(Row row, int arg, boolean unsigned) {
        NumberParser parser = parse(row, arg);
        long value = parser.prefixUnsigned();
        boolean isNegative = parser.isNegative();
        boolean isTruncated = parser.isTruncatedAsInteger() || parser.isOutOfRange();
        if (isTruncated) {
            warn(row, "INTEGER", row.text(arg));
        }
        if (unsigned && isNegative && value < 0) {
            row.context.warn(ErrorCode.CAST_COMPLEMENT, "unsigned", "negative integer", "positive");
        } else if (!unsigned && !isNegative && value < 0 && !isTruncated) {
            row.context.warn(ErrorCode.CAST_COMPLEMENT, "signed", "positive out-of-range integer", "negative");
        }
        return value;
    }

    /// CAST of a decimal: rounded; a negative one keeps its two's complement.
    static long castDecimal(Row row, int arg, boolean unsigned) {
        BigDecimal value = row.decimal(arg);
        return ofDecimal(row, value, unsigned && value.signum() >= 0);
    }

    private static long ofDouble(Row row, double value, boolean unsigned) {
        if (unsigned && value < 0) {
            // Negative doubles keep their two's complement, as MySQL's do.
            return Doubles.toLong(value);
        }
        boolean fits = unsigned ? Doubles.fitsUnsigned(value) : Doubles.fitsLong(value);
        if (!fits) {
            warn(row, "INTEGER", Doubles.toString(value));
        }
        return unsigned ? Doubles.toUnsigned(value) : Doubles.toLong(value);
    }

    private static long ofDecimal(Row row, BigDecimal value, boolean unsigned) {
        boolean fits = unsigned ? Decimals.fitsUnsigned(value) : Decimals.fitsLong(value);
        if (!fits) {
            warn(row, "DECIMAL", Decimals.toString(value));
        }
        return unsigned ? Decimals.toUnsigned(value) : Decimals.toLong(value);
    }

    private static NumberParser parse(Row row, int arg) {
        return row.numbers().parse(row.base(arg), row.offset(arg), row.length(arg));
    }

    static void warn(Row row, String type, String value) {
        row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, type, value);
    }

    /// True of types whose longs count from 0.
    static boolean isUnsigned(SqlType type) {
        return NumericTypes.isUnsigned(type) || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
    }

    static double unsignedToDouble(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    /// A double as a decimal; what no decimal holds becomes the greatest one.
    static BigDecimal ofDouble(double value) {
        if (!Double.isFinite(value)) {
            return BigDecimal.ZERO;
        }
        return Decimals.ofDouble(value);
    }

    /// A temporal value as a number with its fraction: 20201231235959.123, with the scale of its type.
    static BigDecimal temporal(Row row, int arg, SqlType from) {
        long value = row.integer(arg);
        if (from.kind() == TypeKind.TIMESTAMP) {
            value = row.zone().toDatetime(value);
        }
        int scale = Math.max(from.scale(), 0);
        boolean isTime = from.kind() == TypeKind.TIME;
        long whole = isTime ? Temporals.timeToNumber(value) : Temporals.toNumber(value, from.kind() == TypeKind.DATE);
        if (scale == 0) {
            return BigDecimal.valueOf(whole);
        }
        int micros = isTime ? Temporals.microsOf(value) : Temporal.micros(value);
        long fraction = micros / Decimals.POWERS_OF_TEN[6 - scale];
        if (isTime && value < 0) {
            fraction = -fraction;
        }
        // 14 digits and 5 more need not fit a long.
        return scale < 5
                ? BigDecimal.valueOf(whole * Decimals.POWERS_OF_TEN[scale] + fraction, scale)
                : BigDecimal.valueOf(whole).add(BigDecimal.valueOf(fraction, scale));
    }
}
