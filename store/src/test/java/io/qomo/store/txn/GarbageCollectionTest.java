package io.qomo.store.txn;

import static io.qomo.store.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.store.Engine;
import io.qomo.store.cluster.TimestampOracle;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The history horizon follows the clock and never passes a snapshot; dropped ranges go when it has
/// passed them.
@ParameterizedClass
@EnumSource(Engine.class)
class GarbageCollectionTest extends StoreFixture {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void theHorizonStaysBehindThePresent() {
        set("a", "1");
        env().advance(Duration.ofMinutes(5));
        set("a", "2");
        long horizon = store().collectGarbage();
        assertThat(horizon)
                .isEqualTo(TimestampOracle.at(
                        env().wallMicros() / 1000 - Duration.ofMinutes(10).toMillis()));
        env().advance(LONG);
        assertThat(store().collectGarbage()).isEqualTo(store().transactions().latestTimestamp());
        assertThat(committed("a")).isEqualTo("2");
    }

    @Test
    void anOpenSnapshotHoldsItBack() {
        set("a", "1");
        try (Transaction reader = begin()) {
            assertThat(read(reader, "a")).isEqualTo("1");
            set("a", "2");
            remove("a");
            set("a", "3");
            env().advance(LONG);
            assertThat(store().collectGarbage()).isEqualTo(reader.snapshot());
            assertThat(read(reader, "a")).isEqualTo("1");
            assertThat(scan(reader, ScanDirection.REVERSE, ReadMode.SNAPSHOT)).containsExactly("a=1");
        }
        assertThat(store().collectGarbage()).isEqualTo(store().transactions().latestTimestamp());
        assertThat(committed("a")).isEqualTo("3");
    }

    @Test
    void anOpenCursorOnTheLatestStateHoldsItBackToo() {
        set("a", "1");
        set("b", "1");
        try (Transaction reader = begin()) {
            long before = store().transactions().latestTimestamp();
            try (KvCursor cursor = reader.scan(FIRST, NO_BOUND, ScanDirection.FORWARD, ReadMode.LATEST)) {
                assertThat(cursor.next()).isTrue();
                set("b", "2");
                env().advance(LONG);
                assertThat(store().collectGarbage()).isEqualTo(before);
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.copyValue()).isEqualTo(of("1"));
            }
            assertThat(store().collectGarbage()).isGreaterThan(before);
        }
    }

    @Test
    void readCommittedGivesItsSnapshotUpBetweenStatements() {
        set("a", "1");
        try (Transaction reader = begin(IsolationLevel.READ_COMMITTED)) {
            assertThat(read(reader, "a")).isEqualTo("1");
            set("a", "2");
            env().advance(LONG);
            reader.startStatement();
            assertThat(store().collectGarbage())
                    .isEqualTo(store().transactions().latestTimestamp());
            assertThat(read(reader, "a")).isEqualTo("2");
        }
    }

    @Test
    void aDroppedRangeIsReadableUntilNoSnapshotNeedsIt() {
        set("t1/a", "1");
        set("t1/b", "1");
        set("t2/a", "1");
        try (Transaction reader = begin()) {
            assertThat(read(reader, "t1/a")).isEqualTo("1");
            try (Transaction ddl = begin()) {
                ddl.dropRange(of("t1/"), of("t10"));
                Savepoint savepoint = ddl.savepoint();
                ddl.dropRange(of("t2/"), of("t20"));
                ddl.rollbackTo(savepoint);
                assertThat(ddl.hasWrites()).isTrue();
                assertThat(ddl.commit()).isPositive();
            }
            env().advance(LONG);
            store().collectGarbage();
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.SNAPSHOT))
                    .containsExactly("t1/a=1", "t1/b=1", "t2/a=1");
        }
        set("z", "1");
        store().collectGarbage();
        try (Transaction reader = begin()) {
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("t2/a=1", "z=1");
        }
        assertThat(store().collectGarbage()).isPositive();
    }

    @Test
    void aClockThatGoesBackDoesNotMakeTimestampsGoBack() {
        set("a", "1");
        long before = store().transactions().latestTimestamp();
        env().advance(LONG.negated());
        set("a", "2");
        assertThat(store().transactions().latestTimestamp()).isGreaterThan(before);
        store().collectGarbage();
        assertThat(committed("a")).isEqualTo("2");
    }
}
