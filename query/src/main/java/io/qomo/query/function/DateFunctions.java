package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Days;
import io.qomo.base.type.IntervalUnit;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Date and time functions.
///
/// Source: MySQL 8.0 manual, "Date and Time Functions".
final class DateFunctions {
    static final FunctionTable TABLE = new FunctionTable("Date and Time Functions")
            .add("ADDDATE(date, days)", c -> DateArithmetic.addInterval(c, IntervalUnit.DAY, false))
            .add("ADDTIME(expr1, expr2)", c -> DateArithmetic.addTime(c, false))
            .add("CONVERT_TZ(dt, from_tz, to_tz)", UnixTime::convertZone)
            .add("CURDATE()", c -> Clock.date(c, false))
            .add("CURRENT_DATE()", c -> Clock.date(c, false))
            .add("CURRENT_TIME([fsp])", c -> Clock.time(c, false))
            .add("CURRENT_TIMESTAMP([fsp])", c -> Clock.datetime(c, false))
            .add("CURTIME([fsp])", c -> Clock.time(c, false))
            .add("DATE(expr)", DateFunctions::date)
            .add("DATEDIFF(expr1, expr2)", DateArithmetic::dateDiff)
            .add("DATE_FORMAT(date, format)", DateFormat::dateFormat)
            .add("DAY(date)", c -> DateParts.ofDate(c, Temporal::day))
            .add("DAYNAME(date)", DateParts::dayName)
            .add("DAYOFMONTH(date)", c -> DateParts.ofDate(c, Temporal::day))
            .add("DAYOFWEEK(date)", c -> DateParts.ofDay(c, DateParts::dayOfWeek))
            .add("DAYOFYEAR(date)", c -> DateParts.ofDay(c, DateParts::dayOfYear))
            .add("FROM_DAYS(n)", DateFunctions::fromDays)
            .add("FROM_UNIXTIME(unix_timestamp[, format])", UnixTime::fromUnixTime)
            .add("HOUR(time)", c -> DateParts.ofTime(c, Temporal::timeHours))
            .add("LAST_DAY(date)", DateFunctions::lastDay)
            .add("LOCALTIME([fsp])", c -> Clock.datetime(c, false))
            .add("LOCALTIMESTAMP([fsp])", c -> Clock.datetime(c, false))
            .add("MAKEDATE(year, dayofyear)", DateFunctions::makeDate)
            .add("MAKETIME(hour, minute, second)", DateFunctions::makeTime)
            .add("MICROSECOND(expr)", c -> DateParts.ofTime(c, Temporals::microsOf))
            .add("MINUTE(time)", c -> DateParts.ofTime(c, Temporals::minuteOf))
            .add("MONTH(date)", c -> DateParts.ofDate(c, Temporal::month))
            .add("MONTHNAME(date)", DateParts::monthName)
            .add("NOW([fsp])", c -> Clock.datetime(c, false))
            .add("PERIOD_ADD(p, n)", DateFunctions::periodAdd)
            .add("PERIOD_DIFF(p1, p2)", DateFunctions::periodDiff)
            .add("QUARTER(date)", c -> DateParts.ofDate(c, DateParts::quarter))
            .add("SECOND(time)", c -> DateParts.ofTime(c, Temporals::secondOf))
            .add("SEC_TO_TIME(seconds)", DateFunctions::secondsToTime)
            .add("STR_TO_DATE(str, format)", DateParsing::bind)
            .add("SUBDATE(date, days)", c -> DateArithmetic.addInterval(c, IntervalUnit.DAY, true))
            .add("SUBTIME(expr1, expr2)", c -> DateArithmetic.addTime(c, true))
            .add("SYSDATE([fsp])", Clock::sysdate)
            .add("TIME(expr)", DateFunctions::time)
            .add("TIMEDIFF(expr1, expr2)", DateArithmetic::timeDiff)
            .add("TIMESTAMP(expr1[, expr2])", DateFunctions::timestamp)
            .add("TIME_FORMAT(time, format)", DateFormat::timeFormat)
            .add("TIME_TO_SEC(time)", c -> {
                c.time(0);
                return c.nullable()
                        .returnsLong(row -> row.set(Temporals.timeMicros(row.integer(0)) / Temporals.SECOND));
            })
            .add("TO_DAYS(date)", c -> DateParts.ofDay(c, Days::number))
            .add("TO_SECONDS(expr)", DateFunctions::toSeconds)
            .add("UNIX_TIMESTAMP([date])", UnixTime::unixTimestamp)
            .add("UTC_DATE()", c -> Clock.date(c, true))
            .add("UTC_TIME([fsp])", c -> Clock.time(c, true))
            .add("UTC_TIMESTAMP([fsp])", c -> Clock.datetime(c, true))
            .add("WEEK(date[, mode])", DateParts::week)
            .add("WEEKDAY(date)", c -> DateParts.ofDay(c, DateParts::weekday))
            .add("WEEKOFYEAR(date)", c -> DateParts.ofDay(c, d -> DateParts.week(d, 3)))
            .add("YEAR(date)", c -> DateParts.ofDate(c, Temporal::year))
            .add("YEARWEEK(date[, mode])", DateParts::yearWeek);

