package io.qomo.base.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.codec.KeyWriter;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Temporal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private final JsonParser parser = new JsonParser();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "null | null",
                "true | true",
                "  false  | false",
                "0 | 0",
                "-1 | -1",
                "9223372036854775807 | 9223372036854775807",
                "-9223372036854775808 | -9223372036854775808",
                "18446744073709551615 | 18446744073709551615",
                "18446744073709551616 | 1.8446744073709552e19",
                "1.0 | 1.0",
                "1e2 | 100.0",
                "-1.5E-7 | -0.00000015",
                "1e20 | 1e20",
                "\"\" | \"\"",
                "\"a\\u0041\\n\\/\\\"\\\\\" | \"aA\\n/\\\"\\\\\"",
                "\"\\ud83d\\ude00é\" | \"😀é\"",
                "\"\\u0001\" | \"\\u0001\"",
                "[] | []",
                "{} | {}",
                "[1,[2,{}],\"x\"] | [1, [2, {}], \"x\"]",
                "{\"b\":1,\"a\":2,\"aa\":[],\"c\":{\"x\":null}} | {\"a\": 2, \"b\": 1, \"c\": {\"x\": null}, \"aa\": []}",
                "{\"a\":1,\"a\":2} | {\"a\": 2}",
            })
    void textThereAndBack(String text, String expected) {
        assertThat(json(text)).hasToString(expected);
        assertThat(json(expected)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "§§ | The document is empty. | 0",
                "§  § | The document is empty. | 2",
                "[1,2 | Missing a comma or ']' after an array element. | 4",
                "[1 2] | Missing a comma or ']' after an array element. | 3",
                "[1,] | Invalid value. | 3",
                "{\"a\" 1} | Missing a colon after a name of object member. | 5",
                "{\"a\":1 | Missing a comma or '}' after an object member. | 6",
                "{a:1} | Missing a name for object member. | 1",
                "{\"a\":1,} | Missing a name for object member. | 7",
                "abc | Invalid value. | 0",
                "tru | Invalid value. | 3",
                "1 2 | The document root must not be followed by other values. | 2",
                "\"abc | Missing a closing quotation mark in string. | 4",
                "\"a\\x\" | Invalid escape character in string. | 3",
                "\"\\u12g4\" | Incorrect hex digit after \\u escape in string. | 5",
                "\"\\ud800\" | The surrogate pair in string is invalid. | 7",
                "1. | Miss fraction part in number. | 2",
                "1e | Miss exponent in number. | 2",
                "01 | The document root must not be followed by other values. | 1",
                "1e400 | Number too big to be stored in double. | 0",
                "+1 | Invalid value. | 0",
            })
    void whatIsNoJson(String text, String message, int position) {
        byte[] utf8 = utf8(text);
        assertThat(parser.parse(utf8, 0, utf8.length)).isNull();
        assertThat(parser.errorMessage()).isEqualTo(message);
        assertThat(parser.errorPosition()).isEqualTo(position);
    }

    @Test
    void controlCharactersInStringsAreRefused() {
        byte[] text = {'"', 'a', 1, '"'};
        assertThat(parser.isValid(text, 0, 4)).isFalse();
        byte[] invalid = {'"', (byte) 0xC3, '"'};
        assertThat(parser.isValid(invalid, 0, 3)).isFalse();
    }

    @Test
    void nestingHasALimit() {
        assertThat(json("[".repeat(100) + "]".repeat(100)).depth()).isEqualTo(100);
        assertThatThrownBy(() -> json("[".repeat(101) + "]".repeat(101)))
                .isInstanceOf(SqlException.class)
                .hasMessage("The JSON document exceeds the maximum depth.");
        JsonValue deep = json("[".repeat(100) + "]".repeat(100));
        assertThatThrownBy(() -> new JsonBuilder().beginArray().add(deep)).isInstanceOf(SqlException.class);
    }

    @Test
    void membersAreFoundByKey() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 3000; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("\"key")
                    .append(i)
                    .append("\":")
                    .append(i);
        }
        JsonValue object = json(text.append('}').toString());
        assertThat(object.size()).isEqualTo(3000);
        for (int i = 0; i < 3000; i++) {
            assertThat(object.member(utf8("key" + i))).hasToString(String.valueOf(i));
        }
        assertThat(object.member(utf8("key3000"))).isNull();
        assertThat(object.member(utf8(""))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 250, 256, 65_000, 70_000})
    void sizesOfAnyWidth(int length) {
        String filler = "x".repeat(length);
        JsonValue value = json("{\"a\": \"" + filler + "\", \"b\": [1, \"" + filler + "\", 2]}");
        JsonValue array = value.element(1);
        assertThat(value.element(0).text()).isEqualTo(filler);
        assertThat(array.element(2).longValue()).isEqualTo(2);
        assertThat(value.sizeBytes() + 1).isEqualTo(value.toDocument().length);
        assertThat(JsonValue.of(array.toDocument())).hasToString(array.toString());
    }

    @Test
    void sqlValuesInJson() {
        JsonBuilder b = new JsonBuilder();
        b.beginArray()
                .add(new BigDecimal("1.50"))
                .addTemporal(JsonType.DATE, Temporal.date(2026, 1, 2))
                .addTemporal(JsonType.TIME, Temporal.time(true, 10, 11, 12, 500_000))
                .addTemporal(JsonType.DATETIME, Temporal.datetime(2026, 1, 2, 3, 4, 5, 0))
                .addOpaque(252, new byte[] {1, 2, 3}, 0, 3)
                .addUnsigned(-1)
                .end();
        JsonValue value = b.toValue();
        assertThat(value)
                .hasToString("[1.50, \"2026-01-02\", \"-10:11:12.500000\", \"2026-01-02 03:04:05.000000\","
                        + " \"base64:type252:AQID\", 18446744073709551615]");
        assertThat(value.element(0).typeName()).isEqualTo("DECIMAL");
        assertThat(value.element(3).typeName()).isEqualTo("DATETIME");
        assertThat(value.element(4).typeName()).isEqualTo("BLOB");
        assertThat(value.element(5).typeName()).isEqualTo("UNSIGNED INTEGER");
        ByteBuilder out = new ByteBuilder();
        JsonPrinter.appendUnquoted(value.element(1), out);
        assertThat(out.toString()).isEqualTo("2026-01-02");
    }

    @Test
    void pretty() {
        ByteBuilder out = new ByteBuilder();
        JsonPrinter.appendPretty(json("{\"a\":[1,{}],\"b\":{}}"), out);
        assertThat(out.toString()).isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {}\n}");
    }

    // Examples of the manual, "Comparison and Ordering of JSON Values".
    @Test
    void valuesInOrder() {
        String[] ascending = {
            "null", "-1e300", "-5", "-0.5", "0", "0.1", "1", "1.5", "9223372036854775807", "18446744073709551615",
            "1e300", "\"\"", "\"A\"", "\"a\"", "\"ab\"", "\"b\"", "{}", "{\"a\": 1}", "{\"a\": 2}", "{\"b\": 1}",
            "{\"aa\": 1}", "{\"a\": 1, \"b\": 1}", "[]", "[1]", "[1, 2]", "[2]", "[\"a\"]", "[[]]", "false", "true"
        };
        for (int i = 0; i < ascending.length; i++) {
            for (int k = 0; k < ascending.length; k++) {
                check(json(ascending[i]), json(ascending[k]), Integer.compare(i, k));
            }
        }
        check(json("1"), json("1.0"), 0);
        check(json("[0]"), json("[-0.0]"), 0);
        check(json("1e19"), json("10000000000000000000"), 0);
        check(new JsonBuilder().add(new BigDecimal("0.10")).toValue(), json("0.1"), 0);
        check(new JsonBuilder().addTemporal(JsonType.DATE, 5).toValue(), json("true"), 1);
    }

    private static void check(JsonValue a, JsonValue b, int expected) {
        assertThat(Integer.signum(JsonOrder.compare(a, b)))
                .as("%s against %s", a, b)
                .isEqualTo(expected);
        ByteBuilder x = new ByteBuilder();
        ByteBuilder y = new ByteBuilder();
        JsonOrder.appendSortKey(a, x);
        JsonOrder.appendSortKey(b, y);
        assertThat(Integer.signum(Arrays.compareUnsigned(x.toBytes(), y.toBytes())))
                .as("keys of %s against %s", a, b)
                .isEqualTo(expected);
        byte[] p = new KeyWriter()
                .writeJson(a.toDocument(), 0, a.toDocument().length, true)
                .toBytes();
        byte[] q = new KeyWriter()
                .writeJson(b.toDocument(), 0, b.toDocument().length, true)
                .toBytes();
        assertThat(Integer.signum(Arrays.compareUnsigned(p, q))).isEqualTo(-expected);
        if (expected == 0) {
            assertThat(JsonOrder.hash(a)).isEqualTo(JsonOrder.hash(b));
        }
    }

    /// JsonOrder \[I1], on random documents.
    @Test
    void orderHashAndSortKeyAgree() {
        Random random = new Random(17);
        JsonValue[] values = new JsonValue[250];
        for (int i = 0; i < values.length; i++) {
            JsonBuilder b = new JsonBuilder();
            build(random, 3, b);
            values[i] = b.toValue();
            assertThat(json(values[i].toString()).toString()).isEqualTo(values[i].toString());
        }
        for (JsonValue a : values) {
            for (JsonValue b : values) {
                check(a, b, Integer.signum(JsonOrder.compare(a, b)));
            }
        }
    }

    private static void build(Random random, int depth, JsonBuilder b) {
        switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> b.addNull();
            case 1 -> b.add(random.nextBoolean());
            case 2 -> b.add((long) random.nextInt(5) - 2);
            case 3 -> b.add((random.nextInt(9) - 4) / 2.0);
            case 4 -> b.add("\0\u0001ab".substring(random.nextInt(4)));
            case 5 -> b.add(random.nextLong());
            case 6, 7 -> {
                b.beginArray();
                for (int n = random.nextInt(4); n > 0; n--) {
                    build(random, depth - 1, b);
                }
                b.end();
            }
            default -> {
                b.beginObject();
                for (int n = random.nextInt(4); n > 0; n--) {
                    b.key("k" + random.nextInt(3));
                    build(random, depth - 1, b);
                }
                b.end();
            }
        }
    }

    @Test
    void noBytesBreakTheParser() {
        Random random = new Random(23);
        byte[] alphabet = utf8("{}[]\",:\\u0123456789.eE+-truefalsn \n");
        for (int i = 0; i < 200_000; i++) {
            byte[] text = new byte[random.nextInt(20)];
            for (int k = 0; k < text.length; k++) {
                text[k] = alphabet[random.nextInt(alphabet.length)];
            }
            byte[] document = parser.parse(text, 0, text.length);
            if (document == null) {
                assertThat(parser.errorPosition()).isBetween(0, text.length);
                assertThat(parser.errorMessage()).isNotEmpty();
            } else {
                String shown = JsonValue.of(document).toString();
                assertThat(json(shown)).hasToString(shown);
            }
        }
    }

    private JsonValue json(String text) {
        byte[] utf8 = utf8(text);
        byte[] document = parser.parse(utf8, 0, utf8.length);
        if (document == null) {
            throw new AssertionError(text + ": " + parser.errorMessage());
        }
        return JsonValue.of(document);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
