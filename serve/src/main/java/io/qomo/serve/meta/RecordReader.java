package io.qomo.serve.meta;

import io.qomo.base.error.Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a [RecordWriter] wrote. A broken record throws `INTERNAL_ERROR`.
public final class RecordReader {
    private final byte[] record;
    private final int version;
    private int at;

    /// Starts at the version byte, which must be between 1 and the newest version known.
    public RecordReader(byte[] record, int newestVersion) {
        this.record = record;
        Check.that(record.length > 0, "a record has a version");
        version = record[0];
        at = 1;
        Check.that(version >= 1 && version <= newestVersion, "a record's version is known", "version", version);
    }

    /// The record's format version.
    public int version() {
        return version;
    }

    /// Reads a number.
    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        Check.that(false, "a number has at most ten bytes");
        return 0;
    }

    /// Reads a number that fits an int.
    public int integer() {
        long value = number();
        Check.that(value == (int) value, "a record's number fits an int", "value", value);
        return (int) value;
    }

    /// Reads a flag.
    public boolean flag() {
        return next() != 0;
    }

    /// Reads bytes.
    public byte[] bytes() {
        int length = integer();
        Check.that(length >= 0 && length <= record.length - at, "a record's bytes lie within it", "length", length);
        byte[] value = Arrays.copyOfRange(record, at, at + length);
        at += length;
        return value;
    }

    /// Reads a string.
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /// Reads a string that may be absent.
    public @Nullable String optionalText() {
        return flag() ? text() : null;
    }

    /// Reads bytes that may be absent.
    public byte @Nullable [] optionalBytes() {
        return flag() ? bytes() : null;
    }

    /// Reads a constant of an enum.
    public <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    /// Reads elements.
    public <T> List<T> list(Function<RecordReader, T> reader) {
        int count = integer();
        Check.that(count >= 0 && count <= record.length - at, "a record's list lies within it", "count", count);
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(reader.apply(this));
        }
        return elements;
    }

    private byte next() {
        Check.that(at < record.length, "a record has as many bytes as its fields");
        byte b = record[at];
        at++;
        return b;
    }
}
