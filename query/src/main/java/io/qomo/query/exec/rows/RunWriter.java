package io.qomo.query.exec.rows;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import java.util.List;

/// Writes one sorted run, key last, in batches small enough that many runs can be read at once.
final class RunWriter {
    private static final int BATCH_BYTES = 1 << 15;
    private static final int BATCH_ROWS = 256;

    private final SpillFile file;
    private final Batch batch;
    private final long start;
    private long pendingBytes;

    RunWriter(SpillFile file, List<SqlType> typesWithKey) {
        this.file = file;
        Vector[] columns = new Vector[typesWithKey.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(typesWithKey.get(c), BATCH_ROWS);
        }
        this.batch = new Batch(columns, 0);
        this.start = file.sizeBytes();
    }

    /// Adds a row whose key is that of a row of `keys`.
    void add(Batch source, int row, SortedKeys keys, int keyRow) {
        int at = batch.rows();
        int last = batch.width() - 1;
        copy(source, row, last, at);
        ((BytesVector) batch.column(last)).set(at, keys.block(keyRow), keys.offset(keyRow), keys.length(keyRow));
        pendingBytes += keys.length(keyRow);
        added(at + 1);
    }

    /// Adds a row that carries its key last.
    void add(Batch source, int row) {
        int at = batch.rows();
        copy(source, row, batch.width(), at);
        added(at + 1);
    }

    private void copy(Batch source, int row, int columns, int at) {
        for (int c = 0; c < columns; c++) {
            Vector from = source.column(c);
            batch.column(c).copyFrom(from, row, at);
            pendingBytes += from instanceof BytesVector b && !b.isNull(row) ? b.length[b.at(row)] : 8;
        }
    }

    private void added(int rows) {
        batch.setRows(rows);
        if (rows == BATCH_ROWS || pendingBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /// True right after a batch was written.
    boolean isFlushDue() {
        return batch.rows() == 0;
    }

    private void flush() {
        if (batch.rows() > 0) {
            file.append(batch, 0, batch.rows());
            batch.setRows(0);
            for (Vector column : batch.columns()) {
                column.reset();
            }
            pendingBytes = 0;
        }
    }

    /// Ends the run: the places of its start and end.
    long[] end() {
        flush();
        return new long[] {start, file.sizeBytes()};
    }
}
