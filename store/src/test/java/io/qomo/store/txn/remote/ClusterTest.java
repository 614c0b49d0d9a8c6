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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes, one group.
final class ClusterTest {
    private static final TransactionOptions OPTIONS =
            TransactionOptions.DEFAULT.withLockWaitTimeout(Duration.ofSeconds(10));

    @TempDir
    private Path directory;

    private final Env env = new SystemEnv();
    private final String name = "test" + Long.toHexString(env.randomLong());
    private final Map<Long, NodeAddress> addresses = new ConcurrentHashMap<>();
    private final Map<Long, TestNode> nodes = new ConcurrentHashMap<>();

    private TestNode start(long id, boolean founds) throws IOException {
        TestNode node = new TestNode(id, name, directory.resolve("n" + id), founds, addresses, env);
        nodes.put(id, node);
        return node;
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(TestNode::close);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(2_000_000L);
        }
    }

    private static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void set(TestNode node, String key, String value) {
        try (Transaction transaction = node.transactions().begin(OPTIONS)) {
            transaction.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            transaction.insert(of(key), of(value));
            assertThat(transaction.commit()).isPositive();
        }
    }

    private static String get(TestNode node, String key) {
        try (Transaction transaction = node.transactions().begin(OPTIONS)) {
            byte[] value = transaction.get(of(key));
            return value == null ? "nothing" : new String(value, StandardCharsets.UTF_8);
        }
    }

    @Test
    void growsFromOneNodeToThreeAndSurvivesItsFounder() throws IOException {
        TestNode first = start(1, true);
        await("a leader", first::leads);
        set(first, "a", "1");
        TestNode second = start(2, false);
        TestNode third = start(3, false);
        first.group().addMember(2);
        first.group().addMember(3);
        assertThat(first.group().members()).containsExactly(1L, 2L, 3L);
        await("the leader is known", () -> third.group().leader() == 1);
        assertThat(get(third, "a")).isEqualTo("1");
        set(third, "b", "2");
        assertThat(get(second, "b")).isEqualTo("2");

        nodes.remove(1L);
        first.close();
        await("another leader", () -> second.leads() || third.leads());
        assertThat(get(second, "b")).isEqualTo("2");
        set(second, "c", "3");
        assertThat(get(third, "c")).isEqualTo("3");

        TestNode again = start(1, true);
        await("the leader is known", () -> again.group().leader() > 1);
        set(again, "d", "4");
        assertThat(get(again, "a")).isEqualTo("1");
        assertThat(get(second, "d")).isEqualTo("4");
    }
}
