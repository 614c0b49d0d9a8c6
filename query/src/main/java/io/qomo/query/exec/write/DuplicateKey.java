package io.qomo.query.exec.write;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalFormat;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.IndexLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Error 1062 in MySQL's words: `Duplicate entry 'a-b' for key 'table.index'`.
public final class DuplicateKey {
    /// Room for the entry in a message of 512 bytes, as MySQL's.
    private static final int MAX_TEXT = 448;

    private DuplicateKey() {}

    static SqlException error(TableWriter writer, IndexLayout index, Vector[] row, int at, ExecContext context) {
        return error(writer.bound().table(), index, row, at, context);
    }

    /// The error for a row (by ordinal) whose key in the index is taken.
    public static SqlException error(TableDef table, IndexLayout index, Vector[] row, int at, ExecContext context) {
        return new SqlException(
                ErrorCode.DUPLICATE_ENTRY,
                entry(index, row, at, context),
                table.name() + "." + index.index().name());
    }

    /// The key's values, joined by dashes.
    static String entry(IndexLayout index, Vector[] row, int at, ExecContext context) {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < index.partCount(); p++) {
            if (p > 0) {
                text.append('-');
            }
            String value = text(row[index.ordinal(p)], at, context);
            int units = index.prefixLength(p);
            if (units > 0 && value.codePointCount(0, value.length()) > units) {
                value = value.substring(0, value.offsetByCodePoints(0, units));
            }
            text.append(value);
        }
        if (text.length() > MAX_TEXT) {
            text.setLength(MAX_TEXT - 4);
            text.append("...");
        }
        return text.toString();
    }

    private static String text(Vector value, int at, ExecContext context) {
        if (value.isNull(at)) {
            return "NULL";
        }
        SqlType type = value.type();
        return switch (value) {
            case LongVector v -> longText(v.get(at), type, context);
            case DoubleVector v -> {
                ByteBuilder out = new ByteBuilder();
                if (type.kind() == TypeKind.FLOAT) {
                    Doubles.appendFloat(v.get(at), type.scale(), out);
                } else {
                    Doubles.append(v.get(at), type.scale(), out);
                }
                yield out.toString();
            }
            case DecimalVector v -> Decimals.toString(v.get(at));
            case BytesVector v -> bytesText(v, v.at(at));
        };
    }

    private static String longText(long value, SqlType type, ExecContext context) {
        int fsp = Math.max(0, type.scale());
        return switch (type.kind()) {
            case DATE, TIME, DATETIME -> {
                ByteBuilder out = new ByteBuilder();
                switch (type.kind()) {
                    case DATE -> TemporalFormat.appendDate(value, out);
                    case TIME -> TemporalFormat.appendTime(value, fsp, out);
                    default -> TemporalFormat.appendDatetime(value, fsp, out);
                }
                yield out.toString();
            }
            case TIMESTAMP -> TemporalFormat.datetime(localDatetime(value, context), fsp);
            case ENUM ->
                value > 0 && value <= type.members().size() ? type.members().get((int) value - 1) : "";
            case SET -> setText(value, type.members());
            default ->
                type.unsigned() || type.kind() == TypeKind.BIT ? Long.toUnsignedString(value) : Long.toString(value);
        };
    }

    /// A TIMESTAMP in the session's time zone as a packed DATETIME.
    static long localDatetime(long micros, ExecContext context) {
        return context.timeZone().toDatetime(micros);
    }

    private static String setText(long bits, List<String> members) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < members.size(); i++) {
            if ((bits & (1L << i)) != 0) {
                text.append(text.isEmpty() ? "" : ",").append(members.get(i));
            }
        }
        return text.toString();
    }

    private static String bytesText(BytesVector v, int i) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(v.base[i], v.offset[i], v.length[i]))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder text = new StringBuilder();
            for (int b = 0; b < v.length[i]; b++) {
                int c = v.base[i][v.offset[i] + b] & 0xFF;
                if (c >= 0x20 && c < 0x7F) {
                    text.append((char) c);
                } else {
                    text.append(String.format("\\x%02X", c));
                }
            }
            return text.toString();
        }
    }
}
