package io.qomo.store.cluster;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.ManualEnv;
import io.qomo.store.kv.DiskReserve;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.Command;
import io.qomo.store.replica.mvcc.CommitCommand;
import io.qomo.store.replica.mvcc.RecentCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Order, grouping, failure and shutdown of the local replicator.
@Timeout(60)
class LocalReplicatorTest {
    private final FailingStore store = new FailingStore();
    private final LocalReplicator replicator =
            new LocalReplicator(store, DiskReserve.none(new ManualEnv()), new ManualEnv(), true);

    private static final class RefusedCommand implements Command {
        @Override
        public void evaluate(long timestamp, RecentCommits recent) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }

        @Override
        public WriteBatch batch() {
            throw new AssertionError("a refused command is not written");
        }
    }

    private static CommitCommand put(String key, String value) {
        WriteBatch batch = new WriteBatch(0);
        batch.put(of(key), of(value));
        return new CommitCommand(batch, new byte[][] {of(key)}, null, Command.Room.TAKES);
    }

    private String get(String key) {
        return text(store.get(of(key), replicator.appliedTimestamp()));
    }

    private static ErrorCode codeOf(Future<?> future) throws InterruptedException {
        try {
            future.get();
            throw new AssertionError("no error");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqlException sql) {
                return sql.code();
            }
            throw new AssertionError(e);
        }
    }

    /// Proposals that are queued while a write stands still go into one group behind it.
    private List<Future<Long>> proposeBehindAGate(ExecutorService threads, int count) {
        int before = store.writes;
        List<Future<Long>> proposals = new ArrayList<>();
        proposals.add(threads.submit(() -> replicator.propose(put("k0", "v"))));
        while (store.writes == before) {
            Thread.onSpinWait();
        }
        RecentCommits.Watch watch = replicator.commits().watch();
        for (int i = 1; i < count; i++) {
            String key = "k" + i;
            proposals.add(threads.submit(() -> replicator.propose(put(key, "v"))));
        }
        while (replicator.commits().after(watch.snapshot()).size() < count) {
            Thread.onSpinWait();
        }
        replicator.commits().endWatch(watch);
        return proposals;
    }

    @Test
    void whoeverComesDuringAWriteSharesTheNextOne() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            store.gate = new CountDownLatch(1);
            List<Future<Long>> proposals = proposeBehindAGate(threads, 20);
            assertThat(get("k0")).isEqualTo("∅");
            assertThat(replicator.appliedTimestamp()).isZero();
            store.gate.countDown();
            long greatest = 0;
            for (Future<Long> proposal : proposals) {
                greatest = Math.max(greatest, proposal.get());
            }
            assertThat(store.writes).isEqualTo(2);
            assertThat(replicator.appliedTimestamp()).isEqualTo(greatest);
            assertThat(get("k0") + get("k19")).isEqualTo("vv");
            assertThat(replicator.commits().remembered()).isEmpty();
        }
    }

    @Test
    void aFailedWriteFailsItsGroupAndNobodyElse() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            replicator.propose(put("k", "before"));
            long applied = replicator.appliedTimestamp();
            store.gate = new CountDownLatch(1);
            store.failure = new SqlException(ErrorCode.DISK_FULL, "here");
            List<Future<Long>> proposals = proposeBehindAGate(threads, 10);
            store.gate.countDown();
            for (Future<Long> proposal : proposals) {
                assertThat(codeOf(proposal)).isEqualTo(ErrorCode.DISK_FULL);
            }
            assertThat(replicator.appliedTimestamp()).isEqualTo(applied);
            assertThat(get("k")).isEqualTo("before");
            store.failure = null;
            assertThat(replicator.propose(put("k", "after"))).isGreaterThan(applied);
            assertThat(get("k")).isEqualTo("after");
            assertThat(get("k3")).isEqualTo("∅");
        }
    }

    @Test
    void aThreadThatIsInterruptedStillLearnsTheOutcome() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            store.gate = new CountDownLatch(1);
            List<Future<Long>> proposals = proposeBehindAGate(threads, 2);
            CountDownLatch started = new CountDownLatch(1);
            List<Object> outcome = new ArrayList<>();
            Thread interrupted = Thread.ofPlatform().start(() -> {
                Thread.currentThread().interrupt();
                started.countDown();
                outcome.add(replicator.propose(put("i", "v")));
                outcome.add(Thread.currentThread().isInterrupted());
            });
            started.await();
            while (replicator.commits().remembered().size() < 3) {
                Thread.onSpinWait();
            }
            store.gate.countDown();
            interrupted.join();
            assertThat(outcome).hasSize(2).last().isEqualTo(true);
            for (Future<Long> proposal : proposals) {
                assertThat(proposal.get()).isPositive();
            }
        }
    }

    @Test
    void aRefusedEvaluationLeavesNothing() {
        assertThatThrownBy(() -> replicator.propose(new RefusedCommand())).isInstanceOf(SqlException.class);
        assertThat(store.writes).isZero();
        assertThat(replicator.propose(put("k", "v"))).isPositive();
    }

    @Test
    void closingWaitsForWhatIsOnItsWayAndRefusesTheRest() throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            store.gate = new CountDownLatch(1);
            List<Future<Long>> proposals = proposeBehindAGate(threads, 5);
            Future<?> closing = threads.submit(replicator::close);
            assertThat(closing.isDone()).isFalse();
            store.gate.countDown();
            closing.get();
            for (Future<Long> proposal : proposals) {
                assertThat(proposal.get()).isPositive();
            }
            assertThatThrownBy(() -> replicator.propose(put("k", "v")))
                    .isInstanceOfSatisfying(
                            SqlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_SHUTDOWN));
        }
    }

    @Test
    void timestampsContinueAfterARestart() {
        long last = replicator.propose(put("k", "v"));
        LocalReplicator restarted =
                new LocalReplicator(store, DiskReserve.none(new ManualEnv()), new ManualEnv(), true);
        assertThat(restarted.appliedTimestamp()).isEqualTo(last);
        assertThat(restarted.propose(put("k", "w"))).isGreaterThan(last);
        assertThat(text(store.get(of("k"), OrderedStore.LATEST))).isEqualTo("w");
    }

    @Test
    void timestampsHoldMillisecondsAndCountWithinOne() {
        ManualEnv env = new ManualEnv();
        TimestampOracle oracle = new TimestampOracle(env, 0);
        long first = oracle.next();
        assertThat(TimestampOracle.epochMillis(first)).isEqualTo(env.wallMicros() / 1000);
        assertThat(oracle.next()).isEqualTo(first + 1);
        for (int i = 0; i < 1 << TimestampOracle.LOGICAL_BITS; i++) {
            oracle.next();
        }
        assertThat(TimestampOracle.epochMillis(oracle.next())).isEqualTo(env.wallMicros() / 1000 + 1);
    }
}
