package io.qomo.serve.mysql.result;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ColumnFlags;
import io.qomo.serve.session.api.ResultColumn;
import org.jspecify.annotations.Nullable;

/// Column definition packets. Drivers choose their mappings by type code, flags, length and character set,
/// so these are MySQL's to the bit: numbers and temporal values carry the character set `binary`, strings
/// the client's, and the length of a string is what its characters can take there.
public final class ColumnDefinitions {
    private static final byte[] CATALOG = {3, 'd', 'e', 'f'};
    private static final int FIXED_LENGTH = 0x0C;
    private static final int NOT_FIXED_DECIMALS = 31;
    private static final long MAX_LENGTH = 0xFFFF_FFFFL;

    private final @Nullable Charset charset;
    private final @Nullable Collation resultCollation;

    /// Definitions for a client.
    ///
    /// @param charset character_set_results, null for no conversion
    /// @param handshake the collation the client named when it connected; its number is shown where it fits
    public ColumnDefinitions(@Nullable Charset charset, Collation handshake) {
        this.charset = charset == Charset.BINARY ? null : charset;
        if (charset == null || charset == Charset.BINARY) {
            resultCollation = null;
        } else {
            resultCollation = handshake.charset() == charset ? handshake : Collation.defaultOf(charset);
        }
    }

    /// Writes one definition; `withDefault` appends the default, as COM_FIELD_LIST wants it.
    public void write(ResultColumn column, boolean withDefault, WireBuffer out) {
        SqlType type = column.type();
        Collation collation = collation(type);
        out.putBytes(CATALOG);
        name(column.schema(), out);
        name(column.table(), out);
        name(column.orgTable(), out);
        name(column.name(), out);
        name(column.orgName(), out);
        out.putByte(FIXED_LENGTH);
        out.putShort(collation.id());
        out.putInt((int) Math.min(MAX_LENGTH, length(type, collation)));
        out.putByte(type.kind().wireCode());
        out.putShort(flags(column) & 0xFFFF);
        out.putByte(decimals(column));
        out.putShort(0);
        if (withDefault) {
            if (column.defaultText() == null) {
                out.putByte(0xFB);
            } else {
                name(column.defaultText(), out);
            }
        }
    }

    /// Short ASCII, as names mostly are, is written without a detour.
    private void name(String text, WireBuffer out) {
        int n = text.length();
        if (n > 250) {
            ResultCharset.putLenenc(text, charset, out);
            return;
        }
        int start = out.size();
        byte[] bytes = out.ensure(n + 1);
        bytes[start] = (byte) n;
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                ResultCharset.putLenenc(text, charset, out);
                return;
            }
            bytes[start + 1 + i] = (byte) c;
        }
        out.advance(n + 1);
    }

    private Collation collation(SqlType type) {
        Collation own = type.collation();
        if (own == Collation.BINARY || resultCollation == null) {
            return own;
        }
        return resultCollation;
    }

    private static long length(SqlType type, Collation collation) {
        int perChar = collation.charset().maxBytesPerChar();
        return switch (type.kind()) {
            case NULL -> 0;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Math.max(type.length(), 0) * (long) perChar;
            case TINYTEXT, TINYBLOB -> 0xFFL * perChar;
            case TEXT, BLOB -> Math.max(type.length(), 0xFFFF) * (long) perChar;
            case MEDIUMTEXT, MEDIUMBLOB -> 0xFFFFFFL * perChar;
            case LONGTEXT, LONGBLOB, JSON -> MAX_LENGTH;
            case ENUM -> {
                long longest = 0;
                for (String member : type.members()) {
                    longest = Math.max(longest, member.codePointCount(0, member.length()));
                }
                yield longest * perChar;
            }
            case SET -> {
                long sum = Math.max(0, type.members().size() - 1);
                for (String member : type.members()) {
                    sum += member.codePointCount(0, member.length());
                }
                yield sum * perChar;
            }
            case TINYINT,
                    SMALLINT,
                    MEDIUMINT,
                    INT,
                    BIGINT,
                    YEAR,
                    BIT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    TIME,
                    DATETIME,
                    TIMESTAMP -> displayWidth(type);
        };
    }

    /// The characters a number or temporal value can take; also what ZEROFILL pads to.
    static int displayWidth(SqlType type) {
        boolean given = type.length() >= 0;
        int signs = type.unsigned() || type.zerofill() ? 0 : 1;
        int fraction = type.scale() > 0 ? type.scale() + 1 : 0;
        return switch (type.kind()) {
            case TINYINT -> given ? type.length() : 3 + signs;
            case SMALLINT -> given ? type.length() : 5 + signs;
            case MEDIUMINT -> given ? type.length() : 8 + signs;
            case INT -> given ? type.length() : 10 + signs;
            case BIGINT -> given ? type.length() : 20;
            case YEAR -> 4;
            case BIT -> Math.max(type.length(), 1);
            case FLOAT -> given ? type.length() : 12;
            case DOUBLE -> given ? type.length() : 22;
            case DECIMAL -> type.length() + (type.scale() > 0 ? 1 : 0) + signs;
            case DATE -> 10;
            case TIME -> 10 + fraction;
            case DATETIME, TIMESTAMP -> 19 + fraction;
            default -> 0;
        };
    }

    private static int decimals(ResultColumn column) {
        SqlType type = column.type();
        return switch (type.kind()) {
            case FLOAT, DOUBLE -> type.scale() < 0 ? NOT_FIXED_DECIMALS : type.scale();
            case DECIMAL, TIME, DATETIME, TIMESTAMP -> Math.max(type.scale(), 0);
            case CHAR, VARCHAR, BINARY, VARBINARY -> column.orgName().isEmpty() ? NOT_FIXED_DECIMALS : 0;
            default -> 0;
        };
    }

    /// The session's flags and those that follow from the type.
    private static int flags(ResultColumn column) {
        SqlType type = column.type();
        int flags = column.flags();
        if (type.unsigned() || type.zerofill()) {
            flags |= ColumnFlags.UNSIGNED;
        }
        if (type.zerofill()) {
            flags |= ColumnFlags.ZEROFILL;
        }
        boolean isExpression = column.orgName().isEmpty();
        return flags
                | switch (type.kind()) {
                    case NULL, DATE, TIME, DATETIME, TIMESTAMP -> ColumnFlags.BINARY;
                    case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL ->
                        isExpression ? ColumnFlags.BINARY : 0;
                    case YEAR -> ColumnFlags.UNSIGNED | ColumnFlags.ZEROFILL | (isExpression ? ColumnFlags.BINARY : 0);
                    case BIT -> ColumnFlags.UNSIGNED;
                    case CHAR, VARCHAR, BINARY, VARBINARY -> bytewise(type);
                    case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
                        ColumnFlags.BLOB | bytewise(type);
                    case JSON -> ColumnFlags.BLOB | ColumnFlags.BINARY;
                    case ENUM -> ColumnFlags.ENUM | bytewise(type);
                    case SET -> ColumnFlags.SET | bytewise(type);
                };
    }

    private static int bytewise(SqlType type) {
        return switch (type.collation().algorithm()) {
            case BYTES, GBK_BYTES -> ColumnFlags.BINARY;
            case UCA_AI_CI, UCA_AS_CI, UCA_AS_CS, GENERAL_CI, LATIN1_SWEDISH, GBK_CHINESE -> 0;
        };
    }
}
