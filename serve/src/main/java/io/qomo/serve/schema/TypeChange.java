package io.qomo.serve.schema;

import io.qomo.base.type.Charset;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;

/// What a change of a column's type means for the values stored.
enum TypeChange {
    /// Nothing: every stored value is the same value of the new type, and sorts the same.
    NONE,
    /// The values stay, but sort differently: indexes with the column are void.
    ORDER,
    /// Values must be converted one by one.
    VALUES;

    /// The change from one type to another.
    static TypeChange of(SqlType from, SqlType to) {
        if (from.equals(to)) {
            return NONE;
        }
        if (from.kind().isInteger() && to.kind().isInteger()) {
            return widensInteger(from, to) ? NONE : VALUES;
        }
        if (from.kind().isString() && to.kind().isString()) {
            return string(from, to);
        }
        if (from.kind() != to.kind()) {
            boolean isExact = from.kind() == TypeKind.FLOAT && to.kind() == TypeKind.DOUBLE && to.scale() < 0;
            return isExact && (!to.unsigned() || from.unsigned()) ? NONE : VALUES;
        }
        boolean losesSign = to.unsigned() && !from.unsigned();
        return switch (from.kind()) {
            case DECIMAL -> from.scale() == to.scale() && to.length() >= from.length() && !losesSign ? NONE : VALUES;
            case FLOAT, DOUBLE -> to.scale() < 0 && !losesSign ? NONE : VALUES;
            case BIT -> to.length() >= from.length() ? NONE : VALUES;
            case TIME, DATETIME, TIMESTAMP -> to.scale() >= from.scale() ? NONE : VALUES;
            case ENUM, SET -> members(from, to);
            default -> VALUES;
        };
    }

    private static boolean widensInteger(SqlType from, SqlType to) {
        int fromBits = bits(from.kind());
        int toBits = bits(to.kind());
        if (from.unsigned() == to.unsigned()) {
            return toBits >= fromBits;
        }
        return from.unsigned() && toBits > fromBits;
    }

    private static int bits(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case MEDIUMINT -> 24;
            case INT -> 32;
            default -> 64;
        };
    }

    private static TypeChange string(SqlType from, SqlType to) {
        if (from.isBinaryString() != to.isBinaryString()) {
            return VALUES;
        }
        // CHAR and BINARY pad or strip; only they themselves, getting longer, keep CHAR's values.
        boolean keepsForm = switch (to.kind()) {
            case CHAR -> from.kind() == TypeKind.CHAR;
            case BINARY -> from.kind() == TypeKind.BINARY && from.length() == to.length();
            default -> true;
        };
        boolean fits = ColumnLimits.maxUnits(to) >= ColumnLimits.maxUnits(from)
                && (from.kind().isLob()
                        || !to.kind().isLob()
                        || ColumnLimits.maxBytes(to) >= ColumnLimits.maxBytes(from));
        if (!keepsForm
                || !fits
                || !covers(to.collation().charset(), from.collation().charset())) {
            return VALUES;
        }
        return from.collation() == to.collation() ? NONE : ORDER;
    }

    private static TypeChange members(SqlType from, SqlType to) {
        boolean isLonger = to.members().size() >= from.members().size()
                && to.members().subList(0, from.members().size()).equals(from.members());
        if (!isLonger) {
            return VALUES;
        }
        // ENUM and SET sort by their numbers, whatever the collation.
        return NONE;
    }

    /// True if every string of a character set has all its characters in another.
    static boolean covers(Charset to, Charset from) {
        return to == from
                || to == Charset.UTF8MB4
                || from == Charset.ASCII
                || (to == Charset.UTF8MB3 && from != Charset.UTF8MB4 && from != Charset.BINARY);
    }
}
