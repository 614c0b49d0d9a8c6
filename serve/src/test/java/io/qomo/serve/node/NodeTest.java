package io.qomo.serve.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    @TempDir
    Path temp;

    private static NodeOptions options(@Nullable Path directory) {
        return new NodeOptions(
                directory,
                "127.0.0.1",
                0,
                0,
                NodeOptions.DEFAULT_MEMORY_BYTES,
                false,
                NodeOptions.DEFAULT_MAX_CONNECTIONS);
    }

    @Test
    void aNewDirectoryIsTheOwnersAndNamesTheProcess() throws IOException {
        Path directory = temp.resolve("a/data");
        Path pid = directory.resolve("qomo.pid");
        try (Node node = Node.start(options(directory))) {
            assertThat(node.listensOnLoopback()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(Files.readString(pid)).isEqualTo(ProcessHandle.current().pid() + "\n");
        }
        assertThat(pid).doesNotExist();
    }

    @Test
    void anUnusableDirectorySaysWhy() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertThatThrownBy(() -> Node.start(options(file.resolve("data"))))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("file");
        assertThatThrownBy(() -> Node.start(options(Path.of("/proc/qomo"))))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("/proc/qomo");
    }

    @Test
    void aStoreThatCannotBeOpenedSaysWhyInALine() throws IOException {
        Path directory = temp.resolve("data");
        Node.start(options(directory)).close();
        Path store = directory.resolve("store");
        Files.move(store, directory.resolve("elsewhere"));
        Files.writeString(store, "x");
        assertThatThrownBy(() -> Node.start(options(directory)))
                .isInstanceOf(NodeException.class)
                .hasMessageStartingWith("cannot start: ")
                .hasMessageContaining(store.toString())
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("Exception");
        assertThat(directory.resolve("qomo.pid")).doesNotExist();
    }

    @Test
    void variablesTellWhereTheNodeIs() throws IOException {
        Path directory = temp.resolve("data");
        try (Node node = Node.start(options(directory));
                Connection connection = new Connection(
                        new Connection.Options(node.host(), node.port(), "root", "", "", Duration.ofSeconds(20)))) {
            Rows rows = new Rows(new TreeMap<>());
            connection.query("SHOW VARIABLES", rows);
            assertThat(Path.of(rows.values.get("pid_file"))).exists();
            assertThat(Path.of(rows.values.get("basedir"))).isDirectory().isNotEqualTo(Path.of("/"));
        }
    }

    @Test
    void metricsAreTheCountersOfShowStatus() throws IOException {
        try (Node node = Node.start(options(temp.resolve("data")));
                Connection connection = new Connection(
                        new Connection.Options(node.host(), node.port(), "root", "", "", Duration.ofSeconds(20)))) {
            Rows rows = new Rows(new TreeMap<>());
            connection.query("CREATE DATABASE d; USE d; CREATE TABLE t (a INT PRIMARY KEY)", rows);
            connection.query("INSERT INTO t VALUES (1)", rows);
            connection.query("BEGIN; INSERT INTO t VALUES (2); ROLLBACK", rows);
            connection.query("SET long_query_time = 0; SELECT * FROM t; SET long_query_time = 10", rows);
            assertThatThrownBy(() -> connection.query("SELECT nothing", rows)).isInstanceOf(ServerError.class);
            Map<String, String> before = metrics(node);
            rows.values.clear();
            connection.query("SHOW GLOBAL STATUS", rows);
            assertThat(before)
                    .containsEntry("qomo_errors_total", "1")
                    .containsEntry("qomo_statements_total{kind=\"insert\"}", rows.values.get("Com_insert"))
                    .containsEntry("qomo_commits_total", rows.values.get("Handler_commit"))
                    .containsEntry("qomo_rollbacks_total", rows.values.get("Handler_rollback"))
                    .containsEntry("qomo_slow_statements_total", rows.values.get("Slow_queries"))
                    .containsEntry("qomo_received_bytes_total", rows.values.get("Bytes_received"))
                    .containsEntry("qomo_sent_bytes_total", rows.values.get("Bytes_sent"))
                    .containsKeys("qomo_disk_used_bytes", "qomo_open_transactions", "qomo_query_memory_bytes");
            assertThat(rows.values)
                    .containsEntry("Threads_created", "1")
                    .containsEntry("Max_used_connections", "1")
                    .containsEntry("Handler_rollback", "1");
            assertThat(Long.parseLong(rows.values.get("Bytes_sent"))).isPositive();
            assertThat(Long.parseLong(rows.values.get("Slow_queries"))).isPositive();
            assertThat(before.get("qomo_statement_seconds_count"))
                    .isEqualTo(before.get("qomo_statement_seconds_bucket{le=\"+Inf\"}"))
                    .isNotEqualTo("0");
        }
    }

    private static Map<String, String> metrics(Node node) throws IOException {
        try (InputStream in = URI.create("http://127.0.0.1:" + node.httpPort() + "/metrics")
                .toURL()
                .openStream()) {
            Map<String, String> values = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> values.put(
                            line.substring(0, line.lastIndexOf(' ')), line.substring(line.lastIndexOf(' ') + 1)));
            return values;
        }
    }

    /// Rows of two columns.
    private record Rows(Map<String, String> values) implements ResultHandler {
        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] row) {
            if (row.length == 2) {
                values.put(new String(row[0], StandardCharsets.UTF_8), new String(row[1], StandardCharsets.UTF_8));
            }
        }

        @Override
        public void endOfRows(int warnings) {}
    }
}
