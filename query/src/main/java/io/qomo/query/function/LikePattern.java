package io.qomo.query.function;

import io.qomo.base.type.Collation;
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
    private final CharMatch match;
    /// The literal between leading and trailing `%` if the pattern is of that form and ASCII, folded; else empty.
    private final byte[] infix;

    private LikePattern(byte[] kinds, int[] starts, int count, byte[] literals, Collation collation) {
        this.kinds = kinds;
        this.starts = starts;
        this.count = count;
        this.literals = literals;
        this.match = new CharMatch(collation);
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
        if (count < 3 || kinds[0] != MANY || kinds[count - 1] != MANY || !(match.isBytes || match.foldsCase())) {
            return new byte[0];
        }
        for (int i = 1; i < count - 1; i++) {
            if (kinds[i] != LITERAL) {
                return new byte[0];
            }
        }
        if (!match.isBytes && !Utf8.isAscii(literals, 0, literals.length)) {
            return new byte[0];
        }
        byte[] folded = literals.clone();
        for (int i = 0; i < folded.length && !match.isBytes; i++) {
            folded[i] = CharMatch.fold(folded[i]);
        }
        return folded;
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
            int n = match.charLength(text, t, end);
            if (p < count
                    && (kinds[p] == ONE || match.isEqual(text, t, n, literals, starts[p], starts[p + 1] - starts[p]))) {
                t += n;
                p++;
            } else if (star >= 0) {
                p = star + 1;
                starText += match.charLength(text, starText, end);
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

    /// 1 or 0 if the text has the infix or not, −1 if that cannot be told byte by byte.
    private int contains(byte[] text, int offset, int length) {
        if (!match.isBytes && !Utf8.isAscii(text, offset, length)) {
            return -1;
        }
        int last = offset + length - infix.length;
        byte first = infix[0];
        for (int i = offset; i <= last; i++) {
            byte b = match.isBytes ? text[i] : CharMatch.fold(text[i]);
            if (b == first && continues(text, i)) {
                return 1;
            }
        }
        return 0;
    }

    private boolean continues(byte[] text, int at) {
        for (int k = 1; k < infix.length; k++) {
            byte b = match.isBytes ? text[at + k] : CharMatch.fold(text[at + k]);
            if (b != infix[k]) {
                return false;
            }
        }
        return true;
    }
}
