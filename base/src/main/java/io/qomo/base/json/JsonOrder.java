package io.qomo.base.json;

import io.qomo.base.bytes.ByteBuilder;
import java.math.BigDecimal;
import java.util.Arrays;

/// The order, equality and hash of JSON values.
///
/// Values of different types sort as [JsonType] lists them, numbers among each other by value whatever
/// their type, strings by their bytes, arrays element by element, objects by size, then member by member.
/// \[I1] `compare == 0`, equal hashes and equal sort keys agree. Source: MySQL 8.0 manual, "Comparison and
/// Ordering of JSON Values".
public final class JsonOrder {
    private static final int END = 1;
    private static final int FIRST_RANK = 2;
    private static final int ZERO_EXPONENT = 0x4000;

    private JsonOrder() {}

    /// Negative, zero or positive as `a` sorts below, with or above `b`.
    public static int compare(JsonValue a, JsonValue b) {
        JsonType type = a.type();
        JsonType other = b.type();
        if (type.rank() != other.rank()) {
            return Integer.compare(type.rank(), other.rank());
        }
        return switch (type) {
            case NULL -> 0;
            case INTEGER, UNSIGNED, DOUBLE, DECIMAL -> compareNumbers(a, type, b, other);
            case STRING -> comparePayloads(a, b);
            case OBJECT -> compareObjects(a, b);
            case ARRAY -> compareArrays(a, b);
            case BOOLEAN -> Boolean.compare(a.booleanValue(), b.booleanValue());
            case DATE, TIME, DATETIME -> Long.compare(a.longValue(), b.longValue());
            case OPAQUE ->
                a.opaqueType() != b.opaqueType()
                        ? Integer.compare(a.opaqueType(), b.opaqueType())
                        : comparePayloads(a, b);
        };
    }

