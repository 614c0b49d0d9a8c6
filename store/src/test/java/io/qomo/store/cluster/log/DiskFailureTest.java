package io.qomo.store.cluster.log;

import static io.qomo.store.cluster.log.LogFixture.ENV;
import static io.qomo.store.cluster.log.LogFixture.append;
import static io.qomo.store.cluster.log.LogFixture.assertCode;
import static io.qomo.store.cluster.log.LogFixture.entry;
import static io.qomo.store.cluster.log.LogFixture.payloads;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Full and failing disks, and interrupts.
@Timeout(120)
class DiskFailureTest {
    private static final SharedLogOptions OPTIONS = new SharedLogOptions(4096, 0);

    @TempDir
    private Path directory;

    @TempDir
    private Path crashed;

    private FaultyFiles files;
    private SharedLog log;

    @BeforeEach
    void open() throws IOException {
        files = new FaultyFiles(directory);
        log = SharedLog.open(files, OPTIONS, ENV);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> afterACrash() throws IOException {
        LogFixture.copy(directory, crashed);
        try (SharedLog reopened = SharedLog.open(crashed, OPTIONS, ENV)) {
            return payloads(reopened.group(1));
        }
    }

    @Test
    void anAppendThatFindsNoRoomLeavesNothing() throws IOException {
        append(log.group(1), "a");
        files.writeFailure = FaultyFiles.noSpace();
        List<LogRecord> entries = List.of(entry(2, "b1"), entry(3, "b2"), entry(4, "b3"), entry(5, "b4"));
        assertCode(ErrorCode.DISK_FULL, () -> log.group(1).append(entries));
        assertThat(payloads(log.group(1))).containsExactly("a");
        assertThat(afterACrash()).containsExactly("a");
        append(log.group(1), "c");
        assertThat(payloads(log.group(1))).containsExactly("a", "c");
        assertThat(afterACrash()).containsExactly("a", "c");
    }

    @Test
    void aSegmentThatFindsNoRoomIsTriedAgain() throws IOException {
        append(log.group(1), "a");
        LogRecord large = new LogRecord(2, 1, (byte) 0, new byte[10_000]);
        for (int i = 0; i < 3; i++) {
            files.writesBefore = i % 2;
            files.writeFailure = FaultyFiles.noSpace();
            assertCode(ErrorCode.DISK_FULL, () -> log.group(1).append(List.of(large)));
            append(log.group(2), "small");
        }
        assertThat(afterACrash()).containsExactly("a");
        log.group(1).append(List.of(large));
        assertThat(log.group(2).lastIndex()).isEqualTo(3);
        assertThat(afterACrash()).hasSize(2);
    }

    @Test
    void afterAFailedForceNothingIsAcknowledged() throws IOException {
        append(log.group(1), "a");
        files.forceFailure = new IOException("Input/output error");
        assertCode(ErrorCode.UNKNOWN_OUTCOME, () -> append(log.group(1), "b"));
        files.forceFailure = null;
        assertCode(ErrorCode.INTERNAL_ERROR, () -> append(log.group(1), "c"));
        assertCode(ErrorCode.INTERNAL_ERROR, () -> log.group(2).saveHardState(new HardState(1, "")));
        assertThat(payloads(log.group(1))).containsExactly("a");
        log.close();
        int forces = files.forces.get();
        log = SharedLog.open(files, OPTIONS, ENV);
        // what is taken for durable was forced again
        assertThat(files.forces.get()).isGreaterThan(forces);
        assertThat(payloads(log.group(1))).startsWith("a").doesNotContain("c");
        append(log.group(1), "d");
        assertThat(payloads(log.group(1))).endsWith("d");
    }

    @Test
    void aFailedWriteThatCannotBeWipedOutBreaksTheLog() {
        append(log.group(1), "a");
        files.writeFailure = FaultyFiles.noSpace();
        files.forceFailure = new IOException("Input/output error");
        assertCode(ErrorCode.UNKNOWN_OUTCOME, () -> append(log.group(1), "b"));
        files.forceFailure = null;
        assertCode(ErrorCode.INTERNAL_ERROR, () -> append(log.group(1), "c"));
    }

    @Test
    void aLazyPrefixSurvivesAFailedWrite() throws IOException {
        append(log.group(1), "a");
        append(log.group(1), "b");
        log.group(1).truncatePrefix(2);
        files.writeFailure = FaultyFiles.noSpace();
        assertCode(ErrorCode.DISK_FULL, () -> append(log.group(2), "x"));
        append(log.group(2), "y");
        assertThat(afterACrash()).containsExactly("b");
    }

    @Test
    void anInterruptIsKeptAndHarmsNobody() throws Exception {
        AtomicReference<Thread> victim = new AtomicReference<>(Thread.currentThread());
        CountDownLatch started = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Boolean> isKept = threads.submit(() -> {
                victim.set(Thread.currentThread());
                started.countDown();
                boolean wasKept = true;
                for (int i = 0; i < 200; i++) {
                    Thread.currentThread().interrupt();
                    append(log.group(1), "e" + i);
                    wasKept &= log.group(1).read(log.group(1).firstIndex()) != null && Thread.interrupted();
                }
                return wasKept;
            });
            started.await();
            while (!isKept.isDone()) {
                victim.get().interrupt();
                append(log.group(2), "other");
                assertThat(log.group(2).read(1)).isNotNull();
            }
            assertThat(isKept.get()).isTrue();
        }
        assertThat(payloads(log.group(1))).hasSize(200).endsWith("e199");
        assertThat(afterACrash()).hasSize(200);
    }
}
