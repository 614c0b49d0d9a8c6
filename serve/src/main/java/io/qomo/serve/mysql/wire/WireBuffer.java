package io.qomo.serve.mysql.wire;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing byte array with writers for the protocol's integers and strings. Owned by one thread.
public final class WireBuffer {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] DIGIT_PAIRS = digitPairs();
    /// The greatest size: what one Java array can hold, with room for packet headers.
    private static final int MAX_SIZE = Integer.MAX_VALUE - 1024;

    private byte[] bytes;
    private int size;

    /// An empty buffer.
    public WireBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /// The bytes; replaced when the buffer grows.
    public byte[] array() {
        return bytes;
    }

    /// Bytes written.
    public int size() {
        return size;
    }

    /// Forgets everything from `newSize` on.
    public void truncate(int newSize) {
        size = newSize;
    }

    /// Forgets everything and, if the array is longer than `keepBytes`, replaces it by one of `freshBytes`.
    public void clear(int keepBytes, int freshBytes) {
        size = 0;
        if (bytes.length > keepBytes) {
            bytes = new byte[freshBytes];
        }
    }

    /// Makes room for `more` bytes and returns the array.
    public byte[] ensure(int more) {
        if (more > bytes.length - size) {
            long wanted = (long) size + more;
            if (wanted > MAX_SIZE) {
                throw new SqlException(ErrorCode.PACKET_TOO_LARGE);
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_SIZE, Math.max(wanted, 2L * bytes.length)));
        }
        return bytes;
    }

    /// Leaves `count` bytes, written through [#array] before or later.
    public void advance(int count) {
        size += count;
    }

    /// One byte.
    public void putByte(int value) {
        ensure(1)[size++] = (byte) value;
    }

    /// Two bytes.
    public void putShort(int value) {
        SHORTS.set(ensure(2), size, (short) value);
        size += 2;
    }

    /// Three bytes.
    public void putInt3(int value) {
        byte[] b = ensure(3);
        b[size] = (byte) value;
        b[size + 1] = (byte) (value >> 8);
        b[size + 2] = (byte) (value >> 16);
        size += 3;
    }

    /// Four bytes.
    public void putInt(int value) {
        INTS.set(ensure(4), size, value);
        size += 4;
    }

    /// Eight bytes.
    public void putLong(long value) {
        LONGS.set(ensure(8), size, value);
        size += 8;
    }

    /// Zero bytes.
    public void putZeros(int count) {
        byte[] b = ensure(count);
        Arrays.fill(b, size, size + count, (byte) 0);
        size += count;
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
        System.arraycopy(source, offset, ensure(length), size, length);
        size += length;
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
        int n = text.length();
        byte[] b = ensure(n);
        for (int i = 0; i < n; i++) {
            b[size + i] = (byte) text.charAt(i);
        }
        size += n;
    }

    /// A decimal integer.
    public void putDigits(long value) {
        ensure(20);
        if (value < 0) {
            bytes[size++] = '-';
            putUnsignedDigits(-value);
        } else {
            putUnsignedDigits(value);
        }
    }

    /// A decimal integer of an unsigned value.
    public void putUnsignedDigits(long value) {
        ensure(20);
        if (value < 0) {
            long high = Long.divideUnsigned(value, 10);
            putUnsignedDigits(high);
            bytes[size++] = (byte) ('0' + (value - high * 10));
            return;
        }
        putFixedDigits(value, digits(value));
    }

    /// The last `count` decimal digits of a value that is not negative.
    public void putFixedDigits(long value, int count) {
        byte[] b = ensure(count);
        long rest = value;
        int i = size + count;
        while (i - 2 >= size) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100) << 1;
            i -= 2;
            b[i] = DIGIT_PAIRS[pair];
            b[i + 1] = DIGIT_PAIRS[pair + 1];
            rest = next;
        }
        if (i > size) {
            b[size] = (byte) ('0' + rest % 10);
        }
        size += count;
    }

    /// The number of decimal digits of a value that is not negative.
    public static int digits(long value) {
        int count = 1;
        long limit = 10;
        while (count < 19 && value >= limit) {
            count++;
            limit *= 10;
        }
        return count;
    }

    private static byte[] digitPairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }
}
