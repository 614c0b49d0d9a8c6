package io.qomo.store.txn.remote;

import io.qomo.base.memory.LargeArrays;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Encodes a message: numbers as LEB128 varints or eight bytes, byte strings after their length.
final class WireWriter {
    private static final int MAX_BYTES = 1 << 30;

    private byte[] bytes;
    private int length;

    WireWriter(int capacityBytes) {
        bytes = new byte[Math.max(16, capacityBytes)];
    }

    WireWriter put(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    WireWriter put(boolean value) {
        return put(value ? 1 : 0);
    }

    WireWriter number(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    WireWriter fixed(long value) {
        ensure(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    WireWriter bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    WireWriter bytes(byte[] source, int offset, int count) {
        number(count);
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /// Null is told from empty.
    WireWriter optional(byte @Nullable [] source) {
        put(source != null);
        return source == null ? this : bytes(source);
    }

    WireWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter append(WireWriter other) {
        ensure(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + (long) more > bytes.length) {
            bytes = LargeArrays.copyOf(bytes, LargeArrays.grown(bytes.length, Math.addExact(length, more), MAX_BYTES));
        }
    }
}
