package io.qomo.serve.mysql.result;

import io.qomo.base.type.Charset;
import io.qomo.serve.mysql.wire.WireBuffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Converts the engine's UTF-8 to a character set of the client; what it lacks becomes `?`.
public final class ResultCharset {
    private ResultCharset() {}

    /// True if UTF-8 can go out as it is.
    static boolean isUtf8(Charset target) {
        return target == Charset.UTF8MB4 || target == Charset.BINARY;
    }

    /// Writes a length-encoded string.
    static void putLenenc(byte[] utf8, int offset, int length, Charset target, WireBuffer out) {
        if (isUtf8(target) || isAscii(utf8, offset, length)) {
            out.putLenencBytes(utf8, offset, length);
        } else {
            out.putLenencBytes(convert(new String(utf8, offset, length, StandardCharsets.UTF_8), target));
        }
    }

    /// Writes a length-encoded string; null is the client's wish for no conversion.
    public static void putLenenc(String text, @Nullable Charset target, WireBuffer out) {
        out.putLenencBytes(convert(text, target == null ? Charset.UTF8MB4 : target));
    }

    /// The string's bytes in a character set.
    public static byte[] convert(String text, Charset target) {
        if (isUtf8(target)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        CharsetEncoder encoder = switch (target) {
            case LATIN1 -> java.nio.charset.Charset.forName("windows-1252").newEncoder();
            case ASCII -> StandardCharsets.US_ASCII.newEncoder();
            case GBK -> java.nio.charset.Charset.forName("GBK").newEncoder();
            case UTF8MB3, UTF8MB4, BINARY -> StandardCharsets.UTF_8.newEncoder();
        };
        String source = target == Charset.UTF8MB3 ? text.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?") : text;
        encoder.onUnmappableCharacter(CodingErrorAction.REPLACE)
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(new byte[] {'?'});
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.ceil(source.length() * (double) encoder.maxBytesPerChar()));
        encoder.encode(CharBuffer.wrap(source), bytes, true);
        encoder.flush(bytes);
        byte[] result = new byte[bytes.flip().remaining()];
        bytes.get(result);
        return result;
    }

    /// The text of bytes in a character set of the client.
    public static String decode(byte[] bytes, Charset source) {
        return switch (source) {
            case BINARY, UTF8MB4, UTF8MB3 -> new String(bytes, StandardCharsets.UTF_8);
            case LATIN1 -> new String(bytes, java.nio.charset.Charset.forName("windows-1252"));
            case ASCII -> new String(bytes, StandardCharsets.US_ASCII);
            case GBK -> new String(bytes, java.nio.charset.Charset.forName("GBK"));
        };
    }

    /// Bytes of a client in the engine's UTF-8, the same array if there is nothing to convert; null for
    /// bytes that are not in the character set.
    public static byte @Nullable [] toUtf8(byte[] bytes, Charset source) {
        if (isAscii(bytes, 0, bytes.length)) {
            return bytes;
        }
        java.nio.charset.Charset javaCharset = switch (source) {
            case BINARY, UTF8MB4, UTF8MB3 -> StandardCharsets.UTF_8;
            case LATIN1 -> java.nio.charset.Charset.forName("windows-1252");
            case ASCII -> StandardCharsets.US_ASCII;
            case GBK -> java.nio.charset.Charset.forName("GBK");
        };
        try {
            CharBuffer text = javaCharset
                    .newDecoder()
                    .onMalformedInput(source == Charset.LATIN1 ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes));
            return javaCharset == StandardCharsets.UTF_8
                    ? bytes
                    : text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
