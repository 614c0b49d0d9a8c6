package io.qomo.query.exec.rows;

import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows kept for repeated reading, numbered from 0, in chunks: the first ones in memory, the rest in a
/// file once memory is refused.
public final class SpillableRows implements AutoCloseable {
    private static final int CACHED_CHUNKS = 4;
    /// A chunk in a file ends at this size or at [RowChunks#CHUNK_ROWS] rows.
    private static final long FILED_CHUNK_BYTES = 1 << 18;

    private final List<SqlType> types;
    private final TempSpace space;
    private final MemoryBudget budget;
    private final RowChunks memory;
    private final RowChunks tail;
    private @Nullable SpillFile file;
    private long[] places = new long[8];
    /// First row of each chunk in the file, and the end of the last.
    private long[] filedFrom = new long[9];
    private int filedChunks;
    private boolean isFlushed;
    private final int[] cachedIndex = new int[CACHED_CHUNKS];
    private final @Nullable Batch[] cached = new Batch[CACHED_CHUNKS];

    /// Empty.
    public SpillableRows(List<SqlType> types, TempSpace space, MemoryAccount account) {
        this.types = types;
        this.space = space;
        this.budget = new MemoryBudget(account);
        this.memory = new RowChunks(types);
        this.tail = new RowChunks(types);
    }

    /// The number of rows.
    public long rows() {
        return (file == null ? memory.rows() : filedFrom[filedChunks]) + tail.rows();
    }

    /// The number of chunks.
    public int chunkCount() {
        return memory.chunkCount() + filedChunks + tail.chunkCount();
    }

    /// True once a file is in use.
    public boolean isSpilled() {
        return file != null;
    }

    /// Copies the rows of a batch.
    public void append(Batch batch) {
        if (file == null && batch.rows() > 1) {
            memory.append(batch);
            afterAppend();
            return;
        }
        for (int r = 0; r < batch.rows(); r++) {
            append(batch, r);
        }
    }

    /// Copies one row.
    public void append(Batch batch, int row) {
        if (file == null) {
            memory.append(batch, row);
            if ((memory.rows() & 63) == 0 || memory.sizeBytes() - budget.heldBytes() > FILED_CHUNK_BYTES) {
                afterAppend();
            }
            return;
        }
        tail.append(batch, row);
        if (tail.rows() == RowChunks.CHUNK_ROWS || tail.sizeBytes() >= FILED_CHUNK_BYTES) {
            moveTail(file);
        }
    }

    private void afterAppend() {
        if (budget.tryHold(memory.sizeBytes())) {
            return;
        }
        SpillFile out = space.create();
        file = out;
        filedFrom[0] = 0;
        // What is in memory goes too: this operator is told to make room.
        for (int c = 0; c < memory.chunkCount(); c++) {
            Batch chunk = memory.chunk(c);
            long rowBytes = Math.max(1, memory.sizeBytes() / memory.rows());
            int step = Math.clamp(FILED_CHUNK_BYTES / rowBytes, 1, RowChunks.CHUNK_ROWS);
            for (int from = 0; from < chunk.rows(); from += step) {
                file(out, chunk, from, Math.min(chunk.rows(), from + step));
            }
        }
        memory.clear();
        budget.hold(0);
    }

    private void moveTail(SpillFile out) {
        file(out, tail.chunk(0), 0, tail.rows());
        tail.clear();
    }

    private void file(SpillFile out, Batch batch, int from, int to) {
        if (filedChunks == places.length) {
            places = Arrays.copyOf(places, filedChunks * 2);
            filedFrom = Arrays.copyOf(filedFrom, filedChunks * 2 + 1);
        }
        places[filedChunks] = out.append(batch, from, to);
        filedFrom[filedChunks + 1] = filedFrom[filedChunks] + to - from;
        filedChunks++;
        isFlushed = false;
    }

    /// A chunk; valid until four other chunks have been asked for.
    public Batch chunk(int index) {
        SpillFile in = file;
        if (in == null) {
            return memory.chunk(index);
        }
        if (index >= filedChunks) {
            return tail.chunk(index - filedChunks);
        }
        int slot = index % CACHED_CHUNKS;
        Batch known = cached[slot];
        if (known != null && cachedIndex[slot] == index) {
            return known;
        }
        if (!isFlushed) {
            in.flush();
            isFlushed = true;
        }
        Batch read = in.readOne(places[index], types);
        cached[slot] = read;
        cachedIndex[slot] = index;
        return read;
    }

    /// The chunk a row lies in.
    public int chunkIndexOf(long row) {
        if (file == null) {
            return (int) (row / RowChunks.CHUNK_ROWS);
        }
        int found = Arrays.binarySearch(filedFrom, 0, filedChunks + 1, row);
        return found >= 0 ? found : -found - 2;
    }

    /// The number of a chunk's first row.
    public long firstRow(int chunk) {
        return file == null ? (long) chunk * RowChunks.CHUNK_ROWS : filedFrom[chunk];
    }

    /// Forgets all rows.
    public void clear() {
        memory.clear();
        tail.clear();
        Arrays.fill(cached, null);
        filedChunks = 0;
        filedFrom[0] = 0;
        SpillFile old = file;
        file = null;
        if (old != null) {
            old.close();
        }
        budget.close();
    }

    @Override
    public void close() {
        clear();
    }
}
