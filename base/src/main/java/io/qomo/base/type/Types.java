package io.qomo.base.type;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What is told about a type: its text in SHOW CREATE TABLE, its numbers in column definition packets and in
/// information_schema, and the ranges of integers.
///
/// Source: MySQL 8.0 manual, "Numeric Data Types", "Data Type Storage Requirements", "information_schema.COLUMNS".
public final class Types {
    /// The decimals a column definition shows for a DOUBLE or FLOAT without (M,D).
    public static final int DECIMALS_NOT_FIXED = 31;
    /// The longest length a column definition can show.
    public static final long MAX_LENGTH = 0xFFFF_FFFFL;

    private Types() {}

    /// The column type as SHOW CREATE TABLE and information_schema's COLUMN_TYPE give it: `int unsigned`,
    /// `varchar(255)`, `enum('a','b')`. Without character set and collation.
    public static String display(SqlType type) {
        StringBuilder out = new StringBuilder(name(type));
        switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
                if (type.zerofill()) {
                    out.append('(').append(zerofillWidth(type)).append(')');
                } else if (type.kind() == TypeKind.TINYINT && type.length() == 1 && !type.unsigned()) {
                    out.append("(1)");
                }
            }
            case FLOAT, DOUBLE -> {
                if (type.scale() >= 0 && type.length() >= 0) {
                    out.append('(')
                            .append(type.length())
                            .append(',')
                            .append(type.scale())
                            .append(')');
                }
            }
            case DECIMAL ->
                out.append('(')
                        .append(type.length())
                        .append(',')
                        .append(type.scale())
                        .append(')');
            case TIME, DATETIME, TIMESTAMP -> {
                if (type.scale() > 0) {
                    out.append('(').append(type.scale()).append(')');
                }
            }
            case BIT, CHAR, VARCHAR, BINARY, VARBINARY ->
                out.append('(').append(Math.max(type.length(), 0)).append(')');
            case ENUM, SET -> appendMembers(type, out);
            case NULL,
                    YEAR,
                    DATE,
                    TINYTEXT,
                    TEXT,
                    MEDIUMTEXT,
                    LONGTEXT,
                    TINYBLOB,
                    BLOB,
                    MEDIUMBLOB,
                    LONGBLOB,
                    JSON -> {}
        }
        if (type.unsigned() || type.zerofill()) {
            out.append(" unsigned");
        }
        if (type.zerofill()) {
            out.append(" zerofill");
        }
        return out.toString();
    }

    /// The bare name of a type, information_schema's DATA_TYPE: `int`, `varchar`.
    public static String name(SqlType type) {
        return type.kind().name().toLowerCase(Locale.ROOT);
    }

    private static void appendMembers(SqlType type, StringBuilder out) {
        String separator = "(";
        for (String member : type.members()) {
            out.append(separator).append('\'').append(member.replace("'", "''")).append('\'');
            separator = ",";
        }
        out.append(')');
    }

    private static int zerofillWidth(SqlType type) {
        return type.length() > 0 ? type.length() : digits(type.kind(), true);
    }

    /// The least width of a value's text where ZEROFILL pads it, 0 for other types.
    public static int padWidth(SqlType type) {
        if (!type.zerofill()) {
            return 0;
        }
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> zerofillWidth(type);
            case DECIMAL -> type.length() + (type.scale() > 0 ? 1 : 0);
            case FLOAT -> type.length() > 0 ? type.length() : 12;
            case DOUBLE -> type.length() > 0 ? type.length() : 22;
            default -> 0;
        };
    }

    /// The digits of an integer type's widest value.
    private static int digits(TypeKind kind, boolean isUnsigned) {
        return switch (kind) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case MEDIUMINT -> isUnsigned ? 8 : 7;
            case INT -> 10;
            case BIGINT -> isUnsigned ? 20 : 19;
            default -> throw new IllegalArgumentException("not an integer type: " + kind);
        };
    }

    /// The length of a column definition packet: bytes of the widest text in a result's character set.
    ///
    /// @param results the character set results are sent in (`character_set_results`)
    public static long columnLength(SqlType type, Charset results) {
        return switch (type.kind()) {
            case NULL -> 0;
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> integerLength(type);
            case YEAR -> 4;
            case BIT -> type.length();
            case FLOAT -> type.length() > 0 ? type.length() : 12;
            case DOUBLE -> type.length() > 0 ? type.length() : 22;
            case DECIMAL -> type.length() + (type.scale() > 0 ? 1 : 0) + (type.unsigned() ? 0 : 1);
            case DATE -> 10;
            case TIME -> 10 + fractionLength(type);
            case DATETIME, TIMESTAMP -> 19 + fractionLength(type);
            case CHAR, VARCHAR, BINARY, VARBINARY ->
                Math.min(Math.max(type.length(), 0) * (long) bytesPerChar(type, results), MAX_LENGTH);
            case ENUM, SET -> characterLength(type).orElse(0) * bytesPerChar(type, results);
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
                Math.min(maxBytes(type.kind()) * bytesPerChar(type, results), MAX_LENGTH);
            case JSON -> MAX_LENGTH;
        };
    }

    private static int bytesPerChar(SqlType type, Charset results) {
        return type.collation() == Collation.BINARY ? 1 : results.maxBytesPerChar();
    }

    private static long integerLength(SqlType type) {
        if (type.zerofill()) {
            return zerofillWidth(type);
        }
        if (type.kind() == TypeKind.TINYINT && type.length() == 1) {
            return 1;
        }
        if (type.kind() == TypeKind.BIGINT) {
            return 20;
        }
        return type.unsigned() ? digits(type.kind(), true) : digits(type.kind(), true) + 1;
    }

    private static int fractionLength(SqlType type) {
        return type.scale() > 0 ? type.scale() + 1 : 0;
    }

    /// The decimals of a column definition packet.
    public static int columnDecimals(SqlType type) {
        return switch (type.kind()) {
            case FLOAT, DOUBLE -> type.scale() < 0 ? DECIMALS_NOT_FIXED : type.scale();
            case DECIMAL, TIME, DATETIME, TIMESTAMP -> Math.max(type.scale(), 0);
            default -> 0;
        };
    }

    /// The most bytes a value of a TEXT or BLOB type can have.
    public static long maxBytes(TypeKind kind) {
        return switch (kind) {
            case TINYTEXT, TINYBLOB -> 0xFF;
            case TEXT, BLOB -> 0xFFFF;
            case MEDIUMTEXT, MEDIUMBLOB -> 0xFF_FFFF;
            case LONGTEXT, LONGBLOB, JSON -> MAX_LENGTH;
            default -> throw new IllegalArgumentException("not a TEXT or BLOB type: " + kind);
        };
    }

    /// information_schema's CHARACTER_MAXIMUM_LENGTH: characters, of TEXT and BLOB types bytes; empty for other
    /// types.
    public static OptionalLong characterLength(SqlType type) {
        return switch (type.kind()) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> OptionalLong.of(Math.max(type.length(), 0));
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
                OptionalLong.of(maxBytes(type.kind()));
            case ENUM -> {
                int widest = 0;
                for (String member : type.members()) {
                    widest = Math.max(widest, member.codePointCount(0, member.length()));
                }
                yield OptionalLong.of(widest);
            }
            case SET -> {
                int total = Math.max(type.members().size() - 1, 0);
                for (String member : type.members()) {
                    total += member.codePointCount(0, member.length());
                }
                yield OptionalLong.of(total);
            }
            default -> OptionalLong.empty();
        };
    }

    /// information_schema's CHARACTER_OCTET_LENGTH: bytes in the column's character set; empty for other types.
    public static OptionalLong octetLength(SqlType type) {
        OptionalLong chars = characterLength(type);
        if (chars.isEmpty() || type.kind().isLob()) {
            return chars;
        }
        return OptionalLong.of(chars.getAsLong() * type.collation().charset().maxBytesPerChar());
    }

    /// information_schema's NUMERIC_PRECISION; empty for other types.
    public static OptionalInt numericPrecision(SqlType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT -> OptionalInt.of(digits(type.kind(), type.unsigned()));
            case MEDIUMINT -> OptionalInt.of(7);
            case BIT, DECIMAL -> OptionalInt.of(type.length());
            case FLOAT -> OptionalInt.of(type.length() > 0 ? type.length() : 12);
            case DOUBLE -> OptionalInt.of(type.length() > 0 ? type.length() : 22);
            default -> OptionalInt.empty();
        };
    }

    /// information_schema's NUMERIC_SCALE; empty for other types and where it is not fixed.
    public static OptionalInt numericScale(SqlType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> OptionalInt.of(0);
            case DECIMAL -> OptionalInt.of(type.scale());
            case FLOAT, DOUBLE -> type.scale() < 0 ? OptionalInt.empty() : OptionalInt.of(type.scale());
            default -> OptionalInt.empty();
        };
    }

    /// information_schema's DATETIME_PRECISION; empty for other types.
    public static OptionalInt datetimePrecision(SqlType type) {
        return switch (type.kind()) {
            case TIME, DATETIME, TIMESTAMP -> OptionalInt.of(Math.max(type.scale(), 0));
            default -> OptionalInt.empty();
        };
    }

    /// The least value of an integer type.
    public static long minValue(TypeKind kind, boolean isUnsigned) {
        return isUnsigned ? 0 : -1L << (bits(kind) - 1);
    }

    /// The greatest value of an integer type; for BIGINT UNSIGNED its 64 bits, −1.
    public static long maxValue(TypeKind kind, boolean isUnsigned) {
        return -1L >>> (64 - bits(kind) + (isUnsigned ? 0 : 1));
    }

    /// The bits of an integer type.
    public static int bits(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case MEDIUMINT -> 24;
            case INT -> 32;
            case BIGINT -> 64;
            default -> throw new IllegalArgumentException("not an integer type: " + kind);
        };
    }

    /// Bytes a value of the type takes in an index key, at most, for key length limits (as EXPLAIN's `key_len`,
    /// without the byte for NULL). `prefixChars` is the length of a prefix index, or −1.
    public static int keyLength(SqlType type, int prefixChars) {
        return switch (type.kind()) {
            case NULL -> 0;
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> bits(type.kind()) / 8;
            case YEAR -> 1;
            case BIT -> (type.length() + 7) / 8;
            case FLOAT -> 4;
            case DOUBLE -> 8;
            case DECIMAL -> decimalBytes(type.length() - type.scale()) + decimalBytes(type.scale());
            case DATE -> 3;
            case TIME -> 3 + (type.scale() + 1) / 2;
            case DATETIME -> 5 + (type.scale() + 1) / 2;
            case TIMESTAMP -> 4 + (type.scale() + 1) / 2;
            case ENUM -> type.members().size() < 256 ? 1 : 2;
            case SET -> setBytes(type.members().size());
            case CHAR, BINARY ->
                keyChars(type, prefixChars) * type.collation().charset().maxBytesPerChar();
            case VARCHAR, VARBINARY, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB, JSON ->
                keyChars(type, prefixChars) * type.collation().charset().maxBytesPerChar() + 2;
        };
    }

    private static int keyChars(SqlType type, int prefixChars) {
        return prefixChars >= 0 ? prefixChars : Math.max(type.length(), 0);
    }

    private static int setBytes(int members) {
        int bytes = (members + 7) / 8;
        return bytes > 4 ? 8 : Math.max(bytes, 1);
    }

    private static int decimalBytes(int digits) {
        return digits / 9 * 4 + (digits % 9 + 1) / 2;
    }
}
