package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Days;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.math.BigDecimal;
import java.util.List;

/// Numbers, parameters and moments in the terms of the date or time they are compared with. One function serves
/// literals and parameters, so that a plan which serves many values says of each what a plan of its own would say.
///
/// A packed value has room for more microseconds than a second has: [#BETWEEN] of them lie behind one second and
/// before the next, where no date or time is. There belongs a number that is none.
final class TemporalKeys {
    private static final int BETWEEN = 0xFFFFFF;
    private static final int LAST_MICRO = 999_999;
    private static final long LAST_DATETIME = 9999_12_31_23_59_59L;
    private static final long DATE_TO_DATETIME = 1_000_000;
    private static final long BELOW_DATETIMES = -1;
    private static final long ABOVE_DATETIMES = Temporal.datetime(9999, 12, 31, 23, 59, 59, BETWEEN);
    private static final long ABOVE_TIMES = Temporal.time(false, 838, 59, 59, BETWEEN);
    /// Above the zero TIMESTAMP, below all others.
    private static final long NO_TIMESTAMP = 1;

    private TemporalKeys() {}

    /// A number. One that is no date has a place between dates, as it would if numbers were compared.
    static Expr ofNumber(SqlType column, Expr number) {
        boolean isTime = column.kind() == TypeKind.TIME;
        SqlType from = number.type();
        RowFunction.Kernel kernel = row -> {
            BigDecimal value = Numbers.asDecimal(row, 0, from);
            row.set(isTime ? time(row, value) : datetime(row, value, column.kind() == TypeKind.DATE));
        };
        SqlType type = isTime ? TemporalComparisons.TIME_6 : TemporalComparisons.DATETIME_6;
        return call(kernel, number, type, RowFunction.Volatility.PURE);
    }

    private static long datetime(Row row, BigDecimal value, boolean isDate) {
        if (value.signum() < 0) {
            return BELOW_DATETIMES;
        }
        if (value.precision() - value.scale() > 18) {
            return ABOVE_DATETIMES;
        }
        TemporalParser parser = row.temporals();
        long number = value.longValue();
        int nanos = Times.nanos(value);
        if (parser.datetimeOfNumber(number, nanos, 6, 0)) {
            return parser.value();
        }
        if (number > (isDate ? LAST_DATETIME / DATE_TO_DATETIME : LAST_DATETIME)) {
            return ABOVE_DATETIMES;
        }
        // The digits of a date have no fraction.
        return isDate ? digits(number * DATE_TO_DATETIME, nanos > 0 ? 1 : 0) : digits(number, nanos / 1000);
    }

    /// The digits of a number that is no date as they are, which sorts them among dates; behind the last date below
    /// where they do not fit.
    private static long digits(long number, int micros) {
        int year = (int) (number / 10_000_000_000L);
        int month = (int) (number / 100_000_000 % 100);
        int day = (int) (number / 1_000_000 % 100);
        int hour = (int) (number / 10_000 % 100);
        int minute = (int) (number / 100 % 100);
        int second = (int) (number % 100);
        if (month > 12) {
            return Temporal.datetime(year, 12, 31, 23, 59, 59, BETWEEN);
        }
        if (day > 31) {
            return Temporal.datetime(year, month, 31, 23, 59, 59, BETWEEN);
        }
        if (hour > 23) {
            return Temporal.datetime(year, month, day, 23, 59, 59, BETWEEN);
        }
        if (minute > 59) {
            return Temporal.datetime(year, month, day, hour, 59, 59, BETWEEN);
        }
        return second > 59
                ? Temporal.datetime(year, month, day, hour, minute, 59, BETWEEN)
                : Temporal.datetime(year, month, day, hour, minute, second, micros);
    }

