package io.qomo.base.type;

/// MySQL's column types, each with its wire code (MYSQL_TYPE_*) and physical form.
public enum TypeKind {
    /// The type of a bare NULL.
    NULL(6, Physical.LONG),
    TINYINT(1, Physical.LONG),
    SMALLINT(2, Physical.LONG),
    MEDIUMINT(9, Physical.LONG),
    INT(3, Physical.LONG),
    BIGINT(8, Physical.LONG),
    YEAR(13, Physical.LONG),
    BIT(16, Physical.LONG),
    FLOAT(4, Physical.DOUBLE),
    DOUBLE(5, Physical.DOUBLE),
    DECIMAL(246, Physical.DECIMAL),
    DATE(10, Physical.LONG),
    TIME(11, Physical.LONG),
    DATETIME(12, Physical.LONG),
    TIMESTAMP(7, Physical.LONG),
    CHAR(254, Physical.BYTES),
    VARCHAR(253, Physical.BYTES),
    BINARY(254, Physical.BYTES),
    VARBINARY(253, Physical.BYTES),
    TINYTEXT(252, Physical.BYTES),
    TEXT(252, Physical.BYTES),
    MEDIUMTEXT(252, Physical.BYTES),
    LONGTEXT(252, Physical.BYTES),
    TINYBLOB(252, Physical.BYTES),
    BLOB(252, Physical.BYTES),
    MEDIUMBLOB(252, Physical.BYTES),
    LONGBLOB(252, Physical.BYTES),
    ENUM(254, Physical.LONG),
    SET(254, Physical.LONG),
    JSON(245, Physical.BYTES);

    private final int wireCode;
    private final Physical physical;

    TypeKind(int wireCode, Physical physical) {
        this.wireCode = wireCode;
        this.physical = physical;
    }

    /// The MYSQL_TYPE_* number of a column definition packet.
    public int wireCode() {
        return wireCode;
    }

    /// How values lie in memory.
    public Physical physical() {
        return physical;
    }

    /// TINYINT to BIGINT (not YEAR, not BIT).
    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == MEDIUMINT || this == INT || this == BIGINT;
    }

    /// Integers, YEAR, BIT, FLOAT, DOUBLE, DECIMAL.
    public boolean isNumeric() {
        return isInteger() || this == YEAR || this == BIT || isApproximate() || this == DECIMAL;
    }

    /// FLOAT or DOUBLE.
    public boolean isApproximate() {
        return this == FLOAT || this == DOUBLE;
    }

    /// DATE, TIME, DATETIME or TIMESTAMP.
    public boolean isTemporal() {
        return this == DATE || this == TIME || this == DATETIME || this == TIMESTAMP;
    }

    /// Types with a date part.
    public boolean hasDate() {
        return this == DATE || this == DATETIME || this == TIMESTAMP;
    }

    /// CHAR, VARCHAR, BINARY, VARBINARY, TEXT and BLOB families (not ENUM, SET, JSON).
    public boolean isString() {
        return physical == Physical.BYTES && this != JSON;
    }

    /// TEXT and BLOB families.
    public boolean isLob() {
        return wireCode == 252;
    }
}
