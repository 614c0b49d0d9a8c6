package io.qomo.query.function;

import io.qomo.base.type.Days;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;
import java.util.Locale;
import java.util.stream.Stream;

/// DATE_FORMAT, TIME_FORMAT, GET_FORMAT.
///
/// Source: MySQL 8.0 manual, "Date and Time Functions", DATE_FORMAT's table of specifiers.
final class DateFormat {
    private static final int CHARS_PER_SPECIFIER = 5;

    private DateFormat() {}

    static Expr dateFormat(Binding call) {
        call.datetime(0).text(1);
        boolean hasNames =
                !(call.constant(1) instanceof BytesVector format) || format.isNull(0) || hasNames(format.getString(0));
        if (hasNames) {
            call.readsSettings();
        }
        return call.nullable().returnsText(call.chars(1) * CHARS_PER_SPECIFIER, row -> {
            StringBuilder out = new StringBuilder();
            if (format(row.text(1), row.integer(0), false, DateParts.locale(row), out)) {
                row.set(out.toString());
            } else {
                row.setNull();
            }
        });
    }

    /// True if a format asks for names of days or months, which lc_time_names says.
    private static boolean hasNames(String format) {
        return Stream.of("%a", "%b", "%M", "%W").anyMatch(format::contains);
    }

    static Expr timeFormat(Binding call) {
        call.time(0).text(1);
        return call.nullable().returnsText(call.chars(1) * CHARS_PER_SPECIFIER, row -> {
            StringBuilder out = new StringBuilder();
            if (format(row.text(1), row.integer(0), true, Locale.US, out)) {
                row.set(out.toString());
            } else {
                row.setNull();
            }
        });
    }

    /// Appends the value by the pattern; false if a part the pattern asks for does not exist (the name of month 0).
    static boolean format(String pattern, long value, boolean isTime, Locale locale, StringBuilder out) {
        if (isTime && value < 0) {
            out.append('-');
        }
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                out.append(c);
                continue;
            }
            i++;
            char specifier = pattern.charAt(i);
            boolean done = isTimeSpecifier(specifier)
                    ? appendTime(specifier, value, isTime, out)
                    : appendDate(specifier, value, isTime, locale, out);
            if (!done) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTimeSpecifier(char c) {
        return "fHhIiklprSsT".indexOf(c) >= 0;
    }

    private static boolean appendTime(char specifier, long value, boolean isTime, StringBuilder out) {
        int hours = isTime ? Temporal.timeHours(value) : Temporal.hour(value);
        int minute = isTime ? Temporals.minuteOf(value) : Temporal.minute(value);
        int second = isTime ? Temporals.secondOf(value) : Temporal.second(value);
        int twelve = (hours % 24 + 11) % 12 + 1;
        switch (specifier) {
            case 'f' -> pad(isTime ? Temporals.microsOf(value) : Temporal.micros(value), 6, out);
            case 'H' -> pad(hours, 2, out);
            case 'k' -> out.append(hours);
            case 'h', 'I' -> pad(twelve, 2, out);
            case 'l' -> out.append(twelve);
            case 'i' -> pad(minute, 2, out);
            case 'S', 's' -> pad(second, 2, out);
            case 'p' -> out.append(hours % 24 < 12 ? "AM" : "PM");
            case 'r' -> {
                pad(twelve, 2, out);
                out.append(':');
                pad(minute, 2, out);
                out.append(':');
                pad(second, 2, out);
                out.append(hours % 24 < 12 ? " AM" : " PM");
            }
            default -> {
                pad(hours, 2, out);
                out.append(':');
                pad(minute, 2, out);
                out.append(':');
                pad(second, 2, out);
            }
        }
        return true;
    }

