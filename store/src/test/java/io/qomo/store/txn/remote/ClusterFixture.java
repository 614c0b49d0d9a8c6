package io.qomo.store.txn.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.Env;
import io.qomo.base.env.SystemEnv;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import io.qomo.store.txn.WaitPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Nodes of one cluster in this process, and short words for what tests do with them.
abstract class ClusterFixture {
    static final TransactionOptions OPTIONS = TransactionOptions.DEFAULT.withLockWaitTimeout(Duration.ofSeconds(10));

    @TempDir
    private Path directory;

    private final Env env = new SystemEnv();
    private final String name = "test" + Long.toHexString(env.randomLong());
    private final Map<Long, NodeAddress> addresses = new ConcurrentHashMap<>();
    private final Map<Long, TestNode> nodes = new ConcurrentHashMap<>();

    TestNode start(long id, boolean founds) throws IOException {
        TestNode node = new TestNode(id, name, directory.resolve("n" + id), founds, addresses, env);
        nodes.put(id, node);
        return node;
    }

    /// Three members.
    void startThree() throws IOException {
        TestNode first = start(1, true);
        await("a leader", first::leads);
        start(2, false);
        start(3, false);
        first.group().addMember(2);
        first.group().addMember(3);
    }

    /// The node if it runs.
    TestNode node(long id) {
        TestNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("node " + id + " does not run");
        }
        return node;
    }

    boolean runs(long id) {
        return nodes.containsKey(id);
    }

    List<TestNode> running() {
        return List.copyOf(nodes.values());
    }

    void stop(long id) {
        TestNode node = nodes.remove(id);
        if (node != null) {
            node.close();
        }
    }

    /// The id of the leader, or 0.
    long leader() {
        for (Map.Entry<Long, TestNode> node : nodes.entrySet()) {
            if (node.getValue().leads()) {
                return node.getKey();
            }
        }
        return 0;
    }

    @AfterEach
    void stopAll() {
        for (long id : List.copyOf(nodes.keySet())) {
            stop(id);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000L);
        }
    }

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void set(TestNode node, String key, String value) {
        try (Transaction transaction = node.transactions().begin(OPTIONS)) {
            transaction.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            transaction.insert(of(key), of(value));
            assertThat(transaction.commit()).isPositive();
        }
    }

    static String get(TestNode node, String key) {
        try (Transaction transaction = node.transactions().begin(OPTIONS)) {
            return read(transaction, key);
        }
    }

    static String read(Transaction transaction, String key) {
        byte[] value = transaction.get(of(key));
        return value == null ? "nothing" : new String(value, StandardCharsets.UTF_8);
    }
}
