package io.qomo.base.codec;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.Check;
import io.qomo.base.json.JsonOrder;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.Physical;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/// Writes memory-comparable keys: comparing two keys as unsigned bytes compares the values written, part by
/// part.
///
/// ```
/// key      74 't' | table id, 8 bytes BE | index id, 4 bytes BE | part*
/// part     tag (see KeyTag) | payload
/// integer  n low bytes of the two's complement, BE; n is in the tag
/// double   8 bytes BE; sign bit flipped, all bits flipped if negative; -0 is +0
/// decimal  zero: 80. Positive 0.d1d2…·10^e, d1 > 0, no trailing zeros: A0+e, then per pair of digits
///          2·pair+1, the last 2·pair. Negative: all of that flipped. The scale does not count: 1.0 = 1.00
/// bytes    the bytes, 0 as 01 01, 1 as 01 02, then 00
/// collated Collations.appendSortKey, escaped in the same way, then 00; JSON likewise, JsonOrder.appendSortKey
/// ```
/// NULL sorts first, in a descending part last (as MySQL's NULLs in indexes do). One writer is reused for
/// many keys ([#clear]); it belongs to one thread. No allocation per value, except for decimals beyond 18
/// digits.
public final class KeyWriter {
    /// Bytes of a table prefix.
    public static final int TABLE_PREFIX_BYTES = 9;
    /// Bytes of an index prefix.
    public static final int INDEX_PREFIX_BYTES = 13;

    static final byte TABLE = 't';

    private final ByteBuilder out = new ByteBuilder(128);
    private final ByteBuilder sortKey = new ByteBuilder();
    private byte[] digits = new byte[80];

    /// Forgets what was written.
    public KeyWriter clear() {
        out.clear();
        return this;
    }

    /// The bytes, valid from 0 to [#length]; replaced when the key grows.
    public byte[] array() {
        return out.array();
    }

    /// Bytes written.
    public int length() {
        return out.length();
    }

    /// Cuts the key back to a length it had, to write other parts behind a common prefix.
    public KeyWriter truncate(int length) {
        out.setLength(length);
        return this;
    }

    /// A copy of the key.
    public byte[] toBytes() {
        return out.toBytes();
    }

    /// The prefix of all keys of a table.
    public KeyWriter writeTablePrefix(long tableId) {
        out.put(TABLE).putLong(tableId);
        return this;
    }

    /// The prefix of all keys of an index of a table.
    public KeyWriter writeIndexPrefix(long tableId, int indexId) {
        out.put(TABLE).putLong(tableId).putInt(indexId);
        return this;
    }

    /// Bytes as they are; the caller answers for the order.
    public KeyWriter writeRaw(byte[] bytes, int offset, int length) {
        out.put(bytes, offset, length);
        return this;
    }

    /// NULL.
    public KeyWriter writeNull(boolean descending) {
        out.put(descending ? 0xFF - KeyTag.NULL : KeyTag.NULL);
        return this;
    }

    /// A signed integer (also DATE, DATETIME, TIME, TIMESTAMP, YEAR, ENUM).
    public KeyWriter writeLong(long value, boolean descending) {
        if (value >= 0) {
            return writeUnsigned(value, descending);
        }
        int count = bytesOf(~value);
        int tag = KeyTag.INT_ZERO - 1 - count;
        return writeInteger(tag, value, count, descending);
    }

    /// An unsigned integer (also BIT, SET).
    public KeyWriter writeUnsigned(long value, boolean descending) {
        int count = bytesOf(value);
        return writeInteger(KeyTag.INT_ZERO + count, value, count, descending);
    }

    /// The place of an integer of any size among integers. One beyond 64 bits is a tag alone, below or above them all.
    public KeyWriter writeInteger(BigInteger value, boolean descending) {
        if (value.bitLength() < Long.SIZE) {
            return writeLong(value.longValue(), descending);
        }
        boolean isNegative = value.signum() < 0;
        if (!isNegative && value.bitLength() == Long.SIZE) {
            return writeUnsigned(value.longValue(), descending);
        }
        int tag = isNegative ? KeyTag.BELOW_INTEGERS : KeyTag.ABOVE_INTEGERS;
        out.put(descending ? 0xFF - tag : tag);
        return this;
    }

