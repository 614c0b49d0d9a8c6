package io.qomo.query.sql.ast;

/// The unit of an interval; the names are SQL's.
public enum IntervalUnit {
    MICROSECOND,
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    SECOND_MICROSECOND,
    MINUTE_MICROSECOND,
    MINUTE_SECOND,
    HOUR_MICROSECOND,
    HOUR_SECOND,
    HOUR_MINUTE,
    DAY_MICROSECOND,
    DAY_SECOND,
    DAY_MINUTE,
    DAY_HOUR,
    YEAR_MONTH;

    /// True of units whose value is text with several numbers ('1:30').
    public boolean isComposite() {
        return compareTo(SECOND_MICROSECOND) >= 0;
    }
}
