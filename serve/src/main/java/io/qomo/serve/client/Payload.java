package io.qomo.serve.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a packet.
final class Payload {
    private final byte[] bytes;
    private int at;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    int remaining() {
        return bytes.length - at;
    }

    int u8() {
        int value = bytes[at] & 255;
        at++;
        return value;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    long u32() {
        return u16() | (long) u16() << 16;
    }

    void skip(int count) {
        at += count;
    }

    long lengthEncoded() {
        int first = u8();
        return switch (first) {
            case 0xFC -> u16();
            case 0xFD -> u16() | (long) u8() << 16;
            case 0xFE -> u32() | u32() << 32;
            default -> first;
        };
    }

    byte[] take(int count) {
        byte[] part = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return part;
    }

    byte @Nullable [] nullableBytes() {
        if ((bytes[at] & 255) == 0xFB) {
            at++;
            return null;
        }
        return take((int) lengthEncoded());
    }

    String lengthEncodedString() {
        return new String(take((int) lengthEncoded()), StandardCharsets.UTF_8);
    }

    byte[] untilZero() {
        int end = at;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        byte[] part = Arrays.copyOfRange(bytes, at, end);
        at = Math.min(end + 1, bytes.length);
        return part;
    }

    String rest() {
        return new String(take(remaining()), StandardCharsets.UTF_8);
    }
}
