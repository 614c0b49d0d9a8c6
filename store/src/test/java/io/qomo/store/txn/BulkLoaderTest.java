package io.qomo.store.txn;

import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.store.Engine;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Mass writes beside transactions.
@ParameterizedClass
@EnumSource(Engine.class)
class BulkLoaderTest extends StoreFixture {
    @Test
    void loadedEntriesAreThereInAnyOrder() {
        try (BulkLoader.Load load = store().bulk().begin(store().transactions().latestTimestamp())) {
            for (int i = 0; i < 30_000; i++) {
                load.add(of(String.format("k%05d", i * 7919 % 30_000)), new byte[100]);
            }
            assertThat(load.finish()).isEqualTo(30_000);
        }
        try (Transaction reader = begin();
                KvCursor cursor = reader.scan(FIRST, NO_BOUND, ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
            assertThat(cursor.next()).isTrue();
            assertThat(text(cursor.copyKey())).isEqualTo("k00000");
            int rows = 1;
            while (cursor.next()) {
                rows++;
            }
            assertThat(rows).isEqualTo(30_000);
        }
        RangeStatistics half = store().bulk().statistics(of("k00000"), of("k15000"));
        assertThat(half.approximateKeys()).isBetween(1_000L, 40_000L);
    }

    @Test
    void whatChangedSinceTheSnapshotIsLeftAlone() {
        set("i/updated", "0");
        set("i/deleted", "0");
        long asOf = store().transactions().latestTimestamp();
        set("i/updated", "new");
        remove("i/deleted");
        try (BulkLoader.Load load = store().bulk().begin(asOf)) {
            load.add(of("i/deleted"), of("stale"));
            load.add(of("i/fresh"), of("1"));
            load.add(of("i/late"), of("stale"));
            load.add(of("i/updated"), of("stale"));
            set("i/late", "new");
            assertThat(load.finish()).isEqualTo(1);
        }
        try (Transaction reader = begin()) {
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.SNAPSHOT))
                    .containsExactly("i/fresh=1", "i/late=new", "i/updated=new");
        }
    }

    @Test
    void anAbandonedLoadLeavesNothingBehind() {
        try (BulkLoader.Load load = store().bulk().begin(0)) {
            load.add(of("a"), of("1"));
        }
        assertThat(committed("a")).isEqualTo("∅");
    }

    /// An index is built while its table is written: in the end it agrees with the table, whether what is written
    /// meanwhile is noted or looked up.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIndexBuiltUnderWritesAgreesWithItsTable(boolean isNoted) throws Exception {
        for (int i = 0; i < 300; i++) {
            set("t" + i, Integer.toString(i));
        }
        AtomicBoolean isDone = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> first = threads.submit(() -> writeUntil(isDone, 1));
            Future<?> second = threads.submit(() -> writeUntil(isDone, 2));
            BulkLoader.Changes changes = store().bulk().changes(of("i"), of("k"));
            try (Transaction scan = begin();
                    BulkLoader.Load load = isNoted
                            ? store().bulk().begin(scan.snapshot(), changes)
                            : store().bulk().begin(scan.snapshot())) {
                try (KvCursor rows = scan.scan(of("t"), of("u"), ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
                    while (rows.next()) {
                        load.add(of("i" + text(rows.copyKey())), rows.copyValue());
                        for (int i = 0; i < 4; i++) {
                            load.add(of("j" + i + text(rows.copyKey())), new byte[1000]);
                        }
                    }
                }
                load.finish();
            }
            changes.close();
            isDone.set(true);
            first.get();
            second.get();
        }
        try (Transaction reader = begin()) {
            for (int i = 0; i < 300; i++) {
                assertThat(read(reader, "it" + i)).isEqualTo(read(reader, "t" + i));
            }
        }
    }

    /// Updates and removes rows, with their index entries, as a table whose index is being built
    /// does.
    private void writeUntil(AtomicBoolean isDone, int seed) {
        Random random = new Random(seed);
        while (!isDone.get()) {
            String key = "t" + random.nextInt(300);
            try (Transaction writer = begin()) {
                writer.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
                if (random.nextInt(3) == 0) {
                    writer.delete(of(key));
                    writer.delete(of("i" + key));
                } else {
                    byte[] value = of(Integer.toString(random.nextInt()));
                    writer.put(of(key), value);
                    writer.put(of("i" + key), value);
                }
                writer.commit();
            }
        }
    }
}
