package io.qomo.testing.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.serve.client.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of writes: what was acknowledged is there, what was not is whole or absent, indexes agree with
/// their tables, and money is conserved. Rounds and seed: `-Dqomo.kill.rounds=5 -Dqomo.kill.seed=1`.
class KillTest {
    private static final int ROUNDS = Integer.getInteger("qomo.kill.rounds", 4);
    private static final long SEED = Long.getLong("qomo.kill.seed", 1L);
    private static final int WRITERS = 6;
    private static final int ACCOUNTS = 20;

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @Test
    void nothingAcknowledgedIsLost() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Random random = new Random(SEED);
        createSchema(data);
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = new ServerProcess(data)) {
                writeUntilKilled(server, round, 300 + random.nextInt(1200));
            }
            try (ServerProcess server = new ServerProcess(data);
                    Connection connection = server.connect("bank")) {
                check(connection, round);
                assertThat(server.stop()).as("exit status of a clean stop").isIn(0, 143);
            }
        }
        assertThat(acknowledged).as("writes acknowledged in all").hasSizeGreaterThan(20);
    }

    private void createSchema(Path data) throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess(data);
                Connection connection = server.connect("")) {
            for (String sql : List.of(
                    "CREATE DATABASE bank",
                    "USE bank",
                    "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL)",
                    "CREATE TABLE journal (id BIGINT AUTO_INCREMENT PRIMARY KEY, token VARCHAR(40) NOT NULL UNIQUE,"
                            + " source INT, target INT, KEY by_source (source, target))")) {
                ServerProcess.query(connection, sql);
            }
            for (int i = 0; i < ACCOUNTS; i++) {
                ServerProcess.query(connection, "INSERT INTO account VALUES (" + i + ", 1000)");
            }
            server.kill();
        }
    }

    private void writeUntilKilled(ServerProcess server, int round, int runMs) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread[] writers = new Thread[WRITERS];
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers[w] = Thread.ofPlatform().start(() -> write(server, "r" + round + "w" + writer, stop));
        }
        // The time to the kill is the experiment, not a wait for something.
        Thread.sleep(runMs);
        server.kill();
        stop.set(true);
        for (Thread writer : writers) {
            writer.join(30_000);
        }
    }

    private void write(ServerProcess server, String prefix, AtomicBoolean stop) {
        Random random = new Random(prefix.hashCode() + SEED);
        try (Connection connection = server.connect("bank")) {
            for (int i = 0; !stop.get(); i++) {
                String token = prefix + "n" + i;
                int source = random.nextInt(ACCOUNTS);
                int target = (source + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                try {
                    ServerProcess.query(connection, "BEGIN");
                    ServerProcess.query(connection, "UPDATE account SET balance = balance - 1 WHERE id = " + source);
                    ServerProcess.query(connection, "UPDATE account SET balance = balance + 1 WHERE id = " + target);
                    ServerProcess.query(
                            connection,
                            "INSERT INTO journal (token, source, target) VALUES ('" + token + "', " + source + ", "
                                    + target + ")");
                    ServerProcess.query(connection, "COMMIT");
                    acknowledged.add(token);
                } catch (io.qomo.serve.client.ServerError e) {
                    // Deadlocks and lock waits are part of the game; the transaction is given up.
                    ServerProcess.query(connection, "ROLLBACK");
                }
            }
        } catch (IOException e) {
            // The server was killed under this connection: what the round is about.
            return;
        }
    }

    private void check(Connection connection, int round) throws IOException {
        assertThat(ServerProcess.query(connection, "SELECT SUM(balance), COUNT(*) FROM account"))
                .as("money, round %d, seed %d", round, SEED)
                .containsExactly(ACCOUNTS * 1000 + "\t" + ACCOUNTS);
        List<String> tokens = ServerProcess.query(connection, "SELECT token FROM journal");
        assertThat(Set.copyOf(tokens))
                .as("acknowledged writes, round %d", round)
                .containsAll(acknowledged);
        assertThat(ServerProcess.query(
                        connection,
                        "SELECT a.id FROM account a LEFT JOIN (SELECT source AS id, COUNT(*) AS n FROM journal GROUP BY"
                                + " source) s ON s.id = a.id LEFT JOIN (SELECT target AS id, COUNT(*) AS n FROM journal"
                                + " GROUP BY target) t ON t.id = a.id WHERE a.balance <> 1000 - COALESCE(s.n, 0)"
                                + " + COALESCE(t.n, 0)"))
                .as("accounts that do not agree with the journal")
                .isEmpty();
        String byTable = ServerProcess.query(
                        connection, "SELECT COUNT(*), SUM(source) FROM journal IGNORE INDEX (by_source)")
                .getFirst();
        String byIndex = ServerProcess.query(
                        connection,
                        "SELECT COUNT(*), SUM(source) FROM journal FORCE INDEX (by_source) WHERE source >= 0")
                .getFirst();
        assertThat(byIndex).as("index against table").isEqualTo(byTable);
        for (String token : tokens.subList(0, Math.min(20, tokens.size()))) {
            assertThat(ServerProcess.query(connection, "SELECT COUNT(*) FROM journal WHERE token = '" + token + "'"))
                    .containsExactly("1");
        }
    }
}
