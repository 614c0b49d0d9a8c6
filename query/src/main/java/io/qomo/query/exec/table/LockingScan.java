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
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.LockResult;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the latest version of rows and locks those that pass the filter.
///
/// As InnoDB does. At READ COMMITTED a row is looked at without a lock first; once locked it is
/// looked at again if it changed meanwhile, and left out if it no longer passes or has left the
/// ranges; and where a lock had to be waited for the walk goes on with what is committed by then,
/// so that it sees rows inserted meanwhile. At the stricter levels the ranges are locked before
/// they are walked ([RangeLocker]) and all rows in them, so that the statement finds the same when
/// it is repeated. SKIP LOCKED always behaves as at READ COMMITTED. With a limit hint no more rows
/// are locked than it says. Owned by one thread.
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
    private final RowLock lock;
    private final RangeLocker rangeLocker;
    private boolean locksRanges;
    private final @Nullable EntryMaker entryMaker;

    private final byte[][] handles = new byte[CANDIDATES][];
    private final byte[][] values = new byte[CANDIDATES][];
    private final byte[][] entryKeys = new byte[CANDIDATES][];
    private final boolean[] passes = new boolean[CANDIDATES];
    /// The candidates to lock.
    private final int[] order = new int[CANDIDATES];
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
        this.lock = lock;
        this.locker = new RowLocker(lock);
        this.rangeLocker = new RangeLocker(lock, limitHint);
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
        locksRanges = lock.onConflict() != RowLock.Wait.SKIP_LOCKED
                && context.transaction().isolation() != IsolationLevel.READ_COMMITTED;
        if (locksRanges) {
            source.lockRanges(rangeLocker);
        }
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
        long wanted = limitHint > 0 ? Math.max(1, limitHint - emitted) * (locksRanges ? 1 : 4) : CANDIDATES;
        int limit = (int) Math.min(wanted, CANDIDATES);
        if (entries == null) {
            readRows(limit);
        } else {
            readEntries(entries, limit);
        }
        int passing = candidates == 0 ? 0 : filter.select(rows.finish());
        Arrays.fill(passes, 0, candidates, false);
        for (int i = 0; i < passing; i++) {
            passes[filter.selection()[i]] = true;
            order[i] = filter.selection()[i];
        }
        selected = passing;
        if (locksRanges) {
            for (int i = 0; i < candidates; i++) {
                order[i] = i;
            }
            selected = candidates;
        }
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

    /// Locks candidates from [#position] on; accepted ones go to [#accepted].
    private int lockSome() {
        int count = 0;
        long allowed = limitHint > 0 && limitHint > emitted ? limitHint - emitted : Long.MAX_VALUE;
        while (position < selected && count < allowed) {
            int row = order[position];
            position++;
            LockResult result = locker.lock(context.transaction(), handles[row]);
            boolean goesOnAnew = result.waited() && !locksRanges;
            if (goesOnAnew) {
                source.restartBehind(entries == null ? handles[row] : entryKeys[row]);
                position = selected;
                isExhausted = false;
            }
            byte[] value = result.value();
            if (result.granted() && value != null && isWanted(row, value, goesOnAnew)) {
                accepted[count] = row;
                count++;
            }
        }
        return count;
    }

    private boolean isWanted(int row, byte[] value, boolean goesOnAnew) {
        if (entryMaker != null) {
            byte[] key = entryMaker.entryKey(handles[row], value);
            boolean comesAgain = goesOnAnew && source.isAhead(entryKeys[row], key);
            if (comesAgain || (!Arrays.equals(key, entryKeys[row]) && !isInRanges(key))) {
                return false;
            }
        }
        return Arrays.equals(value, values[row]) ? passes[row] : reread(row, value);
    }

    private boolean isInRanges(byte[] key) {
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
        Batch batch = again.finish();
        boolean isSelected = filter.select(batch) == 1;
        if (isSelected) {
            rows.replace(row, batch);
        }
        return isSelected;
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
