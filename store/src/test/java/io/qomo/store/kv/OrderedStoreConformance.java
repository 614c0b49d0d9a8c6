package io.qomo.store.kv;

import static io.qomo.store.Bytes.drain;
import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.store.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [OrderedStore] must do.
public abstract class OrderedStoreConformance {
    private static final byte[] FIRST = {};
    private static final byte[] NO_BOUND = {};

    private OrderedStore store;

    /// A new empty store.
    protected abstract OrderedStore create();

    /// Moves data to where it is read in another way, if the store has such places.
    protected abstract void settle(OrderedStore store);

    /// The store under test.
    protected OrderedStore store() {
        return store;
    }

    @BeforeEach
    void open() {
        store = create();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(long timestamp, String... pairs) {
        WriteBatch batch = new WriteBatch(0);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1].isEmpty()) {
                batch.delete(of(pairs[i]));
            } else {
                batch.put(of(pairs[i]), of(pairs[i + 1]));
            }
        }
        batch.stamp(timestamp);
        store.write(batch, false);
    }

    private List<String> scan(String from, String to, ScanDirection direction, long timestamp) {
        return drain(store.scan(of(from), of(to), direction, timestamp));
    }

    @Test
    void readsTheNewestVersionAtOrBelowTheTimestamp() {
        put(10, "k1", "one", "k2", "two");
        put(20, "k1", "ONE", "k2", "", "k11", "x");
        for (int round = 0; round < 2; round++) {
            assertThat(text(store.get(of("k1"), 9))).isEqualTo("∅");
            assertThat(text(store.get(of("k1"), 10))).isEqualTo("one");
            assertThat(text(store.get(of("k1"), 19))).isEqualTo("one");
            assertThat(text(store.get(of("k1"), 20))).isEqualTo("ONE");
            assertThat(text(store.get(of("k1"), OrderedStore.LATEST))).isEqualTo("ONE");
            assertThat(text(store.get(of("k2"), 19))).isEqualTo("two");
            assertThat(text(store.get(of("k2"), 20))).isEqualTo("∅");
            assertThat(text(store.get(of("k"), 20))).isEqualTo("∅");
            byte[][] keys = {of("k2"), of("nothing"), of("k1"), of("k11"), of("k1")};
            byte[] @Nullable [] values = store.multiGet(keys, 20);
            assertThat(Arrays.stream(values).map(Bytes::text)).containsExactly("∅", "∅", "ONE", "x", "ONE");
            assertThat(store.multiGet(new byte[0][], 20)).isEmpty();
            settle(store);
        }
    }

    @Test
    void scansInBothDirectionsWithinTheBounds() {
        put(10, "a", "1", "b", "1", "ba", "1", "c", "1", "d", "1");
        put(20, "b", "2", "c", "", "e", "2");
        for (int round = 0; round < 2; round++) {
            for (ScanDirection direction : ScanDirection.values()) {
                assertScan(direction, "", "", 10, "a=1", "b=1", "ba=1", "c=1", "d=1");
                assertScan(direction, "", "", 20, "a=1", "b=2", "ba=1", "d=1", "e=2");
                assertScan(direction, "b", "d", 10, "b=1", "ba=1", "c=1");
                assertScan(direction, "b", "d", 20, "b=2", "ba=1");
                assertScan(direction, "aa", "bb", 20, "b=2", "ba=1");
                assertScan(direction, "b", "b", 20);
                assertScan(direction, "d", "b", 20);
                assertScan(direction, "c", "d", 20);
                assertScan(direction, "x", "", 20);
                assertScan(direction, "", "a", 20);
                assertScan(direction, "", "zzzz", 9);
                assertScan(direction, "d", "", OrderedStore.LATEST, "d=1", "e=2");
            }
            settle(store);
        }
    }

    private void assertScan(ScanDirection direction, String from, String to, long timestamp, String... expected) {
        List<String> wanted = new ArrayList<>(List.of(expected));
        assertThat(scan(from, to, direction, timestamp))
                .isEqualTo(direction == ScanDirection.FORWARD ? wanted : wanted.reversed());
    }

    @Test
    void aCursorKeepsItsSnapshotWhileOthersWrite() {
        put(10, "a", "1", "b", "1", "c", "1");
        try (KvCursor cursor = store.scan(FIRST, NO_BOUND, ScanDirection.FORWARD, 10)) {
            assertThat(cursor.next()).isTrue();
            put(20, "a", "2", "aa", "2", "b", "", "c", "2");
            settle(store);
            assertThat(cursor.next()).isTrue();
            assertThat(text(cursor.copyKey()) + text(cursor.copyValue())).isEqualTo("b1");
            assertThat(cursor.next()).isTrue();
            assertThat(text(cursor.copyKey()) + text(cursor.copyValue())).isEqualTo("c1");
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void anOldCursorDoesNotLendItsViewToALaterOne() {
        put(10, "a", "1", "b", "1");
        assertThat(scan("a", "c", ScanDirection.FORWARD, 10)).containsExactly("a=1", "b=1");
        put(20, "a", "2", "bb", "2");
        assertThat(scan("a", "c", ScanDirection.FORWARD, 20)).containsExactly("a=2", "b=1", "bb=2");
        assertThat(scan("a", "b", ScanDirection.REVERSE, 10)).containsExactly("a=1");
        assertThat(scan(
                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                        "z".repeat(5000),
                        ScanDirection.REVERSE,
                        20))
                .containsExactly("bb=2", "b=1");
    }

    @Test
    void bytesAreUnsignedAndMayBeAnything() {
        byte[][] keys = {{0}, {0, 0}, {0, -1}, {1}, {127}, {-128}, {-1}, {-1, -1, -1, -1, -1, -1, -1, -1, -1}};
        WriteBatch batch = new WriteBatch(0);
        for (byte[] key : keys) {
            batch.put(key, key);
        }
        byte[] big = new byte[3 << 20];
        new Random(1).nextBytes(big);
        batch.put(of("big"), big);
        batch.put(of("empty"), new byte[0]);
        batch.stamp(5);
        store.write(batch, true);
        settle(store);
        for (byte[] key : keys) {
            assertThat(store.get(key, 5)).isEqualTo(key);
        }
        assertThat(store.get(of("big"), 5)).isEqualTo(big);
        assertThat(store.get(of("empty"), 5)).isEmpty();
        List<byte[]> seen = new ArrayList<>();
        try (KvCursor cursor = store.scan(FIRST, NO_BOUND, ScanDirection.FORWARD, 5)) {
            while (cursor.next()) {
                seen.add(cursor.copyKey());
                if (text(cursor.copyKey()).equals("big")) {
                    assertThat(cursor.copyValue()).isEqualTo(big);
                }
            }
        }
        assertThat(seen).hasSize(keys.length + 2).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    @Test
    void knowsWhetherAKeyChangedAfterATimestamp() {
        put(10, "put", "1", "deleted", "1", "old", "1");
        put(20, "put", "2", "deleted", "");
        for (int round = 0; round < 2; round++) {
            assertThat(store.hasVersionAfter(of("put"), 19)).isTrue();
            assertThat(store.hasVersionAfter(of("put"), 20)).isFalse();
            assertThat(store.hasVersionAfter(of("deleted"), 19)).isTrue();
            assertThat(store.hasVersionAfter(of("deleted"), 20)).isFalse();
            assertThat(store.hasVersionAfter(of("old"), 10)).isFalse();
            assertThat(store.hasVersionAfter(of("nothing"), 0)).isFalse();
            assertThat(store.hasVersionAfter(of("pu"), 0)).isFalse();
            settle(store);
        }
    }

    @Test
    void metaKeysHaveNoVersions() {
        WriteBatch batch = new WriteBatch(0);
        batch.putMeta(of("m/a"), of("1"));
        batch.putMeta(of("m/b"), of("1"));
        batch.putMeta(of("n"), of("1"));
        batch.putMetaStamped(of("s"), of("x"));
        batch.put(of("m/a"), of("data"));
        batch.stamp(0x0102030405060708L);
        store.write(batch, true);
        WriteBatch second = new WriteBatch(0);
        second.putMeta(of("m/a"), of("2"));
        second.deleteMeta(of("m/b"));
        store.write(second, true);
        assertThat(text(store.meta(of("m/a")))).isEqualTo("2");
        assertThat(text(store.meta(of("m/b")))).isEqualTo("∅");
        assertThat(store.meta(of("s"))).containsExactly('x', 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(drain(store.scanMeta(of("m/"), of("m0")))).containsExactly("m/a=2");
        assertThat(drain(store.scanMeta(of("m/"), of("o")))).containsExactly("m/a=2", "n=1");
        assertThat(text(store.get(of("m/a"), OrderedStore.LATEST))).isEqualTo("data");
    }

    @Test
    void droppedHistoryIsGoneAndTheRestIsAsBefore() {
        put(10, "a", "1", "b", "1", "c", "1");
        put(20, "a", "2", "b", "");
        put(30, "a", "3", "c", "3");
        store.dropHistory(25);
        store.dropHistory(20);
        settle(store);
        assertThat(scan("", "", ScanDirection.FORWARD, 25)).containsExactly("a=2", "c=1");
        assertThat(scan("", "", ScanDirection.REVERSE, 30)).containsExactly("c=3", "a=3");
        assertThat(text(store.get(of("a"), 29))).isEqualTo("2");
        assertThat(text(store.get(of("b"), 29))).isEqualTo("∅");
        put(40, "b", "4");
        assertThat(scan("", "", ScanDirection.FORWARD, 40)).containsExactly("a=3", "b=4", "c=3");
        assertThat(text(store.get(of("b"), 30))).isEqualTo("∅");
    }

    @Test
    void aRemovedRangeIsEmptyAndItsNeighboursAreNot() {
        put(10, "a", "1", "b", "1", "bz", "1", "c", "1");
        WriteBatch batch = new WriteBatch(0);
        batch.deleteRange(of("b"), of("c"));
        batch.stamp(20);
        store.write(batch, true);
        for (int round = 0; round < 2; round++) {
            assertThat(scan("", "", ScanDirection.FORWARD, 20)).containsExactly("a=1", "c=1");
            assertThat(scan("", "", ScanDirection.REVERSE, 20)).containsExactly("c=1", "a=1");
            assertThat(text(store.get(of("bz"), 20))).isEqualTo("∅");
            assertThat(text(store.get(of("bz"), 19))).isEqualTo("1");
            settle(store);
        }
        store.dropHistory(30);
        settle(store);
        store.reclaim(of("b"), of("c"));
        assertThat(scan("", "", ScanDirection.FORWARD, 30)).containsExactly("a=1", "c=1");
    }

    @Test
    void estimatesGrowWithTheData() {
        WriteBatch batch = new WriteBatch(0);
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            byte[] value = new byte[200];
            random.nextBytes(value);
            batch.put(of(String.format("a%06d", i)), value);
        }
        batch.stamp(1);
        store.write(batch, false);
        settle(store);
        long all = store.approximateBytes(of("a"), of("b"));
        assertThat(all).isBetween(700_000L, 3_000_000L);
        assertThat(store.approximateBytes(of("a000000"), of("a002500"))).isBetween(all / 4, all * 3 / 4);
        assertThat(store.approximateBytes(of("x"), NO_BOUND)).isLessThan(100_000);
        assertThat(store.averageEntryBytes()).isBetween(100L, 500L);
    }

    /// Compares the store with a map of versions under random writes, reads, scans, settling and
    /// history drops.
    @Test
    void behavesAsAMapOfVersions() {
        for (long seed = 1; seed <= 3; seed++) {
            store.close();
            store = create();
            new Model(seed).run();
        }
    }

    private final class Model {
        private final NavigableMap<String, NavigableMap<Long, String>> versions = new TreeMap<>();
        private final Random random;
        private final long seed;
        private long now = 100;
        private long horizon;

        Model(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < 2000; step++) {
                switch (random.nextInt(20)) {
                    case 0 -> settleSometimes();
                    case 1, 2, 3, 4, 5, 6 -> write();
                    case 7, 8, 9, 10, 11 -> checkGet();
                    default -> checkScan(step);
                }
            }
        }

        private void settleSometimes() {
            if (random.nextInt(5) == 0) {
                horizon = Math.max(horizon, now - random.nextInt(60));
                store.dropHistory(horizon);
            }
            if (random.nextInt(6) == 0) {
                settle(store);
            }
        }

        private void write() {
            now += 1 + random.nextInt(5);
            Map<String, String> entries = new TreeMap<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String value =
                        random.nextInt(4) == 0 ? "" : "v" + random.nextInt(1000) + "x".repeat(random.nextInt(40));
                entries.put(key(), value);
            }
            List<String> pairs = new ArrayList<>();
            entries.forEach((key, value) -> {
                pairs.add(key);
                pairs.add(value);
                versions.computeIfAbsent(key, k -> new TreeMap<>()).put(now, value);
            });
            put(now, pairs.toArray(new String[0]));
        }

        private String key() {
            String digits = Integer.toString(random.nextInt(300), 3);
            return "k" + digits;
        }

        private long readTimestamp() {
            return Math.max(horizon, now - random.nextInt(80));
        }

        private @Nullable String expected(String key, long timestamp) {
            NavigableMap<Long, String> ofKey = versions.get(key);
            Map.Entry<Long, String> version = ofKey == null ? null : ofKey.floorEntry(timestamp);
            return version == null || version.getValue().isEmpty() ? null : version.getValue();
        }

        private void checkGet() {
            long timestamp = readTimestamp();
            byte[][] keys = new byte[1 + random.nextInt(8)][];
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < keys.length; i++) {
                String key = key();
                keys[i] = of(key);
                String value = expected(key, timestamp);
                wanted.add(value == null ? "∅" : value);
            }
            assertThat(text(store.get(keys[0], timestamp))).isEqualTo(wanted.getFirst());
            assertThat(Arrays.stream(store.multiGet(keys, timestamp)).map(Bytes::text))
                    .as("seed %d", seed)
                    .isEqualTo(wanted);
        }

        private void checkScan(int step) {
            long timestamp = readTimestamp();
            String from = random.nextInt(6) == 0 ? "" : key();
            String to = random.nextInt(6) == 0 ? "" : key();
            ScanDirection direction = random.nextBoolean() ? ScanDirection.FORWARD : ScanDirection.REVERSE;
            List<String> wanted = new ArrayList<>();
            for (String key : versions.tailMap(from, true).keySet()) {
                String value = expected(key, timestamp);
                if (value != null && (to.isEmpty() || key.compareTo(to) < 0)) {
                    wanted.add(key + "=" + value);
                }
            }
            assertThat(scan(from, to, direction, timestamp))
                    .as("seed %d step %d [%s, %s) %s at %d", seed, step, from, to, direction, timestamp)
                    .isEqualTo(direction == ScanDirection.FORWARD ? wanted : wanted.reversed());
        }
    }
}
