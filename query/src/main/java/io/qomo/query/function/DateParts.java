package io.qomo.query.function;

import io.qomo.base.type.Days;
import io.qomo.base.type.IntervalUnit;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.function.LongToIntFunction;

/// Parts of dates and times: YEAR to MICROSECOND, WEEK and its kin, EXTRACT, names of days and months.
final class DateParts {
    private DateParts() {}

    /// A part of a date, zero parts included.
    static Expr ofDate(Binding call, LongToIntFunction part) {
        call.datetime(0);
        return call.nullable().returnsLong(row -> row.set((long) part.applyAsInt(row.integer(0))));
    }

    /// A part of a day of the calendar; NULL for dates with zero parts.
    static Expr ofDay(Binding call, LongToIntFunction part) {
        call.datetime(0);
        return call.nullable().returnsLong(row -> {
            if (Temporals.isRealDate(row.integer(0))) {
                row.set((long) part.applyAsInt(row.integer(0)));
            } else {
                row.setNull();
            }
        });
    }

    /// A part of a time of day, or of a TIME.
    static Expr ofTime(Binding call, LongToIntFunction part) {
        call.time(0);
        return call.nullable().returnsLong(row -> row.set((long) part.applyAsInt(row.integer(0))));
    }

    static int quarter(long date) {
        return (Temporal.month(date) + 2) / 3;
    }

    static int dayOfYear(long date) {
        return Days.dayOfYear(Temporal.year(date), Temporal.month(date), Temporal.day(date));
    }

    /// 0 for Monday.
    static int weekday(long date) {
        return Days.weekday(Days.number(date));
    }

    /// 1 for Sunday.
    static int dayOfWeek(long date) {
        return (weekday(date) + 1) % 7 + 1;
    }

    static int week(long date, int mode) {
        return Days.week(Temporal.year(date), Days.number(date), mode);
    }

    /// WEEK(date[, mode]); the mode is default_week_format's if not given.
    static Expr week(Binding call) {
        call.datetime(0);
        if (call.size() == 2) {
            call.integer(1);
        } else {
            call.readsSettings();
        }
        return call.nullable().returnsLong(row -> {
            long date = row.integer(0);
            if (Temporals.isRealDate(date)) {
                row.set((long) week(date, weekMode(row)));
            } else {
                row.setNull();
            }
        });
    }

    private static int weekMode(Row row) {
        return row.width() == 2
                ? (int) row.integer(1) & 7
                : (int) row.context.session().numericVariable("default_week_format") & 7;
    }

    /// YEARWEEK(date[, mode]).
    static Expr yearWeek(Binding call) {
        call.datetime(0);
        if (call.size() == 2) {
            call.integer(1);
        }
        return call.nullable().returnsLong(row -> {
            long date = row.integer(0);
            if (Temporals.isRealDate(date)) {
                int mode = row.width() == 2 ? (int) row.integer(1) & 7 : 0;
                row.set((long) Days.yearWeek(Temporal.year(date), Days.number(date), mode | 2));
            } else {
                row.setNull();
            }
        });
    }

    static Expr dayName(Binding call) {
        call.datetime(0);
        return call.readsSettings().nullable().returnsText(9, row -> {
            if (Temporals.isRealDate(row.integer(0))) {
                row.set(dayName(weekday(row.integer(0)), locale(row), false));
            } else {
                row.setNull();
            }
        });
    }

    static Expr monthName(Binding call) {
        call.datetime(0);
        return call.readsSettings().nullable().returnsText(9, row -> {
            int month = Temporal.month(row.integer(0));
            if (month == 0) {
                row.setNull();
            } else {
                row.set(monthName(month, locale(row), false));
            }
        });
    }

    /// The locale of lc_time_names.
    static Locale locale(Row row) {
        String name = row.context.session().timeNamesLocale();
        String[] parts = name.split("_", 2);
        return parts.length == 2 ? Locale.of(parts[0], parts[1]) : Locale.of(name);
    }

