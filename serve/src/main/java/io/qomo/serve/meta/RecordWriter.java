package io.qomo.serve.meta;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the fields of a record one after the other; [RecordReader] reads them back in the same order.
///
/// ```
/// number   zigzag, then 7 bits a byte, lowest first, bit 7 set where more follow
/// flag     one byte, 0 or 1
/// bytes    their count as a number, then they
/// text     its UTF-8 as bytes
/// optional a flag, then the value if it is 1
/// list     the count as a number, then the elements
/// ```
public final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// Starts a record of a format version.
    public RecordWriter(int version) {
        out.write(version);
    }

    /// Appends a number.
    public RecordWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /// Appends a flag.
    public RecordWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    /// Appends bytes.
    public RecordWriter bytes(byte[] value) {
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    /// Appends a string.
    public RecordWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /// Appends a string that may be absent.
    public RecordWriter optionalText(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    /// Appends bytes that may be absent.
    public RecordWriter optionalBytes(byte @Nullable [] value) {
        flag(value != null);
        return value == null ? this : bytes(value);
    }

    /// Appends a constant by its name, so that constants may change places.
    public RecordWriter constant(Enum<?> value) {
        return text(value.name());
    }

    /// Appends elements.
    public <T> RecordWriter list(Collection<T> elements, BiConsumer<RecordWriter, T> writer) {
        number(elements.size());
        for (T element : elements) {
            writer.accept(this, element);
        }
        return this;
    }

    /// The record.
    public byte[] toBytes() {
        return out.toByteArray();
    }
}
