package io.qomo.serve.mysql.wire;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing byte array with writers for the protocol's little-endian integers and strings. Owned by one
/// thread.
///
/// It is a [ByteBuilder] behind, so that the text of numbers and times is written in place: see [#text].
public final class WireBuffer {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// The greatest size: what one Java array can hold, with room for packet headers.
    private static final int MAX_SIZE = Integer.MAX_VALUE - 1024;

    private ByteBuilder out;

    /// An empty buffer.
    public WireBuffer(int capacity) {
        out = new ByteBuilder(capacity);
    }

    /// The builder behind, to append text to.
    public ByteBuilder text() {
        return out;
    }

    /// The bytes; replaced when the buffer grows.
    public byte[] array() {
        return out.array();
    }

    /// Bytes written.
    public int size() {
        return out.length();
    }

    /// Forgets everything from `newSize` on, or takes in what was written through [#array] up to there.
    public void truncate(int newSize) {
        out.setLength(newSize);
    }

    /// Forgets everything and, if the array is longer than `keepBytes`, replaces it by one of `freshBytes`.
    public void clear(int keepBytes, int freshBytes) {
        if (out.array().length > keepBytes) {
            out = new ByteBuilder(freshBytes);
        } else {
            out.clear();
        }
    }

    /// Makes room for `more` bytes and returns the array. Throws `PACKET_TOO_LARGE` at 2 GB.
    public byte[] ensure(int more) {
        if (more > MAX_SIZE - out.length()) {
            throw new SqlException(ErrorCode.PACKET_TOO_LARGE);
        }
        return out.reserve(more);
    }

    /// Takes in `count` bytes that were written through [#array].
    public void advance(int count) {
        out.setLength(out.length() + count);
    }

    /// One byte.
    public void putByte(int value) {
        out.put(value);
    }

    /// Two bytes.
    public void putShort(int value) {
        SHORTS.set(ensure(2), out.length(), (short) value);
        advance(2);
    }

    /// Three bytes.
    public void putInt3(int value) {
        out.put(value);
        out.put(value >> 8);
        out.put(value >> 16);
    }

    /// Four bytes.
    public void putInt(int value) {
        INTS.set(ensure(4), out.length(), value);
        advance(4);
    }

    /// Eight bytes.
    public void putLong(long value) {
        LONGS.set(ensure(8), out.length(), value);
        advance(8);
    }

    /// Zero bytes.
    public void putZeros(int count) {
        byte[] b = ensure(count);
        Arrays.fill(b, out.length(), out.length() + count, (byte) 0);
        advance(count);
    }

    /// A length-encoded integer (unsigned).
    public void putLenenc(long value) {
        if (value >= 0 && value < 251) {
            putByte((int) value);
        } else if (value >= 0 && value < 0x10000) {
            putByte(0xFC);
            putShort((int) value);
        } else if (value >= 0 && value < 0x1000000) {
            putByte(0xFD);
            putInt3((int) value);
        } else {
            putByte(0xFE);
            putLong(value);
        }
    }

    /// Raw bytes.
    public void putBytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, ensure(length), out.length(), length);
        advance(length);
    }

    /// Raw bytes.
    public void putBytes(byte[] source) {
        putBytes(source, 0, source.length);
    }

    /// A length-encoded string of bytes.
    public void putLenencBytes(byte[] source, int offset, int length) {
        ensure(length + 9);
        putLenenc(length);
        putBytes(source, offset, length);
    }

    /// A length-encoded string of bytes.
    public void putLenencBytes(byte[] source) {
        putLenencBytes(source, 0, source.length);
    }

    /// The string's characters, which are ASCII.
    public void putAscii(String text) {
        out.putAscii(text);
    }
}
