package io.qomo.testing.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import io.qomo.testing.crash.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Money moves through all three nodes while they are killed, stopped and paused, and while the schema changes: none is
/// made or lost, at no moment; what was acknowledged is there, what was refused is not; indexes agree with their table;
/// all nodes show the same schema; and it never stands still for long. Length and seed: `-Dqomo.chaos.seconds=25
/// -Dqomo.chaos.seed=1`.
class ChaosTest {
    private static final int SECONDS = Integer.getInteger("qomo.chaos.seconds", 25);
    private static final long SEED = Long.getLong("qomo.chaos.seed", 1L);
    private static final int CLIENTS = 6;
    private static final int ACCOUNTS = 12;
    private static final long MAX_GAP_MS = 30_000;
    private static final int ER_UNKNOWN_OUTCOME = 1180;

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger audits = new AtomicInteger();
    private final AtomicInteger schemaChanges = new AtomicInteger();
    private final AtomicLong lastCommitNanos = new AtomicLong();
    private final AtomicLong longestGapNanos = new AtomicLong();
    private final Queue<String> wrongTotals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void keepsMoneyAndWord() throws IOException, InterruptedException {
        try (LocalCluster cluster = new LocalCluster(folder, 3)) {
            createSchema(cluster);
            lastCommitNanos.set(System.nanoTime());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                threads.add(Thread.ofPlatform().start(() -> transfer(cluster, client)));
            }
            threads.add(Thread.ofPlatform().start(() -> audit(cluster)));
            threads.add(Thread.ofPlatform().start(() -> changeSchema(cluster)));
            makeTrouble(cluster);
            awaitCommit();
            isOver.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            Set<String> schemas = new HashSet<>();
            for (int node = 0; node < cluster.size(); node++) {
                schemas.add(check(cluster, node));
            }
            assertThat(schemas).as("schemas of the nodes, seed %d", SEED).hasSize(1);
        }
        assertThat(schemaChanges.get()).isPositive();
        assertThat(wrongTotals).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThan(50);
        assertThat(audits.get()).isPositive();
        assertThat(longestGapNanos.get() / 1_000_000).as("ms without a commit").isLessThan(MAX_GAP_MS);
    }

    private static Connection connect(LocalCluster cluster, int node, String database) throws IOException {
        return new Connection(new Connection.Options(
                "127.0.0.1", cluster.sqlPort(node), "root", "", database, Duration.ofSeconds(20)));
    }

    private static void createSchema(LocalCluster cluster) throws IOException {
        try (Connection connection = connect(cluster, 2, "")) {
            ServerProcess.query(connection, "CREATE DATABASE bank");
            ServerProcess.query(connection, "CREATE TABLE bank.account (id INT PRIMARY KEY, balance INT NOT NULL)");
            ServerProcess.query(
                    connection, "CREATE TABLE bank.journal (token VARCHAR(40) PRIMARY KEY, n INT NOT NULL, KEY (n))");
            for (int i = 0; i < ACCOUNTS; i++) {
                ServerProcess.query(connection, "INSERT INTO bank.account VALUES (" + i + ", 1000)");
            }
        }
    }

    /// Every few seconds something happens to a node.
    private void makeTrouble(LocalCluster cluster) throws IOException, InterruptedException {
        Random random = new Random(SEED);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() - end < 0) {
            // The time between events is the experiment, not a wait for something.
            Thread.sleep(1500 + random.nextInt(2500));
            int node = random.nextInt(cluster.size());
            int kind = random.nextInt(4);
            if (kind == 3) {
                cluster.process(node).pause();
                Thread.sleep(500 + random.nextInt(3500));
                cluster.process(node).resume();
            } else {
                cluster.stop(node, kind > 0);
                Thread.sleep(random.nextInt(2500));
                cluster.start(node);
            }
        }
    }

    private void awaitCommit() {
        int before = acknowledged.size();
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (acknowledged.size() < before + 20) {
            assertThat(System.nanoTime()).as("commits after the last event").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000L);
        }
    }

    private void transfer(LocalCluster cluster, int client) {
        Random random = new Random(SEED * 100 + client);
        int number = 0;
        while (!isOver.get()) {
            try (Connection connection = connect(cluster, random.nextInt(cluster.size()), "bank")) {
                while (!isOver.get()) {
                    transfer(connection, random, client + "-" + number++);
                }
            } catch (IOException e) {
                // its node is gone, or none leads: the next one
                pause();
            }
        }
    }

    private void transfer(Connection connection, Random random, String token) throws IOException {
        boolean mayBeCommitted = false;
        try {
            int source = random.nextInt(ACCOUNTS);
            int target = (source + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
            int first = Math.min(source, target);
            ServerProcess.query(connection, "BEGIN");
            ServerProcess.query(connection, add(first, first == source ? -1 : 1));
            ServerProcess.query(connection, add(Math.max(source, target), first == source ? 1 : -1));
            ServerProcess.query(connection, "INSERT INTO journal (token, n) VALUES ('" + token + "', " + source + ")");
            mayBeCommitted = true;
            ServerProcess.query(connection, "COMMIT");
            acknowledged.add(token);
            long now = System.nanoTime();
            long gap = now - lastCommitNanos.getAndSet(now);
            longestGapNanos.accumulateAndGet(gap, Math::max);
        } catch (ServerError e) {
            if (e.errno() != ER_UNKNOWN_OUTCOME) {
                refused.add(token);
            }
            ServerProcess.query(connection, "ROLLBACK");
        } catch (IOException e) {
            if (!mayBeCommitted) {
                refused.add(token);
            }
            throw e;
        }
    }

    private static String add(int account, int amount) {
        return "UPDATE account SET balance = balance + " + amount + " WHERE id = " + account;
    }

    private void audit(LocalCluster cluster) {
        Random random = new Random(SEED);
        while (!isOver.get()) {
            try (Connection connection = connect(cluster, random.nextInt(cluster.size()), "bank")) {
                for (int i = 0; i < 50 && !isOver.get(); i++) {
                    String total = ServerProcess.query(connection, "SELECT SUM(balance) FROM account")
                            .getFirst();
                    if (!total.equals(String.valueOf(ACCOUNTS * 1000))) {
                        wrongTotals.add(total);
                    }
                    audits.incrementAndGet();
                }
            } catch (IOException e) {
                pause();
            }
        }
    }

    /// Indexes and columns come and go, told to any node; most changes find what they want done already.
    private void changeSchema(LocalCluster cluster) {
        Random random = new Random(SEED + 1);
        while (!isOver.get()) {
            try (Connection connection = connect(cluster, random.nextInt(cluster.size()), "bank")) {
                for (int i = 0; i < 5 && !isOver.get(); i++) {
                    changeSchema(connection, random);
                    pause();
                }
            } catch (IOException e) {
                pause();
            }
        }
    }

    private void changeSchema(Connection connection, Random random) throws IOException {
        int number = random.nextInt(2);
        List<String> changes = List.of(
                "ALTER TABLE account ADD INDEX i" + number + " (balance)",
                "ALTER TABLE account DROP INDEX i" + number,
                "ALTER TABLE journal ADD UNIQUE u" + number + " (token, n)",
                "ALTER TABLE journal DROP INDEX u" + number,
                "ALTER TABLE journal ADD COLUMN c" + number + " INT DEFAULT 5",
                "ALTER TABLE journal DROP COLUMN c" + number,
                "CREATE TABLE t" + number + " AS SELECT * FROM account",
                "DROP TABLE t" + number);
        try {
            ServerProcess.query(connection, changes.get(random.nextInt(changes.size())));
            schemaChanges.incrementAndGet();
        } catch (ServerError e) {
            // it was so already, or no node leads
        }
    }

    private static void pause() {
        LockSupport.parkNanos(50_000_000L);
    }

    /// Returns the schema as the node shows it.
    private String check(LocalCluster cluster, int node) throws IOException {
        try (Connection connection = connect(cluster, node, "bank")) {
            assertThat(ServerProcess.query(connection, "SELECT SUM(balance), COUNT(*) FROM account"))
                    .containsExactly(ACCOUNTS * 1000 + "\t" + ACCOUNTS);
            Set<String> tokens = new HashSet<>(ServerProcess.query(connection, "SELECT token FROM journal"));
            assertThat(tokens).as("acknowledged, seed %d", SEED).containsAll(acknowledged);
            assertThat(tokens).as("refused, seed %d", SEED).doesNotContainAnyElementsOf(refused);
            assertThat(ServerProcess.query(connection, "SELECT COUNT(*) FROM journal FORCE INDEX (n) WHERE n >= 0"))
                    .containsExactly(String.valueOf(tokens.size()));
            assertThat(ServerProcess.query(connection, "CHECK TABLE account, journal"))
                    .allMatch(line -> line.endsWith("OK"));
            return ServerProcess.query(connection, "SHOW TABLES")
                    + String.join("", ServerProcess.query(connection, "SHOW CREATE TABLE account"))
                    + String.join("", ServerProcess.query(connection, "SHOW CREATE TABLE journal"));
        }
    }
}
