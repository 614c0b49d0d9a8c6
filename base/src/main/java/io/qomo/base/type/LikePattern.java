package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.util.Arrays;

/// A compiled LIKE pattern: `%` any characters, `_` one, the escape character takes the next one literally.
///
/// Characters are compared one by one by the collation, so `ä` is like `a` where they are equal, but `ß` is
/// not like `ss`; trailing spaces count under every collation. Immutable, shared by threads; matching
/// allocates nothing. Under [Collation#BINARY] a character is a byte.
///
/// Source: MySQL 8.0 manual, "String Comparison Functions and Operators".
public final class LikePattern {
    /// There is no escape character (`ESCAPE ''`).
    public static final int NO_ESCAPE = -1;

    private static final int ANY_ONE = -1;
    private static final int ANY_MANY = -2;

    private final Collation collation;
    private final WeightTable[] levels;
    private final boolean isBytes;
    // Characters, ANY_ONE and ANY_MANY; no two ANY_MANY in a row.
    private final int[] tokens;
    private final int firstMany;
    private final int lastMany;
    private final byte[] prefix;

    private LikePattern(int[] tokens, Collation collation, byte[] prefix) {
        this.tokens = tokens;
        this.collation = collation;
        this.levels = WeightTables.of(collation);
        this.isBytes = collation == Collation.BINARY;
        this.prefix = prefix;
        int first = -1;
        int last = -1;
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] == ANY_MANY) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        firstMany = first;
        lastMany = last;
    }

    /// Compiles a pattern in UTF-8 (raw bytes under [Collation#BINARY]); `escape` is a code point or
    /// [#NO_ESCAPE].
    public static LikePattern compile(byte[] pattern, int offset, int length, int escape, Collation collation) {
        int end = offset + length;
        int[] tokens = new int[length];
        int count = 0;
        ByteBuilder prefix = new ByteBuilder();
        boolean isInPrefix = true;
        int i = offset;
        while (i < end) {
            int c = charAt(pattern, i, end, collation);
            i += lengthAt(pattern, i, end, collation);
            boolean isLiteral = true;
            if (c == escape && i < end) {
                c = charAt(pattern, i, end, collation);
                i += lengthAt(pattern, i, end, collation);
            } else if (c == '%' || c == '_') {
                c = c == '%' ? ANY_MANY : ANY_ONE;
                isLiteral = false;
            }
            isInPrefix &= isLiteral;
            if (isInPrefix) {
                appendChar(c, collation, prefix);
            }
            if (c != ANY_MANY || count == 0 || tokens[count - 1] != ANY_MANY) {
                tokens[count] = c;
                count++;
            }
        }
        return new LikePattern(Arrays.copyOf(tokens, count), collation, prefix.toBytes());
    }

    private static void appendChar(int c, Collation collation, ByteBuilder out) {
        if (collation == Collation.BINARY) {
            out.put(c);
        } else {
            out.putCodePoint(c);
        }
    }

    private static int charAt(byte[] a, int at, int end, Collation collation) {
        return collation == Collation.BINARY ? a[at] & 0xFF : Utf8.codePointAt(a, at, end);
    }

    private static int lengthAt(byte[] a, int at, int end, Collation collation) {
        return collation == Collation.BINARY ? 1 : Utf8.charLength(a, at, end);
    }

    /// The characters before the first wildcard, unescaped: what every match starts with, up to the
    /// collation.
    public byte[] prefix() {
        return prefix.clone();
    }

    /// True if the pattern has no wildcard: it matches strings of the same characters as [#prefix].
    public boolean isLiteral() {
        for (int token : tokens) {
            if (token < 0) {
                return false;
            }
        }
        return true;
    }

    /// True if the pattern is [#prefix] and then `%`: it matches whatever starts so.
    public boolean isPrefixOnly() {
        return firstMany == tokens.length - 1 && firstMany >= 0 && firstOne() < 0;
    }

    private int firstOne() {
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] == ANY_ONE) {
                return i;
            }
        }
        return -1;
    }

    /// True if a string matches.
    public boolean matches(byte[] text, int offset, int length) {
        int end = offset + length;
        if (firstMany < 0) {
            return matchRun(0, tokens.length, text, offset, end) == end;
        }
        int at = matchRun(0, firstMany, text, offset, end);
        if (at < 0) {
            return false;
        }
        int from = firstMany + 1;
        while (from <= lastMany) {
            int to = from;
            while (tokens[to] != ANY_MANY) {
                to++;
            }
            at = findRun(from, to, text, at, end);
            if (at < 0) {
                return false;
            }
            from = to + 1;
        }
        return matchTail(lastMany + 1, text, at, end);
    }

    /// The tokens behind the last `%` must match at the very end.
    private boolean matchTail(int from, byte[] text, int at, int end) {
        int chars = tokens.length - from;
        int start = isBytes ? end - chars : Utf8.skipBack(text, at, end - at, chars);
        return start >= at && matchRun(from, tokens.length, text, start, end) == end;
    }

    /// The end of the first match of `tokens[from..to)` at or behind `at`, or −1.
    private int findRun(int from, int to, byte[] text, int at, int end) {
        int start = at;
        while (true) {
            start = skipOthers(tokens[from], text, start, end);
            int stop = matchRun(from, to, text, start, end);
            if (stop >= 0) {
                return stop;
            }
            if (start >= end) {
                return -1;
            }
            start += isBytes ? 1 : Utf8.charLength(text, start, end);
        }
    }

    /// The first position at or behind `at` where a token can match, as far as ASCII tells.
    private int skipOthers(int token, byte[] text, int at, int end) {
        if (token < 0 || token >= 0x80 || levels.length == 0) {
            return at;
        }
        int[] ascii = levels[0].ascii;
        int weight = ascii[token];
        int i = at;
        while (i < end && text[i] >= 0 && ascii[text[i]] != weight) {
            i++;
        }
        return i;
    }

    /// The end of a match of `tokens[from..to)`, which has no `%`, exactly at `at`, or −1.
    private int matchRun(int from, int to, byte[] text, int at, int end) {
        int i = at;
        for (int k = from; k < to; k++) {
            if (i >= end) {
                return -1;
            }
            int token = tokens[k];
            int b = text[i];
            if (b >= 0 || isBytes) {
                if (token != (b & 0xFF) && token != ANY_ONE && !isSame(token, b & 0xFF)) {
                    return -1;
                }
                i++;
            } else {
                int c = Utf8.codePointAt(text, i, end);
                if (token != c && token != ANY_ONE && !isSame(token, c)) {
                    return -1;
                }
                i += Utf8.charLength(text, i, end);
            }
        }
        return i;
    }

    private boolean isSame(int a, int b) {
        if (levels.length == 0) {
            return false;
        }
        for (WeightTable level : levels) {
            int x = a < 0x80 ? level.ascii[a] : level.weight(a);
            int y = b < 0x80 ? level.ascii[b] : level.weight(b);
            if (x != y && (x >= 0 || y >= 0 || !Arrays.equals(level.expansion(x), level.expansion(y)))) {
                return false;
            }
        }
        return true;
    }

    /// The collation matched by.
    public Collation collation() {
        return collation;
    }
}
