package io.qomo.serve.schema;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Span;
import org.jspecify.annotations.Nullable;

/// The types of columns that hold the values of expressions: CREATE TABLE … SELECT, functional key parts.
public final class ExpressionTypes {
    private static final int MAX_VARYING_BYTES = 65_535;
    private static final int MAX_INT_CHARACTERS = 9;

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

    /// INT for an integer constant of so few digits, else the type itself.
    public static SqlType constantType(Expr value, SqlType type) {
        boolean isSmall = type.kind() == TypeKind.BIGINT
                && !type.unsigned()
                && value instanceof Expr.Constant c
                && c.value() instanceof LongVector v
                && !v.isNull(0)
                && Long.toString(v.get(0)).length() <= MAX_INT_CHARACTERS;
        return isSmall ? SqlType.INT : type;
    }

    /// The DEFAULT of a column made of an expression that is never NULL: its type's zero, or null for types that have
    /// none.
    static @Nullable String implicitDefault(String column, SqlType type, SqlMode mode) {
        Expression zero = switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE, BIT, YEAR ->
                new Literal.IntegerLiteral(Span.NONE, 0, false);
            case CHAR, VARCHAR, BINARY, VARBINARY -> new Literal.StringLiteral(Span.NONE, null, "");
            case TIME -> new Literal.StringLiteral(Span.NONE, null, "00:00:00");
            case DATE, DATETIME, TIMESTAMP ->
                mode.has(SqlMode.NO_ZERO_DATE) ? null : new Literal.StringLiteral(Span.NONE, null, "0000-00-00");
            case NULL, ENUM, SET, JSON, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
                null;
        };
        return zero == null ? null : DefaultLiteral.of(zero, column, type, mode);
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
