package io.qomo.base.type;

import java.util.List;

/// A SQL type with its attributes. Nullability is not part of it: columns and expressions carry that themselves.
///
/// @param kind the type's name
/// @param length characters (strings), bytes (binary strings), bits (BIT), precision (DECIMAL, and FLOAT/DOUBLE(M,D)),
///     display width (integers with ZEROFILL, TINYINT(1)); -1 where it does not apply or was not given
/// @param scale digits after the point (DECIMAL, FLOAT/DOUBLE(M,D)), fractional second digits 0 to 6 (TIME, DATETIME,
///     TIMESTAMP); -1 where not fixed (DOUBLE)
/// @param unsigned numbers only
/// @param zerofill numbers only; implies unsigned
/// @param collation of character strings, ENUM and SET; [Collation#BINARY] for everything else
/// @param members of ENUM and SET in order, in UTF-16; else empty
public record SqlType(
        TypeKind kind,
        int length,
        int scale,
        boolean unsigned,
        boolean zerofill,
        Collation collation,
        List<String> members) {
    public static final SqlType NULL = simple(TypeKind.NULL);
    public static final SqlType BOOLEAN =
            new SqlType(TypeKind.TINYINT, 1, 0, false, false, Collation.BINARY, List.of());
    public static final SqlType INT = simple(TypeKind.INT);
    public static final SqlType BIGINT = simple(TypeKind.BIGINT);
    public static final SqlType BIGINT_UNSIGNED =
            new SqlType(TypeKind.BIGINT, -1, 0, true, false, Collation.BINARY, List.of());
    public static final SqlType DOUBLE =
            new SqlType(TypeKind.DOUBLE, -1, -1, false, false, Collation.BINARY, List.of());
    public static final SqlType DATE = simple(TypeKind.DATE);
    public static final SqlType YEAR = simple(TypeKind.YEAR);
    public static final SqlType JSON = simple(TypeKind.JSON);

    /// The greatest precision of DECIMAL.
    public static final int MAX_DECIMAL_PRECISION = 65;
    /// The greatest scale of DECIMAL.
    public static final int MAX_DECIMAL_SCALE = 30;

    /// Copies the members.
    public SqlType {
        members = List.copyOf(members);
    }

    private static SqlType simple(TypeKind kind) {
        return new SqlType(kind, -1, 0, false, false, Collation.BINARY, List.of());
    }

    /// An integer type.
    public static SqlType integer(TypeKind kind, boolean unsigned) {
        return new SqlType(kind, -1, 0, unsigned, false, Collation.BINARY, List.of());
    }

    /// DECIMAL(precision, scale), clamped to MySQL's maxima.
    public static SqlType decimal(int precision, int scale) {
        int s = Math.min(Math.max(scale, 0), MAX_DECIMAL_SCALE);
        int p = Math.min(Math.max(precision, Math.max(1, s)), MAX_DECIMAL_PRECISION);
        return new SqlType(TypeKind.DECIMAL, p, s, false, false, Collation.BINARY, List.of());
    }

    /// TIME, DATETIME or TIMESTAMP with `fsp` fractional digits.
    public static SqlType temporal(TypeKind kind, int fsp) {
        return new SqlType(kind, -1, fsp, false, false, Collation.BINARY, List.of());
    }

    /// VARCHAR(length) in a collation.
    public static SqlType varchar(int length, Collation collation) {
        return new SqlType(TypeKind.VARCHAR, length, 0, false, false, collation, List.of());
    }

    /// A string kind with a length and a collation.
    public static SqlType string(TypeKind kind, int length, Collation collation) {
        return new SqlType(kind, length, 0, false, false, collation, List.of());
    }

    /// VARBINARY(length).
    public static SqlType varbinary(int length) {
        return new SqlType(TypeKind.VARBINARY, length, 0, false, false, Collation.BINARY, List.of());
    }

    /// The same type in another collation.
    public SqlType withCollation(Collation other) {
        return new SqlType(kind, length, scale, unsigned, zerofill, other, members);
    }

    /// How values lie in memory.
    public Physical physical() {
        return kind.physical();
    }

    /// True of strings whose bytes are raw: BINARY, VARBINARY, BLOBs.
    public boolean isBinaryString() {
        return kind.isString() && collation == Collation.BINARY;
    }

    /// True of strings with a character set.
    public boolean isCharacterString() {
        return kind.isString() && collation != Collation.BINARY;
    }
}
