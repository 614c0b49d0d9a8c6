package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.Temporal;
import io.qomo.base.type.Temporals;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.session.api.Session;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Turns parameter values of the binary protocol into constant vectors. What a vector holds is copied out
/// of the packet.
///
/// Integers become BIGINT, approximate numbers DOUBLE, strings VARCHAR or LONGTEXT in collation_connection,
/// as MySQL types its parameters.
final class ParameterReader {
    private static final int MAX_VARCHAR_BYTES = 16_383;
    private static final int MAX_VARBINARY_BYTES = 65_535;
    private static final int MAX_HOURS = 838;
    private static final long MICROS_PER_MINUTE = 60_000_000;
    private static final int MAX_DECIMAL_TEXT = 400;
    private static final SqlType TIME = SqlType.temporal(TypeKind.TIME, 0);
    private static final SqlType TIME_MICROS = SqlType.temporal(TypeKind.TIME, 6);
    private static final SqlType DATETIME = SqlType.temporal(TypeKind.DATETIME, 0);
    private static final SqlType DATETIME_MICROS = SqlType.temporal(TypeKind.DATETIME, 6);
    private static final SqlType VARBINARY = SqlType.varbinary(MAX_VARBINARY_BYTES);
    private static final SqlType LONGBLOB = SqlType.string(TypeKind.LONGBLOB, -1, Collation.BINARY);

    private final Session session;
    private Collation collation = Collation.BINARY;
    private SqlType varchar = VARBINARY;
    private SqlType longtext = LONGBLOB;

    ParameterReader(Session session) {
        this.session = session;
    }

    /// The NULL of a wire type.
    Vector readNull(int wireType) {
        boolean unsigned = (wireType & WireType.UNSIGNED_FLAG) != 0;
        return Vector.constantNull(
                switch (wireType & 0xFF) {
                    case WireType.TINY,
                            WireType.SHORT,
                            WireType.YEAR,
                            WireType.LONG,
                            WireType.INT24,
                            WireType.LONGLONG -> unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT;
                    case WireType.FLOAT, WireType.DOUBLE -> SqlType.DOUBLE;
                    case WireType.DATE -> SqlType.DATE;
                    case WireType.TIME -> TIME;
                    case WireType.DATETIME, WireType.TIMESTAMP -> DATETIME;
                    default -> SqlType.NULL;
                });
    }

    /// Reads one value that is not NULL.
    Vector read(int wireType, Payload in) {
        boolean unsigned = (wireType & WireType.UNSIGNED_FLAG) != 0;
        return switch (wireType & 0xFF) {
            case WireType.NULL -> Vector.constantNull(SqlType.NULL);
            case WireType.TINY, WireType.BOOL -> integer(unsigned ? in.readByte() : (byte) in.readByte(), unsigned);
            case WireType.SHORT, WireType.YEAR -> integer(unsigned ? in.readShort() : (short) in.readShort(), unsigned);
            case WireType.LONG, WireType.INT24 -> {
                int value = in.readInt();
                yield integer(unsigned ? Integer.toUnsignedLong(value) : value, unsigned);
            }
            case WireType.LONGLONG -> integer(in.readLong(), unsigned);
            case WireType.FLOAT -> approximate(Float.intBitsToFloat(in.readInt()));
            case WireType.DOUBLE -> approximate(Double.longBitsToDouble(in.readLong()));
            case WireType.DECIMAL, WireType.NEWDECIMAL -> decimal(in);
            case WireType.DATE -> LongVector.constant(SqlType.DATE, Temporal.dateOf(datetime(in)));
            case WireType.DATETIME, WireType.TIMESTAMP -> {
                long packed = datetime(in);
                yield LongVector.constant(Temporal.micros(packed) == 0 ? DATETIME : DATETIME_MICROS, packed);
            }
            case WireType.TIME -> time(in);
            default -> string(wireType, in.readLenencBytes());
        };
    }

