package io.qomo.base.type;

import io.qomo.base.bytes.ByteBuilder;
import java.util.Arrays;

/// One level of a collation by the Unicode Collation Algorithm, character by character: no contractions,
/// punctuation counts, as in MySQL.
///
/// Primary weights are built around ASCII, so that it needs no table: the n-th distinct ASCII character
/// in collation order weighs n·2^14, what sorts between it and the next a little more. In sort keys:
///
/// ```
/// weight                                   bytes
/// n·2^14, an ASCII character               2n
/// n·2^14 + p, between two                  2n+1, p as 2 bytes
/// 74·2^14 + p, letters after z             149..163 and 1 byte for p < 15·254, then 164 and 2 bytes
/// below the unified ideographs (Tangut)    165 and 3 bytes
/// unified ideographs 4E00 to 9FFF          166..248 and 1 byte
/// ideographs of the extensions, others     249 and 3 bytes
/// ```
/// A further byte takes the values 2 to 255. Under PAD SPACE the byte of a space is followed by 2, 3 or 4
/// for its relation. Secondary and tertiary weights take one byte.
///
/// Source: Unicode TR10; MySQL 8.0 manual, "Unicode Character Sets".
final class UcaWeights extends WeightTable {
    /// UCA 4.0.0: `…_unicode_ci`.
    static final int UCA_400 = 0;
    /// UCA 5.2.0: `…_unicode_520_ci`.
    static final int UCA_520 = 1;
    /// UCA 9.0.0: `…_0900_…`.
    static final int UCA_900 = 2;

    private static final String ASCII_TAIL = "_-,;:!?.'\"()[]{}@*/\\&#%";
    private static final String ASCII_END = "+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String ASCII_900 = "\t\n\u000B\f\r " + ASCII_TAIL + "`^" + ASCII_END;
    private static final String ASCII_LEGACY = "\t\n\u000B\f\r `^" + ASCII_TAIL + ASCII_END;

    private static final int GAP_BITS = 14;
    private static final int LAST = ASCII_900.length();
    private static final int LAST_WEIGHT = LAST << GAP_BITS;
    private static final int TANGUT = 0x200000;
    private static final int UNIFIED = 0x400000;
    private static final int EXTENSION = 0x600000;
    private static final int OTHER = 0x800000;
    private static final int TOP = 0xA00000;
    private static final int LEAD_LETTERS = 2 * LAST + 1;
    private static final int LEADS_OF_LETTERS = 15;
    private static final int LEAD_MORE_LETTERS = LEAD_LETTERS + LEADS_OF_LETTERS;
    private static final int LEAD_TANGUT = LEAD_MORE_LETTERS + 1;
    private static final int LEAD_UNIFIED = LEAD_TANGUT + 1;
    private static final int LEAD_REST = LEAD_UNIFIED + 83;
    private static final int DIGITS = 254;
    private static final int COMMON_SECONDARY = 0x20;
    private static final int COMMON_TERTIARY = 2;

    private final int version;
    private final int level;

    /// Level 1, 2 or 3 of a version.
    UcaWeights(int version, int level) {
        this.version = version;
        this.level = level;
        String order = version == UCA_900 ? ASCII_900 : ASCII_LEGACY;
        for (int i = 0; i < order.length(); i++) {
            char c = order.charAt(i);
            ascii[c] = asciiWeight(i, false);
            if (c >= 'a' && c <= 'z') {
                ascii[c - 32] = asciiWeight(i, true);
            }
        }
        fillAsciiCodes();
    }

    private int asciiWeight(int position, boolean isUpper) {
        return switch (level) {
            case 1 -> (position + 1) << GAP_BITS;
            case 2 -> COMMON_SECONDARY;
            default -> isUpper ? 8 : COMMON_TERTIARY;
        };
    }

