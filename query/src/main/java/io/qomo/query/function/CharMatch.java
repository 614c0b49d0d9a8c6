package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.Utf8;
import java.util.Arrays;

/// Compares strings character by character under a collation: LIKE, LOCATE. Bytes are characters under BINARY.
final class CharMatch {
    final Collation collation;
    final boolean isBinary;
    final boolean isBytes;
    private final boolean foldsCase;

    CharMatch(Collation collation) {
        this.collation = collation;
        this.isBinary = collation == Collation.BINARY;
        this.isBytes = CollationMix.isBin(collation);
        this.foldsCase = !isBytes && collation.algorithm() != Collation.Algorithm.UCA_AS_CS;
    }

    /// True if ASCII letters of either case are equal.
    boolean foldsCase() {
        return foldsCase;
    }

    /// The length of the character at a position.
    int charLength(byte[] a, int at, int end) {
        return isBinary ? 1 : Utf8.charLength(a, at, end);
    }

    /// The number of characters.
    int charCount(byte[] a, int offset, int length) {
        return isBinary ? length : Utf8.charCount(a, offset, length);
    }

    /// The position behind so many characters, at most the end.
    int skip(byte[] a, int offset, int length, long chars) {
        return isBinary ? offset + Math.clamp(chars, 0, length) : Utf8.skip(a, offset, length, chars);
    }

    /// True if two single characters are equal.
    boolean isEqual(byte[] a, int at, int length, byte[] b, int other, int otherLength) {
        if (length == 1 && otherLength == 1) {
            if (a[at] == b[other]) {
                return true;
            }
            if ((a[at] | b[other]) >= 0) {
                return foldsCase && fold(a[at]) == fold(b[other]);
            }
        }
        if (length == otherLength && Arrays.equals(a, at, at + length, b, other, other + otherLength)) {
            return true;
        }
        return !isBytes && Collations.compare(a, at, length, b, other, otherLength, collation) == 0;
    }

    static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    /// The position of a string in another from a position on, −1 if it is not there. An empty string is everywhere.
    int indexOf(byte[] text, int offset, int length, byte[] wanted, int from, int wantedLength) {
        int end = offset + length;
        if (isBytes) {
            return indexOfBytes(text, offset, end, wanted, from, wantedLength);
        }
        for (int i = offset; i <= end; i += i < end ? Utf8.charLength(text, i, end) : 1) {
            if (startsWith(text, i, end, wanted, from, from + wantedLength)) {
                return i;
            }
        }
        return -1;
    }

    private boolean startsWith(byte[] text, int at, int end, byte[] wanted, int from, int wantedEnd) {
        int i = at;
        int j = from;
        while (j < wantedEnd) {
            if (i >= end) {
                return false;
            }
            int n = charLength(text, i, end);
            int m = charLength(wanted, j, wantedEnd);
            if (!isEqual(text, i, n, wanted, j, m)) {
                return false;
            }
            i += n;
            j += m;
        }
        return true;
    }

    /// As [#indexOf], byte by byte.
    static int indexOfBytes(byte[] text, int offset, int end, byte[] wanted, int from, int wantedLength) {
        int last = end - wantedLength;
        for (int i = offset; i <= last; i++) {
            if (Arrays.equals(text, i, i + wantedLength, wanted, from, from + wantedLength)) {
                return i;
            }
        }
        return -1;
    }
}
