package io.qomo.testing.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.Qomo;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statements without measure: each is done, or fails alone with an error that says why.
@Timeout(60)
class HardStatementsTest {
    private static final int QUERY_INTERRUPTED = 1317;
    private static final int QUERY_TIMEOUT = 3024;

    private static Qomo server;
    private Client client;

    @BeforeAll
    static void start() throws IOException {
        server = Qomo.embedded().inMemory().start();
        try (Client client = new Client(server.port(), "")) {
            client.rows("CREATE DATABASE d");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        client = new Client(server.port(), "d");
    }

    /// Whatever happened: the connection and the server go on.
    @AfterEach
    void isAlive() throws IOException {
        assertThat(client.value("SELECT 1 + 1")).isEqualTo("2");
        client.close();
        try (Client other = new Client(server.port(), "d")) {
            assertThat(other.value("SELECT 1 + 1")).isEqualTo("2");
        }
    }

    private static String repeat(String text, int count) {
        return text.repeat(count);
    }

    /// Digits, a table of ten rows, as a factor of joins.
    private static final String TEN = "(SELECT 0 AS x UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION"
            + " ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL"
            + " SELECT 9)";

    private static String crossJoin(int tables) {
        return "SELECT COUNT(*) FROM "
                + IntStream.range(0, tables).mapToObj(i -> TEN + " t" + i).collect(Collectors.joining(", "))
                + " WHERE RAND() < 2";
    }

    private int errnoWhenKilled(String sql) throws Exception {
        try (Client killer = new Client(server.port(), "d");
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            String id = client.id();
            Future<Integer> running = threads.submit(() -> client.errno(sql));
            String isRunning =
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id + " AND command = 'Query'";
            while (killer.value(isRunning).equals("0")) {
                assertThat(running.isDone()).as(sql).isFalse();
            }
            killer.rows("KILL QUERY " + id);
            return running.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCrossJoinOfATrillionRowsIsKilled() throws Exception {
        assertThat(errnoWhenKilled(crossJoin(12))).isEqualTo(QUERY_INTERRUPTED);
    }

    @Test
    void maxExecutionTimeEndsACrossJoin() throws IOException {
        client.rows("SET max_execution_time = 200");
        assertThat(client.errno(crossJoin(12))).isEqualTo(QUERY_TIMEOUT);
        assertThat(client.errno("SELECT /*+ MAX_EXECUTION_TIME(100) */ * FROM (" + crossJoin(11) + ") x"))
                .isEqualTo(QUERY_TIMEOUT);
    }

    /// MySQL's SLEEP returns 1 when its time is over; here the query ends.
    @Test
    void maxExecutionTimeEndsSleep() throws IOException {
        client.rows("SET max_execution_time = 200");
        long start = System.nanoTime();
        assertThat(client.errno("SELECT SLEEP(30)")).isEqualTo(QUERY_TIMEOUT);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void killQueryEndsSleep() throws Exception {
        assertThat(errnoWhenKilled("SELECT SLEEP(300)")).isIn(0, QUERY_INTERRUPTED);
    }

    @Test
    void maxExecutionTimeEndsALockWait() throws IOException {
        client.rows("CREATE TABLE waited (id INT PRIMARY KEY)");
        client.rows("INSERT INTO waited VALUES (1)");
        try (Client holder = new Client(server.port(), "d")) {
            holder.rows("BEGIN");
            holder.rows("SELECT * FROM waited FOR UPDATE");
            client.rows("SET max_execution_time = 200");
            assertThat(client.errno("SELECT * FROM waited WHERE id = 1 FOR UPDATE"))
                    .isEqualTo(QUERY_TIMEOUT);
            client.rows("SET max_execution_time = 0, innodb_lock_wait_timeout = 1");
            assertThat(client.errno("SELECT * FROM waited WHERE id = 1 FOR UPDATE"))
                    .isEqualTo(1205);
        }
    }

    @Test
    void killQueryEndsALockWait() throws Exception {
        client.rows("CREATE TABLE held (id INT PRIMARY KEY)");
        client.rows("INSERT INTO held VALUES (1)");
        try (Client holder = new Client(server.port(), "d")) {
            holder.rows("BEGIN");
            holder.rows("SELECT * FROM held FOR UPDATE");
            assertThat(errnoWhenKilled("DELETE FROM held WHERE id = 1")).isEqualTo(QUERY_INTERRUPTED);
            assertThat(errnoWhenKilled("INSERT INTO held VALUES (2)")).isEqualTo(QUERY_INTERRUPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100, 1_000, 10_000, 200_000})
    void nestedParentheses(int depth) throws IOException {
        int errno = client.errno("SELECT " + repeat("(", depth) + "1" + repeat(")", depth));
        assertThat(errno).isIn(depth <= 100 ? List.of(0) : List.of(0, 1436, 1064));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT ", "- ", "~", "!"})
    void nestedPrefixes(String operator) throws IOException {
        for (int depth : List.of(100, 5_000, 100_000)) {
            assertThat(client.errno("SELECT " + repeat(operator, depth) + "1")).isIn(0, 1436, 1064);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" + 1", " AND 1", " OR id = 1"})
    void longChains(String more) throws IOException {
        client.rows("CREATE TABLE IF NOT EXISTS chained (id INT PRIMARY KEY)");
        for (int length : List.of(1_000, 20_000)) {
            assertThat(client.errno("SELECT id FROM chained WHERE id" + repeat(more, length)))
                    .isIn(0, 1436);
        }
    }

    @Test
    void nestedFunctionsSubqueriesCasesAndUnions() throws IOException {
        for (int depth : List.of(50, 3_000)) {
            assertThat(client.errno("SELECT " + repeat("ABS(", depth) + "1" + repeat(")", depth)))
                    .isIn(0, 1436, 1064);
            assertThat(client.errno("SELECT " + repeat("(SELECT ", depth) + "1" + repeat(")", depth)))
                    .isIn(0, 1436, 1064, 1473);
            assertThat(client.errno("SELECT " + repeat("CASE WHEN 1 THEN ", depth) + "1" + repeat(" END", depth)))
                    .isIn(0, 1436, 1064);
            assertThat(client.errno("SELECT 1" + repeat(" UNION ALL SELECT 1", depth)))
                    .isIn(0, 1436);
            assertThat(client.errno("SELECT JSON_EXTRACT('" + repeat("[", depth) + repeat("]", depth) + "', '$')"))
                    .isIn(0, 1235, 3157, 3141);
        }
    }

    @Test
    void anInListOfTenThousandValues() throws IOException {
        client.rows("CREATE TABLE many (id INT PRIMARY KEY, k INT, KEY (k))");
        client.rows("INSERT INTO many VALUES (5, 5), (9999, 9999), (20000, 20000)");
        String list = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(client.value("SELECT COUNT(*) FROM many WHERE id IN (" + list + ")"))
                .isEqualTo("2");
        assertThat(client.value("SELECT COUNT(*) FROM many WHERE k IN (" + list + ")"))
                .isEqualTo("2");
        assertThat(client.value("SELECT COUNT(*) FROM many WHERE id NOT IN (" + list + ")"))
                .isEqualTo("1");
        assertThat(client.errno("UPDATE many SET k = k + 1 WHERE k IN (" + list + ")"))
                .isZero();
    }

    @Test
    void aTableOfAThousandColumns() throws IOException {
        String columns =
                IntStream.range(0, 1000).mapToObj(i -> "c" + i + " INT").collect(Collectors.joining(", "));
        assertThat(client.errno("CREATE TABLE wide (id INT PRIMARY KEY, " + columns + ")"))
                .isZero();
        String values = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        assertThat(client.errno("INSERT INTO wide VALUES (1, " + values + "), (2, " + values + ")"))
                .isZero();
        assertThat(client.value("SELECT c0 + c999 FROM wide WHERE id = 2")).isEqualTo("999");
        assertThat(client.rows("SELECT * FROM wide")).hasSize(2);
        assertThat(client.errno("ALTER TABLE wide ADD COLUMN more INT")).isZero();
        String tooMany =
                IntStream.range(0, 5000).mapToObj(i -> "c" + i + " INT").collect(Collectors.joining(", "));
        assertThat(client.errno("CREATE TABLE wider (" + tooMany + ")")).isEqualTo(1117);
    }

    @Test
    void longRowsAndValues() throws IOException {
        assertThat(client.errno("CREATE TABLE long_rows (id INT PRIMARY KEY, v VARCHAR(16000), b LONGBLOB)"))
                .isZero();
        assertThat(client.errno("INSERT INTO long_rows VALUES (1, REPEAT('ä', 16000), REPEAT('b', 20 << 20))"))
                .isZero();
        assertThat(client.value("SELECT LENGTH(v), LENGTH(b), MD5(b) = MD5(REPEAT('b', 20 << 20)) FROM long_rows"))
                .isEqualTo("32000\t20971520\t1");
        assertThat(client.rows("SELECT b FROM long_rows").getFirst()).hasSize(20 << 20);
        assertThat(client.errno("CREATE TABLE too_long (a VARCHAR(16383), b VARCHAR(16383))"))
                .isEqualTo(1118);
        String literal = "x".repeat(17 << 20);
        assertThat(client.value("SELECT LENGTH('" + literal + "')")).isEqualTo(Integer.toString(17 << 20));
        assertThat(client.value("SELECT REPEAT('x', 1 << 30) IS NULL")).isEqualTo("1");
    }

    @Test
    void aSortLargerThanItsMemorySpills() throws IOException {
        client.rows("CREATE TABLE sorted (id INT PRIMARY KEY, v VARCHAR(200))");
        client.rows("INSERT INTO sorted SELECT a.x * 10000 + b.x * 1000 + c.x * 100 + d.x * 10 + e.x, MD5(RAND()) FROM "
                + TEN + " a, " + TEN + " b, " + TEN + " c, " + TEN + " d, " + TEN + " e WHERE a.x < 3");
        client.rows("SET query_memory_limit = " + (2 << 20));
        List<String> values = client.rows("SELECT v FROM sorted ORDER BY v");
        assertThat(values).hasSize(30_000).isSortedAccordingTo(Collections.reverseOrder(Collections.reverseOrder()));
        assertThat(client.value("SELECT COUNT(*) FROM (SELECT v, COUNT(*) FROM sorted GROUP BY v) x"))
                .isEqualTo(Integer.toString((int) values.stream().distinct().count()));
    }

    @Test
    void aQueryAboveItsMemoryFailsAlone() throws IOException {
        client.rows("SET query_memory_limit = " + (1 << 20));
        assertThat(client.errno("SELECT LENGTH(GROUP_CONCAT(REPEAT('x', 100000))) FROM " + TEN + " a, " + TEN + " b"))
                .isIn(0, 1260);
        assertThat(client.errno("SELECT JSON_ARRAYAGG(REPEAT('x', 100000)) FROM " + TEN + " a, " + TEN + " b"))
                .isNotEqualTo(2013);
        client.rows("SET query_memory_limit = DEFAULT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT REPEAT('a', 40) REGEXP '^(a+)+$'",
                "SELECT CONCAT(REPEAT('a', 40), 'b') REGEXP '^(a+)+$'",
                "SELECT CONCAT(REPEAT('a', 5000), 'b') REGEXP '^(a|aa)+$'",
                "SELECT REPEAT('a', 1000000) REGEXP '^(.|\\\\n)*$'",
                "SELECT CONCAT(REPEAT('ab', 100000), 'c') REGEXP '(a|b|ab)*d'",
                "SELECT REGEXP_REPLACE(REPEAT('x', 100000), 'x*', 'y') IS NOT NULL",
                "SELECT REGEXP_LIKE('x', REPEAT('(', 20000))",
                "SELECT REGEXP_LIKE('x', CONCAT(REPEAT('(', 20000), 'x', REPEAT(')', 20000)))",
                "SELECT REPEAT('a', 30) REGEXP '(a?){30}a{30}'",
            })
    void regularExpressions(String sql) throws IOException {
        assertThat(client.errno(sql)).isIn(0, 3692, 3696, 3698, 3699, 3685, 3697, 1436);
    }

    @Test
    void longPatterns() throws IOException {
        assertThat(client.value("SELECT REPEAT('a', 5000) LIKE CONCAT(REPEAT('%a', 2000), '%b')"))
                .isEqualTo("0");
    }
}
