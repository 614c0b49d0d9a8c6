package io.qomo.base.type;

import java.nio.charset.StandardCharsets;

/// Reads dates and times in the many shapes MySQL takes.
///
/// DATETIME and DATE: `2020-1-2 3:4:5.678`, any punctuation between the parts, `T` or spaces before the
/// time, two-digit years (70 to 99 are 19xx), digits alone (`20200102101112.5`, `200102`), an offset at
/// the end (`+02:00`). TIME: `[D ]HH:MM[:SS]`, `[H]HMMSS`, a minus sign, a fraction, or a full DATETIME.
/// Fractions are rounded to the digits asked for.
///
/// Reused for many values; belongs to one thread. Each method returns whether there is a value, then
/// [#value] has it, and the flags tell what to warn of. Source: MySQL 8.0 manual, "Date and Time
/// Literals", "The TIME Type".
public final class TemporalParser {
    /// Refuse 0000-00-00.
    public static final int NO_ZERO_DATE = 1;
    /// Refuse month 0 or day 0 in a date that is not all zero.
    public static final int NO_ZERO_IN_DATE = 2;
    /// Accept days up to 31 in every month.
    public static final int ALLOW_INVALID_DATES = 4;
    /// Cut fractions off instead of rounding.
    public static final int TRUNCATE_FRACTIONAL = 8;

    /// A string at least this long is tried as a DATETIME where a TIME is wanted.
    private static final int MIN_DATETIME_LENGTH = 12;
    private static final int PARTS = 6;
    private static final int DAY_PART = 2;
    private static final int SECOND_PART = 5;
    private static final long MAX_TIME_NUMBER = 8_385_959;

    private final long[] part = new long[PARTS];
    private byte[] text = {};
    private int at;
    private int end;
    private int micros;
    private int seventhDigit;
    private int yearDigits;
    private boolean hasSpace;
    private boolean hasDelimiter;

    private long value;
    private boolean isTruncated;
    private boolean isOutOfRange;
    private boolean isZeroRefused;
    private boolean isDateOnly;
    private boolean hasOffset;
    private int offsetSeconds;

    /// The value read last: a packed DATE, DATETIME or TIME. 0 where there is none.
    public long value() {
        return value;
    }

    /// True if something was left over behind the value.
    public boolean isTruncated() {
        return isTruncated;
    }

    /// True if a TIME was clamped to ±838:59:59, or a part or a rounded value was beyond its range.
    public boolean isOutOfRange() {
        return isOutOfRange;
    }

    /// True if the value was a date with zero parts that the flags refuse.
    public boolean isZeroRefused() {
        return isZeroRefused;
    }

    /// True if the text had no time of day.
    public boolean isDateOnly() {
        return isDateOnly;
    }

    /// True if the text ended with an offset; [#value] is then local to that offset.
    public boolean hasOffset() {
        return hasOffset;
    }

    /// The offset from UTC at the text's end.
    public int offsetSeconds() {
        return offsetSeconds;
    }

    /// The DATETIME [#value] in a session's time zone: moved there if the text had an offset.
    public long valueIn(TimeZoneRule zone) {
        if (!hasOffset) {
            return value;
        }
        return zone.toDatetime(Temporals.toMicros(value) - offsetSeconds * Temporals.SECOND);
    }

    /// Reads a DATETIME, rounded to `fsp` digits.
    public boolean datetime(byte[] bytes, int offset, int length, int fsp, int flags) {
        reset(bytes, offset, length);
        return readDatetime(flags, false) && finishDatetime(fsp, flags);
    }

    /// Reads a DATE; a time of day in the text is dropped.
    public boolean date(byte[] bytes, int offset, int length, int flags) {
        reset(bytes, offset, length);
        if (!readDatetime(flags, false)) {
            return false;
        }
        value = Temporal.dateOf(value);
        return true;
    }

