package io.qomo.store.cluster.log;

import static io.qomo.store.cluster.log.LogFixture.append;
import static io.qomo.store.cluster.log.LogFixture.entry;
import static io.qomo.store.cluster.log.LogFixture.flip;
import static io.qomo.store.cluster.log.LogFixture.payloads;
import static io.qomo.store.cluster.log.LogFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.ErrorCode;
import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Torn tails and damage: what is cut off, what is refused.
@Timeout(120)
class RecoveryTest {
    private static final SharedLogOptions OPTIONS = new SharedLogOptions(4096, 0);
    private static final int RECORD = 48 + 16;

    @TempDir
    private Path root;

    private Path directory = Path.of("");
    private Path crashed = Path.of("");

    @BeforeEach
    void chooseDirectories() {
        directory = root.resolve("log");
        crashed = root.resolve("crashed");
    }

    /// Entry `n` of group 1 is the record `n` from 0, 64 bytes long; the log is not closed.
    private SharedLog logOf(int entries) {
        SharedLog log = LogFixture.open(directory, OPTIONS);
        for (int i = 0; i < entries; i++) {
            append(log.group(1), payload(i));
        }
        return log;
    }

    private static String payload(int i) {
        return String.format("entry %09d", i);
    }

    private static List<String> payloadsUpTo(int entries) {
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            payloads.add(payload(i));
        }
        return payloads;
    }

    private static int recordAt(int i) {
        return SegmentHeader.BYTES + i * RECORD;
    }

    private SharedLog reopen() {
        return LogFixture.open(crashed, OPTIONS);
    }

    private void assertRefused(int segment, long offset) {
        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining(segment(crashed, segment).toString())
                .hasMessageContaining("at offset " + offset);
    }

    @Test
    void aTornTailIsCutOffWhereverItIsTorn() throws IOException {
        int entries = 6;
        try (SharedLog log = logOf(entries)) {
            Random random = new Random(1);
            for (int cut = recordAt(entries - 3); cut <= recordAt(entries); cut++) {
                for (int how = 0; how < 3; how++) {
                    LogFixture.copy(directory, crashed);
                    Path file = segment(crashed, 1);
                    byte[] bytes = Files.readAllBytes(file);
                    if (how == 0) {
                        bytes = Arrays.copyOf(bytes, cut);
                    } else if (how == 1) {
                        Arrays.fill(bytes, cut, bytes.length, (byte) 0);
                    } else {
                        for (int i = cut; i < bytes.length; i++) {
                            bytes[i] = (byte) random.nextInt(256);
                        }
                    }
                    Files.write(file, bytes);
                    // a payload ends with one zero of padding
                    int whole = (cut - SegmentHeader.BYTES + (how == 1 ? 1 : 0)) / RECORD;
                    try (SharedLog reopened = reopen()) {
                        assertThat(payloads(reopened.group(1))).isEqualTo(payloadsUpTo(whole));
                        append(reopened.group(1), "new");
                    }
                    assertThat(Files.size(file)).isEqualTo(OPTIONS.segmentBytes());
                    try (SharedLog reopened = reopen()) {
                        assertThat(payloads(reopened.group(1)))
                                .hasSize(whole + 1)
                                .endsWith("new");
                    }
                }
            }
            assertThat(log.group(1).lastIndex()).isEqualTo(entries);
        }
    }

    @Test
    void everyByteBeforeTheLastFlushIsGuarded() throws IOException {
        int entries = 4;
        try (SharedLog log = logOf(entries)) {
            for (int at = 0; at < recordAt(entries - 1); at++) {
                LogFixture.copy(directory, crashed);
                flip(segment(crashed, 1), at);
                if (at >= 8 && at < 12) {
                    assertThatThrownBy(this::reopen).hasMessageContaining("format version");
                } else if (at < SegmentHeader.BYTES) {
                    assertRefused(1, 0);
                } else {
                    assertRefused(1, at - at % RECORD);
                }
            }
            assertThat(log.group(1).lastIndex()).isEqualTo(entries);
        }
    }

    @Test
    void aZeroedSectorBeforeTheLastFlushIsReported() throws IOException {
        try (SharedLog log = logOf(40)) {
            LogFixture.copy(directory, crashed);
            byte[] bytes = Files.readAllBytes(segment(crashed, 1));
            Arrays.fill(bytes, 512, 1024, (byte) 0);
            Files.write(segment(crashed, 1), bytes);
            assertRefused(1, 512);
            assertThat(log.group(1).lastIndex()).isEqualTo(40);
        }
    }

    @Test
    void afterAnOrderlyCloseTheLastEntryIsGuardedToo() throws IOException {
        logOf(3).close();
        LogFixture.copy(directory, crashed);
        flip(segment(crashed, 1), recordAt(2) + 50);
        assertRefused(1, recordAt(2));
    }

    @Test
    void theEndOfAnEarlierSegmentIsGuarded() throws IOException {
        try (SharedLog log = logOf(70)) {
            assertThat(log.segmentCount()).isEqualTo(2);
            LogFixture.copy(directory, crashed);
            flip(segment(crashed, 1), recordAt(62) + 20);
            assertRefused(1, recordAt(62));
            LogFixture.copy(directory, crashed);
            byte[] bytes = Files.readAllBytes(segment(crashed, 1));
            Files.write(segment(crashed, 1), Arrays.copyOf(bytes, recordAt(40)));
            assertRefused(1, recordAt(40));
        }
    }

    @Test
    void aMissingSegmentIsReported() throws IOException {
        try (SharedLog log = logOf(200)) {
            assertThat(log.segmentCount()).isEqualTo(4);
            LogFixture.copy(directory, crashed);
            Files.delete(segment(crashed, 2));
            assertThatThrownBy(this::reopen)
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessageContaining(segment(crashed, 2) + " is missing");
            LogFixture.copy(directory, crashed);
            Files.delete(segment(crashed, 1));
            assertThatThrownBy(this::reopen)
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessageContaining("entry 1 of group 1");
        }
    }

    @Test
    void aTornFlushOfSeveralRecordsIsCutAtItsFirstBadOne() throws IOException {
        try (SharedLog log = logOf(2)) {
            log.group(1).append(List.of(entry(3, payload(2)), entry(4, payload(3)), entry(5, payload(4))));
            for (int bad = 2; bad < 5; bad++) {
                LogFixture.copy(directory, crashed);
                flip(segment(crashed, 1), recordAt(bad) + 30);
                try (SharedLog reopened = reopen()) {
                    assertThat(payloads(reopened.group(1))).isEqualTo(payloadsUpTo(bad));
                    // ends where an intact record of the torn flush began
                    append(reopened.group(1), payload(bad));
                }
                try (SharedLog reopened = reopen()) {
                    assertThat(payloads(reopened.group(1))).isEqualTo(payloadsUpTo(bad + 1));
                }
            }
        }
    }

    @Test
    void aPayloadThatLooksLikeARecordIsNone() throws IOException {
        try (SharedLog log = logOf(3)) {
            byte[] forged = Files.readAllBytes(segment(directory, 1));
            log.group(1).append(List.of(new LogRecord(4, 1, (byte) 0, Arrays.copyOf(forged, 600))));
            LogFixture.copy(directory, crashed);
            flip(segment(crashed, 1), recordAt(3));
            // what it holds are true records of this segment, of earlier flushes: no sign of damage
            try (SharedLog reopened = reopen()) {
                assertThat(payloads(reopened.group(1))).isEqualTo(payloadsUpTo(3));
            }
        }
    }

    @Test
    void aFlippedBitIsFoundWhenReadToo() throws IOException {
        try (SharedLog log = logOf(3)) {
            flip(segment(directory, 1), recordAt(1) + 50);
            assertThat(log.group(1).read(1)).isNotNull();
            LogFixture.assertCode(ErrorCode.CORRUPT_DATA, () -> log.group(1).read(2));
        }
    }

    @Test
    void anUnknownVersionIsLeftAlone() throws IOException {
        logOf(1).close();
        LogFixture.copy(directory, crashed);
        byte[] bytes = Files.readAllBytes(segment(crashed, 1));
        bytes[8] = 2;
        Files.write(segment(crashed, 1), bytes);
        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("format version 2");
        assertThat(Files.readAllBytes(segment(crashed, 1))).isEqualTo(bytes);
    }
}
