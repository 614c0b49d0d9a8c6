package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.Utf8;
import java.util.Arrays;

/// A LIKE pattern made ready. Characters are compared one by one by the collation; trailing spaces count.
///
/// Source: MySQL 8.0 manual, "String Comparison Functions and Operators" (LIKE).
public final class LikePattern {
    private static final byte LITERAL = 0;
    private static final byte ONE = 1;
    private static final byte MANY = 2;

    private final byte[] kinds;
    private final byte[] literals;
    private final int[] starts;
    private final int count;
    private final Collation collation;
    private final boolean isBytes;
    private final boolean isBinary;
    /// The literal between leading and trailing `%` if the pattern is of that form and ASCII, folded; else empty.
    private final byte[] infix;

    private final boolean foldsCase;

    private LikePattern(byte[] kinds, int[] starts, int count, byte[] literals, Collation collation) {
        this.kinds = kinds;
        this.starts = starts;
        this.count = count;
        this.literals = literals;
        this.collation = collation;
        this.isBytes = CollationMix.isBin(collation);
        this.isBinary = collation == Collation.BINARY;
        this.foldsCase = !isBytes && collation.algorithm() != Collation.Algorithm.UCA_AS_CS;
        this.infix = infixOf();
    }

    /// Reads a pattern.
    ///
    /// @param escape the escape character's code point, or −1 for none
    public static LikePattern compile(byte[] pattern, int escape, Collation collation) {
        byte[] kinds = new byte[pattern.length];
        int[] starts = new int[pattern.length + 1];
        byte[] literals = new byte[pattern.length];
        int count = 0;
        int bytes = 0;
        int i = 0;
        while (i < pattern.length) {
            int length = charLength(pattern, i, pattern.length, collation);
            int c = length == 1 ? pattern[i] & 0xFF : Utf8.codePointAt(pattern, i, pattern.length);
            byte kind = LITERAL;
            if (c == escape && i + length < pattern.length) {
                i += length;
                length = charLength(pattern, i, pattern.length, collation);
            } else if (c == '%') {
                kind = MANY;
            } else if (c == '_') {
                kind = ONE;
            }
            starts[count] = bytes;
            if (kind == LITERAL) {
                System.arraycopy(pattern, i, literals, bytes, length);
                bytes += length;
            }
            if (kind != MANY || count == 0 || kinds[count - 1] != MANY) {
                kinds[count++] = kind;
            }
            i += length;
        }
        starts[count] = bytes;
        return new LikePattern(kinds, starts, count, Arrays.copyOf(literals, bytes), collation);
    }

    /// The literal characters before the first wildcard.
    public byte[] prefix() {
        int i = 0;
        while (i < count && kinds[i] == LITERAL) {
            i++;
        }
        return Arrays.copyOf(literals, starts[i]);
    }

    /// True if the pattern has no wildcard.
    public boolean isLiteral() {
        for (int i = 0; i < count; i++) {
            if (kinds[i] != LITERAL) {
                return false;
            }
        }
        return true;
    }

    /// True if the pattern is its prefix and one `%`.
    public boolean isPrefix() {
        for (int i = 0; i < count - 1; i++) {
            if (kinds[i] != LITERAL) {
                return false;
            }
        }
        return count > 0 && kinds[count - 1] == MANY;
    }

    private byte[] infixOf() {
        if (count < 3 || kinds[0] != MANY || kinds[count - 1] != MANY || !(isBytes || foldsCase)) {
            return new byte[0];
        }
        for (int i = 1; i < count - 1; i++) {
            if (kinds[i] != LITERAL) {
                return new byte[0];
            }
        }
        if (!isBytes && !Utf8.isAscii(literals, 0, literals.length)) {
            return new byte[0];
        }
        byte[] folded = literals.clone();
        for (int i = 0; i < folded.length && !isBytes; i++) {
            folded[i] = fold(folded[i]);
        }
        return folded;
    }

    private static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private static int charLength(byte[] a, int at, int end, Collation collation) {
        return collation == Collation.BINARY ? 1 : Utf8.charLength(a, at, end);
    }

    /// True if the text matches.
    public boolean matches(byte[] text, int offset, int length) {
        if (infix.length > 0) {
            int found = contains(text, offset, length);
            if (found >= 0) {
                return found == 1;
            }
        }
        int end = offset + length;
        int t = offset;
        int p = 0;
        int star = -1;
        int starText = 0;
        while (t < end) {
            if (p < count && kinds[p] == MANY) {
                star = p++;
                starText = t;
                if (p == count) {
                    return true;
                }
                continue;
            }
            int n = isBinary ? 1 : Utf8.charLength(text, t, end);
            if (p < count && (kinds[p] == ONE || isEqual(text, t, n, starts[p], starts[p + 1] - starts[p]))) {
                t += n;
                p++;
            } else if (star >= 0) {
                p = star + 1;
                starText += isBinary ? 1 : Utf8.charLength(text, starText, end);
                t = starText;
            } else {
                return false;
            }
        }
        while (p < count && kinds[p] == MANY) {
            p++;
        }
        return p == count;
    }

    private boolean isEqual(byte[] text, int at, int length, int literal, int literalLength) {
        if (length == 1 && literalLength == 1) {
            byte a = text[at];
            byte b = literals[literal];
            if (a == b) {
                return true;
            }
            if ((a | b) >= 0) {
                return foldsCase && fold(a) == fold(b);
            }
        }
        if (length == literalLength
                && Arrays.equals(text, at, at + length, literals, literal, literal + literalLength)) {
            return true;
        }
        return !isBytes && Collations.compare(text, at, length, literals, literal, literalLength, collation) == 0;
    }

    /// 1 or 0 if the text has the infix or not, −1 if that cannot be told byte by byte.
    private int contains(byte[] text, int offset, int length) {
        if (!isBytes && !Utf8.isAscii(text, offset, length)) {
            return -1;
        }
        int last = offset + length - infix.length;
        byte first = infix[0];
        for (int i = offset; i <= last; i++) {
            byte b = isBytes ? text[i] : fold(text[i]);
            if (b == first && continues(text, i)) {
                return 1;
            }
        }
        return 0;
    }

    private boolean continues(byte[] text, int at) {
        for (int k = 1; k < infix.length; k++) {
            byte b = isBytes ? text[at + k] : fold(text[at + k]);
            if (b != infix[k]) {
                return false;
            }
        }
        return true;
    }
}
