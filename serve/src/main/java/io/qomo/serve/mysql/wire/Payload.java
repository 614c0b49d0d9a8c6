package io.qomo.serve.mysql.wire;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads the payload of one packet front to back. Every method throws `MALFORMED_PACKET` rather than read
/// past the end.
public final class Payload {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int position;
    private int end;

    /// Reads from a slice, which is not copied.
    public Payload set(byte[] array, int offset, int length) {
        bytes = array;
        position = offset;
        end = offset + length;
        return this;
    }

    /// The array read from.
    public byte[] array() {
        return bytes;
    }

    /// Where in the array the next byte is.
    public int position() {
        return position;
    }

    /// Bytes left.
    public int remaining() {
        return end - position;
    }

    /// Steps over `count` bytes and returns where they start in [#array].
    public int skip(int count) {
        if (count < 0 || count > end - position) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        int start = position;
        position += count;
        return start;
    }

    /// One byte, 0 to 255.
    public int readByte() {
        return bytes[skip(1)] & 0xFF;
    }

    /// Two bytes, unsigned.
    public int readShort() {
        return (short) SHORTS.get(bytes, skip(2)) & 0xFFFF;
    }

    /// Three bytes, unsigned.
    public int readInt3() {
        int at = skip(3);
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    }

    /// Four bytes.
    public int readInt() {
        return (int) INTS.get(bytes, skip(4));
    }

    /// Eight bytes.
    public long readLong() {
        return (long) LONGS.get(bytes, skip(8));
    }

    /// A length-encoded integer; values of 2^63 and more are refused.
    public long readLenenc() {
        int first = readByte();
        if (first < 0xFB) {
            return first;
        }
        long value = switch (first) {
            case 0xFC -> readShort();
            case 0xFD -> readInt3();
            case 0xFE -> readLong();
            default -> -1;
        };
        if (value < 0) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        return value;
    }

    /// A length-encoded integer that counts bytes still in this payload.
    public int readLenencLength() {
        long length = readLenenc();
        if (length > end - position) {
            throw new SqlException(ErrorCode.MALFORMED_PACKET);
        }
        return (int) length;
    }

    /// A copy of the next bytes.
    public byte[] readBytes(int count) {
        int start = skip(count);
        return Arrays.copyOfRange(bytes, start, start + count);
    }

    /// A copy of a length-encoded string.
    public byte[] readLenencBytes() {
        return readBytes(readLenencLength());
    }

    /// A copy of the bytes up to the next zero byte, which is stepped over.
    public byte[] readNulBytes() {
        for (int i = position; i < end; i++) {
            if (bytes[i] == 0) {
                byte[] read = Arrays.copyOfRange(bytes, position, i);
                position = i + 1;
                return read;
            }
        }
        throw new SqlException(ErrorCode.MALFORMED_PACKET);
    }

    /// As [#readNulBytes], or all the rest if there is no zero byte.
    public byte[] readNulOrRestBytes() {
        for (int i = position; i < end; i++) {
            if (bytes[i] == 0) {
                return readNulBytes();
            }
        }
        return readBytes(remaining());
    }
}
