package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Days;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.SqlMode;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/// STR_TO_DATE: reads a string by DATE_FORMAT's specifiers.
final class DateParsing {
    private static final String DATE_SPECIFIERS = "MmbcdDejaWwYyUuVvXx";
    private static final String TIME_SPECIFIERS = "HhIiklrsSpfT";

    private final String text;
    private int at;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private int dayOfYear;
    private int weekday = -1;
    private int week = -1;
    private int weekYear = -1;
    private char weekSpecifier;
    private boolean isTwelveHours;
    private boolean isAfternoon;
    private boolean hasMeridiem;

    private DateParsing(String text) {
        this.text = text;
    }

    static Expr bind(Binding call) {
        call.text(0, 1);
        TypeKind kind = TypeKind.DATETIME;
        int fsp = 6;
        if (call.constant(1) instanceof BytesVector v && !v.isNull(0)) {
            String format = v.getString(0);
            boolean hasDate = has(format, DATE_SPECIFIERS);
            boolean hasTime = has(format, TIME_SPECIFIERS);
            fsp = format.contains("%f") ? 6 : 0;
            kind = hasTime ? (hasDate ? TypeKind.DATETIME : TypeKind.TIME) : TypeKind.DATE;
        }
        SqlType type = kind == TypeKind.DATE ? SqlType.DATE : SqlType.temporal(kind, fsp);
        TypeKind result = kind;
        return call.readsSettings().nullable().returns(type, Coercibility.NUMERIC, row -> {
            DateParsing parsing = new DateParsing(row.text(0));
            boolean found = parsing.read(row.text(1)) && parsing.finish(row, result);
            if (!found) {
                String name = result == TypeKind.TIME ? "time" : result == TypeKind.DATE ? "date" : "datetime";
                row.context.warn(ErrorCode.WRONG_VALUE_FOR_TYPE, name, row.text(0), "str_to_date");
                row.setNull();
                return;
            }
            if (parsing.at < parsing.text.length()) {
                row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "datetime", row.text(0));
            }
            row.set(parsing.value(result));
        });
    }

    private static boolean has(String format, String specifiers) {
        for (int i = 0; i + 1 < format.length(); i++) {
            if (format.charAt(i) == '%') {
                i++;
                if (specifiers.indexOf(format.charAt(i)) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean read(String format) {
        for (int i = 0; i < format.length(); i++) {
            skipSpaces();
            if (at >= text.length()) {
                // What is missing at the end stays zero.
                return true;
            }
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length()) {
                i++;
                if (!readSpecifier(format.charAt(i))) {
                    return false;
                }
            } else if (!Character.isWhitespace(c)) {
                if (text.charAt(at) != c) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean readSpecifier(char specifier) {
        switch (specifier) {
            case 'Y' -> {
                int start = at;
                year = number(4);
                if (at - start == 2) {
                    year = twoDigits(year);
                }
                return year >= 0;
            }
            case 'y' -> {
                int value = number(2);
                year = value < 0 ? value : twoDigits(value);
                return value >= 0;
            }
            case 'm', 'c' -> {
                month = number(2);
                return month >= 0;
            }
            case 'M', 'b' -> {
                return readMonth(specifier == 'b');
            }
            case 'd', 'e' -> {
                day = number(2);
                return day >= 0;
            }
            case 'D' -> {
                day = number(2);
                at = Math.min(at + 2, text.length());
                return day >= 0;
            }
            case 'j' -> {
                dayOfYear = number(3);
                return dayOfYear > 0;
            }
            case 'a', 'W' -> {
                return readWeekday(specifier == 'a');
            }
            case 'w' -> {
                int value = number(1);
                weekday = value < 0 || value > 6 ? -1 : (value + 6) % 7;
                return weekday >= 0;
            }
            case 'U', 'u', 'V', 'v' -> {
                week = number(2);
                weekSpecifier = specifier;
                return week >= 0 && week <= 53;
            }
            case 'X', 'x' -> {
                weekYear = number(4);
                return weekYear >= 0;
            }
            default -> {
                return readTime(specifier);
            }
        }
    }

    private boolean readTime(char specifier) {
        switch (specifier) {
            case 'H', 'k' -> {
                hour = number(2);
                return hour >= 0;
            }
            case 'h', 'I', 'l' -> {
                isTwelveHours = true;
                hour = number(2);
                return hour >= 0;
            }
            case 'i' -> {
                minute = number(2);
                return minute >= 0;
            }
            case 's', 'S' -> {
                second = number(2);
                return second >= 0;
            }
            case 'f' -> {
                int start = at;
                int value = number(6);
                micros = value;
                for (int i = at - start; i < 6 && value >= 0; i++) {
                    micros *= 10;
                }
                return value >= 0;
            }
            case 'p' -> {
                String half =
                        text.substring(at, Math.min(at + 2, text.length())).toUpperCase(Locale.ROOT);
                isAfternoon = half.equals("PM");
                hasMeridiem = true;
                at += half.length();
                return isAfternoon || half.equals("AM");
            }
            case 'T' -> {
                return read("%H:%i:%S");
            }
            case 'r' -> {
                return read("%I:%i:%S %p");
            }
            case '%' -> {
                boolean found = text.charAt(at) == '%';
                at++;
                return found;
            }
            default -> {
                return false;
            }
        }
    }

    private static int twoDigits(int year) {
        return year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
    }

    private int number(int most) {
        int start = at;
        int value = 0;
        while (at < text.length() && at - start < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            at++;
        }
        return at == start ? -1 : value;
    }

    private boolean readMonth(boolean isShort) {
        for (Month m : Month.values()) {
            String name = m.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            String wanted = isShort ? name.substring(0, 3) : name;
            if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
                month = m.getValue();
                at += wanted.length();
                return true;
            }
        }
        return false;
    }

    private boolean readWeekday(boolean isShort) {
        for (int i = 0; i < 7; i++) {
            String wanted = DateParts.dayName(i, Locale.ENGLISH, isShort);
            if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
                weekday = i;
                at += wanted.length();
                return true;
            }
        }
        return false;
    }

    private boolean finish(Row row, TypeKind kind) {
        if (isTwelveHours || hasMeridiem) {
            if (hour > 12 || hour < 1) {
                return false;
            }
            hour = hour % 12 + (isAfternoon ? 12 : 0);
        }
        if (dayOfYear > 0) {
            long date = Days.date(Days.number(year, 1, 1) + dayOfYear - 1L);
            take(date);
        }
        if (week >= 0 && weekday >= 0) {
            takeWeek();
        }
        if (minute > 59 || second > 59 || (kind != TypeKind.TIME && hour > 23) || hour > 838) {
            return false;
        }
        return kind == TypeKind.TIME || isValidDate(row.context.sqlMode());
    }

    private void take(long date) {
        year = Temporal.year(date);
        month = Temporal.month(date);
        day = Temporal.day(date);
    }

    /// %X%V %W: the day of a week of a year; weeks start on Sunday (U, V) or Monday (u, v).
    private void takeWeek() {
        boolean isSunday = weekSpecifier == 'U' || weekSpecifier == 'V';
        boolean isStrict = weekSpecifier == 'V' || weekSpecifier == 'v';
        int ofYear = isStrict && weekYear >= 0 ? weekYear : year;
        int newYear = Days.number(ofYear, 1, 1);
        int first = isSunday ? (Days.weekday(newYear) + 1) % 7 : Days.weekday(newYear);
        int number;
        if (isSunday) {
            number = newYear + (first == 0 ? 0 : 7) - first + (week - 1) * 7 + (weekday + 1) % 7;
        } else {
            number = newYear + (first <= 3 ? 0 : 7) - first + (week - 1) * 7 + weekday;
        }
        take(Days.date(number));
    }

    /// Days up to 31 are taken in every month, as the manual's example `04/31/2004` shows.
    private boolean isValidDate(SqlMode mode) {
        if (month > 12 || day > 31 || year > 9999) {
            return false;
        }
        boolean isZero = year == 0 && month == 0 && day == 0;
        if (isZero) {
            return !mode.has(SqlMode.NO_ZERO_DATE);
        }
        return (month > 0 && day > 0) || !mode.has(SqlMode.NO_ZERO_IN_DATE);
    }

    private long value(TypeKind kind) {
        return switch (kind) {
            case TIME -> Temporal.time(false, hour, minute, second, micros);
            case DATE -> Temporal.date(year, month, day);
            default -> Temporal.datetime(year, month, day, hour, minute, second, micros);
        };
    }
}
