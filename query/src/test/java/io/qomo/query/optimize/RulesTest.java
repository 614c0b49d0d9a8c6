package io.qomo.query.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.testing.TestSchema;
import io.qomo.query.testing.TestTables;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each rule changes the plan of one query, as told, and leaves that of another alone.
class RulesTest {
    private static final SqlType TEXT = SqlType.varchar(20, Collation.UTF8MB4_0900_AI_CI);

    private static TestSchema schema() {
        return new TestSchema()
                .add(TestTables.table(1, "c")
                        .column("id", SqlType.INT)
                        .nullable("city", TEXT)
                        .nullable("n", SqlType.INT)
                        .primary("id")
                        .key("city", "city")
                        .build())
                .add(TestTables.table(2, "o")
                        .column("id", SqlType.INT)
                        .column("cid", SqlType.INT)
                        .nullable("total", SqlType.INT)
                        .primary("id")
                        .key("cid", "cid")
                        .build())
                .rows("c", 1000, Map.of(1, 20L))
                .rows("o", 50_000, Map.of(1, 1000L));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            fold-constants        | SELECT id + (1 + 2) FROM c                                     | (`id` + 3)
            inline-ctes           | WITH q AS (SELECT * FROM c) SELECT id FROM q WHERE id = 3      | using PRIMARY (id=3)
            unnest-subqueries     | SELECT id FROM c WHERE id IN (SELECT cid FROM o)               | join
            join-scalar-subqueries | SELECT id, (SELECT SUM(total) FROM o WHERE o.cid = c.id) FROM c | left join
            outer-to-inner        | SELECT c.id FROM c LEFT JOIN o ON o.cid = c.id WHERE o.total = 1 | nner
            infer-equalities      | SELECT o.id FROM c JOIN o ON o.cid = c.id WHERE c.id = 5       | (cid=5)
            push-predicates       | SELECT n FROM (SELECT cid, COUNT(*) n FROM o GROUP BY cid) d WHERE cid = 7 | (cid=7)
            """)
    void changesThePlan(String rule, String sql, String seen) {
        String before = schema().without(rule).tree(sql);
        String after = schema().tree(sql);
        assertThat(after).as("with %s", rule).contains(seen).isNotEqualTo(before);
        assertThat(before).as("without %s", rule).doesNotContain(seen);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            eliminate-duplicate-work | SELECT DISTINCT id, n FROM c                              | Remove duplicates
            trim-sorts               | SELECT c.id FROM c JOIN (SELECT id FROM o ORDER BY total) d ON d.id = c.id | Sort
            prune-empty              | SELECT id FROM c LIMIT 0                                  | Limit
            simplify-conditions      | SELECT id FROM c WHERE n > 1 AND n > 1                    | and
            merge-projects           | SELECT id FROM c                                          | Project
            prune-columns            | SELECT cid FROM o                                         | Table scan on o
            """)
    void removesWork(String rule, String sql, String gone) {
        assertThat(schema().without(rule).tree(sql)).contains(gone);
        assertThat(schema().tree(sql)).doesNotContain(gone);
    }

    @Test
    void alternativesOfAJoinAreImpliedForEachTable() {
        String sql = "SELECT c.id FROM c JOIN o ON o.cid = c.id"
                + " WHERE (c.n = 1 AND o.total = 2) OR (c.n = 3 AND o.total = 4)";
        assertThat(schema().tree(sql))
                .isNotEqualTo(schema().without("imply-alternatives").tree(sql));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            fold-constants           | SELECT id + n FROM c
            simplify-conditions      | SELECT id FROM c WHERE n < 3
            inline-ctes              | SELECT id FROM c
            merge-projects           | SELECT id + n FROM c
            unnest-subqueries        | SELECT id, id IN (SELECT cid FROM o) FROM c
            join-scalar-subqueries   | SELECT id, (SELECT SUM(total) FROM o) FROM c
            outer-to-inner           | SELECT c.id FROM c LEFT JOIN o ON o.cid = c.id WHERE o.total IS NULL
            infer-equalities         | SELECT o.id FROM c JOIN o ON o.cid > c.id WHERE c.id = 5
            push-predicates          | SELECT SUM(total) FROM o HAVING SUM(total) > 3
            prune-empty              | SELECT id FROM c WHERE n = 3
            eliminate-duplicate-work | SELECT DISTINCT n FROM c
            trim-sorts               | SELECT id FROM c ORDER BY n
            prune-columns            | SELECT * FROM c
            imply-alternatives       | SELECT id FROM c WHERE n = 1 OR city = 'x'
            """)
    void leavesThePlanAlone(String rule, String sql) {
        assertThat(schema().tree(sql)).isEqualTo(schema().without(rule).tree(sql));
    }

    @Test
    void aLeftRowWithoutAMatchIsKeptWhenOnNamesItsValue() {
        String plan = schema().tree("SELECT COUNT(o.total) FROM c LEFT JOIN o ON o.cid = c.id AND o.cid = 2");
        assertThat(plan).contains("left join").containsAnyOf("(`cid` = `id`)", "(`id` = `cid`)");
    }
}
