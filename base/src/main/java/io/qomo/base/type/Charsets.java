package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/// Conversion between the bytes of a client's or column's character set and UTF-8, the form of strings in the engine.
///
/// What has no counterpart becomes `?`; functions return how often that happened. MySQL's latin1 is Windows-1252 with
/// its five undefined bytes standing for the control characters of the same number.
public final class Charsets {
    private static final String CP1252_80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private Charsets() {}

    /// GBK's two-byte codes and the characters of the BMP; made on first use.
    private static final class Gbk {
        static final char[] TO_UNICODE = new char[0x10000];
        static final char[] FROM_UNICODE = new char[0x10000];

        static {
            CharsetDecoder decoder = java.nio.charset.Charset.forName("GBK")
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            for (int code = 0x8140; code <= 0xFEFE; code++) {
                if ((code & 0xFF) < 0x40) {
                    continue;
                }
                byte[] pair = {(byte) (code >> 8), (byte) code};
                try {
                    CharBuffer chars = decoder.reset().decode(ByteBuffer.wrap(pair));
                    if (chars.length() == 1 && FROM_UNICODE[chars.charAt(0)] == 0) {
                        TO_UNICODE[code] = chars.charAt(0);
                        FROM_UNICODE[chars.charAt(0)] = (char) code;
                    }
                } catch (CharacterCodingException undefined) {
                    TO_UNICODE[code] = 0;
                }
            }
        }
    }

    /// The byte of a character in latin1, or −1.
    static int latin1Byte(int codePoint) {
        if (codePoint < 0x80 || (codePoint >= 0xA0 && codePoint <= 0xFF)) {
            return codePoint;
        }
        int i = codePoint > 0xFFFF ? -1 : CP1252_80.indexOf((char) codePoint);
        return i < 0 ? -1 : 0x80 + i;
    }

    private static int latin1Char(int b) {
        return b >= 0x80 && b < 0xA0 ? CP1252_80.charAt(b - 0x80) : b;
    }

