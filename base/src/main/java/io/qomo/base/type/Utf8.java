package io.qomo.base.type;

/// Characters in UTF-8 bytes, without decoding to Java strings. Positions and lengths are bytes unless a name says
/// characters; a character is a code point.
///
/// Functions that walk trust their input to be valid UTF-8 (see [#invalidAt]); on other bytes they give some answer
/// within the bounds and never loop. Nothing allocates unless said.
public final class Utf8 {
    /// The code point that stands for undecodable bytes.
    public static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /// The length of the character that starts at `at`, cut at `end`; at least 1.
    public static int charLength(byte[] a, int at, int end) {
        int b = a[at];
        if (b >= 0) {
            return 1;
        }
        int length = b < (byte) 0xC0 ? 1 : b < (byte) 0xE0 ? 2 : b < (byte) 0xF0 ? 3 : 4;
        return Math.min(length, end - at);
    }

    /// The code point that starts at `at`.
    public static int codePointAt(byte[] a, int at, int end) {
        int b = a[at];
        if (b >= 0) {
            return b;
        }
        int length = charLength(a, at, end);
        return switch (length) {
            case 2 -> (b & 0x1F) << 6 | (a[at + 1] & 0x3F);
            case 3 -> (b & 0x0F) << 12 | (a[at + 1] & 0x3F) << 6 | (a[at + 2] & 0x3F);
            case 4 ->
                Math.min(
                        (b & 0x07) << 18 | (a[at + 1] & 0x3F) << 12 | (a[at + 2] & 0x3F) << 6 | (a[at + 3] & 0x3F),
                        Character.MAX_CODE_POINT);
            default -> REPLACEMENT;
        };
    }

    /// Bytes a code point takes.
    public static int byteLength(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /// The number of characters.
    public static int charCount(byte[] a, int offset, int length) {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            // A byte that does not continue a character starts one.
            count += a[i] < (byte) 0xC0 ? 0 : 1;
        }
        return count;
    }

    /// The byte position, from `offset` on, at which `chars` characters have passed; the end if there are fewer.
    public static int skip(byte[] a, int offset, int length, long chars) {
        int end = offset + length;
        if (chars >= length) {
            return end;
        }
        int i = offset;
        for (long n = chars; n > 0 && i < end; n--) {
            i += charLength(a, i, end);
        }
        return i;
    }

    /// The byte position at which the last `chars` characters start; `offset` if there are fewer.
    public static int skipBack(byte[] a, int offset, int length, long chars) {
        int i = offset + length;
        for (long n = chars; n > 0 && i > offset; n--) {
            do {
                i--;
            } while (i > offset && a[i] < (byte) 0xC0);
        }
        return i;
    }

    /// True if all bytes are ASCII.
    public static boolean isAscii(byte[] a, int offset, int length) {
        int bits = 0;
        for (int i = offset; i < offset + length; i++) {
            bits |= a[i];
        }
        return bits >= 0;
    }

    /// The position of the first byte that is not valid UTF-8 (overlong forms and surrogates are not), or -1.
    public static int invalidAt(byte[] a, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            int b = a[i];
            if (b >= 0) {
                i++;
                continue;
            }
            int n = validLength(a, i, end);
            if (n == 0) {
                return i;
            }
            i += n;
        }
        return -1;
    }

    /// The length of the valid character of two or more bytes at `i`, or 0.
    static int validLength(byte[] a, int i, int end) {
        int b = a[i] & 0xFF;
        int n = b < 0xC2 ? 0 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : b < 0xF5 ? 4 : 0;
        if (n == 0 || i + n > end) {
            return 0;
        }
        int second = a[i + 1] & 0xFF;
        int low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        int high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int k = 2; k < n; k++) {
            if (a[i + k] >= (byte) 0xC0) {
                return 0;
            }
        }
        return n;
    }
}