    private static int compareNumbers(JsonValue a, JsonType type, JsonValue b, JsonType other) {
        if (type == JsonType.INTEGER && other == JsonType.INTEGER) {
            return Long.compare(a.longValue(), b.longValue());
        }
        if (type == JsonType.DOUBLE && other == JsonType.DOUBLE) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return x < y ? -1 : x > y ? 1 : 0;
        }
        return a.decimalValue().compareTo(b.decimalValue());
    }

    private static int comparePayloads(JsonValue a, JsonValue b) {
        int x = a.payloadOffset();
        int y = b.payloadOffset();
        return Arrays.compareUnsigned(a.array(), x, x + a.payloadLength(), b.array(), y, y + b.payloadLength());
    }

    private static int compareArrays(JsonValue a, JsonValue b) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            int order = compare(a.element(i), b.element(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareObjects(JsonValue a, JsonValue b) {
        if (a.size() != b.size()) {
            return Integer.compare(a.size(), b.size());
        }
        for (int i = 0; i < a.size(); i++) {
            int x = a.keyStart(i);
            int y = b.keyStart(i);
            int order =
                    JsonFormat.compareKeys(a.array(), x, a.keyStart(i + 1) - x, b.array(), y, b.keyStart(i + 1) - y);
            if (order == 0) {
                order = compare(a.element(i), b.element(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// A hash that is the same for equal values; for memory only.
    public static int hash(JsonValue value) {
        return switch (value.type()) {
            case NULL -> 1;
            case BOOLEAN -> value.booleanValue() ? 2 : 3;
            case INTEGER -> Long.hashCode(value.longValue());
            case UNSIGNED, DOUBLE, DECIMAL -> hashNumber(value);
            case DATE, TIME, DATETIME ->
                Long.hashCode(value.longValue()) * 31 + value.type().rank();
            case STRING, OPAQUE -> {
                int hash = value.type().rank();
                int from = value.payloadOffset();
                for (int i = from; i < from + value.payloadLength(); i++) {
                    hash = 31 * hash + value.array()[i];
                }
                yield hash;
            }
            case ARRAY -> {
                int hash = 5;
                for (int i = 0; i < value.size(); i++) {
                    hash = 31 * hash + hash(value.element(i));
                }
                yield hash;
            }
            case OBJECT -> {
                int hash = 7;
                for (int i = 0; i < value.size(); i++) {
                    for (int k = value.keyStart(i); k < value.keyStart(i + 1); k++) {
                        hash = 31 * hash + value.array()[k];
                    }
                    hash = 31 * hash + hash(value.element(i));
                }
                yield hash;
            }
        };
    }

    private static int hashNumber(JsonValue value) {
        BigDecimal number = value.decimalValue();
        if (number.signum() == 0) {
            return 0;
        }
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 19) {
            java.math.BigInteger whole = plain.toBigInteger();
            if (whole.bitLength() < 64) {
                return Long.hashCode(whole.longValue());
            }
        }
        return plain.hashCode();
    }

    /// Appends bytes that compare as the values do: for sorting and grouping. Not terminated.
    ///
    /// ```
    /// rank of the type + 2, then
    ///   number   00 negative, 01 zero, 02 positive; exponent + 4000h, 2 bytes; digits in pairs, 2·pair + 1,
    ///            the last 2·pair; exponent and digits flipped if negative
    ///   string   bytes, 00 as 01 01 and 01 as 01 02; 00
    ///   array    the elements; 01
    ///   object   count, 4 bytes; per member: length of the key, 2 bytes, key, value
    ///   others   8 bytes, sign flipped; opaque: type, then as string
    /// ```
    public static void appendSortKey(JsonValue value, ByteBuilder out) {
        out.put(value.type().rank() + FIRST_RANK);
        switch (value.type()) {
            case NULL -> {}
            case BOOLEAN -> out.put(value.booleanValue() ? 1 : 0);
            case INTEGER, UNSIGNED, DOUBLE, DECIMAL -> appendNumber(value.decimalValue(), out);
            case STRING -> appendBytes(value, out);
            case OPAQUE -> {
                out.put(value.opaqueType());
                appendBytes(value, out);
            }
            case DATE, TIME, DATETIME -> out.putLong(value.longValue() ^ Long.MIN_VALUE);
            case ARRAY -> {
                for (int i = 0; i < value.size(); i++) {
                    appendSortKey(value.element(i), out);
                }
                out.put(END);
            }
            case OBJECT -> {
                out.putInt(value.size());
                for (int i = 0; i < value.size(); i++) {
                    int from = value.keyStart(i);
                    int length = value.keyStart(i + 1) - from;
                    out.putShort(length).put(value.array(), from, length);
                    appendSortKey(value.element(i), out);
                }
            }
        }
    }

    private static void appendBytes(JsonValue value, ByteBuilder out) {
        int from = value.payloadOffset();
        for (int i = from; i < from + value.payloadLength(); i++) {
            int b = value.array()[i] & 0xFF;
            if (b <= 1) {
                out.put(1).put(b + 1);
            } else {
                out.put(b);
            }
        }
        out.put(0);
    }

    private static void appendNumber(BigDecimal number, ByteBuilder out) {
        if (number.signum() == 0) {
            out.put(1);
            return;
        }
        BigDecimal plain = number.stripTrailingZeros();
        String digits = plain.unscaledValue().abs().toString();
        out.put(number.signum() < 0 ? 0 : 2);
        int start = out.length();
        out.putShort(plain.precision() - plain.scale() + ZERO_EXPONENT);
        for (int i = 0; i < digits.length(); i += 2) {
            int pair = (digits.charAt(i) - '0') * 10 + (i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0);
            out.put(2 * pair + (i + 2 < digits.length() ? 1 : 0));
        }
        if (number.signum() < 0) {
            for (int i = start; i < out.length(); i++) {
                out.array()[i] = (byte) ~out.array()[i];
            }
        }
    }
}
