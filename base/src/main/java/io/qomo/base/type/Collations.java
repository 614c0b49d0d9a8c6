package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.util.Arrays;

/// Compares, hashes and makes sort keys of strings by their collation.
///
/// Strings are slices of UTF-8 (raw bytes under [Collation#BINARY]). \[I1] `compare == 0`, equal hashes and
/// equal sort keys agree, and sort keys compare as unsigned bytes as the strings do. Equal prefixes and
/// ASCII are compared without allocation. All functions may be called by any thread.
///
/// Source: MySQL 8.0 manual, "Unicode Character Sets" (levels, padding, ignorable characters), and Unicode
/// TR10.
public final class Collations {
    private static final int HASH_START = 0x9E3779B9;

    private Collations() {}

    /// Negative, zero or positive as `a` sorts below, with or above `b`.
    public static int compare(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength, Collation c) {
        WeightTable[] levels = WeightTables.of(c);
        if (levels.length == 0) {
            return c.padSpace()
                    ? comparePaddedBytes(a, aOffset, aLength, b, bOffset, bLength)
                    : Arrays.compareUnsigned(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
        }
        int aEnd = aOffset + aLength;
        int bEnd = bOffset + bLength;
        for (WeightTable level : levels) {
            int order = compareLevel(a, aOffset, aEnd, b, bOffset, bEnd, level, c.padSpace());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// As the long form, of whole arrays.
    public static int compare(byte[] a, byte[] b, Collation c) {
        return compare(a, 0, a.length, b, 0, b.length, c);
    }

    /// True if the strings are equal; cheaper than comparing where the collation compares bytes.
    public static boolean equals(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength, Collation c) {
        if (aLength == bLength && Arrays.equals(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength)) {
            return true;
        }
        if (!c.padSpace() && c.algorithm() == Collation.Algorithm.BYTES) {
            return false;
        }
        return compare(a, aOffset, aLength, b, bOffset, bLength, c) == 0;
    }

    /// A hash that is the same for equal strings; not stable between versions, for memory only.
    public static int hash(byte[] a, int offset, int length, Collation c) {
        WeightTable[] levels = WeightTables.of(c);
        if (levels.length == 0) {
            return hashBytes(a, offset, c.padSpace() ? trimmedLength(a, offset, length) : length);
        }
        // Equal strings are equal on the first level; the others would only tell rare cases apart.
        return finish(hashLevel(a, offset, offset + length, levels[0], c.padSpace()));
    }

    /// Appends bytes that compare as the strings do. Not terminated: keys of several parts must escape and
    /// terminate it, as [io.qomo.base.codec.KeyWriter] does.
    public static void appendSortKey(byte[] a, int offset, int length, Collation c, ByteBuilder out) {
        WeightTable[] levels = WeightTables.of(c);
        if (levels.length == 0) {
            if (c.padSpace()) {
                appendPaddedBytes(a, offset, length, out);
            } else {
                out.put(a, offset, length);
            }
            return;
        }
        for (int i = 0; i < levels.length; i++) {
            if (i > 0) {
                out.put(0);
            }
            appendLevel(a, offset, offset + length, levels[i], c.padSpace(), out);
        }
    }

    /// Appends what the sort keys of all strings begin with whose first `weights` weights are those of this
    /// string; without spaces at their end, which may be written as its end. False, and nothing is
    /// appended, if the string has fewer. For collations that expand.
    public static boolean appendSortKeyStart(
            byte[] a, int offset, int length, Collation c, int weights, ByteBuilder out) {
        WeightTable table = WeightTables.of(c)[0];
        WeightCursor cursor = new WeightCursor(table, a, offset, offset + length);
        int before = out.length();
        int spaces = 0;
        for (int n = 0; n < weights; n++) {
            int w = cursor.next();
            if (w == WeightCursor.END) {
                out.setLength(before);
                return false;
            }
            if (c.padSpace() && w == table.space()) {
                spaces++;
                continue;
            }
            for (; spaces > 0; spaces--) {
                table.appendSpace(w < table.space() ? -1 : 1, out);
            }
            table.append(w, out);
        }
        return true;
    }

    /// The byte position of the first occurrence of a needle in a slice, at a character and from `from` on,
    /// or −1. Only substrings of as many bytes as the needle are looked at (as MySQL's LOCATE() does: `ß`
    /// is found by `ss`, but `ä` not by `a`).
    public static int indexOf(
            byte[] a, int from, int end, byte[] needle, int needleOffset, int needleLength, Collation c) {
        WeightTable[] levels = WeightTables.of(c);
        int last = end - needleLength;
        int needleEnd = needleOffset + needleLength;
        int i = from;
        while (i <= last) {
            boolean isFound = levels.length == 0
                    ? Arrays.equals(a, i, i + needleLength, needle, needleOffset, needleEnd)
                    : isSameText(a, i, i + needleLength, needle, needleOffset, needleEnd, levels);
            if (isFound) {
                return i;
            }
            i += c == Collation.BINARY || i >= end ? 1 : Utf8.charLength(a, i, end);
        }
        return -1;
    }

    private static boolean isSameText(byte[] a, int from, int to, byte[] b, int bFrom, int bTo, WeightTable[] levels) {
        if (to < a.length && a[to] < (byte) 0xC0) {
            // The slice ends within a character.
            return false;
        }
        for (WeightTable level : levels) {
            if (compareLevel(a, from, to, b, bFrom, bTo, level, false) != 0) {
                return false;
            }
        }
        return true;
    }

    /// The length without the trailing spaces (0x20).
    public static int trimmedLength(byte[] a, int offset, int length) {
        int n = length;
        while (n > 0 && a[offset + n - 1] == ' ') {
            n--;
        }
        return n;
    }

    // -- by bytes

    private static int comparePaddedBytes(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        int common = Math.min(aLength, bLength);
        int at = Arrays.mismatch(a, aOffset, aOffset + common, b, bOffset, bOffset + common);
        if (at >= 0) {
            return Integer.compare(a[aOffset + at] & 0xFF, b[bOffset + at] & 0xFF);
        }
        if (aLength == bLength) {
            return 0;
        }
        return aLength > common
                ? relationToSpace(a, aOffset + common, aOffset + aLength)
                : -relationToSpace(b, bOffset + common, bOffset + bLength);
    }

    /// How the first byte that is no space compares with a space; 0 if there is none.
    private static int relationToSpace(byte[] a, int from, int end) {
        for (int i = from; i < end; i++) {
            if (a[i] != ' ') {
                return (a[i] & 0xFF) < ' ' ? -1 : 1;
            }
        }
        return 0;
    }

    /// Bytes below a space as they are plus 2, above it plus 4, spaces as one of three codes; FC to FF,
    /// which UTF-8 does not have, with an escape.
    private static void appendPaddedBytes(byte[] a, int offset, int length, ByteBuilder out) {
        int end = offset + trimmedLength(a, offset, length);
        for (int i = offset; i < end; i++) {
            int b = a[i] & 0xFF;
            if (b < ' ') {
                out.put(b + 2);
            } else if (b > ' ') {
                if (b < 0xFB) {
                    out.put(b + 4);
                } else {
                    out.put(0xFF).put(b);
                }
            } else {
                out.put(' ' + 3 + relationToSpace(a, i, end));
            }
        }
        out.put(' ' + 3);
    }

    private static int hashBytes(byte[] a, int offset, int length) {
        int hash = HASH_START;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + a[i];
        }
        return finish(hash);
    }

    private static int finish(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }

    // -- by weights

    private static int compareLevel(
            byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd, WeightTable table, boolean isPadded) {
        int[] ascii = table.ascii;
        int i = aStart;
        int j = bStart;
        while (i < aEnd && j < bEnd) {
            int x = a[i];
            int y = b[j];
            if (x != y) {
                if ((x | y) < 0) {
                    break;
                }
                int wx = ascii[x];
                int wy = ascii[y];
                if (wx != wy) {
                    if (wx == 0 || wy == 0) {
                        break;
                    }
                    return wx < wy ? -1 : 1;
                }
            }
            i++;
            j++;
        }
        // Both sides stand within the same character, if within any.
        while (i < aEnd && i > aStart && j > bStart && j < bEnd && (a[i] < (byte) 0xC0 || b[j] < (byte) 0xC0)) {
            i--;
            j--;
        }
        if (i == aEnd && j == bEnd) {
            return 0;
        }
        return compareWeights(
                new WeightCursor(table, a, i, aEnd), new WeightCursor(table, b, j, bEnd), table, isPadded);
    }

    private static int compareWeights(WeightCursor a, WeightCursor b, WeightTable table, boolean isPadded) {
        while (true) {
            int wx = a.next();
            int wy = b.next();
            if (wx == wy) {
                if (wx == WeightCursor.END) {
                    return 0;
                }
            } else if (wx == WeightCursor.END) {
                return isPadded ? -relationToSpace(wy, b, table) : -1;
            } else if (wy == WeightCursor.END) {
                return isPadded ? relationToSpace(wx, a, table) : 1;
            } else {
                return wx < wy ? -1 : 1;
            }
        }
    }

    /// How the first weight that is no space, from `first` on, compares with a space; 0 if there is none.
    private static int relationToSpace(int first, WeightCursor rest, WeightTable table) {
        int weight = first;
        while (weight == table.space()) {
            weight = rest.next();
        }
        return weight == WeightCursor.END ? 0 : weight < table.space() ? -1 : 1;
    }

    private static int hashLevel(byte[] a, int offset, int end, WeightTable table, boolean isPadded) {
        int hash = HASH_START;
        int spaces = 0;
        int i = offset;
        for (; i < end && a[i] >= 0; i++) {
            int w = table.ascii[a[i]];
            if (w == table.space() && isPadded) {
                spaces++;
            } else if (w != 0) {
                hash = addSpaces(hash, spaces, table) * 31 + w;
                spaces = 0;
            }
        }
        if (i < end) {
            WeightCursor cursor = new WeightCursor(table, a, i, end);
            for (int w = cursor.next(); w != WeightCursor.END; w = cursor.next()) {
                if (w == table.space() && isPadded) {
                    spaces++;
                } else {
                    hash = addSpaces(hash, spaces, table) * 31 + w;
                    spaces = 0;
                }
            }
        }
        return hash;
    }

    private static int addSpaces(int hash, int spaces, WeightTable table) {
        int result = hash;
        for (int i = 0; i < spaces; i++) {
            result = 31 * result + table.space();
        }
        return result;
    }

    private static void appendLevel(
            byte[] a, int offset, int end, WeightTable table, boolean isPadded, ByteBuilder out) {
        int i = appendAscii(a, offset, end, table, isPadded, out);
        if (i < end) {
            appendWeights(new WeightCursor(table, a, i, end), table, isPadded, out);
        }
        if (isPadded) {
            table.appendSpace(0, out);
        }
    }

    /// Appends the plain ASCII that a string starts with; returns where something else starts.
    private static int appendAscii(
            byte[] a, int offset, int end, WeightTable table, boolean isPadded, ByteBuilder out) {
        byte[] array = out.reserve(2 * (end - offset));
        int at = out.length();
        int i = offset;
        while (i < end && a[i] >= 0) {
            byte code = table.asciiCodes[a[i]];
            if (isPadded && a[i] == ' ') {
                byte next = i + 1 < end ? a[i + 1] : -1;
                if (next < 0 || next == ' ' || table.asciiCodes[next] == 0) {
                    // A run of spaces, or a space before what is not plain.
                    break;
                }
                out.setLength(at);
                table.appendSpace(table.ascii[next] < table.space() ? -1 : 1, out);
                array = out.reserve(2 * (end - i));
                at = out.length();
            } else if (code != 0) {
                array[at] = code;
                at++;
            } else if (table.ascii[a[i]] != 0) {
                break;
            }
            i++;
        }
        out.setLength(at);
        return i;
    }

    private static void appendWeights(WeightCursor cursor, WeightTable table, boolean isPadded, ByteBuilder out) {
        int spaces = 0;
        for (int w = cursor.next(); w != WeightCursor.END; w = cursor.next()) {
            if (isPadded && w == table.space()) {
                spaces++;
                continue;
            }
            for (; spaces > 0; spaces--) {
                table.appendSpace(w < table.space() ? -1 : 1, out);
            }
            table.append(w, out);
        }
    }
}
