package io.qomo.testing.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.Qomo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that die, stall or talk nonsense: no connection, lock or thread of theirs stays behind.
@Timeout(60)
class ClientFailuresTest {
    private static final long SEED = 20_261_122L;

    private static Qomo server;
    private Client client;

    @BeforeAll
    static void start() throws IOException {
        server = Qomo.embedded().inMemory().start();
        try (Client setUp = new Client(server.port(), "")) {
            setUp.rows("CREATE DATABASE d");
            setUp.rows("CREATE TABLE d.t (id INT PRIMARY KEY, v VARCHAR(1000))");
            setUp.rows(
                    "INSERT INTO d.t WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                            + " SELECT i, REPEAT('v', 1000) FROM n");
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

    @AfterEach
    void nothingIsLeft() throws IOException {
        awaitConnections(1);
        assertThat(client.errno("ALTER TABLE t ADD COLUMN c INT")).isZero();
        assertThat(client.errno("ALTER TABLE t DROP COLUMN c")).isZero();
        assertThat(client.value("SELECT COUNT(*) FROM t FOR UPDATE")).isEqualTo("1000");
        client.close();
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("connection") || t.getName().startsWith("mysql-connection"))
                .count();
        assertThat(threads).isLessThan(20);
    }

    private void awaitConnections(int wanted) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!client.value("SELECT COUNT(*) FROM information_schema.processlist")
                .equals(Integer.toString(wanted))) {
            assertThat(System.nanoTime())
                    .as("connections left: %s", client.rows("SHOW PROCESSLIST"))
                    .isLessThan(deadline);
        }
    }

    /// A connection whose socket the test holds.
    private static RawConnection raw() throws IOException {
        return new RawConnection(server.port());
    }

    @Test
    void aClientDiesInATransaction() throws IOException {
        try (RawConnection victim = raw()) {
            victim.query("BEGIN");
            victim.query("UPDATE d.t SET v = 'lost' WHERE id = 1");
            victim.query("SELECT * FROM d.t WHERE id > 990 FOR UPDATE");
            victim.reset();
        }
        assertThat(client.errno("UPDATE t SET v = 'kept' WHERE id = 1")).isZero();
        assertThat(client.value("SELECT v FROM t WHERE id = 1")).isEqualTo("kept");
    }

    @Test
    void aClientDiesInALargeResult() throws IOException {
        try (RawConnection victim = raw()) {
            victim.send(3, "SELECT a.v, b.v FROM d.t a, d.t b");
            assertThat(victim.read(100_000)).isEqualTo(100_000);
            victim.reset();
        }
    }

    /// Who waits for a lock does not read from its socket; its death must be noticed all the same,
    /// at the latest when the lock is granted.
    @Test
    void aClientDiesWhileItWaits() throws IOException {
        client.rows("BEGIN");
        client.rows("SELECT * FROM t WHERE id = 1 FOR UPDATE");
        try (RawConnection victim = raw()) {
            victim.send(3, "UPDATE d.t SET v = 'x' WHERE id = 1");
            victim.reset();
        }
        client.rows("COMMIT");
    }

    @Test
    void manyIdleConnections() throws IOException {
        List<RawConnection> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                idle.add(raw());
            }
            awaitConnections(101);
            assertThat(client.value("SELECT COUNT(*) FROM t")).isEqualTo("1000");
        } finally {
            for (RawConnection each : idle) {
                each.close();
            }
        }
    }

    @Test
    void tooManyConnections() throws IOException {
        client.rows("SET GLOBAL max_connections = 10");
        List<RawConnection> open = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < 30; i++) {
                try {
                    open.add(raw());
                } catch (RawConnection.Refused e) {
                    assertThat(e.errno).isEqualTo(1040);
                    refused++;
                }
            }
        } finally {
            for (RawConnection each : open) {
                each.close();
            }
            client.rows("SET GLOBAL max_connections = DEFAULT");
        }
        assertThat(refused).isGreaterThanOrEqualTo(18);
    }

    @Test
    void noiseInsteadOfAHandshake() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(5000);
                OutputStream out = socket.getOutputStream();
                out.write(noise);
                socket.shutdownOutput();
                drain(socket.getInputStream());
            } catch (SocketTimeoutException e) {
                throw new AssertionError("not hung up on, seed " + SEED + " round " + i, e);
            } catch (IOException e) {
                // reset: as good an answer to noise as any
                continue;
            }
        }
    }

    @Test
    void noiseInsteadOfCommands() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            try (RawConnection noisy = raw()) {
                for (int k = 0; k < 5; k++) {
                    byte[] body = new byte[random.nextInt(200)];
                    random.nextBytes(body);
                    noisy.send(random.nextInt(40), body);
                }
                noisy.finish();
            } catch (IOException e) {
                // the server may hang up
                continue;
            }
        }
    }

    /// A header that announces more than is sent, or than is allowed.
    @Test
    void falseLengths() throws IOException {
        for (int length : List.of(0xFFFFFF, 0xFFFFFE, 5, 1)) {
            try (RawConnection liar = raw()) {
                liar.bytes(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), 0, 3, 'S'});
                liar.finish();
            }
        }
        client.rows("SET GLOBAL max_allowed_packet = 1048576");
        try (RawConnection large = raw()) {
            large.send(3, "SELECT '" + "x".repeat(2 << 20) + "'");
            assertThat(large.readErrno()).isEqualTo(1153);
        } finally {
            client.rows("SET GLOBAL max_allowed_packet = DEFAULT");
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        int n = in.read(buffer);
        while (n >= 0) {
            n = in.read(buffer);
        }
    }
}
