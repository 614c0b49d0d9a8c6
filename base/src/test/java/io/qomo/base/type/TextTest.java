package io.qomo.base.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.bytes.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    // As MariaDB 10.11 answers, with the same collations.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "abc, abc, true",
                "abc, ABC, true",
                "abc, a%, true",
                "abc, %c, true",
                "abc, %b%, true",
                "abc, %b, false",
                "abc, a_c, true",
                "abc, a__, true",
                "abc, a_, false",
                "\"\", %, true",
                "\"\", \"\", true",
                "\"\", _, false",
                "a, a%%, true",
                "ä, a, true",
                "ß, ss, false",
                "ß, s_, false",
                "ß, ß, true",
                "é, _, true",
                "æ, ae, false",
                "\"a \", a, false",
                "a, \"a \", false",
                "a%b, a|%b, true",
                "axb, a|%b, false",
                "a_b, a|_b, true",
                "ab, a|b, true",
                "a|, a|, true",
                "a|, a||, true",
                "中文字, 中%, true",
                "中文字, _文_, true",
                "中文字, %字, true",
                "aXbXc, %x%x%, true",
                "ab, %a%b%, true",
                "ab, %b%a%, false",
                "aab, %ab, true",
                "mississippi, %iss%ip%, true",
                "mississippi, m%iss%ss%i, true",
                "abcabc, %abc, true",
                "ab, ab_%, false",
                "abc, ab_%, true",
                "😀x, _x, true"
            })
    void likeInAnAccentInsensitiveCollation(String text, String pattern, boolean expected) {
        assertThat(like(text, pattern, Collation.UTF8MB4_UNICODE_520_CI)).isEqualTo(expected);
        assertThat(like(text, pattern, Collation.UTF8MB4_0900_AI_CI)).isEqualTo(expected);
    }

    @Test
    void likeInOtherCollations() {
        assertThat(like("abc", "ABC", Collation.UTF8MB4_BIN)).isFalse();
        assertThat(like("ä", "a", Collation.UTF8MB4_0900_AS_CI)).isFalse();
        assertThat(like("Ä", "ä", Collation.UTF8MB4_0900_AS_CI)).isTrue();
        assertThat(like("Ä", "ä", Collation.UTF8MB4_0900_AS_CS)).isFalse();
        assertThat(like("ß", "s", Collation.UTF8MB4_GENERAL_CI)).isTrue();
        assertThat(like("é", "__", Collation.BINARY)).isTrue();
        assertThat(like("é", "_", Collation.BINARY)).isFalse();
        assertThat(like("é", "%\u00A9", Collation.BINARY)).isFalse();
    }

    private static boolean like(String text, String pattern, Collation collation) {
        byte[] p = utf8(pattern);
        byte[] t = utf8("«" + text + "»");
        return LikePattern.compile(p, 0, p.length, '|', collation).matches(t, 2, t.length - 4);
    }

    @Test
    void likeAgreesWithARegularExpression() {
        Random random = new Random(8);
        String letters = "abä%_|";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder pattern = new StringBuilder();
            StringBuilder regex = new StringBuilder();
            for (int n = random.nextInt(7); n > 0; n--) {
                char c = letters.charAt(random.nextInt(5));
                pattern.append(c);
                regex.append(c == '%' ? ".*" : c == '_' ? "." : String.valueOf(c));
            }
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(3)));
            }
            boolean expected = Pattern.compile(regex.toString(), Pattern.DOTALL)
                    .matcher(text)
                    .matches();
            assertThat(like(text.toString(), pattern.toString(), Collation.UTF8MB4_BIN))
                    .as("%s like %s", text, pattern)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatAPatternStartsWith() {
        byte[] pattern = utf8("ab|%c%");
        LikePattern like = LikePattern.compile(pattern, 0, pattern.length, '|', Collation.UTF8MB4_BIN);
        assertThat(like.prefix()).isEqualTo(utf8("ab%c"));
        assertThat(like.isPrefixOnly()).isTrue();
        assertThat(like.isLiteral()).isFalse();
        pattern = utf8("a_%");
        assertThat(LikePattern.compile(pattern, 0, 3, '|', Collation.UTF8MB4_BIN)
                        .isPrefixOnly())
                .isFalse();
        pattern = utf8("a\\");
        like = LikePattern.compile(pattern, 0, 2, LikePattern.NO_ESCAPE, Collation.UTF8MB4_BIN);
        assertThat(like.isLiteral()).isTrue();
        assertThat(like.matches(pattern, 0, 2)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "xä, a, -1",
        "xßy, ss, 1",
        "xss, ß, 1",
        "xa, A, 1",
        "abc, '', 0",
        "中文, 文, 3",
        "abcabc, CA, 2",
        "a, ab, -1",
        "'a ', 'a', 0",
        "a, 'a ', -1",
        "é, \u00E9, 0"
    })
    void locating(String text, String needle, int expected) {
        byte[] t = utf8(text);
        byte[] n = utf8(needle);
        assertThat(Collations.indexOf(t, 0, t.length, n, 0, n.length, Collation.UTF8MB4_UNICODE_520_CI))
                .isEqualTo(expected);
    }

    @Test
    void locatingBytes() {
        byte[] t = utf8("éa");
        assertThat(Collations.indexOf(t, 0, t.length, t, 1, 1, Collation.BINARY))
                .isEqualTo(1);
        assertThat(Collations.indexOf(t, 0, t.length, t, 1, 1, Collation.UTF8MB4_BIN))
                .isEqualTo(-1);
        assertThat(Collations.indexOf(t, 3, 3, t, 0, 0, Collation.UTF8MB4_BIN)).isEqualTo(3);
        assertThat(Collations.indexOf(t, 3, 3, t, 0, 1, Collation.UTF8MB4_BIN)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF8MB4, straße ÿ µ, STRASSE Ÿ Μ, 1",
        "UTF8MB4, hello é ǆ, HELLO É Ǆ, 0",
        "LATIN1, ÿ é, ÿ É, 0",
        "ASCII, abc, ABC, 0"
    })
    void upperCase(Charset charset, String text, String expected, int isSharp) {
        byte[] utf8 = utf8(text);
        ByteBuilder out = new ByteBuilder();
        CaseMapping.upper(utf8, 0, utf8.length, charset, out);
        assertThat(out.toString()).isEqualTo(isSharp == 1 ? expected.replace("SSE", "ßE") : expected);
    }

    @Test
    void lowerCase() {
        ByteBuilder out = new ByteBuilder();
        byte[] utf8 = utf8("ÀÉ İ Σ ẞ ABC");
        CaseMapping.lower(utf8, 0, utf8.length, Charset.UTF8MB4, out);
        assertThat(out.toString()).isEqualTo("àé i σ ß abc");
    }

    @Test
    void charactersInUtf8() {
        byte[] text = utf8("aé中😀");
        assertThat(Utf8.charCount(text, 0, text.length)).isEqualTo(4);
        assertThat(Utf8.skip(text, 0, text.length, 2)).isEqualTo(3);
        assertThat(Utf8.skip(text, 0, text.length, 99)).isEqualTo(10);
        assertThat(Utf8.skipBack(text, 0, text.length, 1)).isEqualTo(6);
        assertThat(Utf8.skipBack(text, 0, text.length, 99)).isZero();
        assertThat(Utf8.codePointAt(text, 6, 10)).isEqualTo(0x1F600);
        assertThat(Utf8.isAscii(text, 0, 1)).isTrue();
        assertThat(Utf8.isAscii(text, 0, 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "61, -1",
        "c3a9, -1",
        "c3, 0",
        "61c3, 1",
        "c0af, 0",
        "c1bf, 0",
        "e0809f, 0",
        "eda080, 0",
        "efbfbd, -1",
        "f0808080, 0",
        "f09f9880, -1",
        "f48fbfbf, -1",
        "f4908080, 0",
        "f5808080, 0",
        "80, 0",
        "c3c3a9, 0",
        "ff, 0",
        "e4b8, 0",
        "e4b841, 0"
    })
    void validUtf8(String hex, int expected) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Utf8.invalidAt(bytes, 0, bytes.length)).isEqualTo(expected);
    }

    @Test
    void validityAgreesWithJavasDecoder() {
        Random random = new Random(12);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            random.nextBytes(bytes);
            boolean isValid;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
                isValid = true;
            } catch (java.nio.charset.CharacterCodingException e) {
                isValid = false;
            }
            assertThat(Utf8.invalidAt(bytes, 0, bytes.length) < 0).isEqualTo(isValid);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LATIN1, e9, é, 1",
        "LATIN1, 80, €, 1",
        "LATIN1, 81, \u0081, 1",
        "GBK, d6d0cec4, 中文, 4",
        "GBK, 61d6d0, a中, 3",
        "UTF8MB3, e4b8ad, 中, 3",
        "ASCII, 6162, ab, 2",
        "UTF8MB4, f09f9880, 😀, 4"
    })
    void charsetsThereAndBack(Charset charset, String hex, String text, int length) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteBuilder out = new ByteBuilder();
        assertThat(Charsets.decode(bytes, 0, bytes.length, charset, out)).isZero();
        assertThat(out.toString()).isEqualTo(text);
        assertThat(Charsets.encode(utf8(text), charset)).isEqualTo(bytes);
        assertThat(Charsets.encodedLength(utf8(text), 0, utf8(text).length, charset))
                .isEqualTo(length);
        assertThat(Charsets.invalidAt(bytes, 0, bytes.length, charset)).isEqualTo(-1);
        assertThat(Charsets.canEncode(utf8(text), 0, utf8(text).length, charset))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LATIN1, 中a, 3f61", "ASCII, éa, 3f61", "GBK, 😀a, 3f61", "UTF8MB3, 😀a, 3f61"})
    void whatACharsetLacksBecomesAQuestionMark(Charset charset, String text, String hex) {
        byte[] utf8 = utf8(text);
        ByteBuilder out = new ByteBuilder();
        assertThat(Charsets.encode(utf8, 0, utf8.length, charset, out)).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(hex);
        assertThat(Charsets.canEncode(utf8, 0, utf8.length, charset)).isFalse();
        assertThat(Charsets.encodedLength(utf8, 0, utf8.length, charset)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF8MB4, 61c3, 1, a?",
        "UTF8MB3, 61f09f9880, 1, a?",
        "ASCII, 61e9, 1, a?",
        "GBK, 61d6, 1, a?",
        "GBK, ff61, 0, ?"
    })
    void invalidBytes(Charset charset, String hex, int position, String decoded) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Charsets.invalidAt(bytes, 0, bytes.length, charset)).isEqualTo(position);
        ByteBuilder out = new ByteBuilder();
        assertThat(Charsets.decode(bytes, 0, bytes.length, charset, out)).isEqualTo(1);
        assertThat(out.toString()).isEqualTo(decoded);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
