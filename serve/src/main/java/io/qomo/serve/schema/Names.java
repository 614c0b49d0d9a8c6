package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;

/// The rules of identifiers. Source: MySQL 8.0 manual, "Schema Object Names", "Identifier Length Limits".
public final class Names {
    private static final int MAX_CHARACTERS = 64;

    private Names() {}

    /// Errors 1102 and 1059.
    public static void checkDatabase(String name) {
        checkLength(name);
        if (name.isEmpty() || name.endsWith(" ") || name.indexOf('\0') >= 0) {
            throw new SqlException(ErrorCode.WRONG_DB_NAME, name);
        }
    }

    /// Errors 1103 and 1059.
    public static void checkTable(String name) {
        checkLength(name);
        if (name.isEmpty() || name.endsWith(" ") || name.indexOf('\0') >= 0) {
            throw new SqlException(ErrorCode.WRONG_TABLE_NAME, name);
        }
    }

    /// Errors 1166 and 1059.
    public static void checkColumn(String name) {
        checkLength(name);
        if (name.isEmpty() || name.endsWith(" ") || name.indexOf('\0') >= 0) {
            throw new SqlException(ErrorCode.WRONG_COLUMN_NAME, name);
        }
    }

    /// Errors 1280 and 1059.
    public static void checkIndex(String name) {
        checkLength(name);
        boolean isTaken = name.equalsIgnoreCase("PRIMARY") || name.equalsIgnoreCase("GEN_CLUST_INDEX");
        if (name.isEmpty() || name.endsWith(" ") || isTaken) {
            throw new SqlException(ErrorCode.WRONG_INDEX_NAME, name);
        }
    }

    /// Error 1059.
    public static void checkLength(String name) {
        if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
            throw new SqlException(ErrorCode.TOO_LONG_IDENT, name);
        }
    }
}