    @Override
    int[] weightsOf(int codePoint) {
        if (codePoint < 0x80) {
            return ascii[codePoint] == 0 ? new int[0] : new int[] {ascii[codePoint]};
        }
        if (version == UCA_400 && codePoint >= 0x10000) {
            return new int[] {TOP};
        }
        int[] elements = CollationData.get().elements(codePoint, version);
        if (elements != null) {
            return ofElements(elements);
        }
        if (version == UCA_900 && codePoint >= 0xAC00 && codePoint <= 0xD7A3) {
            return ofSyllable(codePoint - 0xAC00);
        }
        return new int[] {level == 1 ? implicit(codePoint) : level == 2 ? COMMON_SECONDARY : COMMON_TERTIARY};
    }

    private int[] ofElements(int[] elements) {
        int[] result = new int[elements.length / 3];
        int count = 0;
        for (int i = 0; i < elements.length; i += 3) {
            int weight = elements[i + level - 1];
            if (weight < 0) {
                weight = implicit(-1 - weight);
            }
            if (weight != 0) {
                result[count] = weight;
                count++;
            }
        }
        return Arrays.copyOf(result, count);
    }

    /// A Hangul syllable as its two or three letters.
    private int[] ofSyllable(int index) {
        int[] lead = weightsOf(0x1100 + index / 588);
        int[] vowel = weightsOf(0x1161 + index % 588 / 28);
        int[] tail = index % 28 == 0 ? new int[0] : weightsOf(0x11A7 + index % 28);
        int[] all = Arrays.copyOf(lead, lead.length + vowel.length + tail.length);
        System.arraycopy(vowel, 0, all, lead.length, vowel.length);
        System.arraycopy(tail, 0, all, lead.length + vowel.length, tail.length);
        return all;
    }

    private static int implicit(int c) {
        if (c >= 0x4E00 && c <= 0x9FFF) {
            return UNIFIED + c;
        }
        if ((c >= 0x17000 && c <= 0x18AFF)) {
            return TANGUT + c;
        }
        if (c >= 0xFA0E && c <= 0xFA29 && isUnifiedCompatibility(c)) {
            return UNIFIED + c;
        }
        boolean isExtension = (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFF);
        return (isExtension ? EXTENSION : OTHER) + c;
    }

    private static boolean isUnifiedCompatibility(int c) {
        return switch (c) {
            case 0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29 -> true;
            default -> false;
        };
    }

    @Override
    void append(int weight, ByteBuilder out) {
        if (level > 1) {
            out.put(level == 2 ? weight - COMMON_SECONDARY + 2 : weight);
        } else if (weight <= LAST_WEIGHT) {
            int passed = weight >> GAP_BITS;
            int more = weight & ((1 << GAP_BITS) - 1);
            if (more == 0) {
                out.put(2 * passed);
            } else {
                out.put(2 * passed + 1).put(2 + more / DIGITS).put(2 + more % DIGITS);
            }
        } else if (weight < TANGUT) {
            appendLetter(weight - LAST_WEIGHT, out);
        } else if (weight >= UNIFIED && weight < EXTENSION) {
            appendUnified(weight - UNIFIED, out);
        } else {
            out.put(weight < UNIFIED ? LEAD_TANGUT : LEAD_REST);
            out.put(2 + weight / (DIGITS * DIGITS))
                    .put(2 + weight / DIGITS % DIGITS)
                    .put(2 + weight % DIGITS);
        }
    }

    private static void appendLetter(int more, ByteBuilder out) {
        if (more < LEADS_OF_LETTERS * DIGITS) {
            out.put(LEAD_LETTERS + more / DIGITS).put(2 + more % DIGITS);
        } else {
            out.put(LEAD_MORE_LETTERS).put(2 + more / DIGITS).put(2 + more % DIGITS);
        }
    }

    private static void appendUnified(int codePoint, ByteBuilder out) {
        int index = codePoint <= 0x9FFF ? codePoint - 0x4E00 : codePoint - 0xFA0E + 0x5200;
        out.put(LEAD_UNIFIED + index / DIGITS).put(2 + index % DIGITS);
    }

    @Override
    void appendSpace(int relation, ByteBuilder out) {
        out.put(space() >> GAP_BITS << 1).put(3 + relation);
    }
}
