package io.qomo.base.type;

/// The calendar: day numbers, weekdays, weeks. Gregorian for all time, years 0 to 9999.
///
/// A day number counts from year 0, as TO_DAYS() does: 1970-01-01 is 719528. MySQL's year 0 has 365 days.
/// Source: MySQL 8.0 manual, "Date and Time Functions" (TO_DAYS, WEEK).
public final class Days {
    /// The day number of 1970-01-01.
    public static final int EPOCH = 719528;
    /// The day number of 9999-12-31.
    public static final int MAX = 3652424;

    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private Days() {}

    /// True of leap years; year 0 is none.
    public static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) && year != 0;
    }

    /// Days of a year.
    public static int inYear(int year) {
        return isLeap(year) ? 366 : 365;
    }

    /// Days of a month, 1 to 12.
    public static int inMonth(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1];
    }

    /// The day number of a date; the month is 1 to 12, the day may lie beyond its month's end (or be 0).
    public static int number(int year, int month, int day) {
        int before = year == 0 ? 0 : year * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
        return before + dayOfYear(year, month, day);
    }

    /// The day number of a packed DATE or DATETIME whose month is not 0.
    public static int number(long packed) {
        return number(Temporal.year(packed), Temporal.month(packed), Temporal.day(packed));
    }

    /// The day within the year, from 1.
    public static int dayOfYear(int year, int month, int day) {
        return DAYS_BEFORE_MONTH[month - 1] + leap(year, month) + day;
    }

    /// Leap days of a year before a month.
    private static int leap(int year, int month) {
        return month > 2 && isLeap(year) ? 1 : 0;
    }

    /// The packed DATE of a day number; 0000-00-00 for numbers up to 365 (year 0) and beyond 9999, as
    /// FROM_DAYS().
    public static long date(long number) {
        if (number <= 365 || number > MAX) {
            return 0;
        }
        // 400-year cycles of 146097 days; day 0 of the shifted count is 0001-01-01.
        int rest = (int) number - 366;
        int year = 1 + rest / 146097 * 400;
        rest %= 146097;
        int centuries = Math.min(rest / 36524, 3);
        rest -= centuries * 36524;
        int fours = rest / 1461;
        rest -= fours * 1461;
        int years = Math.min(rest / 365, 3);
        rest -= years * 365;
        year += centuries * 100 + fours * 4 + years;
        // Never more than one month too low.
        int month = rest / 32 + 1;
        if (month < 12 && rest >= DAYS_BEFORE_MONTH[month] + leap(year, month + 1)) {
            month++;
        }
        return Temporal.date(year, month, rest - DAYS_BEFORE_MONTH[month - 1] - leap(year, month) + 1);
    }

    /// 0 for Monday to 6 for Sunday, as WEEKDAY().
    public static int weekday(int number) {
        return Math.floorMod(number + 5, 7);
    }

    /// WEEK(date, mode): 0 to 53. Mode bits: 1 weeks start on Monday (else Sunday); 2 the week of days
    /// before week 1 is the last of the year before (else it is week 0); 4 flips whether week 1 is the
    /// first with four days in the year (modes 1, 3, 4, 6) or the first that starts in it (0, 2, 5, 7).
    public static int week(int year, int number, int mode) {
        return yearWeek(year, number, mode) % 100;
    }

    /// The year and week of a day, 100·year + week, as YEARWEEK() with bit 2 of the mode set gives; with
    /// bit 2 clear the year is `year`.
    public static int yearWeek(int year, int number, int mode) {
        int start = firstWeek(year, mode);
        if (number < start) {
            if ((mode & 2) == 0) {
                return year * 100;
            }
            return (year - 1) * 100 + (number - firstWeek(year - 1, mode)) / 7 + 1;
        }
        if ((mode & 2) != 0 && number >= firstWeek(year + 1, mode)) {
            return (year + 1) * 100 + 1;
        }
        return year * 100 + (number - start) / 7 + 1;
    }

    /// The day number on which week 1 of a year starts.
    private static int firstWeek(int year, int mode) {
        boolean isMondayFirst = (mode & 1) != 0;
        boolean isByFourDays = isMondayFirst ^ (mode & 4) != 0;
        int newYear = number(Math.max(year, 0), 1, 1) - (year < 0 ? 365 : 0);
        int daysBefore = isMondayFirst ? weekday(newYear) : (weekday(newYear) + 1) % 7;
        boolean isIncluded = isByFourDays ? daysBefore <= 3 : daysBefore == 0;
        return newYear - daysBefore + (isIncluded ? 0 : 7);
    }
}
