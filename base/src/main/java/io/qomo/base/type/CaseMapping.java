package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;

/// UPPER() and LOWER() on UTF-8: character by character, so `ß` stays as it is, as in MySQL.
///
/// A mapping that a column's character set lacks is not made: in latin1 `ÿ` has no upper case. Binary strings
/// have no case: the caller leaves them alone. Source: MySQL 8.0 manual, "String Functions".
public final class CaseMapping {
    private CaseMapping() {}

    /// Appends the upper-case form.
    public static void upper(byte[] utf8, int offset, int length, Charset charset, ByteBuilder out) {
        map(utf8, offset, length, charset, true, out);
    }

    /// Appends the lower-case form.
    public static void lower(byte[] utf8, int offset, int length, Charset charset, ByteBuilder out) {
        map(utf8, offset, length, charset, false, out);
    }

    private static void map(byte[] utf8, int offset, int length, Charset charset, boolean isUpper, ByteBuilder out) {
        int end = offset + length;
        int low = isUpper ? 'a' : 'A';
        int high = isUpper ? 'z' : 'Z';
        byte[] array = out.reserve(length);
        int at = out.length();
        int i = offset;
        while (i < end && utf8[i] >= 0) {
            int b = utf8[i];
            array[at] = (byte) (b >= low && b <= high ? b ^ 32 : b);
            at++;
            i++;
        }
        out.setLength(at);
        while (i < end) {
            int c = Utf8.codePointAt(utf8, i, end);
            int n = Utf8.charLength(utf8, i, end);
            int mapped = isUpper ? Character.toUpperCase(c) : Character.toLowerCase(c);
            if (mapped == c || !hasCharacter(charset, mapped)) {
                out.put(utf8, i, n);
            } else {
                out.putCodePoint(mapped);
            }
            i += n;
        }
    }

    private static boolean hasCharacter(Charset charset, int c) {
        return switch (charset) {
            case BINARY, UTF8MB4 -> true;
            case UTF8MB3 -> c <= 0xFFFF;
            // The table of latin1 maps within A0 to FF only.
            case LATIN1 -> c <= 0xFF;
            case ASCII -> c < 0x80;
            case GBK -> Charsets.gbkCode(c) >= 0;
        };
    }
}
