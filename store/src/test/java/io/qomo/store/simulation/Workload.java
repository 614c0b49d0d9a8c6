package io.qomo.store.simulation;

import static io.qomo.store.Bytes.of;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What clients do, and what must hold of it.
interface Workload {
    TransactionOptions REPEATABLE_READ = TransactionOptions.DEFAULT.withLockWaitTimeout(Duration.ofSeconds(3));
    TransactionOptions SERIALIZABLE = REPEATABLE_READ.withIsolation(IsolationLevel.SERIALIZABLE);

    /// One unit of work of a client, on a thread of the node it is connected to.
    void work(Cluster cluster, SimulatedNode node);

    /// Checks what has become of it all: nothing fails any more, and `transaction` sees the end.
    void check(Transaction transaction);

    /// Throws an error if the claim is false.
    static void ensure(boolean claim, String text) {
        if (!claim) {
            throw new AssertionError(text);
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The value of a key, "" if there is none.
    static String read(Transaction transaction, String key) {
        byte[] value = transaction.get(of(key));
        return value == null ? "" : text(value);
    }

    /// The values of the keys that begin with `prefix`, whose last character is no bound of anything.
    static List<String> scan(Transaction transaction, String prefix, ReadMode mode) {
        List<String> values = new ArrayList<>();
        try (KvCursor cursor = transaction.scan(of(prefix), of(prefix + "~"), ScanDirection.FORWARD, mode)) {
            while (cursor.next()) {
                values.add(text(cursor.copyValue()));
            }
        }
        return values;
    }
}
