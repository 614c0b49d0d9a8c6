package io.qomo.base.codec;

import io.qomo.base.error.Check;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Walks over the parts of a key that [KeyWriter] wrote, skipping them or putting their values into vectors.
///
/// Reused for many keys ([#reset]); belongs to one thread. A broken key throws `INTERNAL_ERROR`.
public final class KeyReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NONE = {};

    private byte[] key = NONE;
    private int at;
    private int end;
    private byte[] digits = new byte[80];

    /// Reads parts from `offset` on (pass [KeyWriter#INDEX_PREFIX_BYTES] past the start of an index key).
    public KeyReader reset(byte[] bytes, int offset, int length) {
        key = bytes;
        at = offset;
        end = offset + length;
        return this;
    }

    /// Where the next part starts in the array.
    public int position() {
        return at;
    }

    /// True while parts follow.
    public boolean hasNext() {
        return at < end;
    }

    /// True if the next part is NULL.
    public boolean isNull() {
        int tag = tag();
        return tag == KeyTag.NULL || tag == 0xFF - KeyTag.NULL;
    }

    /// Reads the next part into a vector of its type. Only for types that [KeyWriter#isDecodable].
    public void read(Vector into, int index) {
        int stored = tag();
        int flip = KeyTag.isDescending(stored) ? 0xFF : 0;
        int tag = stored ^ flip;
        if (tag == KeyTag.NULL) {
            at++;
            into.setNull(index);
            return;
        }
        into.clearNull(index);
        switch (into) {
            case LongVector v -> v.set(index, readInteger(tag, flip));
            case DoubleVector v -> v.set(index, readDouble(tag, flip));
            case DecimalVector v -> readDecimal(tag, flip, v, index);
            case BytesVector v -> readBytes(tag, flip, v, index);
        }
    }

    /// Reads the next part, an integer that is not NULL.
    public long readLong() {
        int stored = tag();
        int flip = KeyTag.isDescending(stored) ? 0xFF : 0;
        return readInteger(stored ^ flip, flip);
    }

    /// Goes past the next part, whatever it is.
    public void skip() {
        int stored = tag();
        int flip = KeyTag.isDescending(stored) ? 0xFF : 0;
        int tag = stored ^ flip;
        switch (tag) {
            case KeyTag.NULL -> at++;
            case KeyTag.DOUBLE -> at += 9;
            case KeyTag.DECIMAL -> skipDecimal(flip);
            case KeyTag.BYTES, KeyTag.COLLATED -> at = endOfBytes(flip) + 1;
            default -> {
                Check.that(KeyTag.isInteger(tag), "a key part starts with a known tag", "tag", stored);
                at += 1 + integerBytes(tag);
            }
        }
        Check.that(at <= end, "a key part ends within its key");
    }

    /// The table id of a key that starts with a table prefix.
    public static long tableId(byte[] key, int offset) {
        Check.that(key[offset] == KeyWriter.TABLE, "a table key starts with 't'");
        return (long) LONG.get(key, offset + 1);
    }

    /// The index id of a key that starts with an index prefix.
    public static int indexId(byte[] key, int offset) {
        return (int) INT.get(key, offset + KeyWriter.TABLE_PREFIX_BYTES);
    }

    private int tag() {
        Check.that(at < end, "a key has as many parts as its index");
        return key[at] & 0xFF;
    }

    private static int integerBytes(int tag) {
        return tag >= KeyTag.INT_ZERO ? tag - KeyTag.INT_ZERO : KeyTag.INT_ZERO - 1 - tag;
    }

    private long readInteger(int tag, int flip) {
        Check.that(KeyTag.isInteger(tag), "an integer key part has an integer's tag", "tag", tag);
        int count = integerBytes(tag);
        Check.that(at + 1 + count <= end, "a key part ends within its key");
        boolean isNegative = tag < KeyTag.INT_ZERO;
        long value = isNegative ? -1 : 0;
        for (int i = 1; i <= count; i++) {
            value = value << 8 | ((key[at + i] ^ flip) & 0xFF);
        }
        at += 1 + count;
        return value;
    }

    private double readDouble(int tag, int flip) {
        Check.that(tag == KeyTag.DOUBLE && at + 9 <= end, "a double key part has nine bytes");
        long bits = (long) LONG.get(key, at + 1);
        if (flip != 0) {
            bits = ~bits;
        }
        at += 9;
        return Double.longBitsToDouble(bits ^ (bits < 0 ? Long.MIN_VALUE : -1L));
    }

    private void readDecimal(int tag, int flip, DecimalVector into, int index) {
        Check.that(tag == KeyTag.DECIMAL && at + 2 <= end, "a decimal key part has a decimal's tag");
        int head = (key[at + 1] ^ flip) & 0xFF;
        at += 2;
        if (head == 0x80) {
            into.setUnscaled(index, 0);
            return;
        }
        boolean isNegative = head < 0x80;
        int mask = flip ^ (isNegative ? 0xFF : 0);
        int exponent = (isNegative ? 0xFF - head : head) - 0xA0;
        int wanted = exponent + into.scale();
        int count = 0;
        int pair;
        do {
            Check.that(at < end, "a key part ends within its key");
            pair = (key[at] ^ mask) & 0xFF;
            at++;
            if (count + 2 > digits.length) {
                digits = Arrays.copyOf(digits, digits.length * 2);
            }
            digits[count] = (byte) (pair / 20);
            digits[count + 1] = (byte) (pair / 2 % 10);
            count += 2;
        } while ((pair & 1) != 0);
        if (wanted <= 18) {
            long value = 0;
            for (int i = 0; i < wanted; i++) {
                value = value * 10 + (i < count ? digits[i] : 0);
            }
            into.setUnscaled(index, isNegative ? -value : value);
        } else {
            StringBuilder text = new StringBuilder(wanted + 1);
            text.append(isNegative ? "-" : "");
            for (int i = 0; i < wanted; i++) {
                text.append((char) ('0' + (i < count ? digits[i] : 0)));
            }
            into.setUnscaled(index, new BigInteger(text.toString()));
        }
    }

    private void skipDecimal(int flip) {
        Check.that(at + 2 <= end, "a key part ends within its key");
        int head = (key[at + 1] ^ flip) & 0xFF;
        at += 2;
        if (head == 0x80) {
            return;
        }
        int mask = flip ^ (head < 0x80 ? 0xFF : 0);
        while (at < end && ((key[at] ^ mask) & 1) != 0) {
            at++;
        }
        at++;
    }

    private int endOfBytes(int flip) {
        int i = at + 1;
        byte stop = (byte) flip;
        while (i < end && key[i] != stop) {
            i++;
        }
        Check.that(i < end, "bytes in a key are terminated");
        return i;
    }

    private void readBytes(int tag, int flip, BytesVector into, int index) {
        Check.that(tag == KeyTag.BYTES, "a byte key part has its tag", "tag", tag);
        int from = at + 1;
        int stop = endOfBytes(flip);
        at = stop + 1;
        byte escape = (byte) (KeyTag.ESCAPE ^ flip);
        int escapes = 0;
        for (int i = from; i < stop; i++) {
            if (key[i] == escape) {
                escapes++;
                i++;
            }
        }
        if (escapes == 0 && flip == 0) {
            into.set(index, key, from, stop - from);
            return;
        }
        byte[] plain = new byte[stop - from - escapes];
        int n = 0;
        for (int i = from; i < stop; i++) {
            if (key[i] == escape) {
                i++;
                plain[n] = (byte) (((key[i] ^ flip) & 0xFF) - 1);
            } else {
                plain[n] = (byte) (key[i] ^ flip);
            }
            n++;
        }
        into.set(index, plain);
    }
}
