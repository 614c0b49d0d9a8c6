package io.qomo.store.txn;

import static io.qomo.store.Bytes.drain;
import static io.qomo.store.Bytes.of;
import static io.qomo.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.Engine;
import io.qomo.store.ManualEnv;
import io.qomo.store.Store;
import io.qomo.store.kv.ScanDirection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/// A store on one of the engines, and short words for what tests do with it.
abstract class StoreFixture {
    static final byte[] FIRST = {0};
    static final byte[] NO_BOUND = {};
    static final TransactionOptions PATIENT = TransactionOptions.DEFAULT.withLockWaitTimeout(Duration.ofSeconds(30));

    @Parameter
    @SuppressWarnings("NullAway.Init") // injected
    private Engine engine;

    @TempDir
    private Path directory;

    private final ManualEnv env = new ManualEnv();
    private Store store;

    @BeforeEach
    void open() {
        store = engine.open(directory, env);
    }

    @AfterEach
    void close() {
        assertThat(store.transactions().openTransactions()).isZero();
        store.close();
    }

    /// The clock of the store.
    ManualEnv env() {
        return env;
    }

    Store store() {
        return store;
    }

    Transaction begin() {
        return store.transactions().begin(PATIENT);
    }

    Transaction begin(IsolationLevel isolation) {
        return store.transactions().begin(PATIENT.withIsolation(isolation));
    }

    void set(String key, String value) {
        try (Transaction transaction = begin()) {
            update(transaction, key, value);
            assertThat(transaction.commit()).isPositive();
        }
    }

    void remove(String key) {
        try (Transaction transaction = begin()) {
            transaction.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            transaction.delete(of(key));
            transaction.commit();
        }
    }

    /// Locks and writes, as an UPDATE does.
    static void update(Transaction transaction, String key, String value) {
        transaction.lock(of(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
        transaction.put(of(key), of(value));
    }

    /// Reads without a lock, as a plain SELECT does.
    static String read(Transaction transaction, String key) {
        return text(transaction.get(of(key)));
    }

    /// The committed value now.
    String committed(String key) {
        try (Transaction transaction = begin()) {
            return read(transaction, key);
        }
    }

    static List<String> scan(Transaction transaction, ScanDirection direction, ReadMode mode) {
        return drain(transaction.scan(FIRST, NO_BOUND, direction, mode));
    }

    static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SqlException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
