package io.qomo.store.txn;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.LocalReplicator;
import io.qomo.store.kv.DiskReserve;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Waiting, timeouts, queues, upgrades and deadlocks.
@Timeout(60)
class LockTest {
    private static final TransactionOptions OPTIONS =
            TransactionOptions.DEFAULT.withLockWaitTimeout(Duration.ofSeconds(30));

    private Coordinator coordinator;
    private GroupLeader leader;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        SystemEnv env = new SystemEnv();
        MemoryStore store = new MemoryStore();
        leader = new GroupLeader(store, new LocalReplicator(store, DiskReserve.none(env), env, false), env);
        coordinator = new Coordinator(leader, 1L << 28);
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(coordinator.openTransactions()).isZero();
        assertThat(leader.locks().size()).isZero();
    }

    private Transaction begin() {
        return coordinator.begin(OPTIONS);
    }

    private static void lock(Transaction transaction, String key, LockMode mode) {
        transaction.lock(of(key), mode, WaitPolicy.WAIT);
    }

    private static boolean tryLock(Transaction transaction, String key, LockMode mode) {
        return transaction.lock(of(key), mode, WaitPolicy.SKIP_LOCKED).granted();
    }

    private static ErrorCode codeOf(Future<?> future) throws Exception {
        try {
            future.get(20, TimeUnit.SECONDS);
            throw new AssertionError("no error");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqlException sql) {
                return sql.code();
            }
            throw e;
        }
    }

    private static void assertCode(ErrorCode code, Runnable call) {
        try {
            call.run();
        } catch (SqlException e) {
            assertThat(e.code()).isEqualTo(code);
            return;
        }
        throw new AssertionError("no error");
    }

    /// Runs `action` on another thread and returns once it waits for a lock.
    private Future<?> blocked(Transaction transaction, Runnable action) throws Exception {
        Future<?> future = threads.submit(action);
        LockOwner owner = ((LocalParticipant) ((CoordinatedTransaction) transaction).participant()).owner();
        while (owner.waiting == null) {
            if (future.isDone()) {
                future.get(1, TimeUnit.SECONDS);
                throw new AssertionError("did not wait");
            }
            Thread.onSpinWait();
        }
        return future;
    }

    @Test
    void compatibilityOfModes() {
        try (Transaction a = begin();
                Transaction b = begin()) {
            assertThat(tryLock(a, "s", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "s", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "s", LockMode.EXCLUSIVE)).isFalse();
            assertThat(tryLock(a, "x", LockMode.EXCLUSIVE)).isTrue();
            assertThat(tryLock(a, "x", LockMode.EXCLUSIVE)).isTrue();
            assertThat(tryLock(a, "x", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "x", LockMode.SHARED)).isFalse();
            assertCode(ErrorCode.LOCK_NOWAIT, () -> b.lock(of("x"), LockMode.SHARED, WaitPolicy.NOWAIT));
            a.rollback();
            assertThat(tryLock(b, "x", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "s", LockMode.EXCLUSIVE)).isTrue();
        }
    }

    @Test
    void aWaiterSeesWhatTheHolderCommitted() throws Exception {
        try (Transaction holder = begin();
                Transaction waiter = begin()) {
            lock(holder, "a", LockMode.EXCLUSIVE);
            holder.put(of("a"), of("1"));
            assertThat(waiter.get(of("a"))).isNull();
            List<String> seen = new ArrayList<>();
            Future<?> waiting = blocked(
                    waiter,
                    () -> seen.add(text(waiter.lock(of("a"), LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                            .value())));
            holder.commit();
            waiting.get(20, TimeUnit.SECONDS);
            assertThat(seen).containsExactly("1");
            assertThat(waiter.get(of("a"))).isNull();
        }
    }

    @Test
    void waitersAreServedInOrderAndSharedOnesTogether() throws Exception {
        try (Transaction holder = begin();
                Transaction reader1 = begin();
                Transaction reader2 = begin();
                Transaction writer = begin();
                Transaction reader3 = begin()) {
            lock(holder, "a", LockMode.EXCLUSIVE);
            Future<?> first = blocked(reader1, () -> lock(reader1, "a", LockMode.SHARED));
            Future<?> second = blocked(reader2, () -> lock(reader2, "a", LockMode.SHARED));
            Future<?> third = blocked(writer, () -> lock(writer, "a", LockMode.EXCLUSIVE));
            Future<?> fourth = blocked(reader3, () -> lock(reader3, "a", LockMode.SHARED));
            holder.rollback();
            first.get(20, TimeUnit.SECONDS);
            second.get(20, TimeUnit.SECONDS);
            assertThat(third.isDone()).isFalse();
            reader1.rollback();
            assertThat(third.isDone()).isFalse();
            reader2.rollback();
            third.get(20, TimeUnit.SECONDS);
            assertThat(fourth.isDone()).isFalse();
            writer.rollback();
            fourth.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anUpgradeOvertakesTheQueue() throws Exception {
        try (Transaction holder = begin();
                Transaction other = begin();
                Transaction writer = begin()) {
            lock(holder, "a", LockMode.SHARED);
            lock(other, "a", LockMode.SHARED);
            Future<?> queued = blocked(writer, () -> lock(writer, "a", LockMode.EXCLUSIVE));
            Future<?> upgrade = blocked(holder, () -> lock(holder, "a", LockMode.EXCLUSIVE));
            other.rollback();
            upgrade.get(20, TimeUnit.SECONDS);
            assertThat(queued.isDone()).isFalse();
            holder.commit();
            queued.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void waitingEndsWithTheTimeoutAndTheTransactionGoesOn() {
        try (Transaction holder = begin();
                Transaction waiter = begin();
                Transaction third = begin()) {
            lock(holder, "a", LockMode.EXCLUSIVE);
            lock(waiter, "b", LockMode.EXCLUSIVE);
            waiter.put(of("b"), of("1"));
            waiter.lockWaitTimeout(Duration.ofMillis(30));
            assertCode(ErrorCode.LOCK_WAIT_TIMEOUT, () -> lock(waiter, "a", LockMode.SHARED));
            assertThat(waiter.isActive()).isTrue();
            assertThat(tryLock(third, "b", LockMode.SHARED)).isFalse();
            holder.rollback();
            assertThat(tryLock(third, "a", LockMode.EXCLUSIVE)).isTrue();
            waiter.commit();
        }
    }

    @Test
    void aTimedOutWriterNoLongerHoldsUpReaders() throws Exception {
        try (Transaction holder = begin();
                Transaction writer = begin();
                Transaction reader = begin()) {
            lock(holder, "a", LockMode.SHARED);
            writer.lockWaitTimeout(Duration.ofMillis(200));
            Future<?> writing = blocked(writer, () -> lock(writer, "a", LockMode.EXCLUSIVE));
            Future<?> reading = threads.submit(() -> lock(reader, "a", LockMode.SHARED));
            assertThat(codeOf(writing)).isEqualTo(ErrorCode.LOCK_WAIT_TIMEOUT);
            reading.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void interruptEndsTheWaitOfTheStatement() throws Exception {
        try (Transaction holder = begin();
                Transaction waiter = begin()) {
            lock(holder, "a", LockMode.EXCLUSIVE);
            Future<?> waiting = blocked(waiter, () -> lock(waiter, "a", LockMode.SHARED));
            waiter.interrupt();
            assertThat(codeOf(waiting)).isEqualTo(ErrorCode.QUERY_INTERRUPTED);
            assertCode(ErrorCode.QUERY_INTERRUPTED, () -> lock(waiter, "a", LockMode.SHARED));
            waiter.startStatement();
            assertThat(tryLock(waiter, "a", LockMode.SHARED)).isFalse();
            waiter.lockWaitTimeout(Duration.ofMillis(10));
            assertCode(ErrorCode.LOCK_WAIT_TIMEOUT, () -> lock(waiter, "a", LockMode.SHARED));
        }
    }

    @Test
    void aThreadInterruptDoesNotBreakTheWaitAndIsKept() throws Exception {
        try (Transaction holder = begin();
                Transaction waiter = begin()) {
            lock(holder, "a", LockMode.EXCLUSIVE);
            CountDownLatch done = new CountDownLatch(1);
            List<Boolean> interrupted = new ArrayList<>();
            Thread thread = Thread.ofPlatform().start(() -> {
                lock(waiter, "a", LockMode.SHARED);
                interrupted.add(Thread.currentThread().isInterrupted());
                done.countDown();
            });
            while (((LocalParticipant) ((CoordinatedTransaction) waiter).participant()).owner().waiting == null) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            holder.commit();
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted).containsExactly(true);
        }
    }

    @Test
    void ofTwoInADeadlockTheOneWithFewerWritesIsRolledBack() throws Exception {
        try (Transaction small = begin();
                Transaction large = begin()) {
            lock(small, "a", LockMode.EXCLUSIVE);
            lock(large, "b", LockMode.EXCLUSIVE);
            large.put(of("b"), of("1"));
            Future<?> waiting = blocked(small, () -> lock(small, "b", LockMode.EXCLUSIVE));
            lock(large, "a", LockMode.EXCLUSIVE);
            assertThat(codeOf(waiting)).isEqualTo(ErrorCode.DEADLOCK);
            assertThat(small.isActive()).isFalse();
            large.commit();
        }
    }

    @Test
    void theRequesterIsTheVictimWhenItHasNotMoreWrites() throws Exception {
        try (Transaction first = begin();
                Transaction second = begin()) {
            lock(first, "a", LockMode.EXCLUSIVE);
            lock(second, "b", LockMode.EXCLUSIVE);
            first.put(of("a"), of("1"));
            Future<?> waiting = blocked(first, () -> lock(first, "b", LockMode.EXCLUSIVE));
            assertCode(ErrorCode.DEADLOCK, () -> lock(second, "a", LockMode.EXCLUSIVE));
            assertThat(second.isActive()).isFalse();
            waiting.get(20, TimeUnit.SECONDS);
            first.commit();
        }
    }

    @Test
    void twoUpgradesOfOneKeyAreADeadlock() throws Exception {
        try (Transaction first = begin();
                Transaction second = begin()) {
            lock(first, "a", LockMode.SHARED);
            lock(second, "a", LockMode.SHARED);
            Future<?> waiting = blocked(first, () -> lock(first, "a", LockMode.EXCLUSIVE));
            assertCode(ErrorCode.DEADLOCK, () -> lock(second, "a", LockMode.EXCLUSIVE));
            waiting.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void longCyclesAndQueuesAreSeenThrough() throws Exception {
        int count = 8;
        List<Transaction> ring = new ArrayList<>();
        List<Future<?>> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Transaction transaction = begin();
            ring.add(transaction);
            lock(transaction, "k" + i, LockMode.EXCLUSIVE);
            for (int writes = 0; writes < 10; writes++) {
                transaction.put(of("k" + i), of("x"));
            }
        }
        try (Transaction bystander = begin()) {
            waits.add(blocked(bystander, () -> lock(bystander, "k1", LockMode.SHARED)));
            for (int i = 0; i < count - 1; i++) {
                Transaction transaction = ring.get(i);
                String next = "k" + (i + 1);
                waits.add(blocked(transaction, () -> lock(transaction, next, LockMode.EXCLUSIVE)));
            }
            Transaction last = ring.get(count - 1);
            assertCode(ErrorCode.DEADLOCK, () -> lock(last, "k0", LockMode.EXCLUSIVE));
            for (int i = count - 2; i >= 1; i--) {
                waits.get(i + 1).get(20, TimeUnit.SECONDS);
                ring.get(i).rollback();
            }
            waits.getFirst().get(20, TimeUnit.SECONDS);
            assertThat(waits.get(1).isDone()).isFalse();
            bystander.rollback();
            waits.get(1).get(20, TimeUnit.SECONDS);
        }
        ring.forEach(Transaction::close);
    }

    @Test
    void waitingForAWaiterIsADeadlockToo() throws Exception {
        try (Transaction reader = begin();
                Transaction writer = begin();
                Transaction late = begin()) {
            lock(late, "b", LockMode.EXCLUSIVE);
            late.put(of("b"), of("1"));
            lock(reader, "a", LockMode.SHARED);
            reader.put(of("c"), of("1"));
            reader.put(of("d"), of("1"));
            Future<?> first = blocked(writer, () -> lock(writer, "a", LockMode.EXCLUSIVE));
            Future<?> second = blocked(late, () -> lock(late, "a", LockMode.SHARED));
            // reader → late (holds b) → writer (before it in line for a) → reader (holds a)
            lock2(reader);
            assertThat(codeOf(first)).isEqualTo(ErrorCode.DEADLOCK);
            second.get(20, TimeUnit.SECONDS);
            late.rollback();
        }
    }

    /// Waits until the victim is chosen and `late` gets its shared lock; the timeout then ends the
    /// wait for b.
    private static void lock2(Transaction reader) {
        reader.lockWaitTimeout(Duration.ofMillis(500));
        assertCode(ErrorCode.LOCK_WAIT_TIMEOUT, () -> lock(reader, "b", LockMode.EXCLUSIVE));
    }

    @Test
    void locksThatWereLostAreMadeUpForAtCommit() {
        try (Transaction loser = begin();
                Transaction lucky = begin();
                Transaction winner = begin()) {
            lock(loser, "a", LockMode.EXCLUSIVE);
            loser.put(of("a"), of("loser"));
            lock(lucky, "b", LockMode.EXCLUSIVE);
            lucky.put(of("b"), of("lucky"));
            leader.locks().forget();
            lock(winner, "a", LockMode.EXCLUSIVE);
            winner.put(of("a"), of("winner"));
            winner.commit();
            assertCode(ErrorCode.DEADLOCK, loser::commit);
            assertThat(loser.isActive()).isFalse();
            assertThat(lucky.commit()).isPositive();
        }
        try (Transaction reader = begin()) {
            assertThat(text(reader.get(of("a"))) + text(reader.get(of("b")))).isEqualTo("winnerlucky");
        }
    }

    @Test
    void manyThreadsOnAFewKeysNeverLoseAnUpdate() throws Exception {
        int workers = 8;
        int rounds = 150;
        List<Future<Integer>> results = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            int seed = w;
            results.add(threads.submit(() -> incrementPairs(seed, rounds)));
        }
        int total = 0;
        for (Future<Integer> result : results) {
            total += result.get(40, TimeUnit.SECONDS);
        }
        int sum = 0;
        try (Transaction reader = begin()) {
            for (int k = 0; k < 4; k++) {
                String value = text(reader.get(of("n" + k)));
                sum += value.equals("∅") ? 0 : Integer.parseInt(value);
            }
        }
        assertThat(total).isEqualTo(workers * rounds);
        assertThat(sum).isEqualTo(total * 2);
    }

    /// Increments two of four numbers at a time, in any order, until it has done so `rounds` times.
    private int incrementPairs(int seed, int rounds) throws TimeoutException {
        Random random = new Random(seed);
        int done = 0;
        for (int attempt = 0; done < rounds; attempt++) {
            if (attempt > rounds * 1000) {
                throw new TimeoutException("livelock");
            }
            try (Transaction transaction = begin()) {
                int first = random.nextInt(4);
                increment(transaction, "n" + first);
                increment(transaction, "n" + (first + 1 + random.nextInt(3)) % 4);
                transaction.commit();
                done++;
            } catch (SqlException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK);
            }
        }
        return done;
    }

    private static void increment(Transaction transaction, String key) {
        String value = text(
                transaction.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT).value());
        int next = value.equals("∅") ? 1 : Integer.parseInt(value) + 1;
        transaction.put(of(key), of(Integer.toString(next)));
    }

    private static boolean tryRange(Transaction transaction, String from, String to, LockMode mode) {
        return transaction.lockRange(of(from), of(to), mode, WaitPolicy.SKIP_LOCKED);
    }

    @Test
    void rangesConflictWithKeysAndOverlappingRanges() {
        try (Transaction a = begin();
                Transaction b = begin()) {
            assertThat(tryRange(a, "b", "d", LockMode.EXCLUSIVE)).isTrue();
            assertThat(tryLock(b, "a", LockMode.EXCLUSIVE)).isTrue();
            assertThat(tryLock(b, "b", LockMode.SHARED)).isFalse();
            assertThat(tryLock(b, "c", LockMode.EXCLUSIVE)).isFalse();
            assertThat(tryLock(b, "d", LockMode.EXCLUSIVE)).isTrue();
            assertThat(tryRange(b, "a", "b", LockMode.EXCLUSIVE)).isTrue();
            assertThat(tryRange(b, "a", "b\0", LockMode.SHARED)).isFalse();
            assertCode(ErrorCode.LOCK_NOWAIT, () -> b.lockRange(of("c"), of("z"), LockMode.SHARED, WaitPolicy.NOWAIT));
            assertThat(tryLock(a, "c", LockMode.EXCLUSIVE)).isTrue();
            a.rollback();
            assertThat(tryRange(b, "a", "z", LockMode.EXCLUSIVE)).isTrue();
        }
    }

    @Test
    void sharedRangesShare() {
        try (Transaction a = begin();
                Transaction b = begin()) {
            assertThat(tryRange(a, "b", "d", LockMode.SHARED)).isTrue();
            assertThat(tryRange(b, "c", "e", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "b", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "b", LockMode.EXCLUSIVE)).isFalse();
        }
    }

    @Test
    void anInsertIntoALockedRangeWaits() throws Exception {
        try (Transaction a = begin();
                Transaction b = begin()) {
            a.lockRange(of("b"), of("d"), LockMode.SHARED, WaitPolicy.WAIT);
            Future<?> inserting = blocked(b, () -> b.insert(of("c"), of("1")));
            a.commit();
            inserting.get(20, TimeUnit.SECONDS);
            b.commit();
        }
        try (Transaction c = begin()) {
            assertThat(text(c.get(of("c")))).isEqualTo("1");
        }
    }

    @Test
    void aRangeWaitsForWhoHasWrittenIntoIt() throws Exception {
        try (Transaction a = begin();
                Transaction b = begin()) {
            b.insert(of("c"), of("1"));
            Future<?> locking = blocked(a, () -> a.lockRange(of("b"), of("d"), LockMode.EXCLUSIVE, WaitPolicy.WAIT));
            // what it waits for goes on
            b.insert(of("b"), of("2"));
            b.commit();
            locking.get(20, TimeUnit.SECONDS);
            assertThat(text(a.multiGetLatest(new byte[][] {of("b")})[0])).isEqualTo("2");
        }
    }

    @Test
    void circlesThroughRangesAreBroken() throws Exception {
        try (Transaction a = begin();
                Transaction b = begin()) {
            a.lockRange(of("a"), of("b"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            b.lockRange(of("c"), of("d"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            a.put(of("x"), of("1"));
            Future<?> first = blocked(a, () -> a.insert(of("c"), of("1")));
            assertCode(ErrorCode.DEADLOCK, () -> b.insert(of("a"), of("1")));
            assertThat(b.isActive()).isFalse();
            first.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void manyRangesOfOneOwnerBecomeOne() {
        try (Transaction a = begin();
                Transaction b = begin()) {
            for (int i = 0; i < 3000; i++) {
                String key = "t12345678-" + String.format("%05d", i * 2);
                assertThat(tryRange(a, key, key + "x", LockMode.EXCLUSIVE)).isTrue();
            }
            assertThat(leader.locks().ranges().size()).isLessThan(1100);
            assertThat(tryLock(b, "t12345678-00000", LockMode.SHARED)).isFalse();
            assertThat(tryLock(b, "t12345678-05998", LockMode.SHARED)).isFalse();
            assertThat(tryLock(b, "t12345678-06000", LockMode.SHARED)).isTrue();
            assertThat(tryLock(b, "t12345679-00000", LockMode.SHARED)).isTrue();
        }
        assertThat(leader.locks().ranges().size()).isZero();
    }

    @Test
    void aLostRangeLockAbortsItsTransaction() {
        try (Transaction a = begin()) {
            a.lockRange(of("a"), of("b"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            a.put(of("a"), of("1"));
            leader.locks().forget();
            assertCode(ErrorCode.DEADLOCK, a::commit);
        }
    }

    /// Two kinds of transactions: one locks a range, counts its keys twice and inserts its count;
    /// the other inserts. No count may change under the lock, and none may be inserted twice.
    @Test
    void rangesHoldUnderLoad() throws Exception {
        List<Future<?>> work = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            work.add(threads.submit(() -> {
                Random random = new Random(number);
                for (int i = 0; i < 200; i++) {
                    if (number % 2 == 0) {
                        countAndInsert();
                    } else {
                        tryInsert("r" + (char) ('a' + random.nextInt(26)) + number + i);
                    }
                }
            }));
        }
        for (Future<?> each : work) {
            each.get(40, TimeUnit.SECONDS);
        }
        try (Transaction check = begin()) {
            assertThat(count(check)).isGreaterThan(300);
        }
    }

    private void countAndInsert() {
        try (Transaction a = begin()) {
            a.lockRange(of("r"), of("s"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            long before = count(a);
            Thread.onSpinWait();
            assertThat(count(a)).isEqualTo(before);
            byte[] key = of("rcount" + before);
            assertThat(a.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT).value()).isNull();
            a.insert(key, of("1"));
            a.commit();
        } catch (SqlException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK);
        }
    }

    private void tryInsert(String key) {
        try (Transaction b = begin()) {
            b.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            b.insert(of(key), of("1"));
            b.commit();
        } catch (SqlException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK);
        }
    }

    private static long count(Transaction transaction) {
        long count = 0;
        try (KvCursor cursor = transaction.scan(of("r"), of("s"), ScanDirection.FORWARD, ReadMode.LATEST)) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }
}
