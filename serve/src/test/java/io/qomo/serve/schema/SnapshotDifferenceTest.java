package io.qomo.serve.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.base.env.SystemEnv;
import io.qomo.store.Store;
import io.qomo.store.StoreOptions;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import io.qomo.store.txn.WaitPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a copy of a table catches up with when more was written than could be noted.
class SnapshotDifferenceTest {
    private final Store store = Store.inMemory(StoreOptions.DEFAULT, new SystemEnv());

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Transaction snapshot() {
        Transaction transaction = store.transactions().begin(TransactionOptions.DEFAULT.withReadOnly(true));
        transaction.snapshot();
        return transaction;
    }

    private void set(String key, @Nullable String value) {
        try (Transaction transaction = store.transactions().begin(TransactionOptions.DEFAULT)) {
            transaction.lock(bytes(key), LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            if (value == null) {
                transaction.delete(bytes(key));
            } else {
                transaction.put(bytes(key), bytes(value));
            }
            transaction.commit();
        }
    }

    private static List<String> difference(Transaction before, Transaction after) {
        return SnapshotDifference.of(before, after, bytes("t"), bytes("u"), () -> {}).stream()
                .map(k -> new String(k, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void findsWhatWasAddedChangedAndRemovedInTheRange() {
        for (String key : List.of("s9", "t1", "t2", "t3", "t5", "u1")) {
            set(key, "old");
        }
        try (Transaction before = snapshot()) {
            set("s9", "new");
            set("t0", "added in front");
            set("t2", "new");
            set("t3", null);
            set("t4", "added between");
            set("t5", "other");
            set("t5", "old");
            set("t9", "added behind");
            set("u1", null);
            try (Transaction after = snapshot()) {
                assertThat(difference(before, after)).containsExactly("t0", "t2", "t3", "t4", "t9");
                assertThat(difference(after, before)).containsExactly("t0", "t2", "t3", "t4", "t9");
                assertThat(difference(after, after)).isEmpty();
            }
        }
    }

    @Test
    void anEmptySideIsAllDifference() {
        try (Transaction before = snapshot()) {
            set("t1", "1");
            set("t2", "2");
            try (Transaction after = snapshot()) {
                assertThat(difference(before, after)).containsExactly("t1", "t2");
                assertThat(difference(after, before)).containsExactly("t1", "t2");
            }
        }
    }
}
