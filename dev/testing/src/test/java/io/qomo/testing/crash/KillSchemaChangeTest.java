package io.qomo.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.serve.client.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of a change of the schema: the table is whole and as it was, or as it was to become, and the
/// statement can be given again.
@Timeout(120)
class KillSchemaChangeTest {
    private static final int ROWS = 32_768;
    private static final String CHECKED = "d.t\tcheck\tstatus\tOK";

    @TempDir
    Path folder;

    @Test
    void unfinishedChangesAreGoneAfterTheNextStart() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        try (ServerProcess server = new ServerProcess(data)) {
            try (Connection connection = server.connect("")) {
                fill(connection);
            }
            killDuring(server, "CREATE INDEX by_b ON t (b, c)");
        }
        try (ServerProcess server = new ServerProcess(data)) {
            changeAgain(server, "CREATE INDEX by_b ON t (b, c)", "KEY `by_b` (`b`,`c`)");
            killDuring(server, "ALTER TABLE t ADD COLUMN e INT DEFAULT 5, ADD INDEX by_e (e, c)");
        }
        try (ServerProcess server = new ServerProcess(data)) {
            changeAgain(
                    server, "ALTER TABLE t ADD COLUMN e INT DEFAULT 5, ADD INDEX by_e (e, c)", "`e` int DEFAULT '5'");
            killDuring(server, "ALTER TABLE t MODIFY b VARCHAR(20)");
        }
        try (ServerProcess server = new ServerProcess(data)) {
            changeAgain(server, "ALTER TABLE t MODIFY b VARCHAR(20)", "`b` varchar(20) DEFAULT NULL");
            try (Connection connection = server.connect("d")) {
                checkWhole(connection);
            }
            assertThat(server.stop()).as("exit status of a clean stop").isIn(0, 143);
        }
    }

    private static void fill(Connection connection) throws IOException {
        for (String sql : List.of(
                "CREATE DATABASE d",
                "USE d",
                "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a INT, b INT, c VARCHAR(100), UNIQUE KEY by_a (a))",
                "INSERT INTO t (a, b, c) VALUES (0, 0, REPEAT('x', 80))")) {
            ServerProcess.query(connection, sql);
        }
        for (int rows = 1; rows < ROWS; rows *= 2) {
            ServerProcess.query(
                    connection, "INSERT INTO t (a, b, c) SELECT a + " + rows + ", (a + " + rows + ") % 1000, c FROM t");
        }
    }

    /// Kills the server while it is seen to run the statement.
    private static void killDuring(ServerProcess server, String sql) throws IOException, InterruptedException {
        AtomicBoolean isDone = new AtomicBoolean();
        try (Connection watcher = server.connect("d");
                Connection runner = server.connect("d")) {
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    ServerProcess.query(runner, sql);
                    isDone.set(true);
                } catch (IOException e) {
                    // The server was killed, as the test wants it.
                    return;
                }
            });
            String running = "SELECT COUNT(*) FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND info"
                    + " IS NOT NULL";
            while (!isDone.get()
                    && ServerProcess.query(watcher, running).getFirst().equals("0")) {
                LockSupport.parkNanos(1_000_000);
            }
            // Seen once more: past parsing and locking, at the rows.
            ServerProcess.query(watcher, running);
            server.kill();
            thread.join(30_000);
            assertThat(isDone).as("finished before the kill: " + sql).isFalse();
        }
    }

    /// Checks the table, which must show nothing of the change, and makes the change.
    private static void changeAgain(ServerProcess server, String sql, String shown) throws IOException {
        try (Connection connection = server.connect("d")) {
            checkWhole(connection);
            String definition =
                    ServerProcess.query(connection, "SHOW CREATE TABLE t").getFirst();
            assertThat(definition).as("after the crash").doesNotContain(shown);
            ServerProcess.query(connection, sql);
            definition = ServerProcess.query(connection, "SHOW CREATE TABLE t").getFirst();
            assertThat(definition).as("after the change").contains(shown);
        }
    }

    private static void checkWhole(Connection connection) throws IOException {
        assertThat(ServerProcess.query(connection, "CHECK TABLE t")).containsExactly(CHECKED);
        List<String> indexes = ServerProcess.query(
                connection,
                "SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = 'd' AND table_name ="
                        + " 't'");
        assertThat(indexes).contains("PRIMARY", "by_a");
        long sum = ROWS * (ROWS - 1L) / 2;
        for (String index : indexes) {
            String column = switch (index) {
                case "PRIMARY" -> "id";
                case "by_a" -> "a";
                case "by_b" -> "b";
                default -> "e";
            };
            assertThat(ServerProcess.query(
                            connection,
                            "SELECT COUNT(*), SUM(a), SUM(LENGTH(c)) FROM t FORCE INDEX (" + index + ") WHERE " + column
                                    + " >= 0"))
                    .as("by index " + index)
                    .containsExactly(ROWS + "\t" + sum + "\t" + ROWS * 80L);
        }
    }
}
