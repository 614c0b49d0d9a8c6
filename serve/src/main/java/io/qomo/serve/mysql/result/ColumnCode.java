package io.qomo.serve.mysql.result;

import io.qomo.base.type.SqlType;

/// How a column's values are written: one constant per loop body of the row encoders.
enum ColumnCode {
    NULL,
    INT,
    UNSIGNED,
    ZEROFILL,
    YEAR,
    BIT,
    FLOAT,
    DOUBLE,
    DECIMAL,
    DATE,
    TIME,
    DATETIME,
    TIMESTAMP,
    BYTES,
    TEXT,
    ENUM,
    SET,
    JSON;

    static ColumnCode of(SqlType type) {
        return switch (type.kind()) {
            case NULL -> NULL;
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT ->
                type.zerofill() ? ZEROFILL : type.unsigned() ? UNSIGNED : INT;
            case YEAR -> YEAR;
            case BIT -> BIT;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case DECIMAL -> DECIMAL;
            case DATE -> DATE;
            case TIME -> TIME;
            case DATETIME -> DATETIME;
            case TIMESTAMP -> TIMESTAMP;
            case CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY,
                    TINYTEXT,
                    TEXT,
                    MEDIUMTEXT,
                    LONGTEXT,
                    TINYBLOB,
                    BLOB,
                    MEDIUMBLOB,
                    LONGBLOB -> type.isBinaryString() ? BYTES : TEXT;
            case ENUM -> ENUM;
            case SET -> SET;
            case JSON -> JSON;
        };
    }
}
