package io.qomo.query.exec.rows;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Rows kept in memory, numbered from 0, in chunks of [#CHUNK_ROWS]; values are copied in. The owner asks
/// [#sizeBytes] and reserves the memory.
public final class RowChunks {
    /// Rows of every chunk but the last.
    public static final int CHUNK_ROWS = Vector.BATCH_ROWS;

    private static final int CHUNK_SHIFT = 10;

    private final List<SqlType> types;
    private final List<Batch> chunks = new ArrayList<>();
    private ByteArena arena = new ByteArena();
    private int rows;
    private long bytes;

    /// Empty, for rows of the given column types.
    public RowChunks(List<SqlType> types) {
        this.types = types;
    }

    /// The number of rows.
    public int rows() {
        return rows;
    }

    /// The number of chunks.
    public int chunkCount() {
        return chunks.size();
    }

    /// A chunk; not to be changed.
    public Batch chunk(int index) {
        return chunks.get(index);
    }

    /// The chunk a row lies in.
    public Batch chunkOf(int row) {
        return chunks.get(row >> CHUNK_SHIFT);
    }

    /// A row's place in its chunk.
    public static int inChunk(int row) {
        return row & (CHUNK_ROWS - 1);
    }

    /// Bytes held, roughly.
    public long sizeBytes() {
        return bytes;
    }

    /// Copies all rows of a batch.
    public void append(Batch batch) {
        int from = 0;
        while (from < batch.rows()) {
            Batch chunk = roomForOne();
            int count = Math.min(CHUNK_ROWS - chunk.rows(), batch.rows() - from);
            for (int c = 0; c < types.size(); c++) {
                copyColumn(batch.column(c), from, chunk.column(c), chunk.rows(), count);
            }
            chunk.setRows(chunk.rows() + count);
            from += count;
            rows += count;
        }
    }

    /// Copies one row.
    public void append(Batch batch, int row) {
        Batch chunk = roomForOne();
        int at = chunk.rows();
        for (int c = 0; c < types.size(); c++) {
            copyColumn(batch.column(c), row, chunk.column(c), at, 1);
        }
        chunk.setRows(at + 1);
        rows++;
    }

    /// Copies a row's columns to an index of vectors, which share its bytes.
    public void copyRow(int row, Vector[] out, int firstColumn, int index) {
        Batch chunk = chunkOf(row);
        int at = inChunk(row);
        for (int c = 0; c < types.size(); c++) {
            out[firstColumn + c].copyFrom(chunk.column(c), at, index);
        }
    }

    /// Takes over the rows of another, which must not be used any more.
    void replaceBy(RowChunks other) {
        chunks.clear();
        chunks.addAll(other.chunks);
        arena = other.arena;
        rows = other.rows;
        bytes = other.bytes;
    }

    /// Forgets all rows.
    public void clear() {
        chunks.clear();
        arena = new ByteArena();
        rows = 0;
        bytes = 0;
    }

    private Batch roomForOne() {
        if ((rows & (CHUNK_ROWS - 1)) != 0) {
            return chunks.getLast();
        }
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(types.get(c), 16);
        }
        Batch chunk = new Batch(columns, 0);
        chunks.add(chunk);
        bytes += 64L * columns.length;
        return chunk;
    }

    private void copyColumn(Vector source, int from, Vector into, int at, int count) {
        into.ensure(at + count);
        if (source instanceof BytesVector strings) {
            copyBytes(strings, from, (BytesVector) into, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into.copyFrom(source, from + i, at + i);
        }
        bytes += 9L * count;
    }

    private void copyBytes(BytesVector source, int from, BytesVector into, int at, int count) {
        long copied = 0;
        for (int i = 0; i < count; i++) {
            if (source.isNull(from + i)) {
                into.setNull(at + i);
                continue;
            }
            int s = source.at(from + i);
            if (into.hasNulls()) {
                into.clearNull(at + i);
            }
            arena.copyInto(into, at + i, source.base[s], source.offset[s], source.length[s]);
            copied += source.length[s];
        }
        bytes += copied + 17L * count;
    }
}