    private DateFunctions() {}

    private static Expr date(Binding call) {
        return Casts.to(call.get(0), SqlType.DATE, call.context());
    }

    private static Expr time(Binding call) {
        SqlType type = call.type(0);
        int fsp = type.kind().isTemporal() || type.kind() == TypeKind.DECIMAL
                ? Math.clamp(type.scale(), 0, 6)
                : type.kind().isString() || type.kind().isApproximate() ? 6 : 0;
        if (type.kind().isString()) {
            fsp = digitsOf(call, 0);
        }
        return Casts.to(call.get(0), SqlType.temporal(TypeKind.TIME, fsp), call.context());
    }

    /// Fractional digits of a string: a literal's own, 6 else.
    private static int digitsOf(Binding call, int argument) {
        if (call.constant(argument) instanceof io.qomo.base.vector.BytesVector v && !v.isNull(0)) {
            String text = v.getString(0).strip();
            int point = text.lastIndexOf('.');
            return point < 0 ? 0 : Math.min(6, text.length() - point - 1);
        }
        return 6;
    }

    private static Expr timestamp(Binding call) {
        SqlType type = call.type(0);
        int fsp = type.kind().isTemporal()
                ? Math.max(type.scale(), 0)
                : type.kind().isString() ? digitsOf(call, 0) : Math.min(6, NumericTypes.scale(type));
        if (call.size() == 1) {
            return Casts.to(call.get(0), SqlType.temporal(TypeKind.DATETIME, fsp), call.context());
        }
        int added = call.kind(1).isTemporal()
                ? Math.max(call.type(1).scale(), 0)
                : call.kind(1).isString() ? digitsOf(call, 1) : Math.min(6, NumericTypes.scale(call.type(1)));
        call.datetime(0).time(1).nullable();
        SqlType result = SqlType.temporal(TypeKind.DATETIME, Math.max(fsp, added));
        return call.returns(result, Coercibility.NUMERIC, row -> {
            long date = row.integer(0);
            long sum = Temporals.isRealDate(date)
                    ? Temporals.ofMicros(Temporals.toMicros(date) + Temporals.timeMicros(row.integer(1)))
                    : Times.NONE;
            if (sum == Times.NONE) {
                row.setNull();
            } else {
                row.set(sum);
            }
        });
    }

    private static Expr fromDays(Binding call) {
        call.integer(0);
        return call.nullable().returns(SqlType.DATE, Coercibility.NUMERIC, row -> row.set(Days.date(row.integer(0))));
    }

    private static Expr lastDay(Binding call) {
        call.datetime(0);
        return call.nullable().returns(SqlType.DATE, Coercibility.NUMERIC, row -> {
            if (Temporal.month(row.integer(0)) == 0) {
                row.context.warn(
                        ErrorCode.INCORRECT_VALUE,
                        "datetime",
                        io.qomo.base.type.TemporalFormat.datetime(row.integer(0), 0));
                row.setNull();
            } else {
                row.set(Temporals.lastDay(row.integer(0)));
            }
        });
    }

    private static Expr makeDate(Binding call) {
        call.integer(0, 1);
        return call.nullable().returns(SqlType.DATE, Coercibility.NUMERIC, row -> {
            long year = row.integer(0);
            long day = row.integer(1);
            if (year < 0 || year > 9999 || day <= 0) {
                row.setNull();
                return;
            }
            long full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
            long date = day > Days.MAX ? 0 : Days.date(Days.number((int) full, 1, 1) + day - 1);
            if (date == 0) {
                row.setNull();
            } else {
                row.set(date);
            }
        });
    }

