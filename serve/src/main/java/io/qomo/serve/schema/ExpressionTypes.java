package io.qomo.serve.schema;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;

/// The types of columns that hold the values of expressions: CREATE TABLE … SELECT, functional key parts.
public final class ExpressionTypes {
    private static final int MAX_VARYING_BYTES = 65_535;

    private ExpressionTypes() {}

    /// A type a column can have for the type of an expression.
    public static SqlType columnType(SqlType type) {
        return switch (type.kind()) {
            case NULL -> SqlType.string(TypeKind.BINARY, 0, Collation.BINARY);
            case VARCHAR, CHAR -> characters(type);
            case VARBINARY, BINARY ->
                type.length() < 0 || type.length() > MAX_VARYING_BYTES
                        ? SqlType.string(TypeKind.LONGBLOB, -1, Collation.BINARY)
                        : type;
            default -> type;
        };
    }

    private static SqlType characters(SqlType type) {
        Collation collation = type.collation();
        long bytes = (long) type.length() * collation.charset().maxBytesPerChar();
        if (type.length() < 0 || bytes > 0xFFFFFFL) {
            return SqlType.string(TypeKind.LONGTEXT, -1, collation);
        }
        if (bytes > MAX_VARYING_BYTES) {
            return SqlType.string(TypeKind.MEDIUMTEXT, -1, collation);
        }
        return type;
    }
}
