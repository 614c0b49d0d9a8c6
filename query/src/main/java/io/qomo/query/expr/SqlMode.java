package io.qomo.query.expr;

/// sql_mode as a set of bits.
///
/// @param bits of the constants below
public record SqlMode(long bits) {
    public static final long ANSI_QUOTES = 1;
    public static final long PIPES_AS_CONCAT = 1 << 1;
    public static final long NO_BACKSLASH_ESCAPES = 1 << 2;
    public static final long IGNORE_SPACE = 1 << 3;
    public static final long HIGH_NOT_PRECEDENCE = 1 << 4;
    public static final long ONLY_FULL_GROUP_BY = 1 << 5;
    public static final long STRICT_TRANS_TABLES = 1 << 6;
    public static final long STRICT_ALL_TABLES = 1 << 7;
    public static final long NO_ZERO_IN_DATE = 1 << 8;
    public static final long NO_ZERO_DATE = 1 << 9;
    public static final long ALLOW_INVALID_DATES = 1 << 10;
    public static final long ERROR_FOR_DIVISION_BY_ZERO = 1 << 11;
    public static final long NO_ENGINE_SUBSTITUTION = 1 << 12;
    public static final long NO_AUTO_VALUE_ON_ZERO = 1 << 13;
    public static final long NO_UNSIGNED_SUBTRACTION = 1 << 14;
    public static final long PAD_CHAR_TO_FULL_LENGTH = 1 << 15;
    public static final long REAL_AS_FLOAT = 1 << 16;
    public static final long TIME_TRUNCATE_FRACTIONAL = 1 << 17;
    public static final long NO_DIR_IN_CREATE = 1 << 18;

    /// MySQL 8.0's default.
    public static final SqlMode DEFAULT = new SqlMode(ONLY_FULL_GROUP_BY
            | STRICT_TRANS_TABLES
            | NO_ZERO_IN_DATE
            | NO_ZERO_DATE
            | ERROR_FOR_DIVISION_BY_ZERO
            | NO_ENGINE_SUBSTITUTION);

    /// True if the bit is set.
    public boolean has(long bit) {
        return (bits & bit) != 0;
    }

    /// True in strict mode.
    public boolean isStrict() {
        return (bits & (STRICT_TRANS_TABLES | STRICT_ALL_TABLES)) != 0;
    }
}
