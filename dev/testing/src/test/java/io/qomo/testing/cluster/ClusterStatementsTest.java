package io.qomo.testing.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import io.qomo.testing.SqlFilesTest;
import io.qomo.testing.crash.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes behave as one server: statements run on the node they are sent to, and what one node does the others
/// know.
class ClusterStatementsTest {
    private static final int ER_LOCK_WAIT_TIMEOUT = 1205;
    private static final int ER_QUERY_INTERRUPTED = 1317;
    private static final long WAITED_MS = 300;

    @TempDir
    static Path folder;

    private static LocalCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = new LocalCluster(folder, 3);
        try (Connection connection = connect(0, "")) {
            query(connection, "CREATE DATABASE shared");
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Connection connect(int node, String database) throws IOException {
        return connect(node, "root", database);
    }

    private static Connection connect(int node, String user, String database) throws IOException {
        return new Connection(
                new Connection.Options("127.0.0.1", cluster.sqlPort(node), user, "", database, Duration.ofSeconds(40)));
    }

    private static List<String> query(Connection connection, String sql) throws IOException {
        return ServerProcess.query(connection, sql);
    }

    private static CompletableFuture<List<String>> later(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return query(connection, sql);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> Thread.ofPlatform().start(command));
    }

    private static void assertWaits(CompletableFuture<?> future) {
        assertThatThrownBy(() -> future.get(WAITED_MS, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    /// All golden files, sent to a node that does not lead.
    @TestFactory
    List<DynamicTest> sqlFilesOnAFollower() throws IOException {
        return SqlFilesTest.files(cluster.sqlPort(2));
    }

    @Test
    void schemaChangesAreKnownEverywhereAtOnce() throws IOException {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared");
                Connection c = connect(2, "shared")) {
            query(b, "CREATE TABLE known (id INT PRIMARY KEY AUTO_INCREMENT, v INT)");
            query(c, "INSERT INTO known (v) VALUES (10), (20)");
            query(a, "ALTER TABLE known ADD COLUMN w INT NOT NULL DEFAULT 7, ADD INDEX (v)");
            assertThat(query(c, "SELECT v, w FROM known ORDER BY id")).containsExactly("10\t7", "20\t7");
            query(c, "ALTER TABLE known RENAME TO renamed, DROP COLUMN v");
            assertThat(query(b, "SELECT * FROM renamed ORDER BY id")).containsExactly("1\t7", "2\t7");
            assertThatThrownBy(() -> query(b, "SELECT * FROM known")).hasMessageContaining("known");
            query(b, "DROP TABLE renamed");
            assertThat(query(a, "SHOW TABLES LIKE 'renamed'")).isEmpty();
        }
    }

    @Test
    void schemaChangeWaitsForTransactionOfAnotherNode() throws Exception {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared");
                Connection c = connect(2, "shared")) {
            query(a, "CREATE TABLE waits (id INT PRIMARY KEY)");
            query(b, "BEGIN");
            query(b, "SELECT * FROM waits");
            CompletableFuture<List<String>> change = later(c, "ALTER TABLE waits ADD COLUMN v INT");
            assertWaits(change);
            assertThat(query(b, "SELECT * FROM waits")).isEmpty();
            query(b, "COMMIT");
            change.get(20, TimeUnit.SECONDS);
            query(a, "INSERT INTO waits VALUES (1, 2)");
        }
    }

    @Test
    void schemaChangeTimesOutAndLeavesNothingLocked() throws Exception {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared");
                Connection c = connect(2, "shared")) {
            query(a, "CREATE TABLE patient (id INT PRIMARY KEY)");
            query(b, "BEGIN");
            query(b, "INSERT INTO patient VALUES (1)");
            query(c, "SET lock_wait_timeout = 1");
            assertThatThrownBy(() -> query(c, "DROP TABLE patient"))
                    .isInstanceOfSatisfying(
                            ServerError.class, e -> assertThat(e.errno()).isEqualTo(ER_LOCK_WAIT_TIMEOUT));
            query(a, "INSERT INTO patient VALUES (2)");
            query(b, "COMMIT");
            query(c, "DROP TABLE patient");
        }
    }

    @Test
    void killEndsAWaitForOtherNodes() throws Exception {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared");
                Connection c = connect(2, "shared")) {
            query(a, "CREATE TABLE killed (id INT PRIMARY KEY)");
            query(b, "BEGIN");
            query(b, "SELECT * FROM killed");
            String id = query(c, "SELECT CONNECTION_ID()").getFirst();
            CompletableFuture<List<String>> change = later(c, "DROP TABLE killed");
            assertWaits(change);
            assertThat(query(a, "SHOW PROCESSLIST")).anyMatch(line -> line.startsWith(id + "\t"));
            query(a, "KILL QUERY " + id);
            assertThatThrownBy(() -> change.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(ServerError.class)
                    .rootCause()
                    .isInstanceOfSatisfying(
                            ServerError.class, e -> assertThat(e.errno()).isEqualTo(ER_QUERY_INTERRUPTED));
            assertThat(query(a, "SELECT COUNT(*) FROM killed")).containsExactly("0");
            query(b, "COMMIT");
        }
    }

