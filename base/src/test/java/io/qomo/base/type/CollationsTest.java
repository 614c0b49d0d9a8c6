package io.qomo.base.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.bytes.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CollationsTest {
    @ParameterizedTest
    @CsvSource({
        // accents, case, width
        "UTF8MB4_0900_AI_CI, a, A, 0",
        "UTF8MB4_0900_AI_CI, a, ä, 0",
        "UTF8MB4_0900_AI_CI, résumé, RESUME, 0",
        "UTF8MB4_0900_AI_CI, ß, ss, 0",
        "UTF8MB4_0900_AI_CI, Straße, STRASSE, 0",
        "UTF8MB4_0900_AI_CI, ﬁ, fi, 0",
        "UTF8MB4_0900_AI_CI, Ａ, a, 0",
        "UTF8MB4_0900_AI_CI, ł, l, 0",
        "UTF8MB4_0900_AI_CI, ø, o, 0",
        "UTF8MB4_0900_AI_CI, æ, ae, 0",
        "UTF8MB4_0900_AI_CI, か, カ, 0",
        "UTF8MB4_0900_AI_CI, 😀, 😁, -1",
        "UTF8MB4_0900_AI_CI, 中, 文, -1",
        "UTF8MB4_0900_AI_CI, 가, 각, -1",
        "UTF8MB4_0900_AI_CI, 'a ', a, 1",
        "UTF8MB4_0900_AI_CI, a-b, ab, -1",
        "UTF8MB4_0900_AI_CI, 10, 9, -1",
        "UTF8MB4_0900_AS_CI, a, A, 0",
        "UTF8MB4_0900_AS_CI, a, ä, -1",
        "UTF8MB4_0900_AS_CI, äa, ab, -1",
        "UTF8MB4_0900_AS_CS, a, A, -1",
        "UTF8MB4_0900_AS_CS, A, ä, -1",
        "UTF8MB4_0900_AS_CS, Ab, aC, -1",
        "UTF8MB4_0900_BIN, a, A, 1",
        "UTF8MB4_0900_BIN, 'a ', a, 1",
        "UTF8MB4_BIN, 'a ', a, 0",
        "UTF8MB4_BIN, Z, a, -1",
        "UTF8MB4_UNICODE_CI, ß, ss, 0",
        "UTF8MB4_UNICODE_CI, ł, l, 1",
        "UTF8MB4_UNICODE_CI, ø, o, 1",
        "UTF8MB4_UNICODE_CI, 😀, 😁, 0",
        "UTF8MB4_UNICODE_CI, 'a  ', A, 0",
        "UTF8MB4_UNICODE_CI, ^, _, -1",
        "UTF8MB4_0900_AI_CI, ^, _, 1",
        "UTF8MB4_UNICODE_520_CI, ø, o, 0",
        "UTF8MB4_UNICODE_520_CI, 😀, 😁, -1",
        "UTF8MB4_GENERAL_CI, ß, s, 0",
        "UTF8MB4_GENERAL_CI, ß, ss, -1",
        "UTF8MB4_GENERAL_CI, ä, A, 0",
        "UTF8MB4_GENERAL_CI, ё, Е, 0",
        "UTF8MB4_GENERAL_CI, й, и, 1",
        "UTF8MB4_GENERAL_CI, ł, l, 1",
        "UTF8MB4_GENERAL_CI, 😀, 😁, 0",
        "UTF8MB4_GENERAL_CI, _, a, 1",
        "LATIN1_SWEDISH_CI, ä, z, 1",
        "LATIN1_SWEDISH_CI, å, ä, -1",
        "LATIN1_SWEDISH_CI, ö, ä, 1",
        "LATIN1_SWEDISH_CI, ü, y, 0",
        "LATIN1_SWEDISH_CI, é, E, 0",
        "LATIN1_GENERAL_CI, é, e, 1",
        "LATIN1_GENERAL_CI, é, É, 0",
        "LATIN1_GENERAL_CI, ä, b, -1",
        "GBK_CHINESE_CI, a, A, 0",
        "GBK_CHINESE_CI, 啊, 中, -1",
        "GBK_BIN, a, A, 1",
        "ASCII_GENERAL_CI, abc, ABC, 0"
    })
    void order(Collation collation, String a, String b, int expected) {
        byte[] x = utf8(a);
        byte[] y = utf8(b);
        assertThat(Integer.signum(Collations.compare(x, y, collation))).isEqualTo(expected);
        assertThat(Integer.signum(Collations.compare(y, x, collation))).isEqualTo(-expected);
        assertThat(Integer.signum(Arrays.compareUnsigned(key(x, collation), key(y, collation))))
                .isEqualTo(expected);
        assertThat(Collations.equals(x, 0, x.length, y, 0, y.length, collation)).isEqualTo(expected == 0);
    }

    @Test
    void paddingComparesWithSpacesNotWithTheEnd() {
        assertThat(compare("a", "a\t", Collation.UTF8MB4_GENERAL_CI)).isPositive();
        assertThat(compare("a", "a!", Collation.UTF8MB4_GENERAL_CI)).isNegative();
        assertThat(compare("a  ", "a \t", Collation.UTF8MB4_BIN)).isPositive();
        assertThat(compare("a", "a\u0001", Collation.LATIN1_SWEDISH_CI)).isPositive();
        assertThat(compare("a", "a\t", Collation.UTF8MB4_0900_AI_CI)).isNegative();
        assertThat(compare("", "   ", Collation.UTF8MB4_UNICODE_CI)).isZero();
        assertThat(compare("", "   ", Collation.UTF8MB4_0900_AI_CI)).isNegative();
    }

    @Test
    void controlCharactersDoNotCountInUnicodeCollations() {
        assertThat(compare("a\u0001b", "ab", Collation.UTF8MB4_0900_AI_CI)).isZero();
        assertThat(compare("\u0000", "", Collation.UTF8MB4_UNICODE_CI)).isZero();
        assertThat(compare("a\u0301", "á", Collation.UTF8MB4_0900_AS_CI)).isZero();
        assertThat(compare("a\u0001b", "ab", Collation.UTF8MB4_GENERAL_CI)).isNegative();
    }

    // The order MariaDB 10.11 gives ASCII, from WEIGHT_STRING().
    @Test
    void asciiInUnicodeOrder() {
        checkAscending(Collation.UTF8MB4_0900_AI_CI, " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcxyz");
        checkAscending(Collation.UTF8MB4_UNICODE_CI, " `^_-,;:!?.'\"()[]{}@*/\\&#%+<=>|~$0123456789abcxyz");
        checkAscending(Collation.UTF8MB4_UNICODE_520_CI, " `^_-,;:!?.'\"()[]{}@*/\\&#%+<=>|~$0123456789abcxyz");
    }

    @Test
    void scriptsInUnicodeOrder() {
        checkAscending(Collation.UTF8MB4_0900_AI_CI, "zαωаяאابก가힣あんㄅꀀ中龥㐀\uD840\uDC00");
    }

    private static void checkAscending(Collation collation, String characters) {
        int[] points = characters.codePoints().toArray();
        for (int i = 0; i + 1 < points.length; i++) {
            String a = Character.toString(points[i]);
            String b = Character.toString(points[i + 1]);
            assertThat(compare(a, b, collation)).as("%s before %s", a, b).isNegative();
            assertThat(Arrays.compareUnsigned(key(utf8(a), collation), key(utf8(b), collation)))
                    .as("%s before %s", a, b)
                    .isNegative();
        }
    }

    @Test
    void chineseByItsReading() {
        // a, ba, chen, li, wang, zhang; 鑫 xin and 喆 zhe are beyond the first level of GB 2312.
        checkAscending(Collation.GBK_CHINESE_CI, " 1AZ，α一");
        checkAscending(Collation.GBK_CHINESE_CI, "阿八陈李王鑫张喆");
    }

    @Test
    void keysOfAsciiAreShort() {
        assertThat(key(utf8("The quick brown fox"), Collation.UTF8MB4_0900_AI_CI))
                .hasSize(19);
        assertThat(key(utf8("中文"), Collation.UTF8MB4_0900_AI_CI)).hasSize(4);
        assertThat(key(utf8("hello"), Collation.UTF8MB4_GENERAL_CI)).hasSize(6);
    }

    /// \[I1], over all characters: the comparison, the hash and the sort key tell the same.
    @ParameterizedTest
    @EnumSource(Collation.class)
    void comparisonHashAndSortKeyAgree(Collation collation) {
        Random random = new Random(collation.id());
        String[] texts = new String[600];
        for (int i = 0; i < texts.length; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(4); n >= 0; n--) {
                int point = random.nextInt(3) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x250);
                text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? ' ' : point);
            }
            texts[i] = text.toString();
        }
        for (String a : texts) {
            for (String b : texts) {
                byte[] x = utf8(a);
                byte[] y = utf8(b);
                int order = Integer.signum(Collations.compare(x, y, collation));
                if (order != Integer.signum(Arrays.compareUnsigned(key(x, collation), key(y, collation)))) {
                    assertThat(a).as("sorts as its key against %s", b).isNull();
                }
                if (order == 0
                        && Collations.hash(x, 0, x.length, collation) != Collations.hash(y, 0, y.length, collation)) {
                    assertThat(a).as("hashes as %s", b).isNull();
                }
            }
        }
    }

    @Test
    void slicesAreComparedWithoutTheirSurroundings() {
        byte[] a = utf8("xxabcxx");
        byte[] b = utf8("ABC");
        assertThat(Collations.compare(a, 2, 3, b, 0, 3, Collation.UTF8MB4_0900_AI_CI))
                .isZero();
        assertThat(Collations.hash(a, 2, 3, Collation.UTF8MB4_0900_AI_CI))
                .isEqualTo(Collations.hash(b, 0, 3, Collation.UTF8MB4_0900_AI_CI));
    }

    private static int compare(String a, String b, Collation collation) {
        return Collations.compare(utf8(a), utf8(b), collation);
    }

    private static byte[] key(byte[] text, Collation collation) {
        ByteBuilder out = new ByteBuilder();
        Collations.appendSortKey(text, 0, text.length, collation, out);
        return out.toBytes();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
