package io.qomo.store.txn;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.Engine;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Concurrent transfers between accounts: every snapshot sees the same total, at every level.
@Timeout(120)
@ParameterizedClass
@EnumSource(Engine.class)
class HistoryTest extends StoreFixture {
    private static final int ACCOUNTS = 20;
    private static final int START = 1000;
    private static final int TRANSFERS = 400;

    @Test
    void lockedTransfersConserveMoney() throws Exception {
        run(IsolationLevel.REPEATABLE_READ, true);
        run(IsolationLevel.READ_COMMITTED, true);
    }

    @Test
    void serializableTransfersConserveMoneyWithoutLockingReads() throws Exception {
        run(IsolationLevel.SERIALIZABLE, false);
    }

    private void run(IsolationLevel level, boolean isLocking) throws Exception {
        try (Transaction setup = begin()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                update(setup, account(i), Integer.toString(START));
            }
            setup.commit();
        }
        AtomicBoolean isDone = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                int seed = w;
                writers.add(threads.submit(() -> transferMany(level, isLocking, seed)));
            }
            Future<Integer> reader = threads.submit(() -> watch(isDone));
            Future<Integer> collector = threads.submit(() -> collect(isDone));
            for (Future<?> writer : writers) {
                writer.get();
            }
            isDone.set(true);
            assertThat(reader.get()).isPositive();
            assertThat(collector.get()).isPositive();
        }
        assertThat(total()).isEqualTo(ACCOUNTS * START);
    }

    private static String account(int number) {
        return String.format("acct%03d", number);
    }

    private void transferMany(IsolationLevel level, boolean isLocking, int seed) {
        Random random = new Random(seed);
        int done = 0;
        while (done < TRANSFERS) {
            try (Transaction transaction = begin(level)) {
                transfer(transaction, random, isLocking);
                done++;
            } catch (SqlException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.DEADLOCK);
            }
        }
    }

    private static void transfer(Transaction transaction, Random random, boolean isLocking) {
        String from = account(random.nextInt(ACCOUNTS));
        String to = account(random.nextInt(ACCOUNTS));
        int amount = random.nextInt(50);
        transaction.startStatement();
        int fromBalance = balance(transaction, from, isLocking) - amount;
        update(transaction, from, Integer.toString(fromBalance));
        int toBalance = balance(transaction, to, isLocking) + amount;
        update(transaction, to, Integer.toString(toBalance));
        if (random.nextInt(10) == 0) {
            transaction.rollback();
        } else {
            transaction.commit();
        }
    }

    private static int balance(Transaction transaction, String account, boolean isLocking) {
        byte[] value = isLocking
                ? transaction
                        .lock(of(account), LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                        .value()
                : transaction.get(of(account));
        return Integer.parseInt(text(value));
    }

    private int watch(AtomicBoolean isDone) {
        int rounds = 0;
        do {
            assertThat(total()).isEqualTo(ACCOUNTS * START);
            rounds++;
        } while (!isDone.get());
        return rounds;
    }

    private int collect(AtomicBoolean isDone) {
        int rounds = 0;
        do {
            env().advance(Duration.ofMinutes(1));
            store().collectGarbage();
            rounds++;
        } while (!isDone.get());
        return rounds;
    }

    private int total() {
        int total = 0;
        try (Transaction reader = begin();
                KvCursor cursor = reader.scan(of("acct"), of("acctz"), ScanDirection.REVERSE, ReadMode.SNAPSHOT)) {
            while (cursor.next()) {
                total += Integer.parseInt(text(cursor.copyValue()));
            }
        }
        return total;
    }
}
