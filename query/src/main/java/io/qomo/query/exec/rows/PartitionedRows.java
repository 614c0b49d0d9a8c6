package io.qomo.query.exec.rows;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows put aside in a file by the hash of their key, so that equal keys meet in one partition. A
/// partition that is still too big is divided again by other bits of the hash ([#depth]).
public final class PartitionedRows implements AutoCloseable {
    /// Partitions made at once.
    public static final int PARTITIONS = 16;
    /// Divisions after which hashes are used up; what is still too big then must fit in memory.
    public static final int MAX_DEPTH = 7;

    private static final int BITS = 4;
    private static final int BATCH_ROWS = 256;
    private static final long BATCH_BYTES = 1 << 13;

    private final List<SqlType> types;
    private final int depth;
    private final SpillFile file;
    private final Batch[] pending = new Batch[PARTITIONS];
    private final long[] pendingBytes = new long[PARTITIONS];
    private final List<List<Long>> places = new ArrayList<>();
    private final long[] rows = new long[PARTITIONS];

    /// Empty partitions.
    ///
    /// @param depth how often these rows have been divided before
    public PartitionedRows(List<SqlType> types, TempSpace space, int depth) {
        this.types = types;
        this.depth = depth;
        this.file = space.create();
        for (int p = 0; p < PARTITIONS; p++) {
            Vector[] columns = new Vector[types.size()];
            for (int c = 0; c < columns.length; c++) {
                columns[c] = Vector.of(types.get(c), 16);
            }
            pending[p] = new Batch(columns, 0);
            places.add(new ArrayList<>());
        }
    }

    /// How often these rows had been divided before.
    public int depth() {
        return depth;
    }

    /// The partition of a hash.
    public int partitionOf(long hash) {
        return (int) (hash >>> (64 - BITS * (depth + 1))) & (PARTITIONS - 1);
    }

    /// Adds a row.
    public void add(Batch batch, int row, long hash) {
        int p = partitionOf(hash);
        Batch target = pending[p];
        int at = target.rows();
        for (int c = 0; c < types.size(); c++) {
            Vector source = batch.column(c);
            Vector column = target.column(c);
            column.ensure(at + 1);
            if (source instanceof BytesVector b && !b.isNull(row)) {
                // The source's bytes may be reused once it moves on: they are copied here, then again
                // into the file.
                column.clearNull(at);
                ((BytesVector) column).set(at, b.get(row));
                pendingBytes[p] += b.length[b.at(row)];
            } else {
                column.copyFrom(source, row, at);
            }
        }
        target.setRows(at + 1);
        pendingBytes[p] += 8L * types.size();
        rows[p]++;
        if (at + 1 == BATCH_ROWS || pendingBytes[p] >= BATCH_BYTES) {
            write(p);
        }
    }

    private void write(int p) {
        Batch batch = pending[p];
        if (batch.rows() > 0) {
            places.get(p).add(file.append(batch, 0, batch.rows()));
            batch.setRows(0);
            Arrays.stream(batch.columns()).forEach(Vector::reset);
            pendingBytes[p] = 0;
        }
    }

    /// Ends adding; the rows can be read.
    public void finish() {
        for (int p = 0; p < PARTITIONS; p++) {
            write(p);
        }
        file.flush();
    }

    /// Rows of a partition.
    public long rows(int partition) {
        return rows[partition];
    }

    /// A reader of a partition's batches, in the order they were added.
    public Reader read(int partition) {
        return new Reader(places.get(partition));
    }

    @Override
    public void close() {
        file.close();
    }

    /// Goes over the batches of one partition.
    public final class Reader {
        private final List<Long> batches;
        private int next;

        private Reader(List<Long> batches) {
            this.batches = batches;
        }

        /// The next batch, or null at the end.
        public @Nullable Batch next() {
            if (next >= batches.size()) {
                return null;
            }
            next++;
            return file.readOne(batches.get(next - 1), types);
        }
    }
}
