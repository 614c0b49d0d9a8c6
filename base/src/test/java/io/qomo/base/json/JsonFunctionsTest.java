package io.qomo.base.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.LikePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFunctionsTest {
    private static final String DOCUMENT = "{\"a\": 1, \"b\": [10, [20, 21], {\"c\": 30}], \"d e\": {\"c\": 40}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "$ | [{\"a\": 1, \"b\": [10, [20, 21], {\"c\": 30}], \"d e\": {\"c\": 40}}]",
                "$.a | [1]",
                "$ . a | [1]",
                "$.x | []",
                "$.b[0] | [10]",
                "$.b[1][1] | [21]",
                "$.b[9] | []",
                "$.b[last] | [{\"c\": 30}]",
                "$.b[last - 1] | [[20, 21]]",
                "$.b[last-3] | []",
                "$.b[0 to 1] | [10, [20, 21]]",
                "$.b[1 to last] | [[20, 21], {\"c\": 30}]",
                "$.b[last-1 to last] | [[20, 21], {\"c\": 30}]",
                "$.b[*] | [10, [20, 21], {\"c\": 30}]",
                "$.* | [1, [10, [20, 21], {\"c\": 30}], {\"c\": 40}]",
                "$.\"d e\".c | [40]",
                "$.\"d\\u0020e\".c | [40]",
                "$**.c | [30, 40]",
                "$**[0] | [{\"a\": 1, \"b\": [10, [20, 21], {\"c\": 30}], \"d e\": {\"c\": 40}}, 1, 10, 20, 21, "
                        + "{\"c\": 30}, 30, {\"c\": 40}, 40]",
                "$.a[0] | [1]",
                "$.a[last] | [1]",
                "$.a[0 to 5] | [1]",
                "$.a[1] | []",
                "$.a[*] | []",
                "$[0].a | [1]",
            })
    void paths(String path, String expected) {
        JsonPath compiled = JsonPath.parse(path);
        JsonBuilder found = new JsonBuilder().beginArray();
        List<JsonValue> values = compiled.find(json(DOCUMENT));
        values.forEach(found::add);
        assertThat(found.end().toValue()).hasToString(expected);
        JsonValue first = compiled.first(json(DOCUMENT));
        assertThat(String.valueOf(first))
                .isEqualTo(values.isEmpty() ? "null" : values.getFirst().toString());
        assertThat(JsonPath.parse(compiled.toString())).hasToString(compiled.toString());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '§',
            value = {
                "§§, 1",
                "a, 1",
                "$., 2",
                "$a, 1",
                "$.1, 2",
                "$[, 2",
                "$[1, 3",
                "$[a], 2",
                "$[-1], 2",
                "$**, 3",
                "$***.a, 3",
                "$.\"a, 4",
                "$[2 to 1], 8",
                "$[last to last-1], 16",
                "$[99999999999], 11",
                "$.a b, 4"
            })
    void whatIsNoPath(String path, int position) {
        assertThatThrownBy(() -> JsonPath.parse(path))
                .isInstanceOf(SqlException.class)
                .hasMessage("Invalid JSON path expression. The error is around character position " + position + ".");
    }

    @Test
    void wildcards() {
        for (String path : new String[] {"$.*", "$[*]", "$**.a", "$[0 to 1]"}) {
            assertThat(JsonPath.parse(path).hasWildcard()).isTrue();
            assertThatThrownBy(() -> JsonPath.parse(path).requireSingle()).isInstanceOf(SqlException.class);
        }
        assertThat(JsonPath.parse("$.a[last]").hasWildcard()).isFalse();
    }

    // Mostly the manual's examples, "Functions That Modify JSON Values".
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "SET | {\"a\": 1, \"b\": [2, 3]} | $.a | 10 | {\"a\": 10, \"b\": [2, 3]}",
                "SET | {\"a\": 1, \"b\": [2, 3]} | $.c | [true] | {\"a\": 1, \"b\": [2, 3], \"c\": [true]}",
                "SET | {\"a\": 1} | $.b.c | 1 | {\"a\": 1}",
                "SET | {\"a\": 1} | $.a.c | 1 | {\"a\": 1}",
                "SET | {\"a\": 1} | $ | 1 | 1",
                "SET | [1, 2] | $[5] | 3 | [1, 2, 3]",
                "SET | [1, 2] | $[last-5] | 0 | [0, 1, 2]",
                "SET | [1, 2] | $[1] | 9 | [1, 9]",
                "SET | 1 | $[0] | 9 | 9",
                "SET | 1 | $[1] | 9 | [1, 9]",
                "SET | {\"a\": 1} | $.a[1] | 9 | {\"a\": [1, 9]}",
                "SET | {\"a\": 1} | $.a[0] | 9 | {\"a\": 9}",
                "SET | {\"a\": [{\"b\": 1}]} | $.a[0].b | 9 | {\"a\": [{\"b\": 9}]}",
                "INSERT | {\"a\": 1} | $.a | 10 | {\"a\": 1}",
                "INSERT | {\"a\": 1} | $.b | 10 | {\"a\": 1, \"b\": 10}",
                "REPLACE | {\"a\": 1} | $.a | 10 | {\"a\": 10}",
                "REPLACE | {\"a\": 1} | $.b | 10 | {\"a\": 1}",
            })
    void setting(JsonEdit.Mode mode, String document, String path, String value, String expected) {
        assertThat(JsonEdit.set(json(document), JsonPath.parse(path), json(value), mode))
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "[\"a\", [\"b\", \"c\"], \"d\"] | $[1] | [\"a\", \"d\"]",
                "{\"a\": 1, \"b\": 2} | $.a | {\"b\": 2}",
                "{\"a\": {\"b\": 2}} | $.a.b | {\"a\": {}}",
                "{\"a\": 1} | $.x | {\"a\": 1}",
                "{\"a\": 1} | $.a[0] | {\"a\": 1}",
                "[1] | $[7] | [1]",
            })
    void removing(String document, String path, String expected) {
        assertThat(JsonEdit.remove(json(document), JsonPath.parse(path))).hasToString(expected);
    }

    @Test
    void theRootCannotBeRemoved() {
        assertThatThrownBy(() -> JsonEdit.remove(json("1"), JsonPath.parse("$")))
                .hasMessage("The path expression '$' is not allowed in this context.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "[\"a\", [\"b\", \"c\"], \"d\"] | $[1] | 1 | [\"a\", [\"b\", \"c\", 1], \"d\"]",
                "[\"a\", [\"b\", \"c\"], \"d\"] | $[0] | 2 | [[\"a\", 2], [\"b\", \"c\"], \"d\"]",
                "{\"a\": 1, \"b\": [2, 3], \"c\": 4} | $.c | \"y\" | {\"a\": 1, \"b\": [2, 3], \"c\": [4, \"y\"]}",
                "{\"a\": 1} | $ | \"z\" | [{\"a\": 1}, \"z\"]",
                "{\"a\": 1} | $.x | 1 | {\"a\": 1}",
            })
    void appending(String document, String path, String value, String expected) {
        assertThat(JsonEdit.arrayAppend(json(document), JsonPath.parse(path), json(value)))
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "[\"a\", {\"b\": [1, 2]}, [3, 4]] | $[1] | \"x\" | [\"a\", \"x\", {\"b\": [1, 2]}, [3, 4]]",
                "[\"a\", {\"b\": [1, 2]}, [3, 4]] | $[100] | \"x\" | [\"a\", {\"b\": [1, 2]}, [3, 4], \"x\"]",
                "[\"a\", {\"b\": [1, 2]}, [3, 4]] | $[1].b[0] | \"x\" | [\"a\", {\"b\": [\"x\", 1, 2]}, [3, 4]]",
                "[\"a\", {\"b\": [1, 2]}, [3, 4]] | $[0][0] | \"x\" | [\"a\", {\"b\": [1, 2]}, [3, 4]]",
            })
    void inserting(String document, String path, String value, String expected) {
        assertThat(JsonEdit.arrayInsert(json(document), JsonPath.parse(path), json(value)))
                .hasToString(expected);
    }

    @Test
    void insertingNeedsACell() {
        assertThatThrownBy(() -> JsonEdit.arrayInsert(json("{}"), JsonPath.parse("$.a"), json("1")))
                .hasMessage("A path expression is not a path to a cell in an array.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "[1, 2] | [true, false] | [true, false] | [1, 2, true, false]",
                "{\"name\": \"x\"} | {\"id\": 47} | {\"id\": 47, \"name\": \"x\"} | {\"id\": 47, \"name\": \"x\"}",
                "1 | true | true | [1, true]",
                "[1, 2] | {\"id\": 47} | {\"id\": 47} | [1, 2, {\"id\": 47}]",
                "{\"a\": 1, \"b\": 2} | {\"a\": 3, \"c\": 4} | {\"a\": 3, \"b\": 2, \"c\": 4} "
                        + "| {\"a\": [1, 3], \"b\": 2, \"c\": 4}",
                "{\"a\": 1, \"b\": 2} | {\"b\": null} | {\"a\": 1} | {\"a\": 1, \"b\": [2, null]}",
                "{\"a\": {\"x\": 1}} | {\"a\": {\"y\": 2, \"z\": null}} | {\"a\": {\"x\": 1, \"y\": 2}} "
                        + "| {\"a\": {\"x\": 1, \"y\": 2, \"z\": null}}",
                "{} | {\"a\": {\"z\": null}} | {\"a\": {}} | {\"a\": {\"z\": null}}",
            })
    void merging(String a, String b, String patched, String preserved) {
        assertThat(JsonEdit.mergePatch(json(a), json(b))).hasToString(patched);
        assertThat(JsonEdit.mergePreserve(json(a), json(b))).hasToString(preserved);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{\"a\": 1, \"b\": 2, \"c\": {\"d\": 4}} | {\"d\": 4} | false",
                "{\"a\": 1, \"b\": 2, \"c\": {\"d\": 4}} | {\"c\": {\"d\": 4}} | true",
                "{\"a\": 1, \"b\": 2} | {\"a\": 1, \"b\": 3} | false",
                "[1, 2, [3, 4]] | 3 | true",
                "[1, 2, [3, 4]] | [3] | true",
                "[1, 2, [3, 4]] | [1, 3] | true",
                "[1, 2, [3, 4]] | [[3]] | true",
                "[1, 2, [3, 4]] | [[1]] | false",
                "[1, 2] | [] | true",
                "[] | 1 | false",
                "1 | 1.0 | true",
                "1 | [1] | false",
                "[{\"a\": 1, \"b\": 2}] | {\"a\": 1} | true",
            })
    void containing(String target, String candidate, boolean expected) {
        assertThat(JsonMatch.contains(json(target), json(candidate))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "[1,3,5,7] | [2,5,7] | true",
                "[1,3,5,7] | [2,6,8] | false",
                "[[1,2],[3,4],5] | [1,[2,3],[4,5]] | false",
                "{\"a\":1,\"b\":10,\"d\":10} | {\"c\":1,\"e\":10,\"f\":1,\"d\":10} | true",
                "{\"a\":1,\"b\":10,\"d\":10} | {\"a\":5,\"e\":10,\"f\":1,\"d\":20} | false",
                "5 | 5 | true",
                "5 | 6 | false",
                "[4,5,6,7] | 6 | true",
                "[4,5,6,7] | \"6\" | false",
                "{\"a\": 1} | 1 | false",
            })
    void overlapping(String a, String b, boolean expected) {
        assertThat(JsonMatch.overlaps(json(a), json(b))).isEqualTo(expected);
        assertThat(JsonMatch.overlaps(json(b), json(a))).isEqualTo(expected);
    }

    @Test
    void elements() {
        assertThat(JsonMatch.isElement(json("17"), json("[23, \"abc\", 17, \"ab\", 10]")))
                .isTrue();
        assertThat(JsonMatch.isElement(json("\"17\""), json("[23, \"abc\", 17]")))
                .isFalse();
        assertThat(JsonMatch.isElement(json("[4,5]"), json("[[3,4],[4,5]]"))).isTrue();
        assertThat(JsonMatch.isElement(json("1"), json("1"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "true | abc | | [\"$[0]\", \"$[2].x\"]",
                "false | abc | | \"$[0]\"",
                "true | ghi | | null",
                "true | 10 | | \"$[1][0].k\"",
                "true | 10 | $[*][0].k | \"$[1][0].k\"",
                "true | %a% | | [\"$[0]\", \"$[2].x\"]",
                "true | %b% | $[0] | \"$[0]\"",
                "true | %b% | $[2] | \"$[2].x\"",
                "true | %b% | $[1] | null",
                "true | bcd | | \"$[3].\\\"y z\\\"\"",
            })
    void searching(boolean isAll, String pattern, String path, String expected) {
        JsonValue document = json("[\"abc\", [{\"k\": \"10\"}, \"def\"], {\"x\": \"abc\"}, {\"y z\": \"bcd\"}]");
        byte[] like = utf8(pattern);
        List<JsonPath> paths = new ArrayList<>();
        if (path != null) {
            paths.add(JsonPath.parse(path));
        }
        JsonValue found = JsonMatch.search(
                document, isAll, LikePattern.compile(like, 0, like.length, '\\', Collation.UTF8MB4_BIN), paths);
        assertThat(String.valueOf(found)).isEqualTo(expected);
    }

    @Test
    void keys() {
        assertThat(JsonMatch.keys(json("{\"b\": 1, \"a\": {\"c\": 30}}"))).hasToString("[\"a\", \"b\"]");
        assertThat(JsonMatch.keys(json("[1]"))).isNull();
    }

    private static JsonValue json(String text) {
        byte[] utf8 = utf8(text);
        byte[] document = new JsonParser().parse(utf8, 0, utf8.length);
        if (document == null) {
            throw new AssertionError("not JSON: " + text);
        }
        return JsonValue.of(document);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