    /// A value that came by COM_STMT_SEND_LONG_DATA, or any string. Some drivers send arrays of bytes as
    /// text: what is no text in character_set_client is taken as binary.
    Vector string(int wireType, byte[] bytes) {
        Charset charset = session.clientCharset();
        boolean isText = !WireType.isBinary(wireType & 0xFF) && charset != Charset.BINARY;
        byte[] utf8 = isText ? ResultCharset.toUtf8(bytes, charset) : null;
        if (utf8 == null) {
            return BytesVector.constant(bytes.length <= MAX_VARBINARY_BYTES ? VARBINARY : LONGBLOB, bytes);
        }
        Collation now = session.connectionCollation();
        if (now != collation) {
            collation = now;
            varchar = SqlType.varchar(MAX_VARCHAR_BYTES, now);
            longtext = SqlType.string(TypeKind.LONGTEXT, -1, now);
        }
        return BytesVector.constant(utf8.length <= MAX_VARCHAR_BYTES ? varchar : longtext, utf8);
    }

    private static Vector integer(long value, boolean unsigned) {
        return LongVector.constant(unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, value);
    }

    private static Vector approximate(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "mysqld_stmt_execute");
        }
        return DoubleVector.constant(SqlType.DOUBLE, value);
    }

    private static Vector decimal(Payload in) {
        byte[] bytes = in.readLenencBytes();
        String text = new String(bytes, StandardCharsets.US_ASCII).strip();
        BigDecimal value;
        try {
            // an exponent could ask for a number of any size, and digits for time
            if (text.length() > MAX_DECIMAL_TEXT) {
                throw new NumberFormatException();
            }
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new SqlException(ErrorCode.TRUNCATED_WRONG_VALUE, "DECIMAL", text);
        }
        int whole = value.precision() - value.scale();
        if (Math.abs((long) value.scale()) > MAX_DECIMAL_TEXT || whole > SqlType.MAX_DECIMAL_PRECISION) {
            throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DECIMAL", text);
        }
        int scale = Math.clamp(value.scale(), 0, SqlType.MAX_DECIMAL_SCALE);
        scale = Math.min(scale, SqlType.MAX_DECIMAL_PRECISION - Math.max(whole, 0));
        BigDecimal fitted = value.setScale(scale, RoundingMode.HALF_UP);
        if (fitted.precision() > SqlType.MAX_DECIMAL_PRECISION) {
            throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DECIMAL", text);
        }
        return DecimalVector.constant(SqlType.decimal(Math.max(fitted.precision(), scale), scale), fitted);
    }

    /// 0, 4, 7, 11 or 13 bytes; the last with the minutes east of Greenwich that the value stands at.
    private long datetime(Payload in) {
        int length = in.readByte();
        if (length == 0) {
            return 0;
        }
        if (length != 4 && length != 7 && length != 11 && length != 13) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        int year = in.readShort();
        int month = in.readByte();
        int day = in.readByte();
        int hour = length > 4 ? in.readByte() : 0;
        int minute = length > 4 ? in.readByte() : 0;
        int second = length > 4 ? in.readByte() : 0;
        int micros = length > 7 ? in.readInt() : 0;
        int offsetMinutes = length > 11 ? (short) in.readShort() : 0;
        if (year > 9999
                || month > 12
                || day > 31
                || hour > 23
                || minute > 59
                || second > 59
                || micros < 0
                || micros > 999_999) {
            throw new SqlException(
                    ErrorCode.TRUNCATED_WRONG_VALUE,
                    "DATETIME",
                    String.format("%04d-%02d-%02d %02d:%02d:%02d", year, month, day, hour, minute, second));
        }
        long packed = Temporal.datetime(year, month, day, hour, minute, second, micros);
        return length > 11 && month > 0 && day > 0 ? inSessionZone(packed, offsetMinutes) : packed;
    }

    private long inSessionZone(long packed, int offsetMinutes) {
        long micros = Temporals.toMicros(packed) - offsetMinutes * MICROS_PER_MINUTE;
        return session.timeZone().toDatetime(micros);
    }

    /// 0, 8 or 12 bytes.
    private static Vector time(Payload in) {
        int length = in.readByte();
        if (length == 0) {
            return LongVector.constant(TIME, 0);
        }
        if (length != 8 && length != 12) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        boolean negative = in.readByte() != 0;
        long hours = Integer.toUnsignedLong(in.readInt()) * 24 + in.readByte();
        int minute = in.readByte();
        int second = in.readByte();
        int micros = length > 8 ? in.readInt() : 0;
        if (minute > 59 || second > 59 || micros < 0 || micros > 999_999) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        long packed = hours > MAX_HOURS
                ? Temporal.time(negative, MAX_HOURS, 59, 59, 0)
                : Temporal.time(negative, (int) hours, minute, second, micros);
        return LongVector.constant(micros == 0 ? TIME : TIME_MICROS, packed);
    }
}
