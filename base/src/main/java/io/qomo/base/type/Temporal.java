package io.qomo.base.type;

/// The packed forms of DATE, DATETIME and TIME: a `long` that sorts as the value does and can hold zero and partial
/// dates such as 2020-00-00.
///
/// ```
/// DATE, DATETIME   bits 46..  year * 13 + month
///                  bits 41-45 day            (DATE: everything below is 0)
///                  bits 36-40 hour
///                  bits 30-35 minute
///                  bits 24-29 second
///                  bits 0-23  microsecond
/// TIME             sign of the long is the sign of the value; magnitude:
///                  bits 36-   hours (0 to 838), then minute, second, microsecond as above
/// ```
///
/// Source: the packed formats MySQL's protocol and storage documentation describe.
public final class Temporal {
    private Temporal() {}

    /// Packs the parts of a DATETIME.
    public static long datetime(int year, int month, int day, int hour, int minute, int second, int micros) {
        long date = ((year * 13L + month) << 5) | day;
        long time = ((long) hour << 12) | (minute << 6) | second;
        return (((date << 17) | time) << 24) | micros;
    }

    /// Packs a DATE.
    public static long date(int year, int month, int day) {
        return datetime(year, month, day, 0, 0, 0, 0);
    }

    /// Packs a TIME; the parts are not negative.
    public static long time(boolean negative, int hours, int minute, int second, int micros) {
        long packed = ((((long) hours << 12) | (minute << 6) | second) << 24) | micros;
        return negative ? -packed : packed;
    }

    /// The year of a DATE or DATETIME.
    public static int year(long packed) {
        return (int) ((packed >> 46) / 13);
    }

    /// The month of a DATE or DATETIME, 0 to 12.
    public static int month(long packed) {
        return (int) ((packed >> 46) % 13);
    }

    /// The day of a DATE or DATETIME, 0 to 31.
    public static int day(long packed) {
        return (int) (packed >> 41) & 31;
    }

    /// The hour of a DATETIME (0 to 23).
    public static int hour(long packed) {
        return (int) (packed >> 36) & 31;
    }

    /// The hours of a TIME, without its sign (0 to 838).
    public static int timeHours(long packed) {
        return (int) (Math.abs(packed) >> 36) & 1023;
    }

    /// The minute of a DATETIME, or of a TIME's magnitude.
    public static int minute(long packed) {
        return (int) (packed >> 30) & 63;
    }

    /// The second of a DATETIME, or of a TIME's magnitude.
    public static int second(long packed) {
        return (int) (packed >> 24) & 63;
    }

    /// The microsecond of a DATETIME, or of a TIME's magnitude.
    public static int micros(long packed) {
        return (int) packed & 0xFFFFFF;
    }

    /// The DATE of a DATETIME.
    public static long dateOf(long packed) {
        return packed & (-1L << 41);
    }
}