    private static Expr makeTime(Binding call) {
        SqlType seconds = call.type(2);
        int fsp = seconds.kind() == TypeKind.DECIMAL
                ? Math.min(6, seconds.scale())
                : seconds.kind().isString() || seconds.kind().isApproximate() ? 6 : 0;
        call.integer(0, 1);
        SqlType type = call.type(2);
        boolean unsigned = call.type(0).unsigned();
        return call.nullable().returns(SqlType.temporal(TypeKind.TIME, fsp), Coercibility.NUMERIC, row -> {
            long hour = row.integer(0);
            long minute = row.integer(1);
            BigDecimal second = Numbers.asDecimal(row, 2, type);
            if (minute < 0 || minute > 59 || second.signum() < 0 || second.compareTo(BigDecimal.valueOf(60)) >= 0) {
                row.setNull();
                return;
            }
            boolean tooLarge = (unsigned && hour < 0) || hour > 838 || hour < -838;
            if (tooLarge) {
                boolean negative = hour < 0 && !unsigned;
                row.context.warn(
                        ErrorCode.TRUNCATED_WRONG_VALUE,
                        "time",
                        hour + ":" + (minute < 10 ? "0" : "") + minute + ":" + second.toPlainString());
                row.set(negative ? -Temporals.MAX_TIME : Temporals.MAX_TIME);
                return;
            }
            long micros =
                    second.setScale(fsp, RoundingMode.HALF_UP).movePointRight(6).longValue();
            long whole = (Math.abs(hour) * 60 + minute) * 60 * Temporals.SECOND + micros;
            row.set(Temporals.time(hour < 0 ? -whole : whole));
        });
    }

    private static long months(Row row, int argument) {
        long period = row.integer(argument);
        long year = period / 100;
        long month = period % 100;
        if (period <= 0 || month < 1 || month > 12) {
            throw new io.qomo.base.error.SqlException(
                    ErrorCode.WRONG_ARGUMENTS, row.width() == 2 && argument == 0 ? "period_add" : "period_diff");
        }
        long full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
        return full * 12 + month - 1;
    }

    private static Expr periodAdd(Binding call) {
        call.integer(0, 1);
        return call.returnsLong(row -> {
            long months = months(row, 0) + row.integer(1);
            row.set(months == 0 ? 0 : period(months));
        });
    }

    /// The period of months counted from the year 0, as MySQL's convert_month_to_period: in unsigned 64 bits.
    private static long period(long months) {
        long year = Long.divideUnsigned(months, 12);
        long full = year < 70 && year >= 0 ? year + 2000 : year < 100 && year >= 0 ? year + 1900 : year;
        return full * 100 + Long.remainderUnsigned(months, 12) + 1;
    }

    private static Expr periodDiff(Binding call) {
        call.integer(0, 1);
        return call.returnsLong(row -> row.set(months(row, 0) - months(row, 1)));
    }

    private static Expr secondsToTime(Binding call) {
        call.set(0, Casts.toNumber(call.get(0), call.context()));
        SqlType from = call.type(0);
        int fsp = from.kind() == TypeKind.DECIMAL
                ? Math.min(6, from.scale())
                : from.kind().isApproximate() ? 6 : 0;
        return call.returns(SqlType.temporal(TypeKind.TIME, fsp), Coercibility.NUMERIC, row -> {
            BigDecimal seconds = Numbers.asDecimal(row, 0, from);
            BigDecimal micros = seconds.setScale(fsp, RoundingMode.HALF_UP).movePointRight(6);
            BigDecimal limit = BigDecimal.valueOf(Temporals.timeMicros(Temporals.MAX_TIME));
            if (micros.abs().compareTo(limit) > 0) {
                row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "time", seconds.toPlainString());
                row.set(micros.signum() < 0 ? -Temporals.MAX_TIME : Temporals.MAX_TIME);
            } else {
                row.set(Temporals.time(micros.longValue()));
            }
        });
    }

    private static Expr toSeconds(Binding call) {
        call.datetime(0);
        return call.nullable().returnsLong(row -> {
            long date = row.integer(0);
            if (Temporals.isRealDate(date)) {
                row.set(Days.number(date) * 86_400L + Temporals.microsOfDay(date) / Temporals.SECOND);
            } else {
                row.setNull();
            }
        });
    }
}
