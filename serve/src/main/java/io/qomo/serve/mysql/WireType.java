package io.qomo.serve.mysql;

/// MYSQL_TYPE_* numbers as clients give them with parameters. Source: MySQL manual, "field types".
final class WireType {
    static final int DECIMAL = 0;
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int BOOL = 244;
    static final int JSON = 245;
    static final int NEWDECIMAL = 246;
    static final int ENUM = 247;
    static final int SET = 248;
    static final int TINY_BLOB = 249;
    static final int MEDIUM_BLOB = 250;
    static final int LONG_BLOB = 251;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    /// Set in the upper byte of a parameter's type.
    static final int UNSIGNED_FLAG = 0x8000;

    private WireType() {}

    /// True for types whose values are bytes without a character set.
    static boolean isBinary(int type) {
        return (type >= TINY_BLOB && type <= BLOB) || type == GEOMETRY || type == BIT;
    }

    /// True for the types a parameter can have.
    static boolean isKnown(int type) {
        return (type >= DECIMAL && type <= YEAR) || type == VARCHAR || type == BIT || type >= BOOL && type <= GEOMETRY;
    }
}
