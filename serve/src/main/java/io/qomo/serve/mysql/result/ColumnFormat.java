package io.qomo.serve.mysql.result;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.json.JsonPrinter;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.serve.mysql.wire.WireBuffer;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the row encoders need to know of a column, worked out once per result set, and the values that both
/// formats write alike.
final class ColumnFormat {
    private static final byte[][] NO_MEMBERS = {};
    private static final int MAX_SHORT_LENGTH = 250;

    final ColumnCode code;
    final SqlType type;
    /// Digits of fractional seconds.
    final int fsp;
    /// Bytes of a BIT.
    final int bitBytes;
    /// Digits to which ZEROFILL pads, or 0.
    final int padDigits;

    private final Charset target;
    private final byte[][] members;

    ColumnFormat(SqlType type, @Nullable Charset results) {
        this.type = type;
        code = ColumnCode.of(type);
        target = results == null || results == Charset.BINARY ? type.collation().charset() : results;
        fsp = Math.clamp(type.scale(), 0, 6);
        bitBytes = (Math.max(type.length(), 1) + 7) >> 3;
        padDigits = type.zerofill() ? ColumnDefinitions.displayWidth(type) : 0;
        members = members(type.members());
    }

    private byte[][] members(List<String> names) {
        if (names.isEmpty()) {
            return NO_MEMBERS;
        }
        byte[][] converted = new byte[names.size()][];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = ResultCharset.convert(names.get(i), target);
        }
        return converted;
    }

    /// BIT: big endian, as many bytes as declared.
    void putBit(long value, WireBuffer out) {
        out.putByte(bitBytes);
        for (int shift = (bitBytes - 1) * 8; shift >= 0; shift -= 8) {
            out.putByte((int) (value >>> shift));
        }
    }

    void putDecimal(DecimalVector vector, int row, WireBuffer out) {
        int start = begin(out);
        int i = vector.at(row);
        @Nullable BigInteger[] wide = vector.wide;
        BigInteger big = wide == null ? null : wide[i];
        if (big == null) {
            Decimals.append(vector.unscaled[i], vector.scale(), out.text());
        } else {
            Decimals.append(big, vector.scale(), out.text());
        }
        end(start, out);
    }

    void putText(BytesVector vector, int row, WireBuffer out) {
        int i = vector.at(row);
        ResultCharset.putLenenc(vector.base[i], vector.offset[i], vector.length[i], target, out);
    }

    void putBytes(BytesVector vector, int row, WireBuffer out) {
        int i = vector.at(row);
        out.putLenencBytes(vector.base[i], vector.offset[i], vector.length[i]);
    }

    void putJson(BytesVector vector, int row, WireBuffer out) {
        int i = vector.at(row);
        JsonValue value = JsonValue.of(vector.base[i], vector.offset[i], vector.length[i]);
        if (ResultCharset.isUtf8(target)) {
            int start = out.size();
            JsonPrinter.append(value, out.text());
            ResultCharset.insertLength(start, out);
        } else {
            ByteBuilder utf8 = new ByteBuilder();
            JsonPrinter.append(value, utf8);
            ResultCharset.putLenenc(utf8.array(), 0, utf8.length(), target, out);
        }
    }

    /// ENUM: the member's name; empty for the error value 0.
    void putEnum(long index, WireBuffer out) {
        if (index > 0 && index <= members.length) {
            out.putLenencBytes(members[(int) index - 1]);
        } else {
            out.putByte(0);
        }
    }

    /// SET: the members' names between commas.
    void putSet(long mask, WireBuffer out) {
        long length = 0;
        for (int i = 0; i < members.length; i++) {
            if ((mask & 1L << i) != 0) {
                length += members[i].length + (length > 0 ? 1 : 0);
            }
        }
        out.putLenenc(length);
        boolean first = true;
        for (int i = 0; i < members.length; i++) {
            if ((mask & 1L << i) != 0) {
                if (!first) {
                    out.putByte(',');
                }
                out.putBytes(members[i]);
                first = false;
            }
        }
    }

    /// Leaves room for the length of a text of at most 250 bytes.
    int begin(WireBuffer out) {
        out.putByte(0);
        return out.size();
    }

    /// Pads with zeros where the column is ZEROFILL and fills the length in.
    void end(int start, WireBuffer out) {
        int length = out.size() - start;
        if (length < padDigits) {
            int missing = padDigits - length;
            byte[] bytes = out.ensure(missing);
            System.arraycopy(bytes, start, bytes, start + missing, length);
            Arrays.fill(bytes, start, start + missing, (byte) '0');
            out.advance(missing);
            length = padDigits;
        }
        if (length > MAX_SHORT_LENGTH) {
            widen(start, length, out);
        } else {
            out.array()[start - 1] = (byte) length;
        }
    }

    /// DOUBLE(255, 30) has values longer than a one-byte length can tell.
    private static void widen(int start, int length, WireBuffer out) {
        byte[] text = Arrays.copyOfRange(out.array(), start, start + length);
        out.truncate(start - 1);
        out.putLenencBytes(text);
    }
}
