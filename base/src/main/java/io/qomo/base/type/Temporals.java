package io.qomo.base.type;

/// Arithmetic on packed DATE, DATETIME and TIME values (see [Temporal]) and on TIMESTAMP microseconds.
///
/// Where a result can leave its type's range the function says which value then comes back. Functions that need a
/// real day take dates without zero parts: check [#isRealDate].
/// Source: MySQL 8.0 manual, "Date and Time Data Types", "Date and Time Functions".
public final class Temporals {
    /// Microseconds of a second.
    public static final long SECOND = 1_000_000L;
    /// Microseconds of a day.
    public static final long DAY = 86_400 * SECOND;
    /// The greatest TIME, 838:59:59.
    public static final long MAX_TIME = Temporal.time(false, 838, 59, 59, 0);
    /// The greatest DATETIME.
    public static final long MAX_DATETIME = Temporal.datetime(9999, 12, 31, 23, 59, 59, 999_999);
    /// The least TIMESTAMP, 1970-01-01 00:00:01 UTC, in microseconds.
    public static final long MIN_TIMESTAMP = SECOND;
    /// The greatest TIMESTAMP, 2038-01-19 03:14:07.999999 UTC, in microseconds.
    public static final long MAX_TIMESTAMP = 2_147_483_647L * SECOND + 999_999;
    /// What functions return whose result is out of range: no packed value and no TIMESTAMP has these bits.
    public static final long OVERFLOW = Long.MIN_VALUE;

    private static final int[] STEPS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private Temporals() {}

    /// True if month and day are not 0, so that the date is a day of the calendar (or of an invalid month end).
    public static boolean isRealDate(long packed) {
        return Temporal.month(packed) != 0 && Temporal.day(packed) != 0;
    }

    /// Microseconds since midnight of a DATETIME.
    public static long microsOfDay(long packed) {
        return ((Temporal.hour(packed) * 60L + Temporal.minute(packed)) * 60 + Temporal.second(packed)) * SECOND
                + Temporal.micros(packed);
    }

    /// The DATETIME of a packed DATE and microseconds since midnight, 0 to a day.
    public static long withTime(long date, long microsOfDay) {
        int micros = (int) (microsOfDay % SECOND);
        int seconds = (int) (microsOfDay / SECOND);
        long time = ((long) (seconds / 3600) << 12) | (seconds / 60 % 60 << 6) | seconds % 60;
        return Temporal.dateOf(date) | time << 24 | micros;
    }

    /// A TIME in microseconds.
    public static long timeMicros(long packed) {
        long magnitude = ((Temporal.timeHours(packed) * 60L + minuteOf(packed)) * 60 + secondOf(packed)) * SECOND
                + microsOf(packed);
        return packed < 0 ? -magnitude : magnitude;
    }

    /// The minute of a TIME.
    public static int minuteOf(long time) {
        return Temporal.minute(Math.abs(time));
    }

    /// The second of a TIME.
    public static int secondOf(long time) {
        return Temporal.second(Math.abs(time));
    }

    /// The microsecond of a TIME.
    public static int microsOf(long time) {
        return Temporal.micros(Math.abs(time));
    }

    /// The TIME of signed microseconds, clamped to ±838:59:59.
    public static long time(long micros) {
        long magnitude = Math.abs(micros);
        if (magnitude < 0 || magnitude > timeMicros(MAX_TIME)) {
            return micros < 0 ? -MAX_TIME : MAX_TIME;
        }
        long seconds = magnitude / SECOND;
        return Temporal.time(micros < 0, (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60), (int)
                (magnitude % SECOND));
    }

    /// True if [#time] would clamp.
    public static boolean isTimeOutOfRange(long micros) {
        return micros > timeMicros(MAX_TIME) || micros < -timeMicros(MAX_TIME);
    }

    /// Microseconds since 1970-01-01 00:00:00 of a DATETIME read as UTC.
    public static long toMicros(long packed) {
        return (Days.number(packed) - Days.EPOCH) * DAY + microsOfDay(packed);
    }

