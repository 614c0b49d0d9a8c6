package io.qomo.store.txn.remote;

import io.qomo.base.error.Check;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes what [WireWriter] wrote. Whatever the bytes are, it reads nothing beyond them, and takes no
/// memory that they do not cover.
final class WireReader {
    private final byte[] bytes;
    private int position;

    WireReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int get() {
        Check.that(position < bytes.length, "message is too short");
        return bytes[position++] & 0xFF;
    }

    boolean flag() {
        return get() != 0;
    }

    long number() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = get();
            result |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw new IllegalStateException("number in a message is too long");
    }

    /// A number of things that follow, each of at least a byte.
    int count() {
        long count = number();
        Check.that(count >= 0 && count <= bytes.length - position, "count in a message is too large", "count", count);
        return (int) count;
    }

    long fixed() {
        Check.that(bytes.length - position >= Long.BYTES, "message is too short");
        long result = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            result = result << 8 | (bytes[position++] & 0xFF);
        }
        return result;
    }

    byte[] bytes() {
        int length = count();
        byte[] result = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return result;
    }

    byte @Nullable [] optional() {
        return flag() ? bytes() : null;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    <E extends Enum<E>> E choice(E[] values) {
        int ordinal = get();
        Check.that(ordinal < values.length, "unknown choice in a message", "ordinal", ordinal);
        return values[ordinal];
    }
}
