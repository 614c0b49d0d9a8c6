package io.qomo.serve.schema;

import io.qomo.base.type.SqlType;

/// How much a string column takes.
final class ColumnLimits {
    private ColumnLimits() {}

    /// The most characters (bytes of binary strings) a value may have, whatever they are.
    static long maxUnits(SqlType type) {
        return switch (type.kind()) {
            case TINYTEXT, TINYBLOB -> 255L;
            case TEXT, BLOB -> 65_535L;
            case MEDIUMTEXT, MEDIUMBLOB -> 16_777_215L;
            case LONGTEXT, LONGBLOB -> 4_294_967_295L;
            default -> type.length();
        };
    }

    /// The most bytes, in its character set.
    static long maxBytes(SqlType type) {
        return type.kind().isLob()
                ? maxUnits(type)
                : type.length() * (long) type.collation().charset().maxBytesPerChar();
    }
}
