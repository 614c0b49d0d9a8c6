package io.qomo.store.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.Env;
import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What tests of the log share.
final class LogFixture {
    /// The real world, but segments are reclaimed only when a test says so.
    static final Env ENV = new Env() {
        private final SystemEnv system = new SystemEnv();

        @Override
        public long wallMicros() {
            return system.wallMicros();
        }

        @Override
        public long nanoTime() {
            return system.nanoTime();
        }

        @Override
        public long randomLong() {
            return system.randomLong();
        }

        @Override
        public void secureRandom(byte[] bytes) {
            system.secureRandom(bytes);
        }

        @Override
        public ThreadFactory threads(String prefix) {
            return task -> new Thread(() -> {});
        }
    };

    /// Segments of 1 KiB, and no cache.
    static final SharedLogOptions SMALL = new SharedLogOptions(1024, 0);

    private LogFixture() {}

    /// Opens a log that forces nothing: crashes of the process are all that its tests need.
    static SharedLog open(Path directory, SharedLogOptions options) {
        try {
            FaultyFiles files = new FaultyFiles(directory);
            files.isForcingSkipped = true;
            return SharedLog.open(files, options, ENV);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LogRecord entry(long index, String payload) {
        return new LogRecord(index, index / 10 + 1, (byte) 3, Bytes.of(payload));
    }

    /// Appends an entry behind the last.
    static void append(GroupLog group, String payload) {
        group.append(List.of(entry(group.lastIndex() + 1, payload)));
    }

    /// The payloads of all entries.
    static List<String> payloads(GroupLog group) {
        List<String> payloads = new ArrayList<>();
        for (long index = group.firstIndex(); index <= group.lastIndex(); index++) {
            LogRecord record = group.read(index);
            payloads.add(record == null ? "∅" : Bytes.text(record.payload()));
            if (record != null) {
                assertThat(record.index()).isEqualTo(index);
                assertThat(record.term()).isEqualTo(group.term(index));
            }
        }
        return payloads;
    }

    /// What a crash of the process now would leave.
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static Path segment(Path directory, int number) {
        return directory.resolve(String.format("%010d.log", number));
    }

    /// Flips the bits of one byte.
    static void flip(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] = (byte) ~bytes[offset];
        Files.write(file, bytes);
    }

    static void assertCode(ErrorCode code, ThrowingCallable call) {
        Assertions.assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
