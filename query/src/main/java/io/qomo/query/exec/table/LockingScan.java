package io.qomo.query.exec.table;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.EntryDecoder;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.txn.LockResult;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the latest version of rows and locks those that pass the filter.
///
/// A row is looked at without a lock first; once locked it is looked at again if it changed meanwhile,
/// and left out if it no longer passes or has left the ranges. Rows that came into the ranges after the
/// scan began are not seen. With a limit hint no more rows are locked than it says. Owned by one thread.
public final class LockingScan {
    private static final int CANDIDATES = 128;
    private static final long CANDIDATE_BYTES = 1 << 20;

    private final ExecContext context;
    private final TableLayout layout;
    private final IndexLayout index;
    private final @Nullable EntryDecoder entries;
    private final ScanSource source;
    private final RowLocker locker;
    private final TableRows rows;
    private final TableRows again;
    private final RowFilter filter;
    private final long limitHint;
    private final @Nullable EntryMaker entryMaker;

    private final byte[][] handles = new byte[CANDIDATES][];
    private final byte[][] values = new byte[CANDIDATES][];
    private final byte[][] entryKeys = new byte[CANDIDATES][];
    private final int[] accepted = new int[CANDIDATES];
    private int selected;
    private int position;
    private int candidates;
    private long emitted;
    private boolean isExhausted;

    /// A scan that fills `rows` from `source`, which the caller starts.
    public LockingScan(
            ExecContext context,
            TableLayout layout,
            IndexLayout index,
            @Nullable EntryDecoder entries,
            ScanSource source,
            RowLock lock,
            ScanOutput output,
            RowFilter filter,
            long limitHint) {
        this.context = context;
        this.layout = layout;
        this.index = index;
        this.entries = entries;
        this.source = source;
        this.locker = new RowLocker(lock);
        this.rows = output.newRows();
        this.again = output.newRows();
        this.filter = filter;
        this.limitHint = limitHint;
        this.entryMaker = entries == null ? null : new EntryMaker(context, layout, index);
    }

    /// Starts; the source has been started.
    public void start() {
        selected = 0;
        position = 0;
        emitted = 0;
        isExhausted = false;
    }

    /// The next locked rows, or null.
    public @Nullable Batch next() {
        while (true) {
            if (position >= selected) {
                if (isExhausted) {
                    return null;
                }
                readCandidates();
                continue;
            }
            int count = lockSome();
            if (count > 0) {
                emitted += count;
                return rows.pick(accepted, count);
            }
        }
    }

    private void readCandidates() {
        context.checkInterrupted();
        rows.clear(CANDIDATES);
        candidates = 0;
        long wanted = limitHint > 0 ? Math.max(1, limitHint - emitted) * 4 : CANDIDATES;
        int limit = (int) Math.min(wanted, CANDIDATES);
        if (entries == null) {
            readRows(limit);
        } else {
            readEntries(entries, limit);
        }
        selected = candidates == 0 ? 0 : filter.select(rows.finish());
        position = 0;
    }

    private void readRows(int limit) {
        while (candidates < limit && rows.sizeBytes() < CANDIDATE_BYTES) {
            KvCursor c = source.advance();
            if (c == null) {
                isExhausted = true;
                return;
            }
            addCandidate(c.copyKey(), c.copyValue());
        }
    }

    private void readEntries(EntryDecoder decoder, int limit) {
        byte[][] found = new byte[limit][];
        byte[][] keys = new byte[limit][];
        int n = 0;
        while (n < limit) {
            KvCursor c = source.advance();
            if (c == null) {
                isExhausted = true;
                break;
            }
            keys[n] = c.copyKey();
            found[n] = decoder.handle(
                    c.keyBuffer(), c.keyOffset(), c.keyLength(), c.valueBuffer(), c.valueOffset(), c.valueLength());
            n++;
        }
        byte[] @Nullable [] latest = context.transaction().multiGetLatest(Arrays.copyOf(found, n));
        for (int i = 0; i < n; i++) {
            byte[] value = latest[i];
            if (value != null) {
                entryKeys[candidates] = keys[i];
                addCandidate(found[i], value);
            }
        }
    }

    private void addCandidate(byte[] handle, byte[] value) {
        handles[candidates] = handle;
        values[candidates] = value;
        candidates++;
        rows.add(handle, value);
    }

    /// Locks selected candidates from [#position] on; accepted ones go to [#accepted].
    private int lockSome() {
        int count = 0;
        long allowed = limitHint > 0 && limitHint > emitted ? limitHint - emitted : Long.MAX_VALUE;
        while (position < selected && count < allowed) {
            int row = filter.selection()[position];
            position++;
            LockResult result = locker.lock(context.transaction(), handles[row]);
            byte[] value = result.value();
            if (!result.granted() || value == null) {
                continue;
            }
            if (entryMaker != null && !isStillInRanges(entryMaker, row, value)) {
                continue;
            }
            if (!Arrays.equals(value, values[row]) && !reread(row, value)) {
                continue;
            }
            accepted[count] = row;
            count++;
        }
        return count;
    }

    private boolean isStillInRanges(EntryMaker maker, int row, byte[] value) {
        byte[] key = maker.entryKey(handles[row], value);
        if (Arrays.equals(key, entryKeys[row])) {
            return true;
        }
        for (ByteRange range : source.ranges()) {
            if (range.contains(key)) {
                return true;
            }
        }
        return false;
    }

    /// Looks at a changed row again; true if it passes and now stands in the batch.
    private boolean reread(int row, byte[] value) {
        again.clear(1);
        again.add(handles[row], value);
        int[] kept = filter.selection().clone();
        Batch batch = again.finish();
        boolean passes = filter.select(batch) == 1;
        System.arraycopy(kept, 0, filter.selection(), 0, kept.length);
        if (passes) {
            rows.replace(row, batch);
        }
        return passes;
    }

    /// An index entry without its row: the data are damaged.
    public static SqlException strayEntry(TableLayout layout, IndexLayout index) {
        return new SqlException(
                ErrorCode.CORRUPT_DATA,
                layout.table().database() + "." + layout.table().name() + "."
                        + index.index().name());
    }

    /// Lets go of memory.
    public void release() {
        rows.release();
        again.release();
        Arrays.fill(handles, null);
        Arrays.fill(values, null);
        Arrays.fill(entryKeys, null);
        selected = 0;
        isExhausted = true;
    }
}
