package io.qomo.base.type;

import java.util.Locale;
import java.util.Optional;

/// The units of INTERVAL expressions. Source: MySQL 8.0 manual, "Temporal Intervals".
public enum IntervalUnit {
    MICROSECOND(1, 6),
    SECOND(1, 5),
    MINUTE(1, 4),
    HOUR(1, 3),
    DAY(1, 2),
    WEEK(1, 2),
    MONTH(1, 1),
    QUARTER(1, 1),
    YEAR(1, 0),
    SECOND_MICROSECOND(2, 6),
    MINUTE_MICROSECOND(3, 6),
    MINUTE_SECOND(2, 5),
    HOUR_MICROSECOND(4, 6),
    HOUR_SECOND(3, 5),
    HOUR_MINUTE(2, 4),
    DAY_MICROSECOND(5, 6),
    DAY_SECOND(4, 5),
    DAY_MINUTE(3, 4),
    DAY_HOUR(2, 3),
    YEAR_MONTH(2, 1);

    private final int fields;
    private final int lastField;

    IntervalUnit(int fields, int lastField) {
        this.fields = fields;
        this.lastField = lastField;
    }

    /// How many numbers a value of the unit has.
    public int fields() {
        return fields;
    }

    /// The field of the last number: 0 year, 1 month, 2 day, 3 hour, 4 minute, 5 second, 6 microsecond.
    int lastField() {
        return lastField;
    }

    /// True of units whose sum with a DATE is a DATETIME.
    public boolean hasTime() {
        return lastField >= 3;
    }

    /// True of units that end in microseconds.
    public boolean hasMicroseconds() {
        return lastField == 6;
    }

    /// The unit of a name, in any case; `SQL_TSI_…` names as well.
    public static Optional<IntervalUnit> byName(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        String plain = wanted.startsWith("SQL_TSI_") ? wanted.substring(8) : wanted;
        for (IntervalUnit unit : values()) {
            if (unit.name().equals(plain)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
