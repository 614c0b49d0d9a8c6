package io.qomo.store.cluster.log;

import static io.qomo.store.cluster.log.LogFixture.SMALL;
import static io.qomo.store.cluster.log.LogFixture.append;
import static io.qomo.store.cluster.log.LogFixture.payloads;
import static io.qomo.store.cluster.log.LogFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.SystemEnv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Segments go when nobody needs them, and nothing goes with them.
@Timeout(120)
class ReclaimTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path crashed;

    private SharedLog open() {
        return LogFixture.open(directory, SMALL);
    }

    private static void fill(GroupLog group, int entries) {
        for (int i = 0; i < entries; i++) {
            append(group, "filler " + i);
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }

    @Test
    void aSegmentGoesWhenItsEntriesAreForgotten() throws IOException {
        try (SharedLog log = open()) {
            fill(log.group(1), 100);
            int before = log.segmentCount();
            assertThat(before).isGreaterThan(6);
            log.reclaim();
            assertThat(log.segmentCount()).isEqualTo(before);
            log.group(1).truncatePrefix(96);
            log.reclaim();
            assertThat(log.segmentCount()).isLessThanOrEqualTo(3);
            assertThat(segment(directory, 1)).doesNotExist();
            assertThat(files()).isLessThanOrEqualTo(5);
            LogFixture.copy(directory, crashed);
            try (SharedLog reopened = LogFixture.open(crashed, SMALL)) {
                assertThat(reopened.group(1).firstIndex()).isEqualTo(96);
                assertThat(payloads(reopened.group(1))).hasSize(5).endsWith("filler 99");
            }
        }
    }

    @Test
    void aQuietGroupKeepsItsStateAndHoldsNothing() throws IOException {
        try (SharedLog log = open()) {
            log.group(1).saveHardState(new HardState(7, "me"));
            log.group(1).reset(50);
            fill(log.group(2), 1);
            log.group(2).truncatePrefix(2);
            append(log.group(3), "old");
            log.group(3).saveHardState(new HardState(1, "you"));
            log.group(4).saveHardState(new HardState(1, "gone"));
            log.removeGroup(4);
            for (int round = 0; round < 20; round++) {
                fill(log.group(9), 20);
                log.group(9).truncatePrefix(log.group(9).lastIndex());
                log.reclaim();
                assertThat(log.segmentCount()).isLessThanOrEqualTo(5);
            }
            LogFixture.copy(directory, crashed);
            try (SharedLog reopened = LogFixture.open(crashed, SMALL)) {
                assertThat(reopened.groups()).containsExactly(1L, 2L, 3L, 9L);
                assertThat(reopened.group(1).hardState()).isEqualTo(new HardState(7, "me"));
                assertThat(reopened.group(1).firstIndex()).isEqualTo(50);
                assertThat(reopened.group(2).firstIndex()).isEqualTo(2);
                assertThat(reopened.group(3).hardState()).isEqualTo(new HardState(1, "you"));
                assertThat(payloads(reopened.group(3))).containsExactly("old");
            }
        }
    }

    @Test
    void aLogThatIsMostlyAliveIsNotCopied() {
        try (SharedLog log = open()) {
            fill(log.group(1), 100);
            long flushes = log.flushes();
            log.reclaim();
            assertThat(log.flushes()).isEqualTo(flushes);
        }
    }

    @Test
    void entriesOfManySegmentsMoveTogetherWithNewOnes() throws IOException {
        try (SharedLog log = open()) {
            fill(log.group(1), 30);
            fill(log.group(2), 300);
            log.group(2).truncatePrefix(300);
            fill(log.group(1), 3);
            log.group(1).truncatePrefix(5);
            log.reclaim();
            LogFixture.copy(directory, crashed);
            try (SharedLog reopened = LogFixture.open(crashed, SMALL)) {
                assertThat(payloads(reopened.group(1)))
                        .hasSize(29)
                        .startsWith("filler 4")
                        .endsWith("filler 2");
                assertThat(payloads(reopened.group(2))).containsExactly("filler 299");
            }
            assertThat(payloads(log.group(1)))
                    .hasSize(29)
                    .startsWith("filler 4")
                    .endsWith("filler 2");
        }
    }

    @Test
    void whatARecycledFileHeldIsNotReplayed() throws IOException {
        try (SharedLog log = open()) {
            fill(log.group(1), 12);
            fill(log.group(1), 12);
            log.group(1).truncatePrefix(24);
            log.reclaim();
            int newest = 3;
            while (!Files.exists(segment(directory, newest))) {
                append(log.group(1), "next");
            }
            String content = Files.readString(segment(directory, newest), StandardCharsets.ISO_8859_1);
            assertThat(content).contains("filler");
            long last = log.group(1).lastIndex();
            LogFixture.copy(directory, crashed);
            try (SharedLog reopened = LogFixture.open(crashed, SMALL)) {
                assertThat(reopened.group(1).lastIndex()).isEqualTo(last);
                assertThat(reopened.group(1).firstIndex()).isEqualTo(24);
                assertThat(payloads(reopened.group(1))).startsWith("filler 11").endsWith("next");
            }
        }
    }

    @Test
    void segmentsGoInTheBackgroundWhileAReaderReads() {
        try (SharedLog log = SharedLog.open(directory, SMALL, new SystemEnv())) {
            GroupLog group = log.group(1);
            append(log.group(2), "lagging");
            for (int i = 1; i <= 1000; i++) {
                append(group, "entry " + i);
                if (i % 10 == 0) {
                    group.truncatePrefix(i - 5);
                }
                LogRecord lagging = log.group(2).read(1);
                assertThat(lagging).isNotNull();
                LogRecord first = group.read(group.firstIndex());
                assertThat(first).isNotNull();
            }
            assertThat(segment(directory, 1)).doesNotExist();
        }
    }
}
