package io.qomo.query.exec.rows;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets each key pass once. Keys are remembered as long as memory is granted; then rows with unknown keys
/// are put aside in partitions, to be looked at after the end of the input.
///
/// ```
/// add … add --> drain … drain (null)
/// ```
public final class DistinctRows implements AutoCloseable {
    private final List<SqlType> types;
    private final int keyColumns;
    private final TempSpace space;
    private final MemoryBudget budget;
    private final KeyTable keys = new KeyTable();
    private final RowKeys key = new RowKeys();
    private final Vector[] keyVectors;
    private final Batch out;
    private int[] selection = new int[64];
    private @Nullable PartitionedRows overflow;
    private int depth;
    private final Deque<Part> parts = new ArrayDeque<>();
    private PartitionedRows.@Nullable Reader reading;
    private @Nullable Part current;

    private record Part(PartitionedRows rows, int partition, boolean isLast) {}

    /// @param types of the rows
    /// @param keyColumns how many columns, from the first, are the key
    public DistinctRows(List<SqlType> types, int keyColumns, TempSpace space, MemoryAccount account) {
        this.types = types;
        this.keyColumns = keyColumns;
        this.space = space;
        this.budget = new MemoryBudget(account);
        this.keyVectors = new Vector[keyColumns];
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(types.get(c), 16);
        }
        this.out = new Batch(columns, 0);
    }

    /// Takes a batch and returns its rows with new keys, as the batch itself if all are new; null if
    /// there are none. Valid until the next call.
    public @Nullable Batch add(Batch batch) {
        if (selection.length < batch.rows()) {
            selection = new int[batch.rows()];
        }
        for (int k = 0; k < keyColumns; k++) {
            keyVectors[k] = batch.column(k);
        }
        int count = 0;
        for (int r = 0; r < batch.rows(); r++) {
            key.encode(keyVectors, r);
            if (isNew(batch, r)) {
                selection[count] = r;
                count++;
            }
        }
        if (count == 0) {
            return null;
        }
        if (count == batch.rows()) {
            return batch;
        }
        Vector[] columns = out.columns();
        for (int c = 0; c < columns.length; c++) {
            columns[c].gather(batch.column(c), selection, count);
        }
        out.setRows(count);
        return out;
    }

    private boolean isNew(Batch batch, int row) {
        long hash = key.hash();
        PartitionedRows aside = overflow;
        if (aside == null) {
            if (hasRoom(keys.sizeBytes() + keys.growthBytes(key.length()))) {
                int before = keys.size();
                return keys.add(key.array(), key.length(), hash) == before;
            }
            aside = new PartitionedRows(types, space, depth);
            overflow = aside;
        }
        if (keys.find(key.array(), key.length(), hash) < 0) {
            aside.add(batch, row, hash);
        }
        return false;
    }

    private boolean hasRoom(long bytes) {
        if (bytes <= budget.heldBytes() || budget.tryHold(bytes + (bytes >> 3))) {
            return true;
        }
        if (depth > PartitionedRows.MAX_DEPTH) {
            budget.hold(bytes);
            return true;
        }
        return false;
    }

    /// After the end of the input: the next rows with new keys among those put aside, or null.
    public @Nullable Batch drain() {
        while (true) {
            PartitionedRows.Reader reader = reading;
            if (reader != null) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    Batch fresh = add(batch);
                    if (fresh != null) {
                        return fresh;
                    }
                }
                reading = null;
            }
            endPart();
            Part next = parts.poll();
            if (next == null) {
                return null;
            }
            current = next;
            keys.clear();
            budget.hold(0);
            depth = next.rows.depth() + 1;
            reading = next.rows.read(next.partition);
        }
    }

    /// What this part put aside comes before the parts that wait.
    private void endPart() {
        PartitionedRows aside = overflow;
        if (aside != null) {
            overflow = null;
            aside.finish();
            for (int p = PartitionedRows.PARTITIONS - 1; p >= 0; p--) {
                parts.push(new Part(aside, p, p == PartitionedRows.PARTITIONS - 1));
            }
        }
        Part done = current;
        if (done != null && done.isLast) {
            done.rows.close();
        }
        current = null;
    }

    /// True if rows were put aside in files.
    public boolean isSpilled() {
        return overflow != null || current != null || !parts.isEmpty();
    }

    /// Bytes held in memory.
    public long sizeBytes() {
        return keys.sizeBytes();
    }

    /// Forgets everything.
    public void clear() {
        keys.clear();
        budget.close();
        PartitionedRows aside = overflow;
        overflow = null;
        if (aside != null) {
            aside.close();
        }
        if (current != null) {
            current.rows.close();
        }
        current = null;
        reading = null;
        parts.forEach(p -> p.rows.close());
        parts.clear();
        depth = 0;
        Arrays.stream(out.columns()).forEach(Vector::reset);
    }

    @Override
    public void close() {
        clear();
    }
}
