package io.qomo.serve.mysql.result;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Utf8;
import io.qomo.serve.mysql.wire.WireBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strings between the engine's UTF-8 and a character set of the client; what that lacks becomes `?`.
public final class ResultCharset {
    private ResultCharset() {}

    /// True if UTF-8 goes out as it is.
    static boolean isUtf8(Charset target) {
        return target == Charset.UTF8MB4 || target == Charset.BINARY;
    }

    /// Writes a length-encoded string.
    static void putLenenc(byte[] utf8, int offset, int length, Charset target, WireBuffer out) {
        if (isUtf8(target) || Utf8.isAscii(utf8, offset, length)) {
            out.putLenencBytes(utf8, offset, length);
            return;
        }
        int start = out.size();
        Charsets.encode(utf8, offset, length, target, out.text());
        insertLength(start, out);
    }

    /// Puts the length of what was written from `start` on in front of it.
    static void insertLength(int start, WireBuffer out) {
        int length = out.size() - start;
        out.putLenenc(length);
        int prefix = out.size() - start - length;
        byte[] bytes = out.ensure(prefix);
        System.arraycopy(bytes, start + length, bytes, start + length + prefix, prefix);
        System.arraycopy(bytes, start, bytes, start + prefix, length);
        System.arraycopy(bytes, start + length + prefix, bytes, start, prefix);
    }

    /// Writes a length-encoded string; null is the client's wish for no conversion.
    public static void putLenenc(String text, @Nullable Charset target, WireBuffer out) {
        out.putLenencBytes(convert(text, target == null ? Charset.UTF8MB4 : target));
    }

    /// The string's bytes in a character set.
    public static byte[] convert(String text, Charset target) {
        return Charsets.encode(text.getBytes(StandardCharsets.UTF_8), target);
    }

    /// The text of bytes in a character set of the client.
    public static String decode(byte[] bytes, Charset source) {
        ByteBuilder utf8 = new ByteBuilder(bytes.length);
        Charsets.decode(bytes, 0, bytes.length, source, utf8);
        return utf8.toString();
    }

    /// Bytes of a client in the engine's UTF-8, the same array if there is nothing to convert; null for
    /// bytes that are not in the character set.
    public static byte @Nullable [] toUtf8(byte[] bytes, Charset source) {
        if (Utf8.isAscii(bytes, 0, bytes.length)) {
            return bytes;
        }
        if (Charsets.invalidAt(bytes, 0, bytes.length, source) >= 0) {
            return null;
        }
        if (source == Charset.UTF8MB4 || source == Charset.UTF8MB3) {
            return bytes;
        }
        ByteBuilder utf8 = new ByteBuilder(2 * bytes.length);
        Charsets.decode(bytes, 0, bytes.length, source, utf8);
        return utf8.toBytes();
    }
}
