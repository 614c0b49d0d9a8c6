package io.qomo.base.type;

/// An amount of time to add to a date: months, days and microseconds, each with its sign.
///
/// Source: MySQL 8.0 manual, "Temporal Intervals" and DATE_ADD().
///
/// @param months years count as 12
/// @param days weeks count as 7
/// @param micros of everything shorter than a day
public record Interval(long months, long days, long micros) {
    private static final int MAX_MONTHS = 10_000 * 12;
    private static final long[] MICROS_OF_FIELD = {
        0, 0, Temporals.DAY, 3600 * Temporals.SECOND, 60 * Temporals.SECOND, Temporals.SECOND, 1
    };

    /// An amount beyond any date: adding it overflows.
    public static final Interval TOO_LARGE = new Interval(Long.MAX_VALUE, 0, 0);

    /// `count` of a unit of one field. Seconds may have a fraction, given in microseconds of the same sign.
    public static Interval of(IntervalUnit unit, long count, int fractionMicros) {
        try {
            return switch (unit) {
                case YEAR -> new Interval(Math.multiplyExact(count, 12L), 0, 0);
                case QUARTER -> new Interval(Math.multiplyExact(count, 3L), 0, 0);
                case MONTH -> new Interval(count, 0, 0);
                case WEEK -> new Interval(0, Math.multiplyExact(count, 7L), 0);
                case DAY -> new Interval(0, count, 0);
                case SECOND ->
                    new Interval(
                            0, 0, Math.addExact(Math.multiplyExact(count, Temporals.SECOND), (long) fractionMicros));
                case HOUR, MINUTE, MICROSECOND ->
                    new Interval(0, 0, Math.multiplyExact(count, MICROS_OF_FIELD[unit.lastField()]));
                default -> throw new IllegalArgumentException(unit + " has several fields");
            };
        } catch (ArithmeticException tooLarge) {
            return TOO_LARGE;
        }
    }

    /// Reads a string such as `1 10:20` as the fields of a unit: numbers with anything between them, a minus sign in
    /// front for all; if there are fewer numbers than fields, the leftmost fields are 0.
    public static Interval parse(byte[] text, int offset, int length, IntervalUnit unit) {
        int end = offset + length;
        int at = offset;
        while (at < end && (text[at] == ' ' || (text[at] >= 9 && text[at] <= 13))) {
            at++;
        }
        boolean isNegative = at < end && text[at] == '-';
        long[] numbers = new long[unit.fields()];
        int count = 0;
        int lastDigits = 0;
        while (count < numbers.length) {
            while (at < end && !isDigit(text[at])) {
                at++;
            }
            if (at == end) {
                break;
            }
            int from = at;
            long number = 0;
            while (at < end && isDigit(text[at])) {
                if (number > (Long.MAX_VALUE - 9) / 10) {
                    return TOO_LARGE;
                }
                number = number * 10 + text[at] - '0';
                at++;
            }
            lastDigits = at - from;
            numbers[count] = number;
            count++;
        }
        if (unit.hasMicroseconds() && unit.fields() > 1 && count > 0 && lastDigits < 6) {
            // The last field is a fraction of a second: .5 is half of one.
            numbers[count - 1] *= Decimals.POWERS_OF_TEN[6 - lastDigits];
        }
        return ofFields(numbers, count, unit, isNegative);
    }

    private static Interval ofFields(long[] numbers, int count, IntervalUnit unit, boolean isNegative) {
        long months = 0;
        long days = 0;
        long micros = 0;
        try {
            for (int i = 0; i < count; i++) {
                int field = unit.lastField() - (count - 1 - i);
                long number = isNegative ? -numbers[i] : numbers[i];
                switch (field) {
                    case 0 -> months = Math.addExact(months, Math.multiplyExact(number, 12L));
                    case 1 -> months = Math.addExact(months, unit == IntervalUnit.QUARTER ? number * 3 : number);
                    case 2 -> days = unit == IntervalUnit.WEEK ? Math.multiplyExact(number, 7L) : number;
                    default -> micros = Math.addExact(micros, Math.multiplyExact(number, MICROS_OF_FIELD[field]));
                }
            }
        } catch (ArithmeticException tooLarge) {
            return TOO_LARGE;
        }
        return new Interval(months, days, micros);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// The same amount with the other sign.
    public Interval negated() {
        return this == TOO_LARGE ? this : new Interval(-months, -days, -micros);
    }

    /// A DATETIME (or DATE) of a real date, moved by this amount; the day is cut to its month's end where months are
    /// added. [Temporals#OVERFLOW] outside the years 0 to 9999.
    public long addTo(long datetime) {
        long moved = datetime;
        if (months != 0) {
            moved = addMonths(moved);
            if (moved == Temporals.OVERFLOW) {
                return moved;
            }
        }
        if (days == 0 && micros == 0) {
            return moved;
        }
        long time = Temporals.microsOfDay(moved) + micros % Temporals.DAY;
        long carry = Math.floorDiv(time, Temporals.DAY);
        long wholeDays = micros / Temporals.DAY + carry;
        if (days > Days.MAX || days < -Days.MAX || wholeDays > Days.MAX || wholeDays < -Days.MAX) {
            return Temporals.OVERFLOW;
        }
        long date = Days.date(Days.number(moved) + days + wholeDays);
        return date == 0 ? Temporals.OVERFLOW : Temporals.withTime(date, time - carry * Temporals.DAY);
    }

    private long addMonths(long datetime) {
        if (months > MAX_MONTHS || months < -MAX_MONTHS) {
            return Temporals.OVERFLOW;
        }
        long month = Temporal.year(datetime) * 12L + Temporal.month(datetime) - 1 + months;
        if (month < 0 || month >= MAX_MONTHS) {
            return Temporals.OVERFLOW;
        }
        int year = (int) (month / 12);
        int monthOfYear = (int) (month % 12) + 1;
        int day = Math.min(Temporal.day(datetime), Days.inMonth(year, monthOfYear));
        return Temporals.withTime(Temporal.date(year, monthOfYear, day), Temporals.microsOfDay(datetime));
    }

    /// A TIME moved by this amount; [Temporals#OVERFLOW] beyond ±838:59:59, or if there are months to add.
    public long addToTime(long time) {
        if (months != 0 || days > 100 || days < -100) {
            return Temporals.OVERFLOW;
        }
        long limit = 100 * Temporals.DAY;
        if (micros > limit || micros < -limit) {
            return Temporals.OVERFLOW;
        }
        long sum = Temporals.timeMicros(time) + days * Temporals.DAY + micros;
        return Temporals.isTimeOutOfRange(sum) ? Temporals.OVERFLOW : Temporals.time(sum);
    }
}
