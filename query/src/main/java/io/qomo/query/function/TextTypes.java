package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import java.nio.charset.StandardCharsets;

/// How long values are as text, and the string types of results.
public final class TextTypes {
    /// Characters of the longest strings.
    static final long MAX_CHARS = 4_294_967_295L;

    private static final long MAX_VARCHAR_BYTES = 65_535;
    private static final long MAX_MEDIUM_BYTES = 16_777_215;

    private TextTypes() {}

    /// The type of a string result of at most `chars` characters: VARCHAR, MEDIUMTEXT or LONGTEXT by its bytes, or
    /// their binary twins.
    public static SqlType of(long chars, Collation collation) {
        long bytes = Math.max(0, chars) * collation.charset().maxBytesPerChar();
        boolean binary = collation == Collation.BINARY;
        if (bytes <= MAX_VARCHAR_BYTES) {
            int n = (int) Math.max(0, chars);
            return binary ? SqlType.varbinary(n) : SqlType.varchar(n, collation);
        }
        if (bytes <= MAX_MEDIUM_BYTES) {
            return SqlType.string(binary ? TypeKind.MEDIUMBLOB : TypeKind.MEDIUMTEXT, -1, collation);
        }
        return SqlType.string(binary ? TypeKind.LONGBLOB : TypeKind.LONGTEXT, -1, collation);
    }

    /// The most characters a value of the type has as text (bytes for binary strings).
    public static long maxChars(SqlType type) {
        int length = type.length();
        return switch (type.kind()) {
            case NULL -> 0;
            case TINYINT -> Math.max(length, type.unsigned() ? 3 : 4);
            case SMALLINT -> Math.max(length, type.unsigned() ? 5 : 6);
            case MEDIUMINT -> Math.max(length, type.unsigned() ? 8 : 9);
            case INT -> Math.max(length, type.unsigned() ? 10 : 11);
            case BIGINT -> Math.max(length, 20);
            case YEAR -> 4;
            case BIT -> (Math.max(length, 1) + 7) >> 3;
            case FLOAT -> 12;
            case DOUBLE -> 22;
            case DECIMAL -> length + (type.scale() > 0 ? 1 : 0) + 1;
            case DATE -> 10;
            case TIME -> 10 + fraction(type);
            case DATETIME, TIMESTAMP -> 19 + fraction(type);
            case CHAR, VARCHAR, BINARY, VARBINARY -> Math.max(length, 0);
            case TINYTEXT, TINYBLOB -> 255;
            case TEXT, BLOB -> length >= 0 ? length : 65_535;
            case MEDIUMTEXT, MEDIUMBLOB -> MAX_MEDIUM_BYTES;
            case LONGTEXT, LONGBLOB, JSON -> MAX_CHARS;
            case ENUM ->
                type.members().stream().mapToInt(TextTypes::codePoints).max().orElse(0);
            case SET ->
                type.members().stream().mapToInt(TextTypes::codePoints).sum()
                        + Math.max(0, type.members().size() - 1);
        };
    }

    /// As [#maxChars(SqlType)]; of a constant integer its own digits.
    public static long maxChars(Expr expr) {
        if (expr instanceof Expr.Constant constant && !constant.value().isNull(0)) {
            SqlType type = expr.type();
            if (type.kind().isInteger() && constant.value() instanceof LongVector v) {
                return integerText(v.get(0), type.unsigned()).length();
            }
            if (type.kind() == TypeKind.VARCHAR && constant.value() instanceof BytesVector v) {
                return v.getString(0).codePointCount(0, v.getString(0).length());
            }
        }
        return maxChars(expr.type());
    }

    /// True if every character of the constant is ASCII.
    static boolean isAsciiConstant(Expr expr) {
        if (expr instanceof Expr.Constant c && c.value() instanceof BytesVector v && !v.isNull(0)) {
            for (byte b : v.get(0)) {
                if (b < 0) {
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /// The decimal digits of an integer.
    static String integerText(long value, boolean unsigned) {
        return unsigned ? Long.toUnsignedString(value) : Long.toString(value);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int fraction(SqlType type) {
        return type.scale() > 0 ? 1 + type.scale() : 0;
    }

    private static int codePoints(String s) {
        return s.codePointCount(0, s.length());
    }
}