    /// The two bytes of a character in GBK as a number, or −1.
    static int gbkCode(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint;
        }
        int code = codePoint > 0xFFFF ? 0 : Gbk.FROM_UNICODE[codePoint];
        return code == 0 ? -1 : code;
    }

    /// Appends, as UTF-8, bytes in a character set; returns how many characters became `?`. Binary bytes are appended
    /// as they are.
    public static int decode(byte[] bytes, int offset, int length, Charset from, ByteBuilder out) {
        if (from == Charset.BINARY || Utf8.isAscii(bytes, offset, length)) {
            out.put(bytes, offset, length);
            return 0;
        }
        return switch (from) {
            case UTF8MB4, UTF8MB3 -> decodeUtf8(bytes, offset, offset + length, from.maxBytesPerChar(), out);
            case LATIN1 -> {
                for (int i = offset; i < offset + length; i++) {
                    out.putCodePoint(latin1Char(bytes[i] & 0xFF));
                }
                yield 0;
            }
            case ASCII -> {
                int replaced = 0;
                for (int i = offset; i < offset + length; i++) {
                    out.put(bytes[i] >= 0 ? bytes[i] : '?');
                    replaced += bytes[i] >= 0 ? 0 : 1;
                }
                yield replaced;
            }
            case GBK -> decodeGbk(bytes, offset, offset + length, out);
            case BINARY -> 0;
        };
    }

    private static int decodeUtf8(byte[] bytes, int from, int end, int maxBytes, ByteBuilder out) {
        int replaced = 0;
        int run = from;
        int i = from;
        while (i < end) {
            int n = bytes[i] >= 0 ? 1 : Utf8.validLength(bytes, i, end);
            if (n == 0 || n > maxBytes) {
                out.put(bytes, run, i - run).put('?');
                replaced++;
                i += Math.max(n, 1);
                run = i;
            } else {
                i += n;
            }
        }
        out.put(bytes, run, end - run);
        return replaced;
    }

    private static int decodeGbk(byte[] bytes, int from, int end, ByteBuilder out) {
        int replaced = 0;
        int i = from;
        while (i < end) {
            if (bytes[i] >= 0) {
                out.put(bytes[i]);
                i++;
                continue;
            }
            char c = i + 1 < end ? Gbk.TO_UNICODE[(bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)] : 0;
            if (c != 0) {
                out.putCodePoint(c);
            } else {
                out.put('?');
                replaced++;
            }
            i += i + 1 < end && (bytes[i + 1] & 0xFF) >= 0x40 ? 2 : 1;
        }
        return replaced;
    }

    /// Appends, in a character set, a string of UTF-8; returns how many characters became `?`. To binary the bytes
    /// are appended as they are.
    public static int encode(byte[] utf8, int offset, int length, Charset to, ByteBuilder out) {
        if (to == Charset.BINARY || to == Charset.UTF8MB4 || Utf8.isAscii(utf8, offset, length)) {
            out.put(utf8, offset, length);
            return 0;
        }
        int end = offset + length;
        int replaced = 0;
        int i = offset;
        while (i < end) {
            int c = Utf8.codePointAt(utf8, i, end);
            int n = Utf8.charLength(utf8, i, end);
            if (!encodeChar(c, to, out)) {
                out.put('?');
                replaced++;
            }
            i += n;
        }
        return replaced;
    }

    private static boolean encodeChar(int c, Charset to, ByteBuilder out) {
        int code;
        switch (to) {
            case UTF8MB3 -> {
                if (c <= 0xFFFF) {
                    out.putCodePoint(c);
                }
                return c <= 0xFFFF;
            }
            case LATIN1 -> code = latin1Byte(c);
            case ASCII -> code = c < 0x80 ? c : -1;
            default -> code = gbkCode(c);
        }
        if (code < 0) {
            return false;
        }
        if (code > 0xFF) {
            out.put(code >> 8);
        }
        out.put(code);
        return true;
    }

    /// True if every character of a UTF-8 string is in a character set.
    public static boolean canEncode(byte[] utf8, int offset, int length, Charset to) {
        if (to == Charset.BINARY || to == Charset.UTF8MB4 || Utf8.isAscii(utf8, offset, length)) {
            return true;
        }
        return encode(utf8, offset, length, to, new ByteBuilder(length)) == 0;
    }

    /// The position of the first byte that is not valid in a character set, or −1.
    public static int invalidAt(byte[] bytes, int offset, int length, Charset charset) {
        int end = offset + length;
        return switch (charset) {
            case BINARY, LATIN1 -> -1;
            case UTF8MB4 -> Utf8.invalidAt(bytes, offset, length);
            case UTF8MB3 -> {
                int invalid = Utf8.invalidAt(bytes, offset, length);
                int stop = invalid < 0 ? end : invalid;
                for (int i = offset; i < stop; i++) {
                    if ((bytes[i] & 0xFF) >= 0xF0) {
                        yield i;
                    }
                }
                yield invalid;
            }
            case ASCII -> {
                for (int i = offset; i < end; i++) {
                    if (bytes[i] < 0) {
                        yield i;
                    }
                }
                yield -1;
            }
            case GBK -> invalidGbk(bytes, offset, end);
        };
    }

    private static int invalidGbk(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            if (bytes[i] >= 0) {
                i++;
            } else {
                int lead = bytes[i] & 0xFF;
                int trail = i + 1 < end ? bytes[i + 1] & 0xFF : 0;
                if (lead == 0x80 || lead == 0xFF || trail < 0x40 || trail == 0x7F || trail == 0xFF) {
                    return i;
                }
                i += 2;
            }
        }
        return -1;
    }

    /// The bytes a UTF-8 string has in a character set: what LENGTH() tells.
    public static int encodedLength(byte[] utf8, int offset, int length, Charset charset) {
        return switch (charset) {
            case BINARY, UTF8MB4 -> length;
            case UTF8MB3 -> {
                int bytes = length;
                for (int i = offset; i < offset + length; i++) {
                    // A supplementary character becomes one question mark.
                    bytes -= (utf8[i] & 0xFF) >= 0xF0 ? 3 : 0;
                }
                yield bytes;
            }
            case LATIN1, ASCII -> Utf8.charCount(utf8, offset, length);
            case GBK -> {
                int end = offset + length;
                int bytes = 0;
                int i = offset;
                while (i < end) {
                    bytes += gbkCode(Utf8.codePointAt(utf8, i, end)) > 0xFF ? 2 : 1;
                    i += Utf8.charLength(utf8, i, end);
                }
                yield bytes;
            }
        };
    }

    /// A UTF-8 string's bytes in a character set.
    public static byte[] encode(byte[] utf8, Charset to) {
        if (to == Charset.BINARY || to == Charset.UTF8MB4 || Utf8.isAscii(utf8, 0, utf8.length)) {
            return Arrays.copyOf(utf8, utf8.length);
        }
        ByteBuilder out = new ByteBuilder(utf8.length);
        encode(utf8, 0, utf8.length, to, out);
        return out.toBytes();
    }
}
