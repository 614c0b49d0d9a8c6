package io.qomo.store.durability;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.Store;
import io.qomo.store.StoreOptions;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.StoreOpenException;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process in the middle of its commits, and damages what is on disk.
@Timeout(120)
class CrashTest {
    @TempDir
    private Path parent;

    private static Store open(Path path) {
        return Store.open(path, Writer.OPTIONS, new SystemEnv());
    }

    /// Lets a [Writer] acknowledge `count` commits, kills it, and returns what it said.
    private List<String> runAndKill(Path path, int run, int valueBytes, int count) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        path.toString(),
                        Integer.toString(run),
                        Integer.toString(valueBytes))
                .redirectError(parent.resolve("stderr").toFile())
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && acknowledged.size() < count) {
                acknowledged.add(line);
                line = lines.readLine();
            }
            process.toHandle().destroyForcibly();
            while (line != null) {
                acknowledged.add(line);
                line = lines.readLine();
            }
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).as(Files.readString(parent.resolve("stderr"))).hasSizeGreaterThanOrEqualTo(count);
        // a line that was cut by the kill proves nothing
        return acknowledged.stream()
                .filter(each -> each.matches("\\S+ \\d+ \\d+"))
                .toList();
    }

    private static Map<String, String> content(Store store, String from, String to) {
        Map<String, String> content = new HashMap<>();
        try (Transaction reader = store.transactions().begin(TransactionOptions.DEFAULT);
                KvCursor cursor = reader.scan(of(from), of(to), ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
            while (cursor.next()) {
                content.put(text(cursor.copyKey()).substring(2), text(cursor.copyValue()));
            }
        }
        return content;
    }

    private static void assertWhole(Store store) {
        assertThat(content(store, "a/", "a0")).isEqualTo(content(store, "b/", "b0"));
    }

    @Test
    void whatWasAcknowledgedSurvivesKillNineAgainAndAgain() throws Exception {
        Path path = parent.resolve("data");
        List<String> acknowledged = new ArrayList<>();
        long greatest = 0;
        for (int run = 0; run < 4; run++) {
            acknowledged.addAll(runAndKill(path, run, run == 3 ? 20_000 : 30, 200 + run * 100));
            try (Store store = open(path)) {
                assertWhole(store);
                Map<String, String> content = content(store, "a/", "a0");
                for (String line : acknowledged) {
                    String[] words = line.split(" ");
                    String value = content.get(words[0] + "/" + words[1]);
                    assertThat(value).as(line).isNotNull();
                    assertThat(Long.parseLong(String.valueOf(value))).as(line).isEqualTo(Long.parseLong(words[2]));
                    greatest = Math.max(greatest, Long.parseLong(words[2]));
                }
                assertThat(store.counters().next(1)).isGreaterThan(greatest);
                Writer.commit(store, "after", run, run, 5);
            }
        }
    }

    private static Path log(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("engine"))) {
            return files.filter(file -> file.toString().endsWith(".log") && size(file) > 0)
                    .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
                    .orElseThrow();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted().toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    @Test
    void aTornTailLosesNothingThatCameBefore() throws Exception {
        Path path = parent.resolve("data");
        runAndKill(path, 0, 3000, 150);
        long length = Files.size(log(path));
        int before = 0;
        Random random = new Random(5);
        for (int round = 0; round < 8; round++) {
            Path damaged = parent.resolve("torn" + round);
            copy(path, damaged);
            Path log = log(damaged);
            long cut = length * (round + 1) / 8 - random.nextInt(3000);
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(cut);
            }
            if (round % 2 == 1) {
                byte[] garbage = new byte[random.nextInt(5000)];
                random.nextBytes(garbage);
                overwrite(log, cut, garbage);
            }
            try (Store store = open(damaged)) {
                assertWhole(store);
                int now = content(store, "a/", "a0").size();
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
                Writer.commit(store, "after", round, round, 5);
                assertWhole(store);
            }
        }
        assertThat(before).isGreaterThan(100);
    }

    /// History is gone up to commits that a cut log no longer has: the cut was no crash.
    @Test
    void aLogThatEndsBeforeTheHistoryHorizonIsDamaged() throws Exception {
        Path path = parent.resolve("data");
        StoreOptions options = Writer.OPTIONS.withHistoryRetention(Duration.ZERO);
        Path damaged = parent.resolve("cut");
        try (Store store = Store.open(path, options, new SystemEnv())) {
            for (int n = 0; n < 50; n++) {
                Writer.commit(store, "a", n, n, 1000);
            }
            store.collectGarbage();
            copy(path, damaged);
        }
        try (FileChannel channel = FileChannel.open(log(damaged), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        assertThatThrownBy(() -> open(damaged))
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("write-ahead log")
                .hasMessageContaining("is damaged");
    }

    @Test
    void damageBeforeTheEndOfTheLogIsNotMistakenForATornTail() throws Exception {
        Path path = parent.resolve("data");
        runAndKill(path, 0, 3000, 100);
        Path damaged = log(path);
        byte[] intact = Files.readAllBytes(damaged);
        for (long at : new long[] {intact.length / 2, 40_000, 3_000}) {
            overwrite(damaged, at, new byte[] {(byte) ~intact[(int) at]});
            assertThatThrownBy(() -> open(path))
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessageContaining(String.valueOf(damaged.getFileName()));
            overwrite(damaged, at, new byte[] {intact[(int) at]});
        }
        try (Store store = open(path)) {
            assertWhole(store);
            assertThat(content(store, "a/", "a0").size()).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void aDamagedBlockIsAnErrorThatNamesTheFileAndNeverAWrongAnswer() throws Exception {
        Path path = parent.resolve("data");
        try (Store store = open(path)) {
            for (int n = 0; n < 400; n++) {
                Writer.commit(store, "t", n, n, 10_000);
            }
        }
        List<Path> tables;
        try (Stream<Path> files = Files.list(path.resolve("engine"))) {
            tables = files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        assertThat(tables).isNotEmpty();
        for (Path table : tables) {
            for (long at = 100; at < Files.size(table) * 3 / 4; at += 2000) {
                overwrite(table, at, new byte[] {0x5A, 0x5A, 0x5A});
            }
        }
        int damaged = 0;
        try (Store store = open(path)) {
            for (int n = 0; n < 400; n++) {
                try (Transaction reader = store.transactions().begin(TransactionOptions.DEFAULT)) {
                    String value = text(reader.get(of("a/t/" + n)));
                    assertThat(Integer.parseInt(value)).isEqualTo(n);
                } catch (SqlException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_DATA);
                    assertThat(e.text()).matches(".*\\d+\\.sst.*");
                    damaged++;
                }
            }
            assertThat(damaged).isPositive();
            try (Transaction reader = store.transactions().begin(TransactionOptions.DEFAULT);
                    KvCursor cursor = reader.scan(of("a"), of("c"), ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
                assertThatThrownBy(() -> {
                            while (cursor.next()) {
                                cursor.copyValue();
                            }
                        })
                        .isInstanceOfSatisfying(
                                SqlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT_DATA));
            }
        }
    }
}
