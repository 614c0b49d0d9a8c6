package io.qomo.store.txn;

import static io.qomo.store.Bytes.drain;
import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.error.ErrorCode;
import io.qomo.store.Bytes;
import io.qomo.store.Engine;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What one transaction sees of itself and of others.
@ParameterizedClass
@EnumSource(Engine.class)
class TransactionTest extends StoreFixture {
    @Test
    void readsItsOwnWritesAndNobodyElseDoesBeforeTheCommit() {
        set("a", "old");
        try (Transaction writer = begin();
                Transaction reader = begin()) {
            writer.put(of("a"), of("new"));
            writer.put(of("b"), of("1"));
            assertThat(text(writer.get(of("a")))).isEqualTo("new");
            assertThat(text(reader.get(of("a")))).isEqualTo("old");
            assertThat(text(reader.get(of("b")))).isEqualTo("∅");
            writer.commit();
            assertThat(text(reader.get(of("a")))).isEqualTo("old");
        }
        try (Transaction later = begin()) {
            assertThat(text(later.get(of("a")))).isEqualTo("new");
            byte[] @Nullable [] values = later.multiGet(new byte[][] {of("b"), of("x"), of("a")});
            assertThat(Arrays.stream(values).map(Bytes::text)).containsExactly("1", "∅", "new");
        }
    }

    @Test
    void readCommittedTakesASnapshotPerStatement() {
        set("a", "1");
        try (Transaction reader = begin(IsolationLevel.READ_COMMITTED)) {
            assertThat(text(reader.get(of("a")))).isEqualTo("1");
            set("a", "2");
            assertThat(text(reader.get(of("a")))).isEqualTo("1");
            reader.startStatement();
            assertThat(text(reader.get(of("a")))).isEqualTo("2");
        }
    }

