package io.qomo.base.type;

import java.nio.charset.StandardCharsets;

/// SQL text as a Java string that loses no byte: dumps hold binary strings as they are (`_binary'…'`), which need not
/// be
/// valid in the text's character set.
///
/// Bytes that are not valid UTF-8 become one char each, U+DC80 to U+DCFF (a low surrogate alone, which no valid text
/// has); [#encode] turns those back into the bytes they were.
public final class RawText {
    private static final char FIRST_RAW = 0xDC80;
    private static final char LAST_RAW = 0xDCFF;

    private RawText() {}

    /// The text of bytes that should be UTF-8.
    public static String decode(byte[] bytes, int offset, int length) {
        if (Utf8.invalidAt(bytes, offset, length) < 0) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
        StringBuilder out = new StringBuilder(length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int invalid = Utf8.invalidAt(bytes, at, end - at);
            int stop = invalid < 0 ? end : invalid;
            out.append(new String(bytes, at, stop - at, StandardCharsets.UTF_8));
            if (invalid >= 0) {
                out.append((char) (FIRST_RAW + (bytes[invalid] & 0x7F)));
                stop++;
            }
            at = stop;
        }
        return out.toString();
    }

    /// True if the text holds bytes that are not valid UTF-8.
    public static boolean hasRawBytes(String text) {
        return hasRawBytes(text, 0, text.length());
    }

    /// True if a part of the text holds bytes that are not valid UTF-8.
    public static boolean hasRawBytes(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isRaw(text, i)) {
                return true;
            }
        }
        return false;
    }

    /// The bytes of a text, those that were not valid included.
    public static byte[] encode(String text) {
        if (!hasRawBytes(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(text.length());
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isRaw(text, i)) {
                out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                out.write(text.charAt(i) - FIRST_RAW | 0x80);
                from = i + 1;
            }
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static boolean isRaw(String text, int i) {
        char c = text.charAt(i);
        return c >= FIRST_RAW && c <= LAST_RAW && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
