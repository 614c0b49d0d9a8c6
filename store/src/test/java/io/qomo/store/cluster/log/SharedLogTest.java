package io.qomo.store.cluster.log;

import static io.qomo.store.cluster.log.LogFixture.ENV;
import static io.qomo.store.cluster.log.LogFixture.append;
import static io.qomo.store.cluster.log.LogFixture.assertCode;
import static io.qomo.store.cluster.log.LogFixture.entry;
import static io.qomo.store.cluster.log.LogFixture.payloads;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a log promises while nothing fails.
@Timeout(120)
class SharedLogTest {
    private static final SharedLogOptions CACHED = new SharedLogOptions(4096, 1 << 20);

    @TempDir
    private Path directory;

    private SharedLog open(SharedLogOptions options) {
        return SharedLog.open(directory, options, ENV);
    }

    @Test
    void aFreshGroupIsEmpty() {
        try (SharedLog log = open(CACHED)) {
            GroupLog group = log.group(7);
            assertThat(group.firstIndex()).isEqualTo(1);
            assertThat(group.lastIndex()).isZero();
            assertThat(group.read(1)).isNull();
            assertThat(group.term(1)).isZero();
            assertThat(group.hardState()).isEqualTo(HardState.NONE);
            assertThat(log.groups()).containsExactly(7L);
        }
    }