    private static boolean appendDate(char specifier, long value, boolean isTime, Locale locale, StringBuilder out) {
        if (isTime) {
            return appendDateOfTime(specifier, out);
        }
        int year = Temporal.year(value);
        int month = Temporal.month(value);
        int day = Temporal.day(value);
        switch (specifier) {
            case 'a', 'W' -> {
                if (!Temporals.isRealDate(value)) {
                    return false;
                }
                out.append(DateParts.dayName(DateParts.weekday(value), locale, specifier == 'a'));
            }
            case 'b', 'M' -> {
                if (month == 0) {
                    return false;
                }
                out.append(DateParts.monthName(month, locale, specifier == 'b'));
            }
            case 'c' -> out.append(month);
            case 'm' -> pad(month, 2, out);
            case 'd' -> pad(day, 2, out);
            case 'e' -> out.append(day);
            case 'D' -> out.append(day).append(ordinal(day));
            case 'j' -> {
                if (!Temporals.isRealDate(value)) {
                    return false;
                }
                pad(DateParts.dayOfYear(value), 3, out);
            }
            case 'Y' -> pad(year, 4, out);
            case 'y' -> pad(year % 100, 2, out);
            case 'U', 'u', 'V', 'v', 'X', 'x', 'w' -> {
                if (!Temporals.isRealDate(value)) {
                    return false;
                }
                appendWeek(specifier, value, out);
            }
            default -> out.append(specifier);
        }
        return true;
    }

    private static boolean appendDateOfTime(char specifier, StringBuilder out) {
        switch (specifier) {
            case 'a', 'W', 'b', 'M', 'j', 'D', 'U', 'u', 'V', 'v', 'X', 'x', 'w' -> {
                return false;
            }
            case 'c', 'e' -> out.append('0');
            case 'm', 'd', 'y' -> out.append("00");
            case 'Y' -> out.append("0000");
            default -> out.append(specifier);
        }
        return true;
    }

    private static void appendWeek(char specifier, long value, StringBuilder out) {
        int year = Temporal.year(value);
        int number = Days.number(value);
        switch (specifier) {
            case 'U' -> pad(Days.week(year, number, 0), 2, out);
            case 'u' -> pad(Days.week(year, number, 1), 2, out);
            case 'V' -> pad(Days.week(year, number, 2), 2, out);
            case 'v' -> pad(Days.week(year, number, 3), 2, out);
            case 'X' -> pad(Days.yearWeek(year, number, 2) / 100, 4, out);
            case 'x' -> pad(Days.yearWeek(year, number, 3) / 100, 4, out);
            default -> out.append((Days.weekday(number) + 1) % 7);
        }
    }

    private static String ordinal(int day) {
        if (day >= 10 && day <= 19) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    static void pad(int value, int width, StringBuilder out) {
        String digits = Integer.toString(value);
        out.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    /// GET_FORMAT(DATE|TIME|DATETIME, standard).
    static Expr getFormat(TypeKind type, Binding call) {
        call.text(0);
        return call.nullable().returnsText(17, row -> {
            String format = format(type, row.text(0).toUpperCase(Locale.ROOT));
            if (format == null) {
                row.setNull();
            } else {
                row.set(format);
            }
        });
    }

    private static @org.jspecify.annotations.Nullable String format(TypeKind type, String standard) {
        boolean isDate = type == TypeKind.DATE;
        boolean isTime = type == TypeKind.TIME;
        return switch (standard) {
            case "USA" -> isDate ? "%m.%d.%Y" : isTime ? "%h:%i:%s %p" : "%Y-%m-%d %H.%i.%s";
            case "JIS" -> isDate ? "%Y-%m-%d" : isTime ? "%H:%i:%s" : "%Y-%m-%d %H:%i:%s";
            case "ISO" -> isDate ? "%Y-%m-%d" : isTime ? "%H:%i:%s" : "%Y-%m-%d %H:%i:%s";
            case "EUR" -> isDate ? "%d.%m.%Y" : isTime ? "%H.%i.%s" : "%Y-%m-%d %H.%i.%s";
            case "INTERNAL" -> isDate ? "%Y%m%d" : isTime ? "%H%i%s" : "%Y%m%d%H%i%s";
            default -> null;
        };
    }
}
