package io.qomo.query.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What SQL cannot reach: groups merged from several accumulators, and their size.
class JsonAccumulatorTest {
    private static final SqlType KEY = SqlType.varchar(10, Collation.UTF8MB4_BIN);

    private static BytesVector numbers(long... values) {
        BytesVector v = new BytesVector(SqlType.JSON, values.length);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                v.setNull(i);
            } else {
                v.set(i, new JsonBuilder().add(values[i]).toDocument());
            }
        }
        return v;
    }

    private static BytesVector keys(String... keys) {
        BytesVector v = new BytesVector(KEY, keys.length);
        for (int i = 0; i < keys.length; i++) {
            v.set(i, keys[i]);
        }
        return v;
    }

    private static List<String> results(JsonAccumulator accumulator, int groups) {
        BytesVector out = new BytesVector(SqlType.JSON, groups);
        accumulator.results(0, groups, out);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            texts.add(out.isNull(i) ? "NULL" : JsonValue.of(out.get(i)).toString());
        }
        return texts;
    }

    @Test
    void arraysMergeInOrder() {
        JsonAccumulator first = new JsonAccumulator(false);
        first.ensureGroups(3);
        first.add(new int[] {0, 1, 0}, new Vector[] {numbers(1, 2, -1)}, 3);
        JsonAccumulator second = new JsonAccumulator(false);
        second.ensureGroups(2);
        second.add(new int[] {1, 0}, new Vector[] {numbers(7, 8)}, 2);
        first.merge(second, new int[] {1, 0}, 2);
        assertThat(results(first, 3)).containsExactly("[1, null, 7]", "[2, 8]", "NULL");
    }

    @Test
    void objectsMergeSoThatTheLastOfEqualKeysCounts() {
        JsonAccumulator first = new JsonAccumulator(true);
        first.add(null, new Vector[] {keys("a", "b"), numbers(1, 2)}, 2);
        JsonAccumulator second = new JsonAccumulator(true);
        second.add(null, new Vector[] {keys("b", "c"), numbers(3, -1)}, 2);
        first.merge(second, new int[] {0}, 1);
        assertThat(results(first, 1)).containsExactly("{\"a\": 1, \"b\": 3, \"c\": null}");
    }

    @Test
    void resettingForgetsGroupsAndGivesTheirMemoryBack() {
        JsonAccumulator accumulator = new JsonAccumulator(false);
        long empty = accumulator.sizeBytes();
        accumulator.add(null, new Vector[] {numbers(1, 2, 3)}, 3);
        assertThat(accumulator.sizeBytes()).isGreaterThan(empty);
        accumulator.reset();
        assertThat(accumulator.sizeBytes()).isEqualTo(empty);
        assertThat(results(accumulator, 1)).containsExactly("NULL");
    }
}
