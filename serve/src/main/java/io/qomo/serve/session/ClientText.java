package io.qomo.serve.session;

import io.qomo.base.type.Charset;
import io.qomo.base.type.RawText;
import java.nio.charset.StandardCharsets;

/// Statement text as it comes from clients.
final class ClientText {
    private static final java.nio.charset.Charset GBK = java.nio.charset.Charset.forName("GBK");
    private static final java.nio.charset.Charset CP1252 = java.nio.charset.Charset.forName("windows-1252");

    private static final char UNDEFINED = '\uFFFD';

    private ClientText() {}

    /// The text of bytes in a character set. UTF-8 (and binary, which is taken for it) loses no byte: see [RawText].
    static String decode(byte[] bytes, int offset, int length, Charset charset) {
        return switch (charset) {
            case UTF8MB4, UTF8MB3, BINARY, ASCII -> RawText.decode(bytes, offset, length);
            case LATIN1 -> latin1(bytes, offset, length);
            case GBK -> new String(bytes, offset, length, GBK);
        };
    }

    /// MySQL's latin1 has five control characters where Windows-1252 has nothing.
    private static String latin1(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, CP1252);
        if (text.indexOf(UNDEFINED) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < length; i++) {
            if (out.charAt(i) == UNDEFINED) {
                out.setCharAt(i, (char) (bytes[offset + i] & 0xFF));
            }
        }
        return out.toString();
    }

    /// Bytes of a text in a character set; what it does not have becomes `?`.
    static byte[] encode(String text, Charset charset) {
        return switch (charset) {
            case UTF8MB4, UTF8MB3, BINARY -> text.getBytes(StandardCharsets.UTF_8);
            case ASCII -> text.getBytes(StandardCharsets.US_ASCII);
            case LATIN1 -> text.getBytes(CP1252);
            case GBK -> text.getBytes(GBK);
        };
    }
}
