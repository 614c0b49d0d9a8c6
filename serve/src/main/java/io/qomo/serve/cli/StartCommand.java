package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import io.qomo.serve.node.Node;
import io.qomo.serve.node.NodeException;
import io.qomo.serve.node.NodeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// `qomo start`: runs a node until SIGTERM or Ctrl-C.
final class StartCommand {
    private StartCommand() {}

    /// Returns the exit status when the node has stopped.
    static int run(NodeOptions options, PrintWriter out, PrintWriter err) {
        Node node;
        try {
            node = Node.start(options);
        } catch (NodeException e) {
            err.println("qomo: " + e.getMessage());
            return 1;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    node.close();
                    stopped.countDown();
                }));
        String http = node.httpPort() < 0 ? "none" : options.host() + ":" + node.httpPort();
        out.printf("qomo ready mysql=%s:%d http=%s data=%s%n", node.host(), node.port(), http, options.dataDir());
        out.printf("connect with   ./qomo sql -P %d%n", node.port());
        out.printf("or             mysql -h %s -P %d -u root%n", node.host(), node.port());
        out.printf("stop with      Ctrl-C%n");
        out.flush();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /// A short life of an in-memory node, so that the start-up cache knows the classes of common statements.
    static int train() throws IOException {
        List<String> statements = List.of(
                "CREATE DATABASE train",
                "USE train",
                "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, a VARCHAR(20), b DECIMAL(8,2), c DATETIME, KEY (a))",
                "INSERT INTO t (a, b, c) VALUES ('x', 1.5, NOW()), ('y', 2.5, '2024-01-01')",
                "SELECT * FROM t WHERE id = 1",
                "SELECT a, COUNT(*), SUM(b) FROM t WHERE c > '2020-01-01' GROUP BY a ORDER BY 2 DESC LIMIT 1",
                "SELECT x.a FROM t x JOIN t y ON x.id = y.id WHERE x.a LIKE 'x%'",
                "UPDATE t SET b = b + 1 WHERE id = 2",
                "BEGIN",
                "DELETE FROM t WHERE id = 1",
                "ROLLBACK",
                "SET NAMES utf8mb4",
                "SELECT @@version_comment LIMIT 1",
                "SHOW VARIABLES LIKE 'sql_mode'",
                "SHOW TABLES",
                "SHOW CREATE TABLE t");
        try (Node node = Node.start(NodeOptions.inMemory());
                Connection connection = new Connection(
                        new Connection.Options(node.host(), node.port(), "root", "", "", Duration.ofSeconds(10)))) {
            for (String sql : statements) {
                try {
                    connection.query(
                            sql,
                            new TablePrinter(new PrintWriter(PrintWriter.nullWriter()), TablePrinter.Form.TABS, true));
                } catch (ServerError e) {
                    // Training goes on: a statement that fails has loaded its classes as well.
                    continue;
                }
            }
        }
        return 0;
    }
}
