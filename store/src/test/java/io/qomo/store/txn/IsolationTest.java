package io.qomo.store.txn;

import static io.qomo.store.Bytes.drain;
import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import io.qomo.store.Engine;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The anomalies of Adya (PhD thesis, 1999), Berenson et al. (1995) and Fekete et al. (read-only
/// anomaly, 2004): which isolation level allows which. Every history is driven step by step from
/// one thread.
@Timeout(60)
@ParameterizedClass
@EnumSource(Engine.class)
class IsolationTest extends StoreFixture {
    private static final List<IsolationLevel> ALL = List.of(IsolationLevel.values());

    private static boolean isLocked(Transaction transaction, String key, LockMode mode) {
        return !transaction.lock(of(key), mode, WaitPolicy.SKIP_LOCKED).granted();
    }

    private static List<String> range(Transaction transaction, String from, String to) {
        return drain(transaction.scan(of(from), of(to), ScanDirection.FORWARD, ReadMode.SNAPSHOT));
    }

    @Test
    void g0DirtyWriteIsPreventedEverywhere() {
        for (IsolationLevel level : ALL) {
            set("x", "0");
            try (Transaction first = begin(level);
                    Transaction second = begin(level)) {
                update(first, "x", "1");
                assertThat(isLocked(second, "x", LockMode.EXCLUSIVE)).isTrue();
                first.commit();
            }
            assertThat(committed("x")).isEqualTo("1");
        }
    }

    @Test
    void g1aAbortedAndG1bIntermediateReadsArePreventedEverywhere() {
        for (IsolationLevel level : ALL) {
            set("x", "0");
            try (Transaction writer = begin(level);
                    Transaction reader = begin(level)) {
                update(writer, "x", "1");
                reader.startStatement();
                assertThat(read(reader, "x")).isEqualTo("0");
                update(writer, "x", "2");
                reader.startStatement();
                assertThat(read(reader, "x")).isEqualTo("0");
                writer.rollback();
                reader.startStatement();
                assertThat(read(reader, "x")).isEqualTo("0");
            }
        }
    }

    @Test
    void g1cCircularInformationFlowIsPreventedEverywhere() {
        for (IsolationLevel level : ALL) {
            set("x", "0");
            set("y", "0");
            try (Transaction first = begin(level);
                    Transaction second = begin(level)) {
                update(first, "x", "1");
                update(second, "y", "1");
                assertThat(read(first, "y")).isEqualTo("0");
                assertThat(read(second, "x")).isEqualTo("0");
            }
        }
    }

    @Test
    void nonRepeatableReadAndReadSkewOnlyUnderReadCommitted() {
        for (IsolationLevel level : ALL) {
            set("x", "0");
            set("y", "0");
            try (Transaction reader = begin(level)) {
                reader.startStatement();
                assertThat(read(reader, "x")).isEqualTo("0");
                set("x", "1");
                set("y", "1");
                reader.startStatement();
                String expected = level == IsolationLevel.READ_COMMITTED ? "1" : "0";
                assertThat(read(reader, "x")).isEqualTo(expected);
                assertThat(read(reader, "y")).isEqualTo(expected);
            }
        }
    }

    @Test
    void phantomsInPlainReadsOnlyUnderReadCommitted() {
        for (IsolationLevel level : ALL) {
            remove("p2");
            set("p1", "1");
            try (Transaction reader = begin(level)) {
                assertThat(range(reader, "p", "q")).containsExactly("p1=1");
                set("p2", "1");
                reader.startStatement();
                assertThat(range(reader, "p", "q")).hasSize(level == IsolationLevel.READ_COMMITTED ? 2 : 1);
            }
        }
    }

    /// Read with a plain SELECT, write the sum back: the second overwrites the first, except under
    /// SERIALIZABLE.
    @Test
    void lostUpdate() {
        for (IsolationLevel level : ALL) {
            set("x", "10");
            try (Transaction first = begin(level);
                    Transaction second = begin(level)) {
                int seenByFirst = Integer.parseInt(read(first, "x"));
                int seenBySecond = Integer.parseInt(read(second, "x"));
                update(first, "x", Integer.toString(seenByFirst + 1));
                first.commit();
                update(second, "x", Integer.toString(seenBySecond + 1));
                if (level == IsolationLevel.SERIALIZABLE) {
                    assertCode(ErrorCode.DEADLOCK, second::commit);
                } else {
                    second.commit();
                }
            }
            assertThat(committed("x")).isEqualTo("11");
        }
    }

    /// With a locking read nothing is lost at any level.
    @Test
    void lockingReadsPreventLostUpdatesEverywhere() {
        for (IsolationLevel level : ALL) {
            set("x", "10");
            try (Transaction second = begin(level)) {
                assertThat(read(second, "y")).isNotNull();
                set("x", "11");
                byte[] latest = second.lock(of("x"), LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                        .value();
                second.put(of("x"), of(Integer.toString(Integer.parseInt(text(latest)) + 1)));
                second.commit();
            }
            assertThat(committed("x")).isEqualTo("12");
        }
    }

    @Test
    void g2ItemWriteSkewIsPreventedUnderSerializable() {
        for (IsolationLevel level : ALL) {
            set("x", "1");
            set("y", "1");
            try (Transaction first = begin(level);
                    Transaction second = begin(level)) {
                assertThat(read(first, "x") + read(first, "y")).isEqualTo("11");
                assertThat(read(second, "x") + read(second, "y")).isEqualTo("11");
                update(first, "x", "0");
                update(second, "y", "0");
                first.commit();
                if (level == IsolationLevel.SERIALIZABLE) {
                    assertCode(ErrorCode.DEADLOCK, second::commit);
                } else {
                    second.commit();
                }
            }
        }
    }

    @Test
    void g2PredicateWriteSkewIsPreventedUnderSerializable() {
        for (IsolationLevel level : ALL) {
            for (String key : List.of("p1", "p2", "p3")) {
                remove(key);
            }
            set("p1", "1");
            try (Transaction first = begin(level);
                    Transaction second = begin(level)) {
                assertThat(range(first, "p", "q")).hasSize(1);
                assertThat(range(second, "p", "q")).hasSize(1);
                update(first, "p2", "1");
                update(second, "p3", "1");
                second.commit();
                if (level == IsolationLevel.SERIALIZABLE) {
                    assertCode(ErrorCode.DEADLOCK, first::commit);
                } else {
                    first.commit();
                }
            }
        }
    }

    /// Only the part of a range that was walked over counts as read.
    @Test
    void aScanThatStoppedEarlyConflictsOnlyWithWhatItSaw() {
        for (ScanDirection direction : ScanDirection.values()) {
            set("p1", "1");
            set("p3", "1");
            set("p5", "1");
            try (Transaction inside = begin(IsolationLevel.SERIALIZABLE);
                    Transaction outside = begin(IsolationLevel.SERIALIZABLE)) {
                for (Transaction transaction : List.of(inside, outside)) {
                    try (KvCursor cursor = transaction.scan(of("p"), of("q"), direction, ReadMode.SNAPSHOT)) {
                        assertThat(cursor.next()).isTrue();
                        assertThat(cursor.next()).isTrue();
                    }
                    update(transaction, "z" + transaction.id(), "1");
                }
                set(direction == ScanDirection.FORWARD ? "p4" : "p2", "1");
                outside.commit();
                set(direction == ScanDirection.FORWARD ? "p2" : "p4", "1");
                assertCode(ErrorCode.DEADLOCK, inside::commit);
            }
            remove("p2");
            remove("p4");
        }
    }

    /// Fekete, O'Neil, O'Neil: a batch total, a receipt and a report that only reads.
    @Test
    void readOnlyAnomalyIsPreventedUnderSerializable() {
        for (IsolationLevel level : ALL) {
            set("x", "0");
            set("y", "0");
            try (Transaction withdraw = begin(level);
                    Transaction deposit = begin(level);
                    Transaction report = begin(level)) {
                assertThat(read(withdraw, "x") + read(withdraw, "y")).isEqualTo("00");
                assertThat(read(deposit, "y")).isEqualTo("0");
                update(deposit, "y", "20");
                deposit.commit();
                assertThat(read(report, "x") + read(report, "y")).isEqualTo("020");
                report.commit();
                update(withdraw, "x", "-11");
                if (level == IsolationLevel.SERIALIZABLE) {
                    assertCode(ErrorCode.DEADLOCK, withdraw::commit);
                } else {
                    withdraw.commit();
                }
            }
        }
    }

    @Test
    void serializableDoesNotAbortWithoutAConflict() {
        set("x", "0");
        set("y", "0");
        try (Transaction first = begin(IsolationLevel.SERIALIZABLE);
                Transaction second = begin(IsolationLevel.SERIALIZABLE)) {
            assertThat(read(first, "x")).isEqualTo("0");
            assertThat(read(second, "y")).isEqualTo("0");
            assertThat(read(second, "nothing")).isEqualTo("∅");
            update(first, "x", "1");
            update(second, "y", "1");
            first.commit();
            second.commit();
        }
        try (Transaction own = begin(IsolationLevel.SERIALIZABLE)) {
            update(own, "x", "2");
            assertThat(read(own, "x")).isEqualTo("2");
            assertThat(range(own, "a", "z")).containsExactly("x=2", "y=1");
            set("z", "1");
            own.commit();
        }
    }

    @Test
    void serializableWatchesKeysThatDidNotExist() {
        try (Transaction reader = begin(IsolationLevel.SERIALIZABLE)) {
            assertThat(read(reader, "missing")).isEqualTo("∅");
            update(reader, "other", "1");
            set("missing", "1");
            assertCode(ErrorCode.DEADLOCK, reader::commit);
        }
        try (Transaction reader = begin(IsolationLevel.SERIALIZABLE)) {
            reader.multiGet(new byte[][] {of("gone"), of("missing")});
            update(reader, "other", "2");
            remove("missing");
            assertCode(ErrorCode.DEADLOCK, reader::commit);
        }
    }

    /// A locking read sees what is newer than the snapshot; then what the snapshot showed must
    /// still hold at the end, even if nothing is written.
    @Test
    void serializableDoesNotMixTwoMoments() {
        set("x", "0");
        set("y", "0");
        try (Transaction reader = begin(IsolationLevel.SERIALIZABLE)) {
            assertThat(read(reader, "x")).isEqualTo("0");
            try (Transaction writer = begin()) {
                update(writer, "x", "1");
                update(writer, "y", "1");
                writer.commit();
            }
            LockResult locked = reader.lock(of("y"), LockMode.SHARED, WaitPolicy.WAIT);
            assertThat(text(locked.value())).isEqualTo("1");
            assertCode(ErrorCode.DEADLOCK, reader::commit);
        }
        try (Transaction reader = begin(IsolationLevel.SERIALIZABLE)) {
            assertThat(read(reader, "x")).isEqualTo("1");
            set("x", "2");
            assertThat(reader.commit()).isZero();
        }
    }

    @Test
    void largeReadSetsAreJoinedButKeepTheirConflicts() {
        try (Transaction reader = begin(IsolationLevel.SERIALIZABLE);
                Transaction lucky = begin(IsolationLevel.SERIALIZABLE)) {
            for (int i = 0; i < 10_000; i++) {
                read(reader, String.format("k%06d", i));
                read(lucky, String.format("k%06d", i));
            }
            update(reader, "o1", "1");
            update(lucky, "o2", "1");
            set("a", "1");
            set("o3", "1");
            lucky.commit();
            set("k004321", "1");
            assertCode(ErrorCode.DEADLOCK, reader::commit);
        }
    }
}