    private static long time(Row row, BigDecimal value) {
        boolean isNegative = value.signum() < 0;
        if (value.precision() - value.scale() > 18) {
            return isNegative ? -ABOVE_TIMES : ABOVE_TIMES;
        }
        TemporalParser parser = row.temporals();
        long number = value.longValue();
        if (parser.timeOfNumber(number, Times.nanos(value), 6, 0)) {
            return parser.value();
        }
        long magnitude = Math.abs(number);
        int hours = (int) Math.min(magnitude / 10_000, 839);
        int minute = (int) (magnitude / 100 % 100);
        return hours > 838
                ? (isNegative ? -ABOVE_TIMES : ABOVE_TIMES)
                : Temporal.time(isNegative, hours, Math.min(minute, 59), 59, BETWEEN);
    }

    /// A DATE or DATETIME, or a key of one, as the TIMESTAMP `k` for which `column operator k` says the same. What no
    /// TIMESTAMP is (a date with a zero month, one outside the range) has a place between them.
    static Expr timestamp(Comparison.Operator operator, Expr datetime) {
        RowFunction.Kernel kernel = row -> row.set(timestamp(row, row.integer(0), operator));
        return call(kernel, datetime, TemporalComparisons.TIMESTAMP_6, RowFunction.Volatility.SETTINGS);
    }

    private static long timestamp(Row row, long value, Comparison.Operator operator) {
        if (value <= 0) {
            return value;
        }
        long real = lastRealUpTo(value);
        long micros = real == 0 ? NO_TIMESTAMP : row.zone().toMicros(real);
        if (micros < Temporals.MIN_TIMESTAMP) {
            return NO_TIMESTAMP;
        }
        if (micros > Temporals.MAX_TIMESTAMP) {
            return Temporals.MAX_TIMESTAMP + 1;
        }
        if (real == value) {
            return micros;
        }
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> NO_TIMESTAMP;
            case LESS, GREATER_OR_EQUAL -> micros + 1;
            case LESS_OR_EQUAL, GREATER -> micros;
        };
    }

    /// The last DATETIME of a day of the calendar that is not above a value; 0 if there is none.
    private static long lastRealUpTo(long value) {
        int year = Temporal.year(value);
        int month = Temporal.month(value);
        int day = Temporal.day(value);
        if (month == 0) {
            return year == 0 ? 0 : Temporal.datetime(year - 1, 12, 31, 23, 59, 59, LAST_MICRO);
        }
        if (day == 0) {
            return month == 1 ? lastRealUpTo(Temporal.date(year, 0, 0)) : lastOfMonth(year, month - 1);
        }
        if (day > Days.inMonth(year, month)) {
            return lastOfMonth(year, month);
        }
        return Temporal.micros(value) > LAST_MICRO ? value - Temporal.micros(value) + LAST_MICRO : value;
    }

    private static long lastOfMonth(int year, int month) {
        return Temporal.datetime(year, month, Days.inMonth(year, month), 23, 59, 59, LAST_MICRO);
    }

    /// A string. Error 1525 for one that is no date.
    static Expr ofText(SqlType column, Expr text) {
        SqlType from = text.type();
        RowFunction.Kernel kernel = row -> {
            byte[] bytes = row.bytes(0);
            if (!row.temporals().datetime(bytes, 0, bytes.length, 6, Times.flags(row.context))) {
                throw new SqlException(
                        ErrorCode.INCORRECT_DATETIME_LITERAL, column.kind().name(), row.text(0));
            }
            row.set(Times.asDatetime(row, 0, from, 6));
        };
        return call(kernel, text, TemporalComparisons.DATETIME_6, RowFunction.Volatility.SETTINGS);
    }

    /// An integer compared with a YEAR: two digits mean a year.
    static Expr year(Expr number) {
        RowFunction.Kernel kernel = row -> {
            long value = row.integer(0);
            row.set(value > 0 && value < 100 ? CastKernels.fullYear(value, false) : value);
        };
        return call(
                kernel,
                number,
                number.type().unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT,
                RowFunction.Volatility.PURE);
    }

    private static Expr call(
            RowFunction.Kernel kernel, Expr argument, SqlType type, RowFunction.Volatility volatility) {
        return new Expr.Call(
                new RowFunction("cast", kernel, true, volatility),
                List.of(argument),
                type,
                argument.nullable(),
                Coercibility.NUMERIC);
    }
}