    @Test
    void everythingIsThereAfterReopening() {
        try (SharedLog log = open(CACHED)) {
            append(log.group(1), "a");
            log.group(2).append(List.of(entry(1, ""), entry(2, "12345678"), entry(3, "c")));
            log.group(1).saveHardState(new HardState(5, "node ü"));
            append(log.group(1), "b");
            log.group(2).truncateSuffix(2);
            log.group(3).reset(100);
            append(log.group(3), "x");
            log.group(2).truncatePrefix(2);
            log.group(4).saveHardState(new HardState(1, ""));
            log.removeGroup(4);
            assertThat(payloads(log.group(1))).containsExactly("a", "b");
        }
        for (SharedLogOptions options : List.of(CACHED, LogFixture.SMALL)) {
            try (SharedLog log = open(options)) {
                assertThat(log.groups()).containsExactly(1L, 2L, 3L);
                assertThat(payloads(log.group(1))).containsExactly("a", "b");
                assertThat(log.group(1).hardState()).isEqualTo(new HardState(5, "node ü"));
                assertThat(log.group(2).firstIndex()).isEqualTo(2);
                assertThat(payloads(log.group(2))).containsExactly("12345678");
                assertThat(log.group(3).firstIndex()).isEqualTo(100);
                assertThat(payloads(log.group(3))).containsExactly("x");
                assertThat(log.group(3).read(100)).extracting(LogRecord::type).isEqualTo((byte) 3);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothing() {
        try (SharedLog log = open(CACHED)) {
            GroupLog group = log.group(1);
            append(group, "a");
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.append(List.of(entry(3, "x"))));
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.append(List.of(entry(1, "x"))));
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.append(List.of(entry(2, "x"), entry(4, "y"))));
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.truncatePrefix(3));
            group.truncatePrefix(2);
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.truncateSuffix(0));
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.reset(0));
            group.saveHardState(new HardState(3, "a"));
            assertCode(ErrorCode.INTERNAL_ERROR, () -> group.saveHardState(new HardState(2, "a")));
            append(group, "b");
            assertThat(payloads(group)).containsExactly("b");
            log.removeGroup(1);
            log.removeGroup(1);
            assertCode(ErrorCode.INTERNAL_ERROR, () -> append(group, "c"));
            assertThat(log.group(1).lastIndex()).isZero();
        }
    }

    @Test
    void aChangeThatChangesNothingWritesNothing() {
        try (SharedLog log = open(CACHED)) {
            GroupLog group = log.group(1);
            append(group, "a");
            long flushes = log.flushes();
            group.append(List.of());
            group.truncateSuffix(1);
            group.truncatePrefix(1);
            group.truncatePrefix(2);
            assertThat(log.flushes()).isEqualTo(flushes);
            append(group, "b");
            assertThat(log.flushes()).isEqualTo(flushes + 1);
        }
    }

    @Test
    void aRecordLargerThanASegmentGetsItsOwn() throws Exception {
        byte[] large = new byte[300_001];
        new Random(1).nextBytes(large);
        try (SharedLog log = open(CACHED)) {
            append(log.group(1), "a");
            log.group(1).append(List.of(new LogRecord(2, 1, (byte) 0, large)));
            append(log.group(1), "b");
        }
        try (SharedLog log = open(CACHED)) {
            assertThat(log.group(1).read(2)).extracting(LogRecord::payload).isEqualTo(large);
            assertThat(log.group(1).read(3)).isNotNull();
            assertThat(Files.size(LogFixture.segment(directory, 2))).isGreaterThan(300_000);
            log.group(1).truncatePrefix(3);
            log.reclaim();
            assertThat(LogFixture.segment(directory, 2)).doesNotExist();
        }
    }

    @Test
    void aClosedLogRefuses() {
        SharedLog log = open(CACHED);
        GroupLog group = log.group(1);
        append(group, "a");
        log.close();
        log.close();
        assertCode(ErrorCode.SERVER_SHUTDOWN, () -> append(group, "b"));
        assertCode(ErrorCode.SERVER_SHUTDOWN, () -> group.read(1));
        assertCode(ErrorCode.SERVER_SHUTDOWN, () -> log.group(2));
    }

    @Test
    void theCacheForgetsTheOldest() {
        SharedLogOptions tiny = new SharedLogOptions(1 << 16, 1000);
        try (SharedLog log = open(tiny)) {
            for (int i = 0; i < 100; i++) {
                append(log.group(i % 3), "payload " + i);
            }
            LogRecord newest = log.group(0).read(34);
            assertThat(log.group(0).read(34)).isSameAs(newest);
            assertThat(log.group(0).read(1)).isNotSameAs(log.group(0).read(1));
            assertThat(payloads(log.group(1)))
                    .hasSize(33)
                    .startsWith("payload 1")
                    .endsWith("payload 97");
            log.group(0).truncateSuffix(33);
            append(log.group(0), "other");
            assertThat(payloads(log.group(0))).endsWith("other");
        }
    }

    @Test
    void whoeverComesDuringAForceSharesTheNextOne() throws Exception {
        FaultyFiles files = new FaultyFiles(directory);
        try (SharedLog log = SharedLog.open(files, CACHED, ENV);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            files.gate = new CountDownLatch(1);
            int before = files.forces.get();
            List<Future<?>> appends = new ArrayList<>();
            appends.add(threads.submit(() -> append(log.group(0), "a")));
            while (files.forces.get() == before) {
                Thread.onSpinWait();
            }
            for (int i = 1; i < 20; i++) {
                long id = i;
                appends.add(threads.submit(() -> append(log.group(id), "b")));
            }
            while (log.queued() < 19) {
                Thread.onSpinWait();
            }
            assertThat(log.group(0).lastIndex()).isZero();
            assertThat(log.group(0).read(1)).isNull();
            files.gate.countDown();
            for (Future<?> append : appends) {
                append.get();
            }
            assertThat(files.forces.get()).isEqualTo(before + 2);
            assertThat(payloads(log.group(19))).containsExactly("b");
        }
    }

    @Test
    void manyThreadsAppendToManyGroupsInOrder() throws Exception {
        int perThread = 150;
        try (SharedLog log = SharedLog.open(directory, new SharedLogOptions(8192, 4096), new SystemEnv());
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                int thread = t;
                GroupLog group = log.group(t % 4);
                done.add(threads.submit(() -> {
                    for (int i = 0; i < perThread; i++) {
                        appendNext(group, thread + ":" + i);
                        long first = group.firstIndex();
                        LogRecord any = group.read(first);
                        assertThat(any == null || any.index() == first).isTrue();
                    }
                }));
            }
            for (Future<?> thread : done) {
                thread.get();
            }
            for (long id = 0; id < 4; id++) {
                assertInOrder(log.group(id), 4 * perThread);
            }
        }
        try (SharedLog log = open(CACHED)) {
            for (long id = 0; id < 4; id++) {
                assertInOrder(log.group(id), 4 * perThread);
            }
        }
    }

    /// Appends behind the last, again when another thread was first.
    private static void appendNext(GroupLog group, String payload) {
        boolean isDone = false;
        while (!isDone) {
            try {
                append(group, payload);
                isDone = true;
            } catch (SqlException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            }
        }
    }

    private static void assertInOrder(GroupLog group, int count) {
        List<String> payloads = payloads(group);
        assertThat(payloads).hasSize(count).doesNotHaveDuplicates();
        int[] next = new int[16];
        for (String payload : payloads) {
            String[] parts = payload.split(":");
            int thread = Integer.parseInt(parts[0]);
            assertThat(Integer.parseInt(parts[1])).isEqualTo(next[thread]);
            next[thread]++;
        }
    }
}
