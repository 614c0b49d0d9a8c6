package io.qomo.base.json;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a JSON document in binary form: values in order, containers between `begin…` and `end…`, in
/// objects a [#key] before each value. A key given twice keeps its last value.
///
/// Reused for many documents ([#clear]); belongs to one thread. Nesting beyond 100 throws
/// `JSON_DOCUMENT_TOO_DEEP`.
public final class JsonBuilder {
    /// The longest key, as in MySQL.
    public static final int MAX_KEY_BYTES = 0xFFFF;

    private static final int MAX_DECIMAL_BYTES = 127;

    private final ByteBuilder out = new ByteBuilder(128);
    private final ByteBuilder keys = new ByteBuilder();
    private final ByteBuilder scratch = new ByteBuilder();
    // Per open container: where its payload starts in `out`, its keys in `keys`, its items in `items`; its
    // kind.
    private int[] starts = new int[8];
    private int[] keyStarts = new int[8];
    private int[] itemStarts = new int[8];
    private boolean[] isObject = new boolean[8];
    private int depth;
    // Per item of the open containers: start in `out`; in objects key start and length before it.
    private int[] items = new int[32];
    private int itemCount;

    /// An empty builder.
    public JsonBuilder() {
        clear();
    }

    /// Forgets everything, open containers too.
    public JsonBuilder clear() {
        out.clear().put(JsonFormat.VERSION);
        keys.clear();
        depth = 0;
        itemCount = 0;
        return this;
    }

    /// The document; one value must be complete.
    public byte[] toDocument() {
        Check.that(depth == 0 && out.length() > 1, "a JSON document is one complete value");
        return out.toBytes();
    }

    /// The value built, as a view on a copy.
    public JsonValue toValue() {
        return JsonValue.of(toDocument());
    }

    /// The literal null.
    public JsonBuilder addNull() {
        item();
        out.put(JsonFormat.NULL);
        return this;
    }

    /// A boolean.
    public JsonBuilder add(boolean value) {
        item();
        out.put(value ? JsonFormat.TRUE : JsonFormat.FALSE);
        return this;
    }

    /// An integer.
    public JsonBuilder add(long value) {
        item();
        int count = value == 0 ? 0 : (72 - Long.numberOfLeadingZeros(value < 0 ? ~value : value)) >> 3;
        out.put(JsonFormat.INTEGER + count).putLow(value, count);
        return this;
    }

    /// An unsigned integer; up to 2^63 − 1 the same as a signed one.
    public JsonBuilder addUnsigned(long value) {
        if (value >= 0) {
            return add(value);
        }
        item();
        out.put(JsonFormat.UNSIGNED).putLong(value);
        return this;
    }

    /// A double.
    public JsonBuilder add(double value) {
        item();
        out.put(JsonFormat.DOUBLE).putLong(Double.doubleToLongBits(value));
        return this;
    }

    /// A decimal.
    public JsonBuilder add(BigDecimal value) {
        item();
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        byte[] unscaled = plain.unscaledValue().toByteArray();
        Check.that(unscaled.length <= MAX_DECIMAL_BYTES && plain.scale() < 128, "a decimal in JSON fits its format");
        out.put(JsonFormat.DECIMAL).put(plain.scale()).put(unscaled.length).put(unscaled);
        return this;
    }

    /// A string of UTF-8.
    public JsonBuilder add(byte[] utf8, int offset, int length) {
        item();
        out.put(JsonFormat.STRING);
        putLength(length);
        out.put(utf8, offset, length);
        return this;
    }

