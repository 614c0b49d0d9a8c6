package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalFormat;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.DecimalVector;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes any value as text in UTF-8, as the client would see it.
final class Texts {
    private Texts() {}

    /// Appends the value (not NULL) of an argument.
    static ByteBuilder append(Row row, int arg, SqlType from, ByteBuilder out) {
        switch (from.kind()) {
            case NULL -> {}
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> appendInteger(row.integer(arg), from, out);
            case YEAR -> out.putPadded(row.integer(arg), 4);
            case BIT -> appendBit(row.integer(arg), from, out);
            case FLOAT -> Doubles.appendFloat(row.real(arg), from.scale(), out);
            case DOUBLE -> Doubles.append(row.real(arg), from.scale(), out);
            case DECIMAL -> appendDecimal((DecimalVector) row.vector(arg), row.index, from, out);
            case DATE, TIME, DATETIME, TIMESTAMP -> TemporalFormat.append(row.integer(arg), from, row.zone(), out);
            case ENUM -> out.putUtf8(enumText(row.integer(arg), from.members()));
            case SET -> out.putUtf8(setText(row.integer(arg), from.members()));
            case JSON -> JsonCasts.append(row, arg, out);
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
                    LONGBLOB -> out.put(row.base(arg), row.offset(arg), row.length(arg));
        }
        return out;
    }

    private static void appendInteger(long value, SqlType type, ByteBuilder out) {
        if (type.zerofill()) {
            String digits = Long.toUnsignedString(value);
            for (long i = digits.length(); i < TextTypes.maxChars(type); i++) {
                out.put('0');
            }
            out.putAscii(digits);
        } else if (type.unsigned()) {
            out.putUnsigned(value);
        } else {
            out.putNumber(value);
        }
    }

    private static void appendDecimal(DecimalVector v, int row, SqlType type, ByteBuilder out) {
        int start = out.length();
        if (v.isWide(row)) {
            Decimals.append(v.unscaled(row), v.scale(), out);
        } else {
            Decimals.append(v.unscaled[v.at(row)], v.scale(), out);
        }
        if (type.zerofill()) {
            byte[] digits = java.util.Arrays.copyOfRange(out.array(), start, out.length());
            int width = type.length() + (type.scale() > 0 ? 1 : 0);
            out.setLength(start);
            for (int i = digits.length; i < width; i++) {
                out.put('0');
            }
            out.put(digits);
        }
    }

    private static void appendBit(long value, SqlType type, ByteBuilder out) {
        for (int shift = (int) (TextTypes.maxChars(type) - 1) * 8; shift >= 0; shift -= 8) {
            out.put((int) (value >>> shift));
        }
    }

    /// The member of an index; empty for 0, the error value.
    static String enumText(long index, List<String> members) {
        return index > 0 && index <= members.size() ? members.get((int) index - 1) : "";
    }

    /// The members of a mask, with commas.
    static String setText(long mask, List<String> members) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            if ((mask >>> i & 1) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(members.get(i));
            }
        }
        return text.toString();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// True of types whose values have no text form of their own, BIT's being bytes.
    static boolean isRaw(SqlType type) {
        return type.isBinaryString() || type.kind() == TypeKind.BIT;
    }
}
