package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import java.util.List;

/// The arithmetic of precision, scale and sign of numeric types.
public final class NumericTypes {
    private NumericTypes() {}

    /// Digits after the point that the type shows; 0 where not fixed.
    static int scale(SqlType type) {
        return switch (type.kind()) {
            case DECIMAL, FLOAT, DOUBLE, TIME, DATETIME, TIMESTAMP -> Math.max(type.scale(), 0);
            default -> 0;
        };
    }

    /// Digits a decimal of the expression's values needs.
    public static int precision(Expr expr) {
        SqlType type = expr.type();
        if (type.kind().isInteger() && expr instanceof Expr.Constant c && c.value() instanceof LongVector v) {
            if (v.isNull(0)) {
                return 1;
            }
            String digits = TextTypes.integerText(v.get(0), type.unsigned());
            return digits.startsWith("-") ? digits.length() - 1 : digits.length();
        }
        return precision(type);
    }

    /// Digits a decimal of the type's values needs.
    static int precision(SqlType type) {
        return switch (type.kind()) {
            case NULL -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case MEDIUMINT -> 8;
            case INT -> 10;
            case BIGINT -> type.unsigned() ? 20 : 19;
            case YEAR -> 4;
            case BIT -> 20;
            case DECIMAL -> type.length();
            case DATE -> 8;
            case TIME -> 7 + Math.max(type.scale(), 0);
            case DATETIME, TIMESTAMP -> 14 + Math.max(type.scale(), 0);
            case ENUM -> 5;
            case SET -> 20;
            case FLOAT, DOUBLE -> Math.min(65, 17 + Math.max(type.scale(), 0));
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
                    LONGBLOB,
                    JSON -> 65;
        };
    }

    /// DECIMAL with the maxima applied; the scale yields to the digits before the point.
    public static SqlType decimal(int precision, int scale, boolean unsigned) {
        SqlType type = SqlType.decimal(precision, scale);
        return unsigned
                ? new SqlType(TypeKind.DECIMAL, type.length(), type.scale(), true, false, Collation.BINARY, List.of())
                : type;
    }

    /// The next wider integer; DECIMAL beyond BIGINT.
    static TypeKind widerInteger(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> TypeKind.SMALLINT;
            case SMALLINT -> TypeKind.MEDIUMINT;
            case MEDIUMINT -> TypeKind.INT;
            case INT -> TypeKind.BIGINT;
            default -> TypeKind.DECIMAL;
        };
    }

    /// True of types whose values are exact integers in a `long`.
    public static boolean isInteger(SqlType type) {
        return type.kind().isInteger() || type.kind() == TypeKind.YEAR || type.kind() == TypeKind.BIT;
    }

    /// True of types whose integers are unsigned.
    public static boolean isUnsigned(SqlType type) {
        return type.unsigned() || type.kind() == TypeKind.YEAR || type.kind() == TypeKind.BIT;
    }

    /// True if a value of the kind is used as a number by its own rules (and not through a string).
    static boolean isExact(SqlType type) {
        return isInteger(type) || type.kind() == TypeKind.DECIMAL;
    }
}