    /// The DATETIME, in UTC, of microseconds since 1970; [#OVERFLOW] outside the years 1 to 9999.
    public static long ofMicros(long micros) {
        long day = Math.floorDiv(micros, DAY);
        long date = Days.date(day + Days.EPOCH);
        return date == 0 ? OVERFLOW : withTime(date, micros - day * DAY);
    }

    /// Microseconds from `b` to `a`, both DATETIMEs of real dates.
    public static long difference(long a, long b) {
        return toMicros(a) - toMicros(b);
    }

    /// A DATETIME rounded half up to `fsp` digits; [#OVERFLOW] beyond 9999-12-31. A zero date's time rounds within
    /// its day; it cannot carry.
    public static long roundDatetime(long packed, int fsp) {
        int micros = Temporal.micros(packed);
        int step = STEPS[fsp];
        int rest = micros % step;
        if (rest == 0) {
            return packed;
        }
        long cut = packed - rest;
        if (rest * 2 < step) {
            return cut;
        }
        if (micros - rest + step < SECOND) {
            return cut + step;
        }
        long time = microsOfDay(cut) + step;
        if (time < DAY) {
            return withTime(packed, time);
        }
        if (!isRealDate(packed)) {
            return OVERFLOW;
        }
        long date = Days.date(Days.number(packed) + 1L);
        return date == 0 ? OVERFLOW : date;
    }

    /// The DATETIME one microsecond later; [#OVERFLOW] beyond 9999-12-31.
    public static long nextMicro(long packed) {
        if (Temporal.micros(packed) < SECOND - 1) {
            return packed + 1;
        }
        return roundDatetime(packed, 0);
    }

    /// A DATETIME cut to `fsp` digits.
    public static long truncateDatetime(long packed, int fsp) {
        return packed - Temporal.micros(packed) % STEPS[fsp];
    }

    /// A TIME rounded half away from zero to `fsp` digits, clamped to 838:59:59.
    public static long roundTime(long packed, int fsp) {
        int step = STEPS[fsp];
        int rest = microsOf(packed) % step;
        if (rest == 0) {
            return packed;
        }
        long magnitude = Math.abs(timeMicros(packed));
        long rounded = magnitude - rest + (rest * 2 >= step ? step : 0);
        return time(packed < 0 ? -rounded : rounded);
    }

    /// A TIME cut to `fsp` digits.
    public static long truncateTime(long packed, int fsp) {
        int rest = microsOf(packed) % STEPS[fsp];
        return packed < 0 ? packed + rest : packed - rest;
    }

    /// Microseconds since 1970 rounded half up to `fsp` digits, for TIMESTAMP.
    public static long roundMicros(long micros, int fsp) {
        int step = STEPS[fsp];
        return Math.floorDiv(micros + step / 2, step) * (long) step;
    }

    /// True if the microseconds, not 0 (the zero TIMESTAMP), are within TIMESTAMP's range.
    public static boolean isTimestamp(long micros) {
        return micros >= MIN_TIMESTAMP && micros <= MAX_TIMESTAMP;
    }

    /// The last day of a DATE's month; the month is not 0.
    public static long lastDay(long packed) {
        int year = Temporal.year(packed);
        int month = Temporal.month(packed);
        return Temporal.date(year, month, Days.inMonth(year, month));
    }

    /// A DATE or DATETIME as the number YYYYMMDD or YYYYMMDDhhmmss.
    public static long toNumber(long packed, boolean isDate) {
        long date = (Temporal.year(packed) * 100L + Temporal.month(packed)) * 100 + Temporal.day(packed);
        return isDate
                ? date
                : ((date * 100 + Temporal.hour(packed)) * 100 + Temporal.minute(packed)) * 100
                        + Temporal.second(packed);
    }

    /// A TIME as the number hhmmss, with its sign.
    public static long timeToNumber(long packed) {
        long number = (Temporal.timeHours(packed) * 100L + minuteOf(packed)) * 100 + secondOf(packed);
        return packed < 0 ? -number : number;
    }

    /// The least number of fractional digits that shows the microseconds.
    public static int fractionDigits(int micros) {
        int digits = 6;
        int rest = micros;
        while (digits > 0 && rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        return digits;
    }
}