    @Test
    void lockTablesHoldsOnAllNodes() throws Exception {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared");
                Connection c = connect(2, "shared")) {
            query(a, "CREATE TABLE locked (id INT PRIMARY KEY)");
            query(b, "LOCK TABLES locked READ");
            assertThat(query(c, "SELECT COUNT(*) FROM locked")).containsExactly("0");
            CompletableFuture<List<String>> write = later(c, "INSERT INTO locked VALUES (1)");
            assertWaits(write);
            query(b, "UNLOCK TABLES");
            write.get(20, TimeUnit.SECONDS);
            query(b, "LOCK TABLES locked WRITE");
            CompletableFuture<List<String>> read = later(a, "SELECT COUNT(*) FROM locked");
            assertWaits(read);
            query(b, "INSERT INTO locked VALUES (2)");
            query(b, "UNLOCK TABLES");
            assertThat(read.get(20, TimeUnit.SECONDS)).containsExactly("2");
        }
    }

    @Test
    void userLocksHoldOnAllNodes() throws Exception {
        Connection a = connect(0, "");
        try (Connection b = connect(1, "");
                Connection c = connect(2, "")) {
            assertThat(query(a, "SELECT GET_LOCK('Job', 1), GET_LOCK('job', 1)"))
                    .containsExactly("1\t1");
            assertThat(query(b, "SELECT GET_LOCK('job', 0), RELEASE_LOCK('job'), IS_FREE_LOCK('job')"))
                    .containsExactly("0\t0\t0");
            assertThat(query(b, "SELECT IS_USED_LOCK('job')")).isEqualTo(query(a, "SELECT CONNECTION_ID()"));
            CompletableFuture<List<String>> waiting = later(c, "SELECT GET_LOCK('job', 30)");
            assertWaits(waiting);
            assertThat(query(a, "SELECT RELEASE_LOCK('job')")).containsExactly("1");
            assertWaits(waiting);
            a.close();
            assertThat(waiting.get(20, TimeUnit.SECONDS)).containsExactly("1");
            assertThat(query(c, "SELECT RELEASE_ALL_LOCKS()")).containsExactly("1");
            assertThat(query(b, "SELECT RELEASE_LOCK('job')")).containsExactly("NULL");
        }
    }

    @Test
    void accountsAndGlobalVariablesAreKnownEverywhere() throws IOException {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared")) {
            query(a, "CREATE USER reader");
            try (Connection reader = connect(2, "reader", "")) {
                assertThatThrownBy(() -> query(reader, "USE shared")).isInstanceOf(ServerError.class);
                query(b, "GRANT SELECT ON shared.* TO reader");
                query(reader, "USE shared");
                query(b, "REVOKE ALL PRIVILEGES, GRANT OPTION FROM reader");
                assertThatThrownBy(() -> query(reader, "USE shared")).isInstanceOf(ServerError.class);
            }
            query(b, "DROP USER reader");
            assertThatThrownBy(() -> connect(0, "reader", "")).isInstanceOf(ServerError.class);
            query(a, "SET GLOBAL max_execution_time = 123456");
            assertThat(query(b, "SELECT @@GLOBAL.max_execution_time")).containsExactly("123456");
            query(b, "SET GLOBAL max_execution_time = DEFAULT");
            assertThat(query(a, "SELECT @@GLOBAL.max_execution_time")).containsExactly("0");
        }
    }

    @Test
    void transactionsOfDifferentNodesConflictAsOnOne() throws Exception {
        try (Connection a = connect(0, "shared");
                Connection b = connect(1, "shared")) {
            query(a, "CREATE TABLE acc (id INT PRIMARY KEY, v INT)");
            query(a, "INSERT INTO acc VALUES (1, 10), (2, 20)");
            // a snapshot does not move
            query(a, "START TRANSACTION WITH CONSISTENT SNAPSHOT");
            query(b, "UPDATE acc SET v = 11 WHERE id = 1");
            assertThat(query(a, "SELECT v FROM acc WHERE id = 1")).containsExactly("10");
            query(a, "COMMIT");
            assertThat(query(a, "SELECT v FROM acc WHERE id = 1")).containsExactly("11");
            // no lost update
            query(a, "BEGIN");
            query(a, "SELECT v FROM acc WHERE id = 1 FOR UPDATE");
            CompletableFuture<List<String>> other = later(b, "UPDATE acc SET v = v + 100 WHERE id = 1");
            assertWaits(other);
            query(a, "UPDATE acc SET v = v + 1 WHERE id = 1");
            query(a, "COMMIT");
            other.get(20, TimeUnit.SECONDS);
            assertThat(query(a, "SELECT v FROM acc WHERE id = 1")).containsExactly("112");
            // no write skew under SERIALIZABLE
            query(a, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            query(b, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            query(a, "BEGIN");
            query(b, "BEGIN");
            query(a, "SELECT SUM(v) FROM acc");
            query(b, "SELECT SUM(v) FROM acc");
            CompletableFuture<List<String>> first =
                    later(a, "UPDATE acc SET v = 0 WHERE id = 1").thenCompose(done -> later(a, "COMMIT"));
            CompletableFuture<List<String>> second =
                    later(b, "UPDATE acc SET v = 0 WHERE id = 2").thenCompose(done -> later(b, "COMMIT"));
            boolean isFirstDone = ends(first);
            boolean isSecondDone = ends(second);
            assertThat(isFirstDone && isSecondDone).as("both committed").isFalse();
        }
    }

    private static boolean ends(CompletableFuture<?> future) throws Exception {
        try {
            future.get(60, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }
}