    static String dayName(int weekday, Locale locale, boolean isShort) {
        return DayOfWeek.of(weekday + 1).getDisplayName(isShort ? TextStyle.SHORT : TextStyle.FULL, locale);
    }

    static String monthName(int month, Locale locale, boolean isShort) {
        return isShort && locale.getLanguage().equals("en")
                ? Month.of(month).getDisplayName(TextStyle.FULL, locale).substring(0, 3)
                : Month.of(month).getDisplayName(isShort ? TextStyle.SHORT : TextStyle.FULL, locale);
    }

    /// EXTRACT(unit FROM value).
    static Expr extract(IntervalUnit unit, Binding call) {
        return switch (unit) {
            case YEAR -> ofDate(call, Temporal::year);
            case QUARTER -> ofDate(call, DateParts::quarter);
            case MONTH -> ofDate(call, Temporal::month);
            case WEEK -> week(call);
            case DAY -> ofDate(call, Temporal::day);
            case YEAR_MONTH -> ofDate(call, d -> Temporal.year(d) * 100 + Temporal.month(d));
            case HOUR -> signed(call, Temporal::timeHours);
            case MINUTE -> signed(call, Temporals::minuteOf);
            case SECOND -> signed(call, Temporals::secondOf);
            case MICROSECOND -> signed(call, Temporals::microsOf);
            case HOUR_MINUTE -> signed(call, t -> Temporal.timeHours(t) * 100 + Temporals.minuteOf(t));
            case HOUR_SECOND -> signed(call, t -> (int) Math.abs(Temporals.timeToNumber(t)));
            case MINUTE_SECOND -> signed(call, t -> Temporals.minuteOf(t) * 100 + Temporals.secondOf(t));
            case SECOND_MICROSECOND -> wide(call, t -> micros(Temporals.secondOf(t), t));
            case MINUTE_MICROSECOND -> wide(call, t -> micros(Temporals.minuteOf(t) * 100L + Temporals.secondOf(t), t));
            case HOUR_MICROSECOND -> wide(call, t -> micros(Math.abs(Temporals.timeToNumber(t)), t));
            case DAY_HOUR -> withDay(call, d -> number(d) / 10_000);
            case DAY_MINUTE -> withDay(call, d -> number(d) / 100);
            case DAY_SECOND -> withDay(call, DateParts::number);
            case DAY_MICROSECOND -> withDay(call, d -> number(d) * 1_000_000 + Temporal.micros(d));
        };
    }

    private static long micros(long number, long time) {
        return number * 1_000_000 + Temporals.microsOf(time);
    }

    /// DDhhmmss of a DATETIME.
    private static long number(long datetime) {
        return Temporals.toNumber(datetime, false) % 100_000_000L;
    }

    private static Expr signed(Binding call, LongToIntFunction part) {
        return wide(call, t -> part.applyAsInt(t));
    }

    private static Expr wide(Binding call, java.util.function.LongUnaryOperator part) {
        call.time(0);
        return call.nullable().returnsLong(row -> {
            long time = row.integer(0);
            long value = part.applyAsLong(time);
            row.set(time < 0 ? -value : value);
        });
    }

    private static Expr withDay(Binding call, java.util.function.LongUnaryOperator part) {
        if (call.kind(0) == TypeKind.TIME) {
            return wide(call, t -> {
                // A TIME has no days: its hours stand alone.
                long hours = Temporal.timeHours(t);
                long inDay = Temporal.datetime(
                        0, 0, 0, 0, Temporals.minuteOf(t), Temporals.secondOf(t), Temporals.microsOf(t));
                long zero = part.applyAsLong(inDay);
                long hourUnit = part.applyAsLong(Temporal.datetime(0, 0, 0, 1, 0, 0, 0));
                return zero + hours * hourUnit;
            });
        }
        call.datetime(0);
        return call.nullable()
                .returns(SqlType.BIGINT, Coercibility.NUMERIC, row -> row.set(part.applyAsLong(row.integer(0))));
    }
}
