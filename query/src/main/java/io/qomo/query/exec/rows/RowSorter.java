package io.qomo.query.exec.rows;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorts rows by byte keys, stably. What does not fit in memory goes to a file in sorted runs that are
/// merged.
///
/// ```
/// add … add --sort--> next … next (null)
/// ```
public final class RowSorter implements AutoCloseable {
    /// Runs merged at once; each holds one read batch in memory.
    private static final int MERGE_WIDTH = 32;
    private static final int RUN_BATCH_BYTES = 1 << 15;

    private final List<SqlType> types;
    private final List<SqlType> runTypes;
    private final TempSpace space;
    private final MemoryBudget budget;
    private final Runnable interruptCheck;
    private final SortedKeys keys = new SortedKeys();
    private final RowChunks rows;
    private @Nullable SpillFile file;
    private final List<long[]> runs = new ArrayList<>();
    private @Nullable RunMerger merger;
    private final boolean givesKeys;
    private final Batch out;
    private int emitted;

    /// A sorter of rows of the given types.
    ///
    /// @param interruptCheck called now and then; throws to stop
    public RowSorter(List<SqlType> types, TempSpace space, MemoryAccount account, Runnable interruptCheck) {
        this(types, false, space, account, interruptCheck);
    }

    /// A sorter that gives the keys back, as the last column of the rows.
    public static RowSorter withKeys(
            List<SqlType> types, TempSpace space, MemoryAccount account, Runnable interruptCheck) {
        return new RowSorter(types, true, space, account, interruptCheck);
    }

    private RowSorter(
            List<SqlType> types, boolean givesKeys, TempSpace space, MemoryAccount account, Runnable interruptCheck) {
        this.types = types;
        this.runTypes = new ArrayList<>(types);
        runTypes.add(SqlType.varbinary(Integer.MAX_VALUE));
        this.space = space;
        this.budget = new MemoryBudget(account);
        this.interruptCheck = interruptCheck;
        this.rows = new RowChunks(types);
        this.givesKeys = givesKeys;
        Vector[] columns = new Vector[types.size() + (givesKeys ? 1 : 0)];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(runTypes.get(c), 16);
        }
        this.out = new Batch(columns, 0);
    }

    /// Adds a row with its key.
    public void add(Batch batch, int row, byte[] key, int keyLength) {
        rows.append(batch, row);
        keys.add(key, keyLength);
        if ((rows.rows() & 63) == 0 || rows.sizeBytes() + keys.sizeBytes() > budget.heldBytes() + RUN_BATCH_BYTES) {
            if (!budget.tryHold(rows.sizeBytes() + keys.sizeBytes())) {
                spill();
            }
        }
    }

    /// Ends adding.
    public void sort() {
        emitted = 0;
        keys.sort(interruptCheck);
        if (file == null) {
            budget.hold(rows.sizeBytes() + keys.sizeBytes());
            return;
        }
        if (rows.rows() > 0) {
            spill();
        }
        SpillFile in = file;
        in.flush();
        while (runs.size() > MERGE_WIDTH) {
            mergePass(in);
        }
        merger = new RunMerger(in, runs, runTypes);
    }

    /// True once rows went to a file.
    public boolean isSpilled() {
        return file != null;
    }

    private void spill() {
        SpillFile target = file;
        if (target == null) {
            target = space.create();
            file = target;
        }
        keys.sort(interruptCheck);
        RunWriter run = new RunWriter(target, runTypes);
        for (int i = 0; i < keys.size(); i++) {
            int row = keys.row(i);
            run.add(rows.chunkOf(row), RowChunks.inChunk(row), keys, row);
        }
        runs.add(run.end());
        rows.clear();
        keys.clear();
        budget.hold(0);
    }

    /// Merges the first runs into one that takes their place, so that the order of equal keys is kept.
    private void mergePass(SpillFile in) {
        List<long[]> merged = new ArrayList<>();
        for (int from = 0; from < runs.size(); from += MERGE_WIDTH) {
            List<long[]> some = runs.subList(from, Math.min(runs.size(), from + MERGE_WIDTH));
            if (some.size() == 1) {
                merged.add(some.getFirst());
                continue;
            }
            RunMerger m = new RunMerger(in, some, runTypes);
            RunWriter run = new RunWriter(in, runTypes);
            while (m.advance()) {
                run.add(m.batch(), m.row());
                if (run.isFlushDue()) {
                    interruptCheck.run();
                }
            }
            merged.add(run.end());
            in.flush();
        }
        runs.clear();
        runs.addAll(merged);
    }

    /// The next rows in order, at most `limit`, or null at the end; valid until the next call.
    public @Nullable Batch next(int limit) {
        interruptCheck.run();
        Vector[] columns = out.columns();
        for (Vector column : columns) {
            column.reset();
            column.ensure(limit);
        }
        int n = 0;
        RunMerger m = merger;
        if (m == null) {
            while (n < limit && emitted < keys.size()) {
                rows.copyRow(keys.row(emitted), columns, 0, n);
                if (givesKeys) {
                    ((BytesVector) columns[types.size()]).set(n, keys.copy(keys.row(emitted)));
                }
                emitted++;
                n++;
            }
        } else {
            long bytes = 0;
            while (n < limit && bytes < (1 << 20) && m.advance()) {
                for (int c = 0; c < columns.length; c++) {
                    Vector from = m.batch().column(c);
                    columns[c].copyFrom(from, m.row(), n);
                    if (from instanceof BytesVector b && !b.isNull(m.row())) {
                        bytes += b.length[m.row()];
                    }
                }
                n++;
            }
        }
        out.setRows(n);
        return n == 0 ? null : out;
    }

    /// Keeps only the first `count` (at least 1) of the rows added so far, which are more; returns the
    /// key of the last one kept: rows with this key or a greater one need not be added any more. Only
    /// while nothing is in a file.
    public byte[] truncate(int count) {
        keys.sort(interruptCheck);
        RowChunks kept = new RowChunks(types);
        SortedKeys keptKeys = new SortedKeys();
        for (int i = 0; i < count; i++) {
            int row = keys.row(i);
            kept.append(rows.chunkOf(row), RowChunks.inChunk(row));
            keptKeys.add(keys, row);
        }
        rows.replaceBy(kept);
        keys.replaceBy(keptKeys);
        budget.hold(rows.sizeBytes() + keys.sizeBytes());
        return keys.copy(count - 1);
    }

    /// Rows in memory now.
    public int rowsInMemory() {
        return rows.rows();
    }

    /// Forgets everything, to sort other rows.
    public void clear() {
        rows.clear();
        keys.clear();
        runs.clear();
        merger = null;
        emitted = 0;
        SpillFile old = file;
        file = null;
        if (old != null) {
            old.close();
        }
        budget.close();
        Arrays.stream(out.columns()).forEach(Vector::reset);
    }

    @Override
    public void close() {
        clear();
    }
}
