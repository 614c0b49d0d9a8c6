package io.qomo.base.type;

/// How a value of a SQL type lies in memory; one vector class per constant.
public enum Physical {
    /// A `long`: integers (unsigned ones as their 64 bits), YEAR, BIT, ENUM (1-based index, 0 the error
    /// value), SET (bit mask), DATE, DATETIME and TIME (packed, see [Temporal]), TIMESTAMP (microseconds
    /// since 1970 UTC, 0 the zero value).
    LONG,
    /// A `double`: FLOAT (already rounded to float) and DOUBLE.
    DOUBLE,
    /// An unscaled integer at the type's scale: a `long`, or a BigInteger where it does not fit.
    DECIMAL,
    /// Bytes: character strings always as UTF-8 whatever the column's character set (converted at the
    /// borders), binary strings as they are, JSON in its binary form.
    BYTES
}
