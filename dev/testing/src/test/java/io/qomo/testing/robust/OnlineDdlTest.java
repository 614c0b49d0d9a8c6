package io.qomo.testing.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Schema changes while the table is written and read: afterwards every index agrees with the
/// table, and nothing that was acknowledged is missing.
@Timeout(120)
class OnlineDdlTest {
    private static final int ROWS = 3000;
    private static final int WRITERS = 3;
    /// What a writer may meet: duplicates, lock waits, deadlocks, a changed definition.
    private static final Set<Integer> EXPECTED = Set.of(0, 1062, 1205, 1213, 1412);

    private TestDatabase database;
    private ExecutorService threads;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger inserted = new AtomicInteger();
    private final AtomicInteger deleted = new AtomicInteger();

    @BeforeEach
    void create() throws IOException {
        database = TestDatabase.create();
        threads = Executors.newCachedThreadPool();
        try (Client client = client()) {
            client.rows("CREATE TABLE t (id INT PRIMARY KEY, a INT, b INT NOT NULL, c VARCHAR(40), KEY (a))");
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < ROWS; i++) {
                values.append(i == 0 ? "" : ",").append("(%d, %d, %d, 'c%d')".formatted(i, i % 97, i * 2, i));
            }
            client.rows("INSERT INTO t VALUES " + values);
        }
    }

    @AfterEach
    void drop() throws InterruptedException {
        stop.set(true);
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        database.close();
    }

    private Client client() throws IOException {
        return new Client(database.port(), database.name());
    }

    /// Inserts, updates and deletes rows until told to stop.
    private Void write(int writer) throws IOException {
        Random random = new Random(writer);
        try (Client client = client()) {
            for (int i = 0; !stop.get(); i++) {
                int id = random.nextInt(ROWS);
                String sql = switch (random.nextInt(4)) {
                    case 0 -> "UPDATE t SET a = a + 1 WHERE id = " + id;
                    case 1 -> "UPDATE t SET a = NULL, c = CONCAT(c, 'x') WHERE id = " + id;
                    case 2 -> {
                        int key = 1_000_000 * (writer + 1) + i;
                        yield "INSERT INTO t (id, a, b, c) VALUES (" + key + ", 1, " + key + ", 'n')";
                    }
                    default -> "DELETE FROM t WHERE id = " + id;
                };
                Client.Answer answer = client.answer(sql);
                assertThat(EXPECTED).as(sql).contains(answer.errno());
                if (sql.startsWith("INSERT")) {
                    inserted.addAndGet((int) answer.affected());
                } else if (sql.startsWith("DELETE")) {
                    deleted.addAndGet((int) answer.affected());
                }
            }
        }
        return null;
    }

    /// Counts rows by the table again and again: the count never falls or rises by more than
    /// writers make it.
    private Void read() throws IOException {
        try (Client client = client()) {
            while (!stop.get()) {
                Client.Answer answer = client.answer("SELECT COUNT(*), COUNT(a) FROM t");
                assertThat(answer.errno()).isIn(0, 1412);
            }
        }
        return null;
    }

    private List<Future<Void>> startLoad() {
        List<Callable<Void>> work = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            work.add(() -> write(writer));
        }
        work.add(this::read);
        return work.stream().map(threads::submit).toList();
    }

    private void endLoad(List<Future<Void>> load) throws Exception {
        stop.set(true);
        for (Future<Void> each : load) {
            each.get(30, TimeUnit.SECONDS);
        }
        try (Client client = client()) {
            IndexChecker.check(client, "t");
            assertThat(client.value("SELECT COUNT(*) FROM t"))
                    .isEqualTo(Integer.toString(ROWS + inserted.get() - deleted.get()));
        }
    }

    @Test
    void changesInPlace() throws Exception {
        List<Future<Void>> load = startLoad();
        try (Client client = client()) {
            for (int round = 0; round < 3; round++) {
                for (String sql : List.of(
                        "CREATE INDEX by_b ON t (b)",
                        "ALTER TABLE t ADD INDEX by_ba (b, a), ADD COLUMN d" + round + " INT DEFAULT 7",
                        "CREATE UNIQUE INDEX u ON t (b, id)",
                        "ALTER TABLE t DROP INDEX by_b, DROP INDEX by_ba, ALGORITHM=INPLACE, LOCK=NONE",
                        "DROP INDEX u ON t")) {
                    assertThat(client.errno(sql)).as(sql).isZero();
                    IndexChecker.check(client, "t");
                }
            }
            assertThat(client.errno("CREATE INDEX by_b ON t (b)")).isZero();
            assertThat(client.errno("CREATE INDEX by_d ON t (d1, a)")).isZero();
        }
        endLoad(load);
    }

    @Test
    void changesByCopying() throws Exception {
        List<Future<Void>> load = startLoad();
        try (Client client = client()) {
            for (String sql : List.of(
                    "ALTER TABLE t MODIFY b BIGINT NOT NULL",
                    "ALTER TABLE t MODIFY c VARCHAR(200) CHARACTER SET latin1, ADD INDEX by_b (b)",
                    "ALTER TABLE t ADD COLUMN e INT AS (b + 1) STORED, ADD INDEX (e)",
                    "ALTER TABLE t ENGINE=InnoDB",
                    "OPTIMIZE TABLE t")) {
                int errno = client.errno(sql);
                assertThat(errno).as(sql).isIn(0, sql.startsWith("OPTIMIZE") ? 1235 : 0);
            }
        }
        endLoad(load);
    }

    /// Changes that rewrite every row, and the key among them, while each writer keeps a second table equal to this
    /// one.
    @Test
    void copiesFollowWhatIsWritten() throws Exception {
        try (Client client = client()) {
            client.rows("CREATE TABLE s LIKE t");
            client.rows("INSERT INTO s SELECT * FROM t");
        }
        List<Future<Void>> load = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            load.add(threads.submit(() -> writeBoth(writer)));
        }
        try (Client client = client()) {
            for (int round = 0; round < 2; round++) {
                for (String sql : List.of(
                        "ALTER TABLE t MODIFY b BIGINT NOT NULL, MODIFY id BIGINT, LOCK=NONE",
                        "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (b), ADD UNIQUE KEY by_id (id), LOCK=NONE",
                        "ALTER TABLE t MODIFY c VARCHAR(200) CHARACTER SET latin1, ADD COLUMN n DATETIME DEFAULT (NOW())",
                        "ALTER TABLE t DROP PRIMARY KEY, DROP COLUMN n",
                        "ALTER TABLE t FORCE, ALGORITHM=INPLACE, LOCK=NONE",
                        "ALTER TABLE t MODIFY id INT, DROP INDEX by_id, ADD PRIMARY KEY (id), ADD CHECK (b >= 0), LOCK=NONE",
                        "ALTER TABLE t MODIFY c VARCHAR(40) CHARACTER SET utf8mb4, MODIFY b INT NOT NULL")) {
                    Client.Answer answer = client.answer(sql);
                    assertThat(answer.errno()).as(sql).isZero();
                }
            }
        }
        stop.set(true);
        for (Future<Void> each : load) {
            each.get(30, TimeUnit.SECONDS);
        }
        try (Client client = client()) {
            IndexChecker.check(client, "t");
            assertThat(client.value("SELECT COUNT(*) FROM t")).isEqualTo(client.value("SELECT COUNT(*) FROM s"));
            assertThat(client.rows("SELECT * FROM s LEFT JOIN t USING (id) WHERE NOT (s.a <=> t.a AND s.b <=> t.b AND"
                            + " s.c <=> t.c)"))
                    .isEmpty();
        }
    }

    /// Writes the same into both tables, until told to stop.
    private Void writeBoth(int writer) throws IOException {
        Random random = new Random(writer);
        try (Client client = client()) {
            for (int i = 0; !stop.get(); i++) {
                int id = WRITERS * random.nextInt(ROWS / WRITERS) + writer;
                int key = 1_000_000 * (writer + 1) + i;
                String sql = switch (random.nextInt(5)) {
                    case 0 -> "UPDATE %s SET a = a + 1 WHERE id = " + id;
                    case 1 -> "UPDATE %s SET a = NULL, c = 'c" + i + "', b = " + key + " WHERE id = " + id;
                    case 2 -> "INSERT INTO %s (id, a, b, c) VALUES (" + key + ", 1, " + key + ", 'n')";
                    case 3 -> "UPDATE %s SET id = " + key + " WHERE id = " + id;
                    default -> "DELETE FROM %s WHERE id = " + id;
                };
                int errno = client.errno("BEGIN");
                for (String table : List.of("t", "s")) {
                    errno = errno != 0 ? errno : client.errno(sql.formatted(table));
                }
                assertThat(EXPECTED).as(sql).contains(errno);
                assertThat(client.errno(errno == 0 ? "COMMIT" : "ROLLBACK")).isZero();
            }
        }
        return null;
    }

    /// A unique index over values that the load makes equal must fail, and leave nothing behind.
    @Test
    void aUniqueIndexThatCannotBe() throws Exception {
        List<Future<Void>> load = startLoad();
        try (Client client = client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.errno("CREATE UNIQUE INDEX u ON t (a)")).isEqualTo(1062);
                assertThat(client.rows("SHOW INDEX FROM t WHERE Key_name = 'u'"))
                        .isEmpty();
            }
        }
        endLoad(load);
    }

    @Test
    void killQueryEndsAChange() throws Exception {
        try (Client victim = client();
                Client killer = client();
                Client blocker = client()) {
            String id = victim.id();
            // an open transaction keeps the change from its last step, whatever the speed of this machine
            blocker.rows("BEGIN");
            blocker.rows("SELECT COUNT(*) FROM t");
            for (String sql : List.of("CREATE INDEX by_b ON t (b)", "ALTER TABLE t MODIFY b BIGINT NOT NULL")) {
                Future<Integer> change = threads.submit(() -> victim.errno(sql));
                while (killer.value("SELECT COUNT(*) FROM information_schema.processlist WHERE id = " + id
                                + " AND state LIKE '%metadata lock%'")
                        .equals("0")) {
                    assertThat(change.isDone()).as(sql).isFalse();
                }
                killer.rows("KILL QUERY " + id);
                assertThat(change.get(20, TimeUnit.SECONDS)).as(sql).isEqualTo(1317);
            }
            blocker.rows("COMMIT");
            assertThat(killer.rows("SHOW INDEX FROM t WHERE Key_name = 'by_b'")).isEmpty();
            assertThat(killer.errno("INSERT INTO t VALUES (-1, 1, 1, 'after')")).isZero();
            IndexChecker.check(killer, "t");
        }
    }
}