    /// A string.
    public JsonBuilder add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return add(utf8, 0, utf8.length);
    }

    /// A DATE, TIME or DATETIME, packed.
    public JsonBuilder addTemporal(JsonType type, long packed) {
        item();
        int tag =
                type == JsonType.DATE ? JsonFormat.DATE : type == JsonType.TIME ? JsonFormat.TIME : JsonFormat.DATETIME;
        out.put(tag).putLong(packed);
        return this;
    }

    /// Bytes with the MYSQL_TYPE_* number of what they are.
    public JsonBuilder addOpaque(int wireType, byte[] bytes, int offset, int length) {
        item();
        out.put(JsonFormat.OPAQUE).put(wireType);
        putLength(length);
        out.put(bytes, offset, length);
        return this;
    }

    /// A copy of a value, with everything in it.
    public JsonBuilder add(JsonValue value) {
        if (depth > 0) {
            checkDepth(depth + value.containerDepth());
        }
        item();
        out.put(value.array(), value.position(), value.sizeBytes());
        return this;
    }

    /// Opens an array.
    public JsonBuilder beginArray() {
        return begin(false);
    }

    /// Opens an object.
    public JsonBuilder beginObject() {
        return begin(true);
    }

    private JsonBuilder begin(boolean object) {
        item();
        checkDepth(depth + 1);
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
            keyStarts = Arrays.copyOf(keyStarts, depth * 2);
            itemStarts = Arrays.copyOf(itemStarts, depth * 2);
            isObject = Arrays.copyOf(isObject, depth * 2);
        }
        starts[depth] = out.length();
        keyStarts[depth] = keys.length();
        itemStarts[depth] = itemCount;
        isObject[depth] = object;
        depth++;
        return this;
    }

    private static void checkDepth(int wanted) {
        if (wanted > JsonFormat.MAX_DEPTH) {
            throw new SqlException(ErrorCode.JSON_DOCUMENT_TOO_DEEP);
        }
    }

    /// The key of the next value of an object.
    public JsonBuilder key(byte[] utf8, int offset, int length) {
        if (length > MAX_KEY_BYTES) {
            throw new SqlException(ErrorCode.JSON_KEY_TOO_BIG);
        }
        push(keys.length());
        push(length);
        keys.put(utf8, offset, length);
        return this;
    }

    /// The key of the next value of an object.
    public JsonBuilder key(String key) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        return key(utf8, 0, utf8.length);
    }

    /// Notes where a value starts.
    private void item() {
        if (depth > 0) {
            push(out.length());
        }
    }

    private void push(int value) {
        if (itemCount == items.length) {
            items = Arrays.copyOf(items, itemCount * 2);
        }
        items[itemCount] = value;
        itemCount++;
    }

    /// Closes the innermost container.
    public JsonBuilder end() {
        Check.that(depth > 0, "a JSON container is open");
        depth--;
        if (isObject[depth]) {
            endObject();
        } else {
            endArray();
        }
        itemCount = itemStarts[depth];
        keys.setLength(keyStarts[depth]);
        return this;
    }

    private void endArray() {
        int start = starts[depth];
        int first = itemStarts[depth];
        int count = itemCount - first;
        int payload = out.length() - start;
        int width = width(count, 0, payload);
        int header = 1 + ((2 + count) << width);
        out.setLength(out.length() + header);
        byte[] a = out.array();
        System.arraycopy(a, start, a, start + header, payload);
        int at = writeHead(a, start, JsonFormat.ARRAY, width, header + payload, count);
        for (int i = 0; i < count; i++) {
            at = putNumber(a, at, items[first + i] - start + header, width);
        }
    }

    private void endObject() {
        int start = starts[depth];
        int end = out.length();
        int first = itemStarts[depth];
        int given = (itemCount - first) / 3;
        Integer[] order = new Integer[given];
        for (int i = 0; i < given; i++) {
            order[i] = i;
        }
        // Stable, so that the last of equal keys stands last.
        Arrays.sort(order, (x, y) -> compareKeys(first + 3 * x, first + 3 * y));
        int count = 0;
        int keyBytes = 0;
        int valueBytes = 0;
        for (int i = 0; i < given; i++) {
            if (i + 1 < given && compareKeys(first + 3 * order[i], first + 3 * order[i + 1]) == 0) {
                continue;
            }
            order[count] = order[i];
            count++;
            keyBytes += items[first + 3 * order[i] + 1];
            valueBytes += valueLength(first, order[i], given, end);
        }
        int width = width(2 * count + 1, keyBytes, valueBytes);
        int header = 1 + ((3 + 2 * count) << width);
        int size = header + keyBytes + valueBytes;
        scratch.clear().setLength(size);
        byte[] s = scratch.array();
        int keyTable = writeHead(s, 0, JsonFormat.OBJECT, width, size, count);
        int valueTable = keyTable + ((count + 1) << width);
        int keyAt = header;
        int valueAt = header + keyBytes;
        for (int i = 0; i < count; i++) {
            int item = first + 3 * order[i];
            keyTable = putNumber(s, keyTable, keyAt, width);
            System.arraycopy(keys.array(), items[item], s, keyAt, items[item + 1]);
            keyAt += items[item + 1];
            valueTable = putNumber(s, valueTable, valueAt, width);
            int length = valueLength(first, order[i], given, end);
            System.arraycopy(out.array(), items[item + 2], s, valueAt, length);
            valueAt += length;
        }
        putNumber(s, keyTable, keyAt, width);
        out.setLength(start).put(s, 0, size);
    }

    private int compareKeys(int x, int y) {
        byte[] k = keys.array();
        return JsonFormat.compareKeys(k, items[x], items[x + 1], k, items[y], items[y + 1]);
    }

    private int valueLength(int first, int index, int given, int end) {
        int next = index + 1 < given ? items[first + 3 * (index + 1) + 2] : end;
        return next - items[first + 3 * index + 2];
    }

    /// The least width that holds every offset of a container with so many offsets and bytes.
    private static int width(int offsets, int keyBytes, int valueBytes) {
        for (int width = 0; width < 2; width++) {
            long size = 1 + ((2L + offsets) << width) + keyBytes + valueBytes;
            if (size <= (width == 0 ? 0xFF : 0xFFFF)) {
                return width;
            }
        }
        return 2;
    }

    private static int writeHead(byte[] a, int at, int tag, int width, int size, int count) {
        a[at] = (byte) (tag + width);
        return putNumber(a, putNumber(a, at + 1, size, width), count, width);
    }

    private static int putNumber(byte[] a, int at, int value, int width) {
        int bytes = 1 << width;
        for (int i = 0; i < bytes; i++) {
            a[at + i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
        return at + bytes;
    }

    private void putLength(int length) {
        int rest = length;
        while (rest >= 0x80) {
            out.put(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.put(rest);
    }
}
