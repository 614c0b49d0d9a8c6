package io.qomo.base.json;

import io.qomo.base.error.Check;
import io.qomo.base.type.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A JSON value: a view on bytes of a document, which must not change. Immutable.
///
/// Members and elements are views on the same bytes; none of the accessors copies unless said. Accessors
/// of a type are called only if [#type] says so.
public final class JsonValue {
    private final byte[] bytes;
    private final int at;

    JsonValue(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /// The root of a document: the bytes of a value of the SQL type JSON.
    public static JsonValue of(byte[] document, int offset, int length) {
        Check.that(length >= 2 && document[offset] == JsonFormat.VERSION, "a JSON document is of version 1");
        return new JsonValue(document, offset + 1);
    }

    /// The root of a document.
    public static JsonValue of(byte[] document) {
        return of(document, 0, document.length);
    }

    /// This value as a document of its own.
    public byte[] toDocument() {
        int size = sizeBytes();
        byte[] document = new byte[size + 1];
        document[0] = JsonFormat.VERSION;
        System.arraycopy(bytes, at, document, 1, size);
        return document;
    }

    private int tag() {
        return bytes[at] & 0xFF;
    }

    /// The type.
    public JsonType type() {
        int tag = tag();
        return switch (tag) {
            case JsonFormat.NULL -> JsonType.NULL;
            case JsonFormat.FALSE, JsonFormat.TRUE -> JsonType.BOOLEAN;
            case JsonFormat.UNSIGNED -> JsonType.UNSIGNED;
            case JsonFormat.DOUBLE -> JsonType.DOUBLE;
            case JsonFormat.DECIMAL -> JsonType.DECIMAL;
            case JsonFormat.STRING -> JsonType.STRING;
            case JsonFormat.DATE -> JsonType.DATE;
            case JsonFormat.TIME -> JsonType.TIME;
            case JsonFormat.DATETIME -> JsonType.DATETIME;
            case JsonFormat.OPAQUE -> JsonType.OPAQUE;
            default -> {
                if ((tag & 0xFC) == JsonFormat.ARRAY) {
                    yield JsonType.ARRAY;
                }
                if ((tag & 0xFC) == JsonFormat.OBJECT) {
                    yield JsonType.OBJECT;
                }
                Check.that((tag & 0xF0) == JsonFormat.INTEGER, "a JSON value starts with a known tag", "tag", tag);
                yield JsonType.INTEGER;
            }
        };
    }

    /// What JSON_TYPE() returns.
    public String typeName() {
        if (type() != JsonType.OPAQUE) {
            return type().sqlName();
        }
        return switch (opaqueType()) {
            case 16 -> "BIT";
            case 249, 250, 251, 252, 15, 253, 254 -> "BLOB";
            default -> "OPAQUE";
        };
    }

    /// True for the JSON literal null.
    public boolean isNull() {
        return tag() == JsonFormat.NULL;
    }

    /// True of arrays.
    public boolean isArray() {
        return (tag() & 0xFC) == JsonFormat.ARRAY;
    }

    /// True of objects.
    public boolean isObject() {
        return (tag() & 0xFC) == JsonFormat.OBJECT;
    }

    /// True of strings.
    public boolean isString() {
        return tag() == JsonFormat.STRING;
    }

    /// A boolean's value.
    public boolean booleanValue() {
        return tag() == JsonFormat.TRUE;
    }

    /// An INTEGER's value; an UNSIGNED's bits; a temporal value packed.
    public long longValue() {
        int tag = tag();
        int count = (tag & 0xF0) == JsonFormat.INTEGER && tag <= JsonFormat.INTEGER + 8 ? tag - JsonFormat.INTEGER : 8;
        if (count == 0) {
            return 0;
        }
        long value = bytes[at + 1];
        for (int i = 2; i <= count; i++) {
            value = value << 8 | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    /// A DOUBLE's value; another number's nearest double.
    public double doubleValue() {
        return switch (type()) {
            case INTEGER -> longValue();
            case UNSIGNED -> Decimals.ofUnsigned(longValue()).doubleValue();
            case DECIMAL -> decimalValue().doubleValue();
            default -> Double.longBitsToDouble(longValue());
        };
    }

    /// A number's value as a decimal; a DOUBLE that of its shortest digits.
    public BigDecimal decimalValue() {
        return switch (type()) {
            case INTEGER -> BigDecimal.valueOf(longValue());
            case UNSIGNED -> new BigDecimal(Decimals.ofUnsigned(longValue()));
            case DOUBLE -> Decimals.ofDouble(doubleValue());
            default -> {
                int length = bytes[at + 2];
                yield new BigDecimal(new BigInteger(Arrays.copyOfRange(bytes, at + 3, at + 3 + length)), bytes[at + 1]);
            }
        };
    }

    /// A copy of the bytes of a STRING (UTF-8) or OPAQUE.
    public byte[] payload() {
        int from = payloadOffset();
        return Arrays.copyOfRange(bytes, from, from + payloadLength());
    }

    /// The array all views of this document share; see [#payloadOffset].
    public byte[] array() {
        return bytes;
    }

    /// Where the bytes of a STRING or OPAQUE start in [#array].
    public int payloadOffset() {
        int from = at + (tag() == JsonFormat.STRING ? 1 : 2);
        while (bytes[from] < 0) {
            from++;
        }
        return from + 1;
    }

    /// The bytes of a STRING or OPAQUE.
    public int payloadLength() {
        int from = at + (tag() == JsonFormat.STRING ? 1 : 2);
        int length = 0;
        int shift = 0;
        while (bytes[from] < 0) {
            length |= (bytes[from] & 0x7F) << shift;
            shift += 7;
            from++;
        }
        return length | bytes[from] << shift;
    }

    /// A STRING's text.
    public String text() {
        return new String(bytes, payloadOffset(), payloadLength(), StandardCharsets.UTF_8);
    }

    /// The MYSQL_TYPE_* number of an OPAQUE.
    public int opaqueType() {
        return bytes[at + 1] & 0xFF;
    }

    /// The number of elements or members; 1 for scalars, as JSON_LENGTH() tells.
    public int size() {
        if (!type().isContainer()) {
            return 1;
        }
        int width = tag() & 3;
        return JsonFormat.number(bytes, at + 1 + (1 << width), width);
    }

    /// An element of an ARRAY, or the value of a member of an OBJECT in the order of keys.
    public JsonValue element(int index) {
        int width = tag() & 3;
        int slot = index + (isObject() ? size() + 1 : 0);
        int offset = JsonFormat.number(bytes, at + 1 + ((2 + slot) << width), width);
        return new JsonValue(bytes, at + offset);
    }

    private int keyOffset(int index) {
        int width = tag() & 3;
        return at + JsonFormat.number(bytes, at + 1 + ((2 + index) << width), width);
    }

    /// A copy of the UTF-8 of an OBJECT's key.
    public byte[] key(int index) {
        return Arrays.copyOfRange(bytes, keyOffset(index), keyOffset(index + 1));
    }

    /// Where a key starts in [#array]; it ends where the next one would start.
    int keyStart(int index) {
        return keyOffset(index);
    }

    /// The index of a key in an OBJECT, or −1. Cost: a binary search.
    public int indexOf(byte[] key, int offset, int length) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int from = keyOffset(middle);
            int order = JsonFormat.compareKeys(bytes, from, keyOffset(middle + 1) - from, key, offset, length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// The value of an OBJECT's member, null if there is none of the key.
    public @Nullable JsonValue member(byte[] key) {
        int index = indexOf(key, 0, key.length);
        return index < 0 ? null : element(index);
    }

    /// The bytes of this value, tag included.
    public int sizeBytes() {
        int tag = tag();
        if ((tag & 0xF0) == JsonFormat.INTEGER && tag <= JsonFormat.INTEGER + 8) {
            return 1 + tag - JsonFormat.INTEGER;
        }
        return switch (type()) {
            case NULL, BOOLEAN -> 1;
            case INTEGER, UNSIGNED, DOUBLE, DATE, TIME, DATETIME -> 9;
            case DECIMAL -> 3 + bytes[at + 2];
            case STRING, OPAQUE -> payloadOffset() + payloadLength() - at;
            case ARRAY, OBJECT -> JsonFormat.number(bytes, at + 1, tag & 3);
        };
    }

    /// The depth JSON_DEPTH() tells: 1 for scalars and empty containers.
    public int depth() {
        int depth = 0;
        if (type().isContainer()) {
            for (int i = 0; i < size(); i++) {
                depth = Math.max(depth, element(i).depth());
            }
        }
        return depth + 1;
    }

    /// How many containers nest here: 0 for scalars.
    int containerDepth() {
        if (!type().isContainer()) {
            return 0;
        }
        int depth = 0;
        for (int i = 0; i < size(); i++) {
            depth = Math.max(depth, element(i).containerDepth());
        }
        return depth + 1;
    }

    /// Where the value starts in [#array]: what tells two views of one document apart.
    int position() {
        return at;
    }

    /// The JSON text, for messages and tests.
    @Override
    public String toString() {
        return JsonPrinter.toString(this);
    }
}