    /// Reads a TIME, rounded to `fsp` digits; of a DATETIME takes the time of day.
    public boolean time(byte[] bytes, int offset, int length, int fsp, int flags) {
        reset(bytes, offset, length);
        if (end - at >= MIN_DATETIME_LENGTH && isDigitAt(at)) {
            int start = at;
            if (readDatetime(flags & TRUNCATE_FRACTIONAL, true)) {
                if (!finishDatetime(fsp, flags)) {
                    return false;
                }
                value = Temporal.time(
                        false,
                        Temporal.hour(value),
                        Temporal.minute(value),
                        Temporal.second(value),
                        Temporal.micros(value));
                return true;
            }
            clearResult();
            at = start;
        }
        return readTime(fsp, flags);
    }

    /// As [#datetime(byte[], int, int, int, int)], of a string.
    public boolean datetime(String string, int fsp, int flags) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        return datetime(utf8, 0, utf8.length, fsp, flags);
    }

    /// As [#date(byte[], int, int, int)], of a string.
    public boolean date(String string, int flags) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        return date(utf8, 0, utf8.length, flags);
    }

    /// As [#time(byte[], int, int, int, int)], of a string.
    public boolean time(String string, int fsp, int flags) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        return time(utf8, 0, utf8.length, fsp, flags);
    }

    /// The DATETIME of a number YYMMDD, YYYYMMDD, YYMMDDhhmmss or YYYYMMDDhhmmss (fewer leading zeros
    /// allowed), with nanoseconds, which have the number's sign. No negative number is a date, nor is -0.1.
    public boolean datetimeOfNumber(long number, int nanos, int fsp, int flags) {
        clearResult();
        long full = fullDatetimeNumber(number);
        if (full < 0 || nanos < 0) {
            isOutOfRange = true;
            return false;
        }
        part[0] = full / 10_000_000_000L;
        part[1] = full / 100_000_000 % 100;
        part[2] = full / 1_000_000 % 100;
        part[3] = full / 10_000 % 100;
        part[4] = full / 100 % 100;
        part[5] = full % 100;
        micros = isDateOnly ? 0 : nanos / 1000;
        seventhDigit = isDateOnly ? 0 : nanos / 100 % 10;
        return checkAndPack(flags) && finishDatetime(fsp, flags);
    }

    /// The DATE of a number; see [#datetimeOfNumber].
    public boolean dateOfNumber(long number, int flags) {
        if (!datetimeOfNumber(number, 0, 0, flags)) {
            return false;
        }
        value = Temporal.dateOf(value);
        return true;
    }

    /// The TIME of a number hhmmss with nanoseconds, which have the number's sign; of a DATETIME number
    /// the time of day. Beyond ±8385959 it is out of range: false, with the limit as [#value].
    public boolean timeOfNumber(long number, int nanos, int fsp, int flags) {
        clearResult();
        if (number >= 10_000_000_000L) {
            if (!datetimeOfNumber(number, nanos, fsp, 0)) {
                return false;
            }
            value &= (1L << 41) - 1;
            return true;
        }
        boolean isNegative = number < 0 || nanos < 0;
        long magnitude = Math.abs(number);
        if (magnitude > MAX_TIME_NUMBER || magnitude < 0) {
            value = number < 0 ? -Temporals.MAX_TIME : Temporals.MAX_TIME;
            isOutOfRange = true;
            return false;
        }
        micros = Math.abs(nanos) / 1000;
        seventhDigit = Math.abs(nanos) / 100 % 10;
        return packTime(isNegative, magnitude / 10_000, magnitude / 100 % 100, magnitude % 100, fsp, flags);
    }

    // -- DATETIME

    private void reset(byte[] bytes, int offset, int length) {
        text = bytes;
        at = offset;
        end = offset + length;
        while (at < end && isSpace(text[at])) {
            at++;
        }
        while (end > at && isSpace(text[end - 1])) {
            end--;
        }
        clearResult();
    }

    private void clearResult() {
        value = 0;
        isTruncated = false;
        isOutOfRange = false;
        isZeroRefused = false;
        isDateOnly = false;
        hasOffset = false;
        offsetSeconds = 0;
        micros = 0;
        seventhDigit = 0;
    }

    /// Reads parts up to [#value]; the fraction is not yet rounded. With `isStrict`, text that is
    /// delimited must have its time set off by a space or T, so that `10:11:12.123` is not taken for a
    /// date.
    private boolean readDatetime(int flags, boolean isStrict) {
        if (readUsual()) {
            return checkAndPack(flags);
        }
        int digits = 0;
        while (at + digits < end && (isDigitAt(at + digits) || text[at + digits] == 'T')) {
            digits++;
        }
        boolean isCompact = at + digits == end || text[at + digits] == '.';
        yearDigits = digits == 4 || digits == 8 || digits >= 14 ? 4 : 2;
        hasSpace = false;
        hasDelimiter = false;
        int parts = readParts(isCompact);
        if (parts < 3 || (isStrict && hasDelimiter && !hasSpace)) {
            isTruncated = true;
            return false;
        }
        isDateOnly = parts == 3;
        boolean isZero = (part[0] | part[1] | part[2] | part[3] | part[4] | part[5] | micros) == 0;
        if (yearDigits == 2 && !isZero) {
            part[0] += part[0] < 70 ? 2000 : 1900;
        }
        if (!checkAndPack(flags)) {
            return false;
        }
        if (at < end && (text[at] == '+' || text[at] == '-') && parts > 3) {
            return readOffset();
        }
        isTruncated = at < end;
        return true;
    }

    /// Reads text that is `YYYY-MM-DD` or `YYYY-MM-DD hh:mm:ss[.ffffff]` to the last byte, or nothing: a
    /// short cut.
    private boolean readUsual() {
        int length = end - at;
        if ((length != 10 && (length < 19 || length > 26)) || text[at + 4] != '-' || text[at + 7] != '-') {
            return false;
        }
        int century = twoDigits(at);
        int years = twoDigits(at + 2);
        int month = twoDigits(at + 5);
        int day = twoDigits(at + 8);
        if ((century | years | month | day) < 0) {
            return false;
        }
        isDateOnly = length == 10;
        part[0] = century * 100L + years;
        part[1] = month;
        part[2] = day;
        part[3] = 0;
        part[4] = 0;
        part[5] = 0;
        return isDateOnly || readUsualTime(length);
    }

    private boolean readUsualTime(int length) {
        if ((text[at + 10] != ' ' && text[at + 10] != 'T') || text[at + 13] != ':' || text[at + 16] != ':') {
            return false;
        }
        int hour = twoDigits(at + 11);
        int minute = twoDigits(at + 14);
        int second = twoDigits(at + 17);
        boolean isUsual = (hour | minute | second) >= 0 && length != 20 && (length == 19 || text[at + 19] == '.');
        int fraction = 0;
        for (int i = at + 20; isUsual && i < end; i++) {
            isUsual = isDigitAt(i);
            fraction = fraction * 10 + text[i] - '0';
        }
        if (!isUsual) {
            return false;
        }
        part[3] = hour;
        part[4] = minute;
        part[5] = second;
        micros = length == 19 ? 0 : fraction * (int) Decimals.POWERS_OF_TEN[26 - length];
        at = end;
        return true;
    }

    /// The number of two digits, or a negative number if they are none.
    private int twoDigits(int i) {
        int tens = text[i] - '0';
        int ones = text[i + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /// Reads up to six numbers and the fraction; returns how many numbers there were and leaves [#at]
    /// behind them.
    private int readParts(boolean isCompact) {
        int count = 0;
        int i = at;
        while (count < PARTS && i < end && isDigitAt(i)) {
            int width = !isCompact ? Integer.MAX_VALUE : count == 0 ? yearDigits : 2;
            int from = i;
            long number = 0;
            while (i < end && isDigitAt(i) && i - from < width) {
                number = Math.min(number * 10 + text[i] - '0', Integer.MAX_VALUE);
                i++;
            }
            if (count == 0 && !isCompact) {
                yearDigits = i - from;
            }
            part[count] = number;
            count++;
            at = i;
            if (i == end) {
                break;
            }
            if (count - 1 == SECOND_PART) {
                readFraction();
                break;
            }
            if (count - 1 == DAY_PART && text[i] == 'T') {
                hasSpace = true;
                i++;
                continue;
            }
            while (i < end && (isSpace(text[i]) || isPunctuation(text[i]))) {
                if (isSpace(text[i])) {
                    if (count - 1 != DAY_PART) {
                        return 0;
                    }
                    hasSpace = true;
                }
                hasDelimiter = true;
                i++;
            }
        }
        for (int k = count; k < PARTS; k++) {
            part[k] = 0;
        }
        return count;
    }

    /// Reads `.123456` at [#at] into [#micros] and [#seventhDigit].
    private void readFraction() {
        micros = 0;
        seventhDigit = 0;
        if (at >= end || text[at] != '.') {
            return;
        }
        at++;
        int digits = 0;
        for (; at < end && isDigitAt(at); at++) {
            int digit = text[at] - '0';
            if (digits < 6) {
                micros = micros * 10 + digit;
            } else if (digits == 6) {
                seventhDigit = digit;
            }
            digits++;
        }
        for (; digits < 6; digits++) {
            micros *= 10;
        }
    }

    /// Reads `+02:00` up to the end. Offsets go from −13:59 to +14:00; −00:00 is none.
    private boolean readOffset() {
        boolean isShaped = end - at == 6
                && isDigitAt(at + 1)
                && isDigitAt(at + 2)
                && text[at + 3] == ':'
                && isDigitAt(at + 4)
                && isDigitAt(at + 5);
        if (!isShaped) {
            isTruncated = true;
            return true;
        }
        int hours = (text[at + 1] - '0') * 10 + text[at + 2] - '0';
        int minutes = (text[at + 4] - '0') * 10 + text[at + 5] - '0';
        boolean isNegative = text[at] == '-';
        int total = hours * 60 + minutes;
        boolean isOffset = minutes <= 59 && total <= 14 * 60 && !(isNegative && (total == 14 * 60 || total == 0));
        if (!isOffset || !Temporals.isRealDate(value)) {
            isOutOfRange = true;
            value = 0;
            return false;
        }
        hasOffset = true;
        offsetSeconds = total * (isNegative ? -60 : 60);
        return true;
    }

    /// Checks the six parts against the calendar and the flags; sets [#value].
    private boolean checkAndPack(int flags) {
        boolean isInRange =
                part[0] <= 9999 && part[1] <= 12 && part[2] <= 31 && part[3] <= 23 && part[4] <= 59 && part[5] <= 59;
        if (!isInRange) {
            isOutOfRange = true;
            return false;
        }
        int year = (int) part[0];
        int month = (int) part[1];
        int day = (int) part[2];
        long packed = Temporal.datetime(year, month, day, (int) part[3], (int) part[4], (int) part[5], micros);
        if (packed == 0) {
            isZeroRefused = (flags & NO_ZERO_DATE) != 0;
            return !isZeroRefused;
        }
        if (month == 0 || day == 0) {
            isZeroRefused = (flags & NO_ZERO_IN_DATE) != 0;
            if (isZeroRefused) {
                return false;
            }
        } else if ((flags & ALLOW_INVALID_DATES) == 0 && day > Days.inMonth(year, month)) {
            isOutOfRange = true;
            return false;
        }
        value = packed;
        return true;
    }

    private boolean finishDatetime(int fsp, int flags) {
        if ((flags & TRUNCATE_FRACTIONAL) != 0) {
            value = Temporals.truncateDatetime(value, fsp);
            return true;
        }
        long rounded = Temporals.roundDatetime(value, fsp);
        if (fsp == 6 && seventhDigit >= 5) {
            rounded = Temporals.nextMicro(value);
        }
        if (rounded == Temporals.OVERFLOW) {
            isOutOfRange = true;
            value = 0;
            return false;
        }
        value = rounded;
        return true;
    }

    /// The number padded to YYYYMMDDhhmmss, −1 if it is no date.
    private long fullDatetimeNumber(long number) {
        if (number == 0) {
            return 0;
        }
        if (number >= 10_000_101_000_000L) {
            return number <= 99_999_999_999_999L ? number : -1;
        }
        isDateOnly = number <= 99_991_231;
        long unit = isDateOnly ? 1 : 1_000_000;
        long date = number / unit;
        long century;
        if (date < 101) {
            return -1;
        } else if (date <= 691_231) {
            century = 20_000_000;
        } else if (date < 700_101) {
            return -1;
        } else if (date <= 991_231) {
            century = 19_000_000;
        } else if (date >= 10_000_101 || isDateOnly) {
            century = 0;
        } else {
            return -1;
        }
        return isDateOnly ? (date + century) * 1_000_000 : number + century * 1_000_000;
    }

    // -- TIME

    private boolean readTime(int fsp, int flags) {
        boolean isNegative = at < end && text[at] == '-';
        if (isNegative) {
            at++;
        }
        if (at == end) {
            isTruncated = true;
            return false;
        }
        long first = readNumber();
        int afterFirst = at;
        while (at < end && isSpace(text[at])) {
            at++;
        }
        long days = 0;
        int fields;
        if (at > afterFirst && end - at > 1 && isDigitAt(at)) {
            days = first;
            fields = readColonFields(0);
        } else if (at == afterFirst && end - at > 1 && text[at] == ':' && isDigitAt(at + 1)) {
            part[0] = first;
            at++;
            fields = readColonFields(1);
        } else {
            at = afterFirst;
            part[0] = first / 10_000;
            part[1] = first / 100 % 100;
            part[2] = first % 100;
            fields = 3;
        }
        for (int i = fields; i < 3; i++) {
            part[i] = 0;
        }
        readTimeFraction();
        if (Math.max(days, part[0]) > Integer.MAX_VALUE) {
            isOutOfRange = true;
            return false;
        }
        isTruncated = at < end;
        return packTime(isNegative, days * 24 + part[0], part[1], part[2], fsp, flags);
    }

    private void readTimeFraction() {
        micros = 0;
        seventhDigit = 0;
        if (at < end && text[at] == '.' && (at + 1 == end || isDigitAt(at + 1))) {
            readFraction();
        }
    }

    /// Reads numbers set off by colons into `part[from]` to `part[2]`; returns how many parts are then set.
    private int readColonFields(int from) {
        int count = from;
        while (true) {
            part[count] = readNumber();
            count++;
            if (count == 3 || end - at < 2 || text[at] != ':' || !isDigitAt(at + 1)) {
                return count;
            }
            at++;
        }
    }

    private long readNumber() {
        long number = 0;
        while (at < end && isDigitAt(at)) {
            number = Math.min(number * 10 + text[at] - '0', 1L << 50);
            at++;
        }
        return number;
    }

    private boolean packTime(boolean isNegative, long hours, long minute, long second, int fsp, int flags) {
        if (minute > 59 || second > 59) {
            isOutOfRange = true;
            return false;
        }
        long magnitude = ((Math.min(hours, 10_000) * 60 + minute) * 60 + second) * Temporals.SECOND + micros;
        boolean isTruncating = (flags & TRUNCATE_FRACTIONAL) != 0;
        if (fsp == 6 && seventhDigit >= 5 && !isTruncating) {
            magnitude++;
        }
        isOutOfRange |= Temporals.isTimeOutOfRange(magnitude);
        long packed = Temporals.time(isNegative ? -magnitude : magnitude);
        long rounded = isTruncating ? Temporals.truncateTime(packed, fsp) : Temporals.roundTime(packed, fsp);
        value = rounded;
        return true;
    }

    private boolean isDigitAt(int i) {
        return text[i] >= '0' && text[i] <= '9';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= 9 && b <= 13);
    }

    private static boolean isPunctuation(byte b) {
        return (b > ' ' && b < '0') || (b > '9' && b < 'A') || (b > 'Z' && b < 'a') || (b > 'z' && b < 127);
    }
}
