package io.qomo.query.exec.write;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.exec.layout.EntryDecoder;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.table.EntryMaker;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds rows of a table whose columns have given values, by an index those columns lead: one side of a
/// foreign key. Owned by the statement's thread.
final class KeyMatch {
    private final WriteScope scope;
    private final TableLayout layout;
    private final IndexLayout index;
    private final int columns;
    private final boolean isWhole;
    private final KeyWriter writer = new KeyWriter();
    private @Nullable EntryMaker entryMaker;

    private KeyMatch(WriteScope scope, TableLayout layout, IndexLayout index, int columns) {
        this.scope = scope;
        this.layout = layout;
        this.index = index;
        this.columns = columns;
        boolean unique = index.index().isPrimary() || index.index().unique();
        this.isWhole = unique && index.partCount() == columns;
    }

    /// By the best index that starts with the columns, in order; null if there is none.
    static @Nullable KeyMatch find(WriteScope scope, TableLayout layout, int[] ordinals) {
        List<IndexLayout> candidates = new ArrayList<>();
        candidates.add(layout.primary());
        candidates.addAll(layout.secondary());
        KeyMatch best = null;
        for (IndexLayout index : candidates) {
            if (index.index().state() == IndexDef.State.PUBLIC && startsWith(index, ordinals)) {
                KeyMatch match = new KeyMatch(scope, layout, index, ordinals.length);
                if (match.isWhole) {
                    return match;
                }
                best = best == null ? match : best;
            }
        }
        return best;
    }

    private static boolean startsWith(IndexLayout index, int[] ordinals) {
        if (index.partCount() < ordinals.length) {
            return false;
        }
        for (int p = 0; p < ordinals.length; p++) {
            if (index.ordinal(p) != ordinals[p] || index.prefixLength(p) != 0) {
                return false;
            }
        }
        return true;
    }

    /// True if a row with the values exists; it, or its key, is locked shared.
    boolean lockExists(Vector[] values, int at) {
        byte[] key = key(values, at);
        Transaction transaction = scope.transaction();
        if (isWhole) {
            return transaction.lock(key, LockMode.SHARED, WaitPolicy.WAIT).value() != null;
        }
        for (byte[] handle : handles(key)) {
            if (lock(handle, key, LockMode.SHARED) != null) {
                return true;
            }
        }
        return false;
    }

    /// The handles of rows with the values, as they are committed or written by the transaction itself now.
    List<byte[]> handles(byte[] key) {
        List<byte[]> found = new ArrayList<>();
        EntryDecoder entries = index.index().isPrimary() ? null : new EntryDecoder(layout, index, new int[0]);
        byte[] end = KeyWriter.prefixEnd(key);
        try (KvCursor c = scope.transaction().scan(key, end, ScanDirection.FORWARD, ReadMode.LATEST)) {
            while (c.next()) {
                found.add(
                        entries == null
                                ? c.copyKey()
                                : entries.handle(
                                        c.keyBuffer(),
                                        c.keyOffset(),
                                        c.keyLength(),
                                        c.valueBuffer(),
                                        c.valueOffset(),
                                        c.valueLength()));
                if ((found.size() & 1023) == 0) {
                    scope.context().checkInterrupted();
                }
            }
        }
        return found;
    }

    /// Locks a row and returns its latest value, or null if it is gone or no longer has the values of
    /// `key`.
    byte @Nullable [] lock(byte[] handle, byte[] key, LockMode mode) {
        byte[] value = scope.transaction().lock(handle, mode, WaitPolicy.WAIT).value();
        if (value == null || index.index().isPrimary()) {
            return value;
        }
        EntryMaker maker = entryMaker;
        if (maker == null) {
            maker = new EntryMaker(scope.context(), layout, index);
            entryMaker = maker;
        }
        byte[] entry = maker.entryKey(handle, value);
        return entry.length >= key.length && Arrays.equals(entry, 0, key.length, key, 0, key.length) ? value : null;
    }

    /// The beginning all index keys of the values share.
    byte[] key(Vector[] values, int at) {
        writer.clear();
        writer.writeRaw(index.prefix(), 0, index.prefix().length);
        for (int p = 0; p < columns; p++) {
            index.writePart(writer, p, values[p], at);
        }
        return writer.toBytes();
    }
}