    private KeyWriter writeInteger(int tag, long value, int count, boolean descending) {
        if (descending) {
            out.put(0xFF - tag).putLow(~value, count);
        } else {
            out.put(tag).putLow(value, count);
        }
        return this;
    }

    /// A double; every NaN is one value above infinity.
    public KeyWriter writeDouble(double value, boolean descending) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        bits ^= bits < 0 ? -1L : Long.MIN_VALUE;
        if (descending) {
            out.put(0xFF - KeyTag.DOUBLE).putLong(~bits);
        } else {
            out.put(KeyTag.DOUBLE).putLong(bits);
        }
        return this;
    }

    /// A decimal of at most 18 digits, `unscaled / 10^scale`.
    public KeyWriter writeDecimal(long unscaled, int scale, boolean descending) {
        int start = out.length();
        out.put(KeyTag.DECIMAL);
        int end = digits.length;
        int at = end;
        long rest = unscaled;
        while (rest != 0) {
            long quotient = rest / 10;
            at--;
            digits[at] = (byte) Math.abs((int) (rest - quotient * 10));
            rest = quotient;
        }
        appendDigits(unscaled < 0, at, end, scale);
        flipFrom(start, descending);
        return this;
    }

    /// A decimal of any size, `unscaled / 10^scale`.
    public KeyWriter writeDecimal(BigInteger unscaled, int scale, boolean descending) {
        if (unscaled.bitLength() < 64) {
            return writeDecimal(unscaled.longValue(), scale, descending);
        }
        int start = out.length();
        out.put(KeyTag.DECIMAL);
        String text = unscaled.abs().toString();
        if (text.length() > digits.length) {
            digits = new byte[text.length()];
        }
        int from = digits.length - text.length();
        for (int i = 0; i < text.length(); i++) {
            digits[from + i] = (byte) (text.charAt(i) - '0');
        }
        appendDigits(unscaled.signum() < 0, from, digits.length, scale);
        flipFrom(start, descending);
        return this;
    }

    /// A decimal.
    public KeyWriter writeDecimal(BigDecimal value, boolean descending) {
        return writeDecimal(value.unscaledValue(), value.scale(), descending);
    }

    /// Digits from `from` to `end` of [#digits], the first not 0.
    private void appendDigits(boolean negative, int from, int end, int scale) {
        if (from == end) {
            out.put(0x80);
            return;
        }
        int exponent = end - from - scale;
        int last = end;
        while (digits[last - 1] == 0) {
            last--;
        }
        int start = out.length();
        Check.that(exponent >= -31 && exponent <= 95, "a decimal key fits DECIMAL(65,30)", "exponent", exponent);
        out.put(0xA0 + exponent);
        for (int i = from; i < last; i += 2) {
            int pair = digits[i] * 10 + (i + 1 < last ? digits[i + 1] : 0);
            out.put(2 * pair + (i + 2 < last ? 1 : 0));
        }
        flipFrom(start, negative);
    }

    /// Binary bytes, or a string whose collation compares bytes and does not pad.
    public KeyWriter writeBytes(byte[] bytes, int offset, int length, boolean descending) {
        int start = out.length();
        out.put(KeyTag.BYTES);
        appendEscaped(bytes, offset, length);
        out.put(KeyTag.END);
        flipFrom(start, descending);
        return this;
    }

    /// The common prefix of all ascending byte parts that start with these bytes: no terminator, see
    /// [#prefixEnd].
    public KeyWriter writeBytesPrefix(byte[] bytes, int offset, int length) {
        out.put(KeyTag.BYTES);
        appendEscaped(bytes, offset, length);
        return this;
    }

    /// A character string (UTF-8) by its collation; equal strings give equal keys. Cannot be decoded
    /// unless the collation compares bytes without padding.
    public KeyWriter writeCollated(byte[] utf8, int offset, int length, Collation collation, boolean descending) {
        if (KeyTag.sortsAsBytes(collation)) {
            return writeBytes(utf8, offset, length, descending);
        }
        int start = out.length();
        out.put(KeyTag.COLLATED);
        sortKey.clear();
        Collations.appendSortKey(utf8, offset, length, collation, sortKey);
        appendEscaped(sortKey.array(), 0, sortKey.length());
        out.put(KeyTag.END);
        flipFrom(start, descending);
        return this;
    }

    /// What all parts [#writeCollated] begin with whose first `weights` weights are those of this string:
    /// no terminator, see [#prefixEnd]. False, and nothing is written, if the string has fewer. For
    /// collations that expand.
    public boolean writeCollatedStart(
            byte[] utf8, int offset, int length, Collation collation, int weights, boolean descending) {
        sortKey.clear();
        if (!Collations.appendSortKeyStart(utf8, offset, length, collation, weights, sortKey)) {
            return false;
        }
        int start = out.length();
        out.put(KeyTag.COLLATED);
        appendEscaped(sortKey.array(), 0, sortKey.length());
        flipFrom(start, descending);
        return true;
    }

    /// A JSON document, in the order of [JsonOrder]. Cannot be decoded.
    public KeyWriter writeJson(byte[] document, int offset, int length, boolean descending) {
        int start = out.length();
        out.put(KeyTag.COLLATED);
        sortKey.clear();
        JsonOrder.appendSortKey(JsonValue.of(document, offset, length), sortKey);
        appendEscaped(sortKey.array(), 0, sortKey.length());
        out.put(KeyTag.END);
        flipFrom(start, descending);
        return this;
    }

    /// One value of a vector, NULL or not, as its type demands.
    public KeyWriter writeValue(Vector vector, int row, boolean descending) {
        if (vector.isNull(row)) {
            return writeNull(descending);
        }
        return switch (vector) {
            case LongVector v ->
                KeyTag.isUnsigned(v.type()) ? writeUnsigned(v.get(row), descending) : writeLong(v.get(row), descending);
            case DoubleVector v -> writeDouble(v.get(row), descending);
            case DecimalVector v ->
                v.isWide(row)
                        ? writeDecimal(v.unscaled(row), v.scale(), descending)
                        : writeDecimal(v.unscaled[v.at(row)], v.scale(), descending);
            case BytesVector v -> writeString(v, v.at(row), descending);
        };
    }

    private KeyWriter writeString(BytesVector v, int i, boolean descending) {
        if (v.type().kind() == TypeKind.JSON) {
            return writeJson(v.base[i], v.offset[i], v.length[i], descending);
        }
        return writeCollated(v.base[i], v.offset[i], v.length[i], v.type().collation(), descending);
    }

    /// True if [KeyReader] can give values of the type back from a key.
    public static boolean isDecodable(SqlType type) {
        return type.physical() != Physical.BYTES
                || (type.kind() != TypeKind.JSON && KeyTag.sortsAsBytes(type.collation()));
    }

    /// The least key above `key`: the key and a zero byte.
    public static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /// The least key above every key that starts with `prefix`; empty (no upper end) if the prefix is all
    /// FF.
    public static byte[] prefixEnd(byte[] prefix) {
        int n = prefix.length;
        while (n > 0 && prefix[n - 1] == (byte) 0xFF) {
            n--;
        }
        byte[] end = Arrays.copyOf(prefix, n);
        if (n > 0) {
            end[n - 1]++;
        }
        return end;
    }

    private static int bytesOf(long value) {
        return (71 - Long.numberOfLeadingZeros(value)) >> 3;
    }

    private void appendEscaped(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int run = offset;
        for (int i = offset; i < end; i++) {
            int b = bytes[i] & 0xFF;
            if (b <= KeyTag.ESCAPE) {
                out.put(bytes, run, i - run).put(KeyTag.ESCAPE).put(b + 1);
                run = i + 1;
            }
        }
        out.put(bytes, run, end - run);
    }

    private void flipFrom(int start, boolean flip) {
        if (flip) {
            byte[] a = out.array();
            for (int i = start; i < out.length(); i++) {
                a[i] = (byte) ~a[i];
            }
        }
    }
}
