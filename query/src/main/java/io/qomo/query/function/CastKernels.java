package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.base.type.Utf8;
import io.qomo.query.function.RowFunction.Kernel;
import java.math.BigDecimal;
import java.util.Arrays;

/// The row-wise kernels of casts.
final class CastKernels {
    private CastKernels() {}

    static Kernel kernel(SqlType from, SqlType to, boolean explicit) {
        return switch (to.kind()) {
            case NULL -> Row::setNull;
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, BIT ->
                explicit && from.kind().isString()
                        ? row -> row.set(Numbers.castText(row, 0, NumericTypes.isUnsigned(to)))
                        : explicit && from.kind() == TypeKind.DECIMAL
                                ? row -> row.set(Numbers.castDecimal(row, 0, NumericTypes.isUnsigned(to)))
                                : row -> row.set(Numbers.asLong(row, 0, from, NumericTypes.isUnsigned(to)));
            case ENUM, SET -> row -> row.set(Numbers.asLong(row, 0, from, true));
            case YEAR -> row -> year(row, from);
            case FLOAT ->
                row -> row.set(rounded(
                        Math.clamp((double) (float) Numbers.asDouble(row, 0, from), -Float.MAX_VALUE, Float.MAX_VALUE),
                        to));
            case DOUBLE -> row -> row.set(rounded(Numbers.asDouble(row, 0, from), to));
            case DECIMAL -> row -> decimal(row, from, to);
            case DATE -> row -> temporal(row, Times.asDate(row, 0, from));
            case DATETIME -> row -> temporal(row, Times.asDatetime(row, 0, from, Math.max(to.scale(), 0)));
            case TIMESTAMP -> row -> timestamp(row, Times.asDatetime(row, 0, from, Math.max(to.scale(), 0)));
            case TIME -> row -> temporal(row, Times.asTime(row, 0, from, Math.max(to.scale(), 0)));
            case JSON -> explicit ? JsonCasts.parsing(from) : JsonCasts.wrapping(from);
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
                    LONGBLOB -> text(from, to, explicit);
        };
    }

    private static void temporal(Row row, long value) {
        if (value == Times.NONE) {
            row.setNull();
        } else {
            row.set(value);
        }
    }

    private static void timestamp(Row row, long datetime) {
        if (datetime == Times.NONE) {
            row.setNull();
        } else if (datetime == 0) {
            row.set(0L);
        } else if (Temporals.isRealDate(datetime)) {
            row.set(row.zone().toMicros(datetime));
        } else {
            row.setNull();
        }
    }

    private static void year(Row row, SqlType from) {
        if (from.kind().hasDate() || from.kind() == TypeKind.TIME) {
            row.set((long) io.qomo.base.type.Temporal.year(Times.asDatetime(row, 0, from, 0)));
            return;
        }
        long value = Numbers.asLong(row, 0, from, false);
        boolean isText = from.kind().isString();
        if (value < 0 || (value > 99 && value < 1901) || value > 2155) {
            row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "YEAR", Times.text(row, 0, from));
            row.setNull();
        } else {
            row.set(fullYear(value, isText && row.length(0) > 1));
        }
    }

    /// Two-digit years: 1 to 69 are 20xx, 70 to 99 are 19xx; 0 stays 0 as a number and is 2000 as a string.
    static long fullYear(long value, boolean isText) {
        if (value == 0) {
            return isText ? 2000 : 0;
        }
        return value < 0 || value >= 100 ? value : value < 70 ? value + 2000 : value + 1900;
    }

    static double rounded(double value, SqlType to) {
        return to.scale() < 0 ? value : Doubles.round(value, to.scale(), false);
    }

    private static void decimal(Row row, SqlType from, SqlType to) {
        decimal(row, Numbers.asDecimal(row, 0, from), to);
    }

    static void decimal(Row row, BigDecimal value, SqlType to) {
        BigDecimal rounded = Decimals.clamp(value, to.length(), to.scale());
        boolean isNegative = to.unsigned() && rounded.signum() < 0;
        if (isNegative || !Decimals.fits(value, to.length(), to.scale())) {
            row.context.warn(ErrorCode.WARN_DATA_OUT_OF_RANGE, "cast", 1);
        }
        row.set(isNegative ? BigDecimal.ZERO : rounded);
    }

    private static Kernel text(SqlType from, SqlType to, boolean explicit) {
        long limit = explicit ? TextTypes.maxChars(to) : Long.MAX_VALUE;
        boolean isText = from.kind().isString();
        boolean toBinary = to.collation() == Collation.BINARY;
        if (toBinary) {
            boolean pads = explicit && to.kind() == TypeKind.BINARY;
            if (!explicit && isText && Encodings.isUtf8(from.collation().charset())) {
                return CastFunction::shareBytes;
            }
            return row -> binary(row, from, limit, pads ? to.length() : 0);
        }
        if (isText && from.collation() == Collation.BINARY) {
            return row -> decode(row, to.collation().charset(), limit);
        }
        if (isText) {
            boolean narrows =
                    !Encodings.covers(to.collation().charset(), from.collation().charset());
            return row -> {
                byte[] replaced =
                        narrows ? Encodings.replace(row, 0, to.collation().charset()) : null;
                if (replaced != null) {
                    cut(row, replaced, 0, replaced.length, limit);
                } else {
                    cut(row, row.base(0), row.offset(0), row.length(0), limit);
                }
            };
        }
        return row -> {
            ByteBuilder text = Texts.append(row, 0, from, row.buffer());
            byte[] bytes = text.toBytes();
            cut(row, bytes, 0, bytes.length, limit);
        };
    }

    private static void cut(Row row, byte[] bytes, int offset, int length, long limit) {
        if (length > limit) {
            int end = Utf8.skip(bytes, offset, length, limit);
            if (end < offset + length) {
                row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "CHAR(" + limit + ")", string(bytes, offset, length));
                row.set(bytes, offset, end - offset);
                return;
            }
        }
        row.set(bytes, offset, length);
    }

    private static void binary(Row row, SqlType from, long limit, int padded) {
        byte[] bytes;
        if (from.kind().isString()) {
            bytes = Encodings.encoded(row, 0, from.collation().charset());
        } else {
            bytes = Texts.append(row, 0, from, row.buffer()).toBytes();
        }
        if (bytes.length > limit) {
            row.context.warn(ErrorCode.TRUNCATED_WRONG_VALUE, "BINARY(" + limit + ")", string(bytes, 0, bytes.length));
            row.set(bytes, 0, (int) limit);
        } else {
            row.set(bytes.length < padded ? Arrays.copyOf(bytes, padded) : bytes);
        }
    }

    private static void decode(Row row, Charset charset, long limit) {
        byte[] bytes = Encodings.decoded(row, 0, charset);
        if (bytes == null) {
            row.context.warn(ErrorCode.INVALID_CHARACTER_STRING, charset.sqlName(), hex(row.bytes(0)));
            row.setNull();
        } else {
            cut(row, bytes, 0, bytes.length, limit);
        }
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().withUpperCase().formatHex(bytes, 0, Math.min(bytes.length, 6));
    }

    static String string(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8);
    }
}
