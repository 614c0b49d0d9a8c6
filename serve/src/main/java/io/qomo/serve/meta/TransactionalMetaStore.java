package io.qomo.serve.meta;

import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionManager;
import io.qomo.store.txn.TransactionOptions;
import io.qomo.store.txn.WaitPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Records in the transactional store.
///
/// ```
/// key    'm' · letter of the kind · name in UTF-8        (tables' keys start with 't')
/// value  the record
/// ```
public final class TransactionalMetaStore implements MetaStore {
    private static final byte PREFIX = 'm';

    private final TransactionManager transactions;

    /// Records in a store.
    public TransactionalMetaStore(TransactionManager transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<String, byte[]> load(MetaKind kind) {
        return loadAll(Set.of(kind)).of(kind);
    }

    @Override
    public Loaded loadAll(Set<MetaKind> kinds) {
        try (Transaction txn = transactions.begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
            Map<MetaKind, Map<String, byte[]>> records = new EnumMap<>(MetaKind.class);
            for (MetaKind kind : kinds) {
                records.put(kind, load(kind, txn));
            }
            return new Loaded(txn.snapshot(), records);
        }
    }

    private static Map<String, byte[]> load(MetaKind kind, Transaction txn) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        byte letter = (byte) kind.letter();
        byte[] from = {PREFIX, letter};
        byte[] to = {PREFIX, (byte) (letter + 1)};
        try (KvCursor cursor = txn.scan(from, to, ScanDirection.FORWARD, ReadMode.SNAPSHOT)) {
            while (cursor.next()) {
                String name = new String(
                        cursor.keyBuffer(), cursor.keyOffset() + 2, cursor.keyLength() - 2, StandardCharsets.UTF_8);
                found.put(name, cursor.copyValue());
            }
        }
        return found;
    }

    @Override
    public long write(List<Change> changes, List<KeyRange> dropped) {
        TransactionOptions options = TransactionOptions.DEFAULT.withIsolation(IsolationLevel.READ_COMMITTED);
        try (Transaction txn = transactions.begin(options)) {
            return write(txn, changes, dropped);
        }
    }

    @Override
    public long writeIf(String counter, byte @Nullable [] expected, List<Change> changes, List<KeyRange> dropped) {
        TransactionOptions options = TransactionOptions.DEFAULT.withIsolation(IsolationLevel.READ_COMMITTED);
        try (Transaction txn = transactions.begin(options)) {
            byte[] found = txn.lock(key(MetaKind.COUNTER, counter), LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                    .value();
            return Arrays.equals(found, expected) ? write(txn, changes, dropped) : CONFLICT;
        }
    }

    private static long write(Transaction txn, List<Change> changes, List<KeyRange> dropped) {
        for (Change change : changes) {
            byte[] key = key(change.kind(), change.name());
            txn.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT);
            if (change.value() == null) {
                txn.delete(key);
            } else {
                txn.put(key, change.value());
            }
        }
        for (KeyRange range : dropped) {
            txn.dropRange(range.from(), range.to());
        }
        return txn.commit();
    }

    private static byte[] key(MetaKind kind, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[text.length + 2];
        key[0] = PREFIX;
        key[1] = (byte) kind.letter();
        System.arraycopy(text, 0, key, 2, text.length);
        return key;
    }
}