    @Test
    void repeatableReadTakesItsSnapshotAtTheFirstReadAndKeepsIt() {
        set("a", "1");
        try (Transaction reader = begin()) {
            set("a", "2");
            assertThat(text(reader.get(of("a")))).isEqualTo("2");
            set("a", "3");
            reader.startStatement();
            assertThat(text(reader.get(of("a")))).isEqualTo("2");
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("a=2");
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.LATEST)).containsExactly("a=3");
            assertThat(text(reader.lock(of("a"), LockMode.SHARED, WaitPolicy.WAIT)
                            .value()))
                    .isEqualTo("3");
        }
    }

    @Test
    void currentReadsTakeNoSnapshot() {
        set("a", "1");
        try (Transaction reader = begin()) {
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.LATEST)).containsExactly("a=1");
            reader.lock(of("b"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            set("a", "2");
            assertThat(text(reader.get(of("a")))).isEqualTo("2");
        }
    }

    @Test
    void consistentSnapshotIsTakenAtOnce() {
        set("a", "1");
        try (Transaction reader = begin()) {
            assertThat(reader.snapshot()).isEqualTo(store().transactions().latestTimestamp());
            set("a", "2");
            assertThat(text(reader.get(of("a")))).isEqualTo("1");
        }
    }

    @Test
    void scansMergeOwnWritesInBothDirections() {
        for (String key : List.of("b", "d", "f", "h")) {
            set(key, key + "0");
        }
        try (Transaction writer = begin()) {
            writer.put(of("a"), of("1"));
            writer.put(of("d"), of("1"));
            writer.delete(of("f"));
            writer.put(of("g"), of("1"));
            writer.put(of("z"), of("1"));
            writer.delete(of("zz"));
            assertThat(scan(writer, ScanDirection.FORWARD, ReadMode.SNAPSHOT))
                    .containsExactly("a=1", "b=b0", "d=1", "g=1", "h=h0", "z=1");
            assertThat(scan(writer, ScanDirection.REVERSE, ReadMode.SNAPSHOT))
                    .containsExactly("z=1", "h=h0", "g=1", "d=1", "b=b0", "a=1");
            assertThat(drain(writer.scan(of("b"), of("g"), ScanDirection.FORWARD, ReadMode.LATEST)))
                    .containsExactly("b=b0", "d=1");
            assertThat(drain(writer.scan(of("b"), of("g"), ScanDirection.REVERSE, ReadMode.LATEST)))
                    .containsExactly("d=1", "b=b0");
            assertThat(drain(writer.scan(of("x"), of("b"), ScanDirection.FORWARD, ReadMode.LATEST)))
                    .isEmpty();
        }
    }

    @Test
    void aCursorDoesNotSeeWritesMadeAfterItWasOpened() {
        set("b", "0");
        for (ScanDirection direction : ScanDirection.values()) {
            try (Transaction writer = begin()) {
                writer.put(of("a"), of("1"));
                writer.put(of("c"), of("1"));
                try (KvCursor cursor = writer.scan(FIRST, NO_BOUND, direction, ReadMode.LATEST)) {
                    assertThat(cursor.next()).isTrue();
                    writer.put(of("a"), of("2"));
                    writer.put(of("aa"), of("2"));
                    writer.put(of("b"), of("2"));
                    writer.delete(of("c"));
                    writer.put(of("d"), of("2"));
                    String first = direction == ScanDirection.FORWARD ? "a" : "c";
                    assertThat(text(cursor.copyKey())).isEqualTo(first);
                    assertThat(cursor.next()).isTrue();
                    assertThat(text(cursor.copyKey()) + text(cursor.copyValue()))
                            .isEqualTo("b0");
                    assertThat(cursor.next()).isTrue();
                    assertThat(text(cursor.copyValue())).isEqualTo("1");
                    assertThat(cursor.next()).isFalse();
                    assertThat(cursor.next()).isFalse();
                }
                assertThat(scan(writer, ScanDirection.FORWARD, ReadMode.LATEST))
                        .containsExactly("a=2", "aa=2", "b=2", "d=2");
            }
        }
    }

    @Test
    void savepointsTakeBackWritesAndKeepLocks() {
        set("a", "0");
        try (Transaction writer = begin();
                Transaction other = begin()) {
            writer.put(of("a"), of("1"));
            long bytes = writer.bufferedBytes();
            Savepoint outer = writer.savepoint();
            writer.put(of("a"), of("2"));
            writer.put(of("b"), of("2"));
            Savepoint inner = writer.savepoint();
            writer.delete(of("a"));
            writer.put(of("b"), of("3"));
            writer.put(of("b"), of("4"));
            writer.lock(of("c"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            assertThat(scan(writer, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("b=4");
            writer.rollbackTo(inner);
            assertThat(scan(writer, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("a=2", "b=2");
            writer.put(of("b"), of("5"));
            writer.rollbackTo(inner);
            assertThat(text(writer.get(of("b")))).isEqualTo("2");
            writer.rollbackTo(outer);
            assertThat(scan(writer, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("a=1");
            assertThat(writer.bufferedBytes()).isEqualTo(bytes);
            assertThat(other.lock(of("c"), LockMode.SHARED, WaitPolicy.SKIP_LOCKED)
                            .granted())
                    .isFalse();
            writer.commit();
        }
        try (Transaction later = begin()) {
            assertThat(scan(later, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("a=1");
        }
    }

    @Test
    void rollbackForgetsEverything() {
        try (Transaction writer = begin()) {
            writer.lock(of("a"), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            writer.put(of("a"), of("1"));
            writer.rollback();
            assertThat(writer.isActive()).isFalse();
            assertCode(ErrorCode.INTERNAL_ERROR, () -> writer.get(of("a")));
        }
        try (Transaction later = begin()) {
            LockResult result = later.lock(of("a"), LockMode.EXCLUSIVE, WaitPolicy.NOWAIT);
            assertThat(result.granted()).isTrue();
            assertThat(result.value()).isNull();
            assertThat(later.commit()).isZero();
        }
    }

    @Test
    void limitsAreEnforced() {
        TransactionOptions small = TransactionOptions.DEFAULT.withMaxBytes(1000);
        try (Transaction writer = store().transactions().begin(small)) {
            writer.put(of("a"), new byte[500]);
            assertCode(ErrorCode.TRANSACTION_TOO_LARGE, () -> writer.put(of("b"), new byte[500]));
            assertCode(ErrorCode.INTERNAL_ERROR, () -> writer.put(NO_BOUND, of("x")));
            assertThat(writer.get(of("a"))).hasSize(500);
        }
        try (Transaction reader = store().transactions().begin(small.withReadOnly(true))) {
            assertCode(ErrorCode.READ_ONLY_TRANSACTION, () -> reader.put(of("a"), of("1")));
            assertCode(ErrorCode.READ_ONLY_TRANSACTION, () -> reader.delete(of("a")));
            assertCode(
                    ErrorCode.READ_ONLY_TRANSACTION, () -> reader.lock(of("a"), LockMode.EXCLUSIVE, WaitPolicy.WAIT));
            assertThat(reader.lock(of("a"), LockMode.SHARED, WaitPolicy.WAIT).granted())
                    .isTrue();
        }
    }

    @Test
    void removedKeysAreGone() {
        set("a", "1");
        set("b", "1");
        remove("a");
        try (Transaction reader = begin()) {
            assertThat(reader.get(of("a"))).isNull();
            assertThat(scan(reader, ScanDirection.FORWARD, ReadMode.SNAPSHOT)).containsExactly("b=1");
        }
        set("a", "2");
        try (Transaction reader = begin()) {
            assertThat(text(reader.get(of("a")))).isEqualTo("2");
        }
    }
}
