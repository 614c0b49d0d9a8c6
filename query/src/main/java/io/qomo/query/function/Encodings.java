package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Utf8;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Strings in the bytes of their character set.
final class Encodings {
    private Encodings() {}

    /// The argument's bytes in its character set.
    static byte[] encoded(Row row, int arg, Charset charset) {
        if (isUtf8(charset) || Utf8.isAscii(row.base(arg), row.offset(arg), row.length(arg))) {
            return row.bytes(arg);
        }
        return Charsets.encode(row.bytes(arg), charset);
    }

    /// Raw bytes read in a character set as UTF-8, or null if they are invalid.
    static byte @Nullable [] decoded(Row row, int arg, Charset charset) {
        byte[] bytes = row.base(arg);
        int offset = row.offset(arg);
        int length = row.length(arg);
        if (charset == Charset.BINARY || Utf8.isAscii(bytes, offset, length)) {
            return row.bytes(arg);
        }
        if (Charsets.invalidAt(bytes, offset, length, charset) >= 0) {
            return null;
        }
        if (isUtf8(charset)) {
            return row.bytes(arg);
        }
        ByteBuilder out = row.buffer();
        Charsets.decode(bytes, offset, length, charset, out);
        return out.toBytes();
    }

    /// The argument with the characters the set does not have replaced by `?`, or null if it has them all.
    static byte @Nullable [] replace(Row row, int arg, Charset charset) {
        byte[] bytes = row.base(arg);
        int offset = row.offset(arg);
        int length = row.length(arg);
        if (Utf8.isAscii(bytes, offset, length) || Charsets.canEncode(bytes, offset, length, charset)) {
            return null;
        }
        ByteBuilder out = row.buffer();
        int end = offset + length;
        for (int i = offset; i < end; ) {
            int n = Utf8.charLength(bytes, i, end);
            if (Charsets.canEncode(bytes, i, n, charset)) {
                out.put(bytes, i, n);
            } else {
                out.put('?');
            }
            i += n;
        }
        return out.toBytes();
    }

    /// True of character sets whose strings are UTF-8 (or raw) outside too.
    static boolean isUtf8(Charset charset) {
        return charset == Charset.UTF8MB4
                || charset == Charset.UTF8MB3
                || charset == Charset.ASCII
                || charset == Charset.BINARY;
    }

    /// True if the character set has all characters of the other.
    static boolean covers(Charset to, Charset from) {
        return to == from
                || to == Charset.UTF8MB4
                || from == Charset.ASCII
                || (to == Charset.UTF8MB3 && from != Charset.UTF8MB4);
    }

    /// The first bytes from `offset` on as `\xC3\x28`, for errors; ASCII as it is.
    static String shown(byte[] bytes, int offset, int end, int most) {
        StringBuilder text = new StringBuilder();
        int stop = Math.min(end, offset + most);
        for (byte b : Arrays.copyOfRange(bytes, offset, stop)) {
            if (b >= ' ' && b < 127) {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02X", b));
            }
        }
        return text.append(stop < end ? "..." : "").toString();
    }
}
