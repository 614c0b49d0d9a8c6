package io.qomo.store.txn.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Money moves through all nodes while leaders stop and come back: none is made or lost, every acknowledged transfer is
/// there, and no refused one.
final class FailoverTest extends ClusterFixture {
    private static final int ACCOUNTS = 12;
    private static final long START = 1000;
    private static final int CLIENTS = 6;
    private static final int ROUNDS = 4;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger audits = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private static String account(int number) {
        return String.format("a%03d", number);
    }

    @Test
    void keepsMoneyAndWord() throws IOException, InterruptedException {
        startThree();
        for (int i = 0; i < ACCOUNTS; i++) {
            set(node(1), account(i), String.valueOf(START));
        }
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(Thread.ofPlatform().start(() -> guarded(() -> transfers(client))));
        }
        clients.add(Thread.ofPlatform().start(() -> guarded(this::audit)));
        for (int round = 0; round < ROUNDS; round++) {
            int before = acknowledged.size();
            await("progress", () -> acknowledged.size() > before + 50 || !failures.isEmpty());
            await("a leader", () -> leader() != 0);
            long leader = leader();
            stop(leader);
            int meanwhile = acknowledged.size();
            await("progress without node " + leader, () -> acknowledged.size() > meanwhile + 20 || !failures.isEmpty());
            start(leader, false);
        }
        isOver.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(failures).isEmpty();
        check();
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private TestNode anyNode(Random random) {
        while (true) {
            List<TestNode> running = running();
            if (!running.isEmpty()) {
                return running.get(random.nextInt(running.size()));
            }
        }
    }

    private void transfers(int client) {
        Random random = new Random(client);
        for (int n = 0; !isOver.get(); n++) {
            String mark = "m" + client + "/" + n;
            TestNode node = anyNode(random);
            try (Transaction transaction = node.transactions().begin(OPTIONS)) {
                int from = random.nextInt(ACCOUNTS);
                int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                add(transaction, Math.min(from, to), from < to ? -1 : 1);
                add(transaction, Math.max(from, to), from < to ? 1 : -1);
                transaction.insert(of(mark), of("x"));
                transaction.commit();
                acknowledged.add(mark);
            } catch (SqlException e) {
                if (e.code() != ErrorCode.UNKNOWN_OUTCOME) {
                    refused.add(mark);
                }
            } catch (RuntimeException e) {
                // the node was stopped under its client, which learns nothing
                if (running().contains(node)) {
                    throw e;
                }
            }
        }
    }

    private static void add(Transaction transaction, int account, long amount) {
        byte[] key = of(account(account));
        byte[] value =
                transaction.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT).value();
        assertThat(value).as("account").isNotNull();
        long balance = Long.parseLong(new String(value, StandardCharsets.UTF_8));
        transaction.put(key, of(String.valueOf(balance + amount)));
    }

    private void audit() {
        Random random = new Random(99);
        while (!isOver.get()) {
            TestNode node = anyNode(random);
            try {
                assertThat(total(node)).isEqualTo(ACCOUNTS * START);
                audits.incrementAndGet();
            } catch (SqlException e) {
                LockSupport.parkNanos(1_000_000L);
            } catch (RuntimeException e) {
                if (running().contains(node)) {
                    throw e;
                }
            }
        }
    }

    private static long total(TestNode node) {
        long total = 0;
        try (Transaction transaction = node.transactions().begin(OPTIONS);
                KvCursor cursor = transaction.scan(of("a"), of("b"), ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
            while (cursor.next()) {
                total += Long.parseLong(new String(cursor.copyValue(), StandardCharsets.UTF_8));
            }
        }
        return total;
    }

    private void check() {
        assertThat(audits.get()).isPositive();
        for (TestNode node : running()) {
            assertThat(total(node)).isEqualTo(ACCOUNTS * START);
        }
        try (Transaction transaction = running().getFirst().transactions().begin(OPTIONS)) {
            for (String mark : acknowledged) {
                assertThat(read(transaction, mark)).as("acknowledged " + mark).isEqualTo("x");
            }
            for (String mark : refused) {
                assertThat(read(transaction, mark)).as("refused " + mark).isEqualTo("nothing");
            }
        }
    }
}
