package io.qomo.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose disk fills up: writes fail with error 1021, reads go on, and writes come back with the space. On a
/// small file system in memory, where the machine lets us mount one.
@Timeout(120)
class FullDiskServerTest {
    private static final String FILL =
            "INSERT INTO t (v) SELECT CONCAT(UUID(), id, REPEAT(UUID(), 20)) FROM t LIMIT 500";

    @TempDir
    Path folder;

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void writesFailReadsGoOnAndSpaceBringsWritesBack() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "qomo-test", disk.toString()),
                "SKIPPED: this machine lets us mount no file system; a full disk was not tested");
        try {
            fillAndRecover(disk);
        } finally {
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static void fillAndRecover(Path disk) throws IOException, InterruptedException {
        Path balloon = disk.resolve("balloon");
        Files.write(balloon, new byte[16 << 20]);
        try (ServerProcess server = new ServerProcess(disk.resolve("data"))) {
            try (Connection connection = server.connect("")) {
                ServerProcess.query(connection, "CREATE DATABASE d");
                ServerProcess.query(connection, "USE d");
                ServerProcess.query(connection, "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(2000))");
                ServerProcess.query(connection, "INSERT INTO t (v) VALUES ('a')");
                ServerProcess.query(connection, "CREATE TABLE small (id INT PRIMARY KEY)");
                ServerProcess.query(connection, "INSERT INTO small VALUES (1), (2)");
                ServerProcess.query(connection, "CREATE TABLE other (id INT PRIMARY KEY)");
                long rows = 1;
                int code = attempt(connection, FILL);
                while (code == 0) {
                    rows += Math.min(rows, 500);
                    code = attempt(connection, FILL);
                }
                assertThat(code).as("error of the write that found no room").isEqualTo(1021);
                assertThat(rows).isGreaterThan(2000);
                assertThat(attempt(connection, "CREATE INDEX by_v ON t (v(600))"))
                        .isEqualTo(1021);
                try (Connection other = server.connect("d")) {
                    assertThat(ServerProcess.query(other, "SELECT COUNT(*) FROM t"))
                            .containsExactly("" + rows);
                }
                dropsMakeRoom(connection);
                Files.delete(balloon);
                code = attempt(connection, "UPDATE t SET v = 'b' WHERE id = 1");
                for (int i = 0; i < 600 && code == 1021; i++) {
                    LockSupport.parkNanos(50_000_000);
                    code = attempt(connection, "UPDATE t SET v = 'b' WHERE id = 1");
                }
                assertThat(code).as("write after room was made").isZero();
                // its entries are sorted in a file, which is not compressed
                ServerProcess.query(connection, "CREATE INDEX by_v ON t (v(40))");
                assertThat(ServerProcess.query(connection, "CHECK TABLE t")).containsExactly("d.t\tcheck\tstatus\tOK");
                assertThat(ServerProcess.query(connection, "SELECT COUNT(*) FROM t"))
                        .containsExactly("" + rows);
            }
            assertThat(server.stop()).as("exit status of a clean stop").isIn(0, 143);
        }
    }

    /// While the disk is full, TRUNCATE and DROP go through, and give room to others.
    private static void dropsMakeRoom(Connection connection) throws IOException {
        assertThat(attempt(connection, "INSERT INTO small VALUES (3)")).isEqualTo(1021);
        assertThat(attempt(connection, "DROP TABLE small"))
                .as("DROP on a full disk")
                .isZero();
        assertThat(attempt(connection, "TRUNCATE TABLE other"))
                .as("TRUNCATE on a full disk")
                .isZero();
        assertThat(attempt(connection, "DROP TABLE other")).as("another DROP").isZero();
        assertThat(ServerProcess.query(connection, "SHOW TABLES")).containsExactly("t");
    }

    /// Runs a statement; the number of the server's error, or 0.
    private static int attempt(Connection connection, String sql) throws IOException {
        try {
            ServerProcess.query(connection, sql);
            return 0;
        } catch (ServerError e) {
            return e.errno();
        }
    }
}
