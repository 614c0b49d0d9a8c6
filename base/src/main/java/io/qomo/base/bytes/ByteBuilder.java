package io.qomo.base.bytes;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.LargeArrays;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A growable byte array, reused between values ([#clear]). Owned by one thread. Multi-byte integers are
/// big-endian.
public final class ByteBuilder {
    /// The longest array the JVM reliably allocates.
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /// The digits of 00 to 99.
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private byte[] array;
    private int length;
    private int maxLength = MAX_LENGTH;

    /// An empty builder with room for 64 bytes.
    public ByteBuilder() {
        this(64);
    }

    /// An empty builder with room for `capacity` bytes.
    public ByteBuilder(int capacity) {
        array = LargeArrays.allocate(Math.max(capacity, 16));
    }

    /// Sets the length beyond which growing throws [LengthExceededException].
    public ByteBuilder limit(int bytes) {
        maxLength = Math.min(bytes, MAX_LENGTH);
        return this;
    }

    /// The bytes, valid from 0 to [#length]; replaced when the builder grows.
    public byte[] array() {
        return array;
    }

    /// Bytes written.
    public int length() {
        return length;
    }

    /// Forgets everything written.
    public ByteBuilder clear() {
        length = 0;
        return this;
    }

    /// Cuts back to (or, with bytes of any value, extends to) a length.
    public ByteBuilder setLength(int bytes) {
        if (bytes > length) {
            reserve(bytes - length);
        }
        length = bytes;
        return this;
    }

    /// Makes room for `bytes` more and returns the array.
    public byte[] reserve(int bytes) {
        if (bytes > array.length - length) {
            long wanted = (long) length + bytes;
            if (wanted > maxLength) {
                if (maxLength < MAX_LENGTH) {
                    throw new LengthExceededException();
                }
                throw new SqlException(ErrorCode.OUT_OF_MEMORY, wanted);
            }
            array = LargeArrays.copyOf(array, LargeArrays.grown(array.length, (int) wanted, MAX_LENGTH));
        }
        return array;
    }

    /// Appends the low 8 bits.
    public ByteBuilder put(int b) {
        if (length == array.length) {
            reserve(1);
        }
        array[length] = (byte) b;
        length++;
        return this;
    }

    /// Appends a slice.
    public ByteBuilder put(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
        return this;
    }

    /// Appends an array.
    public ByteBuilder put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    /// Appends what another builder holds.
    public ByteBuilder put(ByteBuilder other) {
        return put(other.array, 0, other.length);
    }

    /// Appends the low 16 bits.
    public ByteBuilder putShort(int value) {
        reserve(2);
        SHORT.set(array, length, (short) value);
        length += 2;
        return this;
    }

    /// Appends 4 bytes.
    public ByteBuilder putInt(int value) {
        reserve(4);
        INT.set(array, length, value);
        length += 4;
        return this;
    }

    /// Appends 8 bytes.
    public ByteBuilder putLong(long value) {
        reserve(8);
        LONG.set(array, length, value);
        length += 8;
        return this;
    }

    /// Appends the low `count` (0 to 8) bytes of a value, most significant first.
    public ByteBuilder putLow(long value, int count) {
        reserve(8);
        if (count > 0) {
            LONG.set(array, length, value << (64 - 8 * count));
        }
        length += count;
        return this;
    }

    /// Appends a string of ASCII characters only.
    @SuppressWarnings("deprecation")
    public ByteBuilder putAscii(String text) {
        int n = text.length();
        reserve(n);
        text.getBytes(0, n, array, length);
        length += n;
        return this;
    }

    /// Appends a string as UTF-8.
    public ByteBuilder putUtf8(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Appends a code point as UTF-8.
    public ByteBuilder putCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            return put(codePoint);
        }
        reserve(4);
        if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                put(0xE0 | codePoint >> 12);
            } else {
                put(0xF0 | codePoint >> 18);
                put(0x80 | (codePoint >> 12 & 0x3F));
            }
            put(0x80 | (codePoint >> 6 & 0x3F));
        }
        return put(0x80 | (codePoint & 0x3F));
    }

    /// Appends a signed integer in decimal digits.
    public ByteBuilder putNumber(long value) {
        if (value >= 0) {
            return putUnsigned(value);
        }
        put('-');
        return putUnsigned(-value);
    }

    /// Appends an unsigned 64-bit integer in decimal digits.
    public ByteBuilder putUnsigned(long value) {
        reserve(20);
        long rest = value;
        if (rest < 0) {
            long quotient = Long.divideUnsigned(rest, 10);
            putUnsigned(quotient);
            return put((int) ('0' + rest - quotient * 10));
        }
        int at = length + digits(rest);
        length = at;
        while (rest >= 100) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100) * 2;
            at -= 2;
            array[at] = PAIRS[pair];
            array[at + 1] = PAIRS[pair + 1];
            rest = quotient;
        }
        if (rest >= 10) {
            array[at - 2] = PAIRS[(int) rest * 2];
        }
        array[at - 1] = PAIRS[(int) rest * 2 + 1];
        return this;
    }

    /// Appends two digits of a number from 0 to 99.
    public ByteBuilder putTwoDigits(int value) {
        reserve(2);
        array[length] = PAIRS[value * 2];
        array[length + 1] = PAIRS[value * 2 + 1];
        length += 2;
        return this;
    }

    /// Appends a number of at least `width` digits, zeros in front.
    public ByteBuilder putPadded(long value, int width) {
        for (int i = digits(value); i < width; i++) {
            put('0');
        }
        return putUnsigned(value);
    }

    /// A copy of what was written.
    public byte[] toBytes() {
        return LargeArrays.copyOf(array, length);
    }

    /// What was written, read as UTF-8.
    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long power = 10; digits < 19 && value >= power; power *= 10) {
            digits++;
        }
        return digits;
    }
}
