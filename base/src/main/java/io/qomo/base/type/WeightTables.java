package io.qomo.base.type;

/// The weight tables of each collation, one per level; none where bytes are compared.
///
/// The tables hold nothing but what follows from the collation, computed once, so they are shared by
/// everything in the process.
final class WeightTables {
    private static final WeightTable[] NONE = {};
    private static final WeightTable[][] BY_COLLATION = new WeightTable[Collation.values().length][];

    // latin1_swedish_ci, C0 to FF.
    private static final String SWEDISH = "41414141 5C5B5C43 45454545 49494949 444E4F4F 4F4F5DD7 D8555555 5959DEDF"
            + "41414141 5C5B5C43 45454545 49494949 444E4F4F 4F4F5DF7 D8555555 5959DEFF";
    // latin1_general_ci, 41 to 5A and C0 to DF; lower case as upper case, with three exceptions.
    private static final String LATIN_GENERAL = "41515357 5B656769 6B757779 7B7D818F 91939598 9AA4A6A8 AAAF";
    private static final String LATIN_GENERAL_ACCENTS =
            "43454749 4B4D4F55 5D5F6163 6D6F7173 597F8385 87898BBD 8D9C9EA0 A2ACB197";

    /// The collations in which a character has one weight.
    enum Single {
        GENERAL,
        SWEDISH,
        LATIN_GENERAL,
        GBK,
        GBK_BIN
    }

    static {
        WeightTable[] general = {new SingleWeights(Single.GENERAL)};
        WeightTable[] swedish = {new SingleWeights(Single.SWEDISH)};
        WeightTable[] latinGeneral = {new SingleWeights(Single.LATIN_GENERAL)};
        WeightTable[] gbk = {new SingleWeights(Single.GBK)};
        WeightTable[] gbkBytes = {new SingleWeights(Single.GBK_BIN)};
        UcaWeights primary = new UcaWeights(UcaWeights.UCA_900, 1);
        UcaWeights secondary = new UcaWeights(UcaWeights.UCA_900, 2);
        WeightTable[] base = {primary};
        WeightTable[] accents = {primary, secondary};
        WeightTable[] cases = {primary, secondary, new UcaWeights(UcaWeights.UCA_900, 3)};
        WeightTable[] unicode = {new UcaWeights(UcaWeights.UCA_400, 1)};
        WeightTable[] unicode520 = {new UcaWeights(UcaWeights.UCA_520, 1)};
        for (Collation c : Collation.values()) {
            BY_COLLATION[c.ordinal()] = switch (c.algorithm()) {
                case BYTES -> NONE;
                case GENERAL_CI -> c == Collation.LATIN1_GENERAL_CI ? latinGeneral : general;
                case LATIN1_SWEDISH -> swedish;
                case GBK_CHINESE -> gbk;
                case GBK_BYTES -> gbkBytes;
                case UCA_AS_CI -> accents;
                case UCA_AS_CS -> cases;
                case UCA_AI_CI ->
                    switch (c) {
                        case UTF8MB4_UNICODE_CI, UTF8MB3_UNICODE_CI -> unicode;
                        case UTF8MB4_UNICODE_520_CI -> unicode520;
                        default -> base;
                    };
            };
        }
    }

    private WeightTables() {}

    static WeightTable[] of(Collation collation) {
        return BY_COLLATION[collation.ordinal()];
    }

    /// The weight of a code point, 0 to 0x10FFFF.
    static int weight(Single table, int codePoint) {
        return switch (table) {
            case GENERAL -> general(codePoint);
            case SWEDISH -> swedish(codePoint);
            case LATIN_GENERAL -> latinGeneral(codePoint);
            case GBK -> GbkWeights.of(codePoint);
            case GBK_BIN -> gbkCode(codePoint);
        };
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }

    private static int general(int c) {
        return c < 0x80 ? upper(c) : CollationData.get().fold(c);
    }

    private static int swedish(int c) {
        if (c < 0x80) {
            return upper(c);
        }
        int b = Charsets.latin1Byte(c);
        return b < 0 ? 0x100 + c : b < 0xC0 ? b : hexByte(SWEDISH, b - 0xC0);
    }

    private static int latinGeneral(int c) {
        int b = c < 0x80 ? upper(c) : Charsets.latin1Byte(c);
        if (b < 0) {
            return 0x100 + c;
        }
        if (b >= 'A' && b <= 'Z') {
            return hexByte(LATIN_GENERAL, b - 'A');
        }
        if (b == 0xF7) {
            return 0xBE;
        }
        if (b == 0xFF) {
            return 0xAE;
        }
        if (b >= 0xC0) {
            return hexByte(LATIN_GENERAL_ACCENTS, (b - 0xC0) & 0x1F);
        }
        return latinGeneralOther(b);
    }

    /// Punctuation keeps its order around the letters' weights 41 to B2: 5B-60 are B3-B8, 7B-7E are
    /// B9-BC, 7F is BF, 80 to BF are C0 to FF.
    private static int latinGeneralOther(int b) {
        if (b <= '@') {
            return b;
        }
        if (b <= '`') {
            return b - 0x5B + 0xB3;
        }
        if (b <= '~') {
            return b - 0x7B + 0xB9;
        }
        return b == 0x7F ? 0xBF : b + 0x40;
    }

    private static int hexByte(String hex, int index) {
        String plain = hex.replace(" ", "");
        return Integer.parseInt(plain, 2 * index, 2 * index + 2, 16);
    }

    /// The number of the two bytes in GBK; characters that GBK lacks sort behind.
    private static int gbkCode(int c) {
        if (c < 0x80) {
            return c;
        }
        int code = Charsets.gbkCode(c);
        return code >= 0 ? code : 0x10000 + Math.min(c, 0xFFFFF);
    }
}
