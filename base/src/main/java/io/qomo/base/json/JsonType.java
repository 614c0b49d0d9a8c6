package io.qomo.base.json;

/// The types of JSON values, in the order in which values of different types sort.
///
/// Source: MySQL 8.0 manual, "The JSON Data Type", comparison; JSON_TYPE().
public enum JsonType {
    NULL("NULL", 0),
    INTEGER("INTEGER", 1),
    UNSIGNED("UNSIGNED INTEGER", 1),
    DOUBLE("DOUBLE", 1),
    DECIMAL("DECIMAL", 1),
    STRING("STRING", 2),
    OBJECT("OBJECT", 3),
    ARRAY("ARRAY", 4),
    BOOLEAN("BOOLEAN", 5),
    DATE("DATE", 6),
    TIME("TIME", 7),
    DATETIME("DATETIME", 8),
    /// Bytes with the MYSQL_TYPE_* number of what they were; JSON_TYPE() tells BLOB and BIT apart by it.
    OPAQUE("OPAQUE", 9);

    private final String sqlName;
    private final int rank;

    JsonType(String sqlName, int rank) {
        this.sqlName = sqlName;
        this.rank = rank;
    }

    /// What JSON_TYPE() returns.
    public String sqlName() {
        return sqlName;
    }

    /// Types of a higher rank sort behind; numbers share one.
    int rank() {
        return rank;
    }

    /// INTEGER, UNSIGNED, DOUBLE or DECIMAL.
    public boolean isNumber() {
        return rank == 1;
    }

    /// OBJECT or ARRAY.
    public boolean isContainer() {
        return this == OBJECT || this == ARRAY;
    }
}
