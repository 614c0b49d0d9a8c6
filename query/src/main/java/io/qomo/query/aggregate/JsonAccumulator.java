package io.qomo.query.aggregate;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonValue;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.AggregateFunction.Accumulator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// JSON_ARRAYAGG and JSON_OBJECTAGG: the documents of a group one after the other, made one document at the end. NULL
/// values become null; of equal keys the last counts; a NULL key is error JSON_NULL_KEY. NULL without rows.
///
/// ```
/// per row: [length of the key, 4 bytes | key] | length of the value, 4 bytes (0: NULL) | its document
/// ```
final class JsonAccumulator implements Accumulator {
    private final boolean isObject;
    private final JsonBuilder builder = new JsonBuilder();
    private @Nullable ByteBuilder[] parts = new ByteBuilder[1];
    private long heapBytes;

    JsonAccumulator(boolean isObject) {
        this.isObject = isObject;
    }

    @Override
    public void ensureGroups(int groups) {
        if (groups > parts.length) {
            parts = Arrays.copyOf(parts, Math.max(groups, parts.length * 2));
        }
    }

    @Override
    public void add(int @Nullable [] groupIds, Vector[] arguments, int rows) {
        BytesVector values = (BytesVector) arguments[isObject ? 1 : 0];
        BytesVector keys = (BytesVector) arguments[0];
        for (int i = 0; i < rows; i++) {
            ByteBuilder part = part(groupIds == null ? 0 : groupIds[i]);
            int before = part.length();
            if (isObject) {
                if (keys.isNull(i)) {
                    throw new SqlException(ErrorCode.JSON_NULL_KEY);
                }
                put(keys, i, part);
            }
            if (values.isNull(i)) {
                part.putInt(0);
            } else {
                put(values, i, part);
            }
            heapBytes += part.length() - before;
        }
    }

    private static void put(BytesVector vector, int row, ByteBuilder out) {
        int i = vector.at(row);
        out.putInt(vector.length[i]).put(vector.base[i], vector.offset[i], vector.length[i]);
    }

    private ByteBuilder part(int group) {
        ByteBuilder part = parts[group];
        if (part == null) {
            part = new ByteBuilder(64);
            parts[group] = part;
            heapBytes += 64;
        }
        return part;
    }

    @Override
    public void merge(Accumulator other, int[] groupIds, int groups) {
        JsonAccumulator from = (JsonAccumulator) other;
        for (int i = 0; i < groups; i++) {
            ByteBuilder theirs = from.parts[i];
            if (theirs != null) {
                part(groupIds[i]).put(theirs);
                heapBytes += theirs.length();
            }
        }
    }

    @Override
    public void results(int from, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            ByteBuilder part = parts[from + i];
            if (part == null) {
                out.setNull(i);
            } else {
                ((BytesVector) out).set(i, document(part));
            }
        }
    }

    private byte[] document(ByteBuilder part) {
        builder.clear();
        if (isObject) {
            builder.beginObject();
        } else {
            builder.beginArray();
        }
        byte[] bytes = part.array();
        int at = 0;
        while (at < part.length()) {
            if (isObject) {
                int length = number(bytes, at);
                builder.key(bytes, at + 4, length);
                at += 4 + length;
            }
            int length = number(bytes, at);
            if (length == 0) {
                builder.addNull();
            } else {
                builder.add(JsonValue.of(bytes, at + 4, length));
            }
            at += 4 + length;
        }
        return builder.end().toDocument();
    }

    private static int number(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
    }

    @Override
    public long sizeBytes() {
        return 8L * parts.length + heapBytes;
    }

    @Override
    public void reset() {
        Arrays.fill(parts, null);
        heapBytes = 0;
    }
}
