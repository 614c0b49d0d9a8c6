package io.qomo.testing.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.testing.TestDatabase;
import io.qomo.testing.history.HistoryChecker.Level;
import io.qomo.testing.history.HistoryTransaction.Append;
import io.qomo.testing.history.HistoryTransaction.Operation;
import io.qomo.testing.history.HistoryTransaction.Outcome;
import io.qomo.testing.history.HistoryTransaction.Read;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Concurrent transactions append to lists and read them; the history must be free of the anomalies its isolation level
/// excludes. Seed: `-Dqomo.history.seed=N`.
class ListAppendTest {
    private static final int THREADS = 6;
    private static final int TRANSACTIONS_PER_THREAD = 150;
    private static final int LISTS = 6;
    private static final long SEED = Long.getLong("qomo.history.seed", 7L);

    private final AtomicInteger nextValue = new AtomicInteger(1);
    private final AtomicInteger nextTransaction = new AtomicInteger(1);
    private final Queue<HistoryTransaction> history = new ConcurrentLinkedQueue<>();
    private final Queue<SQLException> unexpected = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @CsvSource({"READ COMMITTED,READ_COMMITTED", "REPEATABLE READ,READ_COMMITTED", "SERIALIZABLE,SERIALIZABLE"})
    void historiesAreFreeOfWhatTheirLevelExcludes(String isolation, Level level)
            throws SQLException, InterruptedException {
        try (TestDatabase database = TestDatabase.create()) {
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "root", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE lists (id INT PRIMARY KEY, vals TEXT NOT NULL)");
                for (int i = 0; i < LISTS; i++) {
                    statement.execute("INSERT INTO lists VALUES (" + i + ", '')");
                }
            }
            Thread[] threads = new Thread[THREADS];
            for (int t = 0; t < THREADS; t++) {
                Random random = new Random(SEED * 31 + t);
                threads[t] = Thread.ofPlatform().start(() -> work(database, isolation, random));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(unexpected).isEmpty();
            assertThat(history.stream()
                            .filter(t -> t.outcome() == Outcome.COMMITTED)
                            .count())
                    .as("committed transactions")
                    .isGreaterThan(THREADS * TRANSACTIONS_PER_THREAD / 20);
            assertThat(HistoryChecker.check(history, level)).as("seed %d", SEED).isEmpty();
        }
    }

    private void work(TestDatabase database, String isolation, Random random) {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL " + isolation);
            for (int i = 0; i < TRANSACTIONS_PER_THREAD; i++) {
                history.add(run(statement, random));
            }
        } catch (SQLException e) {
            unexpected.add(e);
        }
    }

    private HistoryTransaction run(Statement statement, Random random) throws SQLException {
        List<Operation> operations = new ArrayList<>();
        Outcome outcome = Outcome.COMMITTED;
        try {
            statement.execute("BEGIN");
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                operations.add(operate(statement, random));
            }
            statement.execute("COMMIT");
        } catch (SQLException e) {
            outcome = Outcome.ABORTED;
            statement.execute("ROLLBACK");
            if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205) {
                throw e;
            }
        }
        return new HistoryTransaction(nextTransaction.getAndIncrement(), outcome, operations);
    }

    private Operation operate(Statement statement, Random random) throws SQLException {
        int key = random.nextInt(LISTS);
        if (random.nextBoolean()) {
            int value = nextValue.getAndIncrement();
            statement.executeUpdate("UPDATE lists SET vals = CONCAT(vals, ' " + value + "') WHERE id = " + key);
            return new Append(key, value);
        }
        try (ResultSet row = statement.executeQuery("SELECT vals FROM lists WHERE id = " + key)) {
            row.next();
            return new Read(
                    key,
                    Arrays.stream(row.getString(1).trim().split(" "))
                            .filter(s -> !s.isEmpty())
                            .map(Integer::valueOf)
                            .toList());
        }
    }
}
