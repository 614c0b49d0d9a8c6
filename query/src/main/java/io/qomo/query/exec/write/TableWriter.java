package io.qomo.query.exec.write;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.RowEncoder;
import io.qomo.query.exec.layout.TableCounters;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.plan.BoundTable;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows of one table with all their index entries, and follows foreign keys. Rows are given as
/// vectors by ordinal, complete and converted, virtual columns included. Owned by the statement's thread.
final class TableWriter {
    private final WriteScope scope;
    private final BoundTable bound;
    private final TableLayout layout;
    private final RowEncoder encoder;
    private final List<IndexLayout> indexes;
    private final ForeignKeys foreignKeys;
    private final int autoIncrement;
    private @Nullable RowImage snapshotImage;

    TableWriter(WriteScope scope, BoundTable bound) {
        this.scope = scope;
        this.bound = bound;
        this.layout = scope.context().layout(bound.table());
        this.encoder = new RowEncoder(layout);
        this.indexes = layout.secondary();
        this.foreignKeys = new ForeignKeys(scope, bound.table(), layout);
        this.autoIncrement = autoIncrement(bound.table());
    }

    private static int autoIncrement(TableDef table) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).autoIncrement()) {
                return i;
            }
        }
        return -1;
    }

    BoundTable bound() {
        return bound;
    }

    TableLayout layout() {
        return layout;
    }

    /// True if another table, or this one, has a foreign key on this table.
    boolean isReferenced() {
        return foreignKeys.isReferenced();
    }

    /// Inserts a row; or returns the first row in the way, in the order of the indexes, having written
    /// nothing.
    @Nullable Conflict insert(Vector[] row, int at) {
        byte[] handle = encoder.handle(row, at);
        if (lock(handle) != null) {
            return new Conflict(layout.primary(), handle);
        }
        byte[][] entries = new byte[indexes.size()][];
        for (int i = 0; i < entries.length; i++) {
            IndexLayout index = indexes.get(i);
            if (!index.takesEntries()) {
                continue;
            }
            entries[i] = encoder.entryKey(index, row, at, handle);
            if (RowEncoder.isUniqueEntry(index, row, at)) {
                byte[] taken = lock(entries[i]);
                if (taken != null) {
                    return new Conflict(index, layout.handle(taken, 0, taken.length));
                }
            }
        }
        Transaction transaction = scope.transaction();
        hideSnapshotEntries(handle, null, row, at);
        transaction.insert(handle, encoder.value(row, at));
        for (int i = 0; i < entries.length; i++) {
            if (indexes.get(i).takesEntries()) {
                transaction.insert(entries[i], RowEncoder.entryValue(indexes.get(i), row, at, handle));
            }
        }
        foreignKeys.checkParents(row, at, null);
        return null;
    }

    /// Removes a row, which its transaction has locked, and what foreign keys remove with it.
    ///
    /// @param depth of the cascade, 0 for rows the statement names
    void delete(byte[] handle, Vector[] row, int at, int depth) {
        Transaction transaction = scope.transaction();
        hideSnapshotEntries(handle, null, row, at);
        transaction.delete(handle);
        for (IndexLayout index : indexes) {
            byte[] entry = encoder.entryKey(index, row, at, handle);
            if (!RowEncoder.isUniqueEntry(index, row, at) || isOwnOrAbsent(lock(entry), handle)) {
                transaction.delete(entry);
            }
        }
        foreignKeys.parentDeleted(row, at, depth);
    }

    /// Replaces a row, which its transaction has locked; or returns the first other row in the way,
    /// having written nothing.
    ///
    /// @param changed per ordinal whether the value differs
    @Nullable Conflict update(byte[] handle, Vector[] old, int oldAt, Vector[] now, int at, boolean[] changed, Cascade cascade) {
        boolean keyChanged = layout.primary().touches(changed);
        byte[] newHandle = keyChanged ? encoder.handle(now, at) : handle;
        boolean moved = keyChanged && !Arrays.equals(handle, newHandle);
        if (moved && lock(newHandle) != null) {
            return new Conflict(layout.primary(), newHandle);
        }
        int n = indexes.size();
        byte[] @Nullable [] added = new byte[n] @Nullable [];
        byte[] @Nullable [] removed = new byte[n] @Nullable [];
        for (int i = 0; i < n; i++) {
            IndexLayout index = indexes.get(i);
            if (!moved && !index.touches(changed)) {
                continue;
            }
            byte[] before = encoder.entryKey(index, old, oldAt, handle);
            byte[] after = encoder.entryKey(index, now, at, newHandle);
            boolean same = Arrays.equals(before, after);
            if (!same) {
                boolean isOwn = !RowEncoder.isUniqueEntry(index, old, oldAt) || isOwnOrAbsent(lock(before), handle);
                removed[i] = isOwn ? before : null;
            }
            if (!index.takesEntries() || (same && !moved)) {
                continue;
            }
            added[i] = after;
            if (RowEncoder.isUniqueEntry(index, now, at)) {
                byte[] taken = lock(after);
                if (taken != null && !same) {
                    return new Conflict(index, layout.handle(taken, 0, taken.length));
                }
            }
        }
        write(handle, newHandle, moved, now, at, added, removed);
        if (autoIncrement >= 0 && changed[autoIncrement]) {
            long counter = TableCounters.autoIncrement(bound.table());
            AutoIncrement.raise(scope.context().services().counters(), counter, now[autoIncrement], at);
        }
        foreignKeys.checkParents(now, at, changed);
        foreignKeys.parentUpdated(old, oldAt, now, at, changed, cascade);
        return null;
    }

    /// While an index is being filled a unique entry may already stand for a newer row, which then keeps
    /// it. An absent one is removed all the same: the removal keeps the filling from bringing it back.
    private static boolean isOwnOrAbsent(byte @Nullable [] entryValue, byte[] handle) {
        return entryValue == null
                || Arrays.equals(entryValue, 0, entryValue.length, handle, KeyWriter.INDEX_PREFIX_BYTES, handle.length);
    }

    private void write(
            byte[] handle,
            byte[] newHandle,
            boolean moved,
            Vector[] now,
            int at,
            byte[] @Nullable [] added,
            byte[] @Nullable [] removed) {
        Transaction transaction = scope.transaction();
        if (moved) {
            hideSnapshotEntries(handle, null, now, at);
            hideSnapshotEntries(newHandle, null, now, at);
            transaction.delete(handle);
        } else {
            hideSnapshotEntries(handle, added, now, at);
        }
        if (moved) {
            transaction.insert(newHandle, encoder.value(now, at));
        } else {
            transaction.put(newHandle, encoder.value(now, at));
        }
        for (int i = 0; i < added.length; i++) {
            byte[] before = removed[i];
            if (before != null) {
                transaction.delete(before);
            }
            byte[] after = added[i];
            if (after != null) {
                transaction.insert(after, RowEncoder.entryValue(indexes.get(i), now, at, newHandle));
            }
        }
    }

    /// Before a row is written that others have changed since this transaction's snapshot: the snapshot's
    /// entries would lead to the row this transaction is about to write, beside the entries it writes. They are
    /// hidden from its reads; entries it need not write, as the latest version has them, are shown to them.
    ///
    /// @param added the entries that will be written, null where none; or null: all, or none are left
    private void hideSnapshotEntries(byte[] handle, byte @Nullable [] @Nullable [] added, Vector[] now, int at) {
        Transaction.Superseded seen =
                indexes.isEmpty() ? null : scope.transaction().superseded(handle);
        if (seen == null) {
            return;
        }
        byte[] value = seen.value();
        Vector[] before = null;
        if (value != null) {
            RowImage image = snapshotImage;
            if (image == null) {
                image = new RowImage(scope.context(), this);
                snapshotImage = image;
            }
            before = image.read(handle, value);
        }
        for (int i = 0; i < indexes.size(); i++) {
            IndexLayout index = indexes.get(i);
            if (!index.takesEntries()) {
                continue;
            }
            byte[] kept = added == null || added[i] != null ? null : encoder.entryKey(index, now, at, handle);
            byte[] old = before == null ? null : encoder.entryKey(index, before, 0, handle);
            if (old != null && !Arrays.equals(old, kept)) {
                scope.transaction().view(old, null);
            }
            if (kept != null && !Arrays.equals(old, kept)) {
                scope.transaction().view(kept, RowEncoder.entryValue(index, now, at, handle));
            }
        }
    }

    /// Locks a key for writing; its latest value.
    byte @Nullable [] lock(byte[] key) {
        return scope.transaction()
                .lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT)
                .value();
    }

    /// The column of an ordinal.
    ColumnDef column(int ordinal) {
        return bound.table().columns().get(ordinal);
    }
}
