package io.qomo.query.exec.table;

import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.LockResult;
import io.qomo.store.txn.Transaction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads rows by keys of a unique index, locking them if asked. Owned by one thread.
public final class PointReader {
    private static final int MOVED_TRIES = 100;

    private final ExecContext context;
    private final TableLayout layout;
    private final IndexLayout index;
    private final @Nullable RowLocker locker;
    private final @Nullable EntryMaker entryMaker;
    private final TableRows rows;
    private int[] origin = new int[1];

    /// A reader.
    public PointReader(ScanOutput output, IndexLayout index, @Nullable RowLock lock) {
        this.context = output.context();
        this.layout = output.layout();
        this.index = index;
        this.locker = lock == null ? null : new RowLocker(lock);
        this.rows = output.newRows();
        this.entryMaker = lock == null || index.index().isPrimary() ? null : new EntryMaker(context, layout, index);
    }

    /// The rows read last.
    public TableRows rows() {
        return rows;
    }

    /// For each row read last, which of the keys it was read by.
    public int[] origin() {
        return origin;
    }

    /// Reads the rows of `count` keys from `from` on; keys without a row give none.
    public void read(byte[][] keys, int from, int count) {
        rows.clear(count);
        if (origin.length < count) {
            origin = new int[count];
        }
        RowLocker lock = locker;
        if (lock == null) {
            readSnapshot(keys, from, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            if (index.index().isPrimary()) {
                LockResult result = lock.lock(context.transaction(), keys[from + i]);
                add(i, keys[from + i], result.value());
            } else {
                lockByEntry(lock, i, keys[from + i]);
            }
        }
    }

    private void add(int keyNumber, byte[] handle, byte @Nullable [] value) {
        if (value != null) {
            origin[rows.rows()] = keyNumber;
            rows.add(handle, value);
        }
    }

    private void readSnapshot(byte[][] keys, int from, int count) {
        Transaction transaction = context.transaction();
        boolean isPrimary = index.index().isPrimary();
        if (count == 1) {
            byte[] found = transaction.get(keys[from]);
            if (isPrimary || found == null) {
                add(0, keys[from], found);
            } else {
                byte[] handle = layout.handle(found, 0, found.length);
                add(0, handle, existing(transaction.get(handle)));
            }
            return;
        }
        byte[][] wanted = from == 0 && count == keys.length ? keys : Arrays.copyOfRange(keys, from, from + count);
        byte[] @Nullable [] found = transaction.multiGet(wanted);
        if (isPrimary) {
            for (int i = 0; i < count; i++) {
                add(i, wanted[i], found[i]);
            }
            return;
        }
        byte[][] handles = new byte[count][];
        int[] numbers = new int[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            byte[] entry = found[i];
            if (entry != null) {
                handles[n] = layout.handle(entry, 0, entry.length);
                numbers[n] = i;
                n++;
            }
        }
        byte[][] existing = Arrays.copyOf(handles, n);
        byte[] @Nullable [] values = transaction.multiGet(existing);
        for (int i = 0; i < n; i++) {
            add(numbers[i], existing[i], existing(values[i]));
        }
    }

    private byte[] existing(byte @Nullable [] value) {
        if (value == null) {
            throw LockingScan.strayEntry(layout, index);
        }
        return value;
    }

    /// Finds the row of an entry and locks it; looks again if the entry has moved to another row meanwhile.
    private void lockByEntry(RowLocker lock, int keyNumber, byte[] entryKey) {
        for (int tries = 0; tries < MOVED_TRIES; tries++) {
            byte[] entry = context.transaction().multiGetLatest(new byte[][] {entryKey})[0];
            if (entry == null) {
                if (isAbsent(lock, entryKey)) {
                    return;
                }
                continue;
            }
            byte[] handle = layout.handle(entry, 0, entry.length);
            LockResult result = lock.lock(context.transaction(), handle);
            if (!result.granted()) {
                return;
            }
            byte[] value = result.value();
            if (value != null && entryMaker != null && Arrays.equals(entryMaker.entryKey(handle, value), entryKey)) {
                add(keyNumber, handle, value);
                return;
            }
            context.checkInterrupted();
        }
    }

    /// Locks the key of a missing entry, where the isolation level lets nobody else insert it;
    /// false if it is there now.
    private boolean isAbsent(RowLocker lock, byte[] entryKey) {
        Transaction transaction = context.transaction();
        if (transaction.isolation() == IsolationLevel.READ_COMMITTED) {
            return true;
        }
        LockResult result = lock.lock(transaction, entryKey);
        return !result.granted() || result.value() == null;
    }

    /// Lets go of memory.
    public void release() {
        rows.release();
    }
}
