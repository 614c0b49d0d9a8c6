package io.qomo.testing.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import io.qomo.testing.crash.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators do to a cluster at work, and what it does by itself.
class MaintenanceTest {
    private static final int CLIENTS = 6;
    private static final int ACCOUNTS = 60;

    @TempDir
    Path folder;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger transfers = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private static Connection connect(LocalCluster cluster, int node) throws IOException {
        return new Connection(
                new Connection.Options("127.0.0.1", cluster.sqlPort(node), "root", "", "", Duration.ofSeconds(30)));
    }

    /// All nodes are restarted one after the other: connections end, but never in the middle of a transaction.
    @Test
    void rollingRestartFailsNoTransaction() throws IOException, InterruptedException {
        try (LocalCluster cluster = new LocalCluster(folder, 3)) {
            try (Connection connection = connect(cluster, 0)) {
                ServerProcess.query(connection, "CREATE DATABASE bank");
                ServerProcess.query(connection, "CREATE TABLE bank.account (id INT PRIMARY KEY, balance INT)");
                for (int i = 0; i < ACCOUNTS; i++) {
                    ServerProcess.query(connection, "INSERT INTO bank.account VALUES (" + i + ", 100)");
                }
            }
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.add(Thread.ofPlatform().start(() -> work(cluster, client)));
            }
            for (int node = 0; node < cluster.size(); node++) {
                awaitTransfers();
                cluster.stop(node, false);
                cluster.start(node);
            }
            awaitTransfers();
            isOver.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(failures).isEmpty();
            try (Connection connection = connect(cluster, 1)) {
                assertThat(ServerProcess.query(connection, "SELECT SUM(balance) FROM bank.account"))
                        .containsExactly(String.valueOf(ACCOUNTS * 100));
            }
        }
    }

    private void awaitTransfers() {
        int before = transfers.get();
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (transfers.get() < before + 100) {
            assertThat(System.nanoTime()).as("transfers go on").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000L);
        }
    }

    private void work(LocalCluster cluster, int client) {
        Random random = new Random(client);
        while (!isOver.get()) {
            try (Connection connection = connect(cluster, random.nextInt(cluster.size()))) {
                while (!isOver.get()) {
                    ServerProcess.query(connection, "BEGIN");
                    transfer(connection, random);
                }
            } catch (IOException e) {
                // the connection ended between two transactions, or its node is not there: another one
                LockSupport.parkNanos(10_000_000L);
            }
        }
    }

    private void transfer(Connection connection, Random random) throws IOException {
        int first = random.nextInt(ACCOUNTS - 1);
        int second = first + 1 + random.nextInt(ACCOUNTS - 1 - first);
        try {
            ServerProcess.query(connection, "UPDATE bank.account SET balance = balance - 1 WHERE id = " + first);
            LockSupport.parkNanos(random.nextInt(20_000_000));
            ServerProcess.query(connection, "UPDATE bank.account SET balance = balance + 1 WHERE id = " + second);
            ServerProcess.query(connection, "COMMIT");
            transfers.incrementAndGet();
        } catch (ServerError e) {
            failures.add(e.errno() + " " + e.getMessage());
            throw e;
        } catch (IOException e) {
            failures.add(e.toString());
            throw e;
        }
    }

    /// Who waits for a lock on names or a user lock goes on waiting under the next leader, and gets it.
    @Test
    void waitersGoOnUnderTheNextLeader() throws Exception {
        try (LocalCluster cluster = new LocalCluster(folder, 3);
                Connection admin = connect(cluster, 0)) {
            ServerProcess.query(admin, "CREATE DATABASE d");
            ServerProcess.query(admin, "CREATE TABLE d.t (id INT)");
            int leader = Integer.parseInt(ServerProcess.query(
                                    admin,
                                    "SELECT node_id FROM information_schema.cluster_nodes WHERE is_leader = 'YES'")
                            .getFirst())
                    - 1;
            int holding = (leader + 1) % 3;
            int waiting = (leader + 2) % 3;
            try (Connection holder = connect(cluster, holding);
                    Connection first = connect(cluster, waiting);
                    Connection second = connect(cluster, waiting)) {
                ServerProcess.query(holder, "LOCK TABLES d.t WRITE");
                ServerProcess.query(holder, "SELECT GET_LOCK('q', 1)");
                CompletableFuture<List<String>> table = later(first, "LOCK TABLES d.t WRITE");
                CompletableFuture<List<String>> lock = later(second, "SELECT GET_LOCK('q', 60)");
                cluster.process(leader).pause();
                awaitLeaderBut(cluster, holding, leader);
                cluster.process(leader).resume();
                assertThat(table).isNotDone();
                assertThat(lock).isNotDone();
                ServerProcess.query(holder, "UNLOCK TABLES");
                ServerProcess.query(holder, "SELECT RELEASE_LOCK('q')");
                table.get(30, TimeUnit.SECONDS);
                assertThat(lock.get(30, TimeUnit.SECONDS)).containsExactly("1");
            }
        }
    }

    private static void awaitLeaderBut(LocalCluster cluster, int asked, int node) throws IOException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        try (Connection connection = connect(cluster, asked)) {
            List<String> leaders;
            do {
                leaders = ServerProcess.query(
                        connection, "SELECT node_id FROM information_schema.cluster_nodes WHERE is_leader = 'YES'");
                assertThat(System.nanoTime())
                        .as("another leader than %s", leaders)
                        .isLessThan(deadline);
                LockSupport.parkNanos(20_000_000L);
            } while (leaders.isEmpty() || leaders.getFirst().equals(String.valueOf(node + 1)));
        }
    }

    private static CompletableFuture<List<String>> later(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ServerProcess.query(connection, sql);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> Thread.ofPlatform().start(command));
    }

    /// With a fourth node there, the replica of one that is gone is given up, and comes back with it.
    @Test
    void replicaOfALostNodeIsGivenUpAndTakenBack() throws IOException, InterruptedException {
        try (LocalCluster cluster = new LocalCluster(folder, 4, "--replace-after", "2")) {
            awaitReplicas(cluster, 4);
            cluster.stop(3, true);
            awaitReplicas(cluster, 3);
            try (Connection connection = connect(cluster, 0)) {
                ServerProcess.query(connection, "CREATE DATABASE meanwhile");
            }
            cluster.start(3);
            awaitReplicas(cluster, 4);
            try (Connection connection = connect(cluster, 3)) {
                assertThat(ServerProcess.query(connection, "SHOW DATABASES LIKE 'meanwhile'"))
                        .hasSize(1);
            }
        }
    }

    private static void awaitReplicas(LocalCluster cluster, int count) throws IOException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        try (Connection connection = connect(cluster, 0)) {
            List<String> nodes;
            do {
                nodes = ServerProcess.query(
                        connection, "SELECT node_id FROM information_schema.cluster_nodes WHERE is_replica = 'YES'");
                assertThat(System.nanoTime()).as("%s replicas", nodes).isLessThan(deadline);
                LockSupport.parkNanos(100_000_000L);
            } while (nodes.size() != count);
        }
    }
}
