package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.math.BigDecimal;
import java.util.List;

/// Parameters as the dates and times they are compared with: a plan that serves many values must say of each what
/// a plan of its own, with the value as a literal, would say.
final class TemporalKeys {
    private static final int MICROS = 999_999;
    private static final long LAST_DATETIME = 9999_12_31_23_59_59L;
    private static final long DATE_TO_DATETIME = 1_000_000;

    private TemporalKeys() {}

    /// A number. One that is no date has a place between dates, as it would if numbers were compared.
    static Expr ofNumber(SqlType column, Expr number) {
        boolean isTime = column.kind() == TypeKind.TIME;
        SqlType from = number.type();
        RowFunction.Kernel kernel = row -> {
            BigDecimal value = Numbers.asDecimal(row, 0, from);
            row.set(isTime ? time(row, value) : datetime(row, value, column.kind() == TypeKind.DATE));
        };
        return call(kernel, number, isTime ? TemporalComparisons.TIME_6 : TemporalComparisons.DATETIME_6);
    }

    private static long datetime(Row row, BigDecimal value, boolean isDate) {
        if (value.precision() - value.scale() > 18) {
            return value.signum() < 0 ? 0 : Temporal.datetime(9999, 12, 31, 23, 59, 59, MICROS);
        }
        TemporalParser parser = row.temporals();
        long number = value.longValue();
        if (parser.datetimeOfNumber(number, Times.nanos(value), 6, 0)) {
            return parser.value();
        }
        if (number <= 0) {
            return 0;
        }
        boolean isLate = number > (isDate ? LAST_DATETIME / DATE_TO_DATETIME : LAST_DATETIME);
        return isLate
                ? Temporal.datetime(9999, 12, 31, 23, 59, 59, MICROS)
                : between(isDate ? number * DATE_TO_DATETIME : number);
    }

    /// The moment just behind the last date that is less than a number which is none itself.
    private static long between(long number) {
        int year = (int) (number / 10_000_000_000L);
        int month = (int) (number / 100_000_000 % 100);
        int day = (int) (number / 1_000_000 % 100);
        int hour = (int) (number / 10_000 % 100);
        int minute = (int) (number / 100 % 100);
        int second = (int) (number % 100);
        if (month > 12) {
            return Temporal.datetime(year, 12, 31, 23, 59, 59, MICROS);
        }
        if (day > 31) {
            return Temporal.datetime(year, month, 31, 23, 59, 59, MICROS);
        }
        if (hour > 23) {
            return Temporal.datetime(year, month, day, 23, 59, 59, MICROS);
        }
        if (minute > 59) {
            return Temporal.datetime(year, month, day, hour, 59, 59, MICROS);
        }
        return second > 59
                ? Temporal.datetime(year, month, day, hour, minute, 59, MICROS)
                : Temporal.datetime(year, month, day, hour, minute, second, 1);
    }

    private static long time(Row row, BigDecimal value) {
        if (value.precision() - value.scale() > 18) {
            return value.signum() < 0 ? -Temporals.MAX_TIME : Temporals.MAX_TIME;
        }
        TemporalParser parser = row.temporals();
        long number = value.longValue();
        if (parser.timeOfNumber(number, Times.nanos(value), 6, 0)) {
            return parser.value();
        }
        long magnitude = Math.abs(number);
        int hours = (int) Math.min(magnitude / 10_000, 839);
        int minute = (int) (magnitude / 100 % 100);
        if (hours > 838) {
            return number < 0 ? -Temporals.MAX_TIME : Temporals.MAX_TIME;
        }
        return Temporal.time(number < 0, hours, Math.min(minute, 59), 59, MICROS);
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
        return call(kernel, text, TemporalComparisons.DATETIME_6);
    }

    /// An integer compared with a YEAR: two digits mean a year.
    static Expr year(Expr number) {
        RowFunction.Kernel kernel = row -> {
            long value = row.integer(0);
            row.set(value > 0 && value < 100 ? CastKernels.fullYear(value, false) : value);
        };
        return call(kernel, number, number.type().unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT);
    }

    private static Expr call(RowFunction.Kernel kernel, Expr argument, SqlType type) {
        return new Expr.Call(
                new RowFunction("cast", kernel, true, RowFunction.Volatility.STABLE),
                List.of(argument),
                type,
                argument.nullable(),
                Coercibility.NUMERIC);
    }
}
