package io.qomo.store.durability;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.Store;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import io.qomo.store.txn.WaitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up: a small file system in memory, where the machine lets us mount one.
@Timeout(120)
class FullDiskTest {
    @TempDir
    private Path parent;

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static boolean mount(Path path) throws InterruptedException {
        try {
            return run("mount", "-t", "tmpfs", "-o", "size=24m", "qomo-test", path.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static void put(Store store, int n, byte[] value) {
        try (Transaction transaction = store.transactions().begin(TransactionOptions.DEFAULT)) {
            transaction.lock(of("k" + n), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            transaction.put(of("k" + n), value);
            transaction.commit();
        }
    }

    private static int count(Store store, int upTo) {
        int found = 0;
        try (Transaction reader = store.transactions().begin(TransactionOptions.DEFAULT)) {
            for (int n = 0; n < upTo; n++) {
                byte[] value = reader.get(of("k" + n));
                found += value == null ? 0 : 1;
            }
        }
        return found;
    }

    @Test
    void writesFailReadsGoOnAndSpaceBringsWritesBack() throws Exception {
        Path disk = Files.createDirectory(parent.resolve("disk"));
        assumeTrue(mount(disk), "SKIPPED: this machine lets us mount no file system; a full disk was not tested");
        try {
            fillAndRecover(disk);
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static void fillAndRecover(Path disk) throws Exception {
        Path balloon = disk.resolve("balloon");
        Files.write(balloon, new byte[8 << 20]);
        Random random = new Random(3);
        byte[] value = new byte[20_000];
        int acknowledged = 0;
        try (Store store = Store.open(disk.resolve("data"), Writer.OPTIONS, new SystemEnv())) {
            ErrorCode code = null;
            while (code == null) {
                random.nextBytes(value);
                try {
                    put(store, acknowledged, value.clone());
                    acknowledged++;
                } catch (SqlException e) {
                    code = e.code();
                }
            }
            assertThat(code).isEqualTo(ErrorCode.DISK_FULL);
            assertThat(acknowledged).isGreaterThan(50);
            assertThat(count(store, acknowledged + 1)).isEqualTo(acknowledged);
            Files.delete(balloon);
            boolean isBack = false;
            for (int attempt = 0; attempt < 600 && !isBack; attempt++) {
                try {
                    put(store, acknowledged, of("back"));
                    isBack = true;
                } catch (SqlException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL);
                    LockSupport.parkNanos(50_000_000);
                }
            }
            assertThat(isBack).isTrue();
            assertThat(count(store, acknowledged + 1)).isEqualTo(acknowledged + 1);
        }
        try (Store store = Store.open(disk.resolve("data"), Writer.OPTIONS, new SystemEnv());
                Transaction reader = store.transactions().begin(TransactionOptions.DEFAULT)) {
            assertThat(count(store, acknowledged + 1)).isEqualTo(acknowledged + 1);
            assertThat(text(reader.get(of("k" + acknowledged)))).isEqualTo("back");
        }
    }
}
