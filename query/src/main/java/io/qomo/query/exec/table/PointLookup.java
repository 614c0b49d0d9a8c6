package io.qomo.query.exec.table;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.expr.Expr;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks rows up by whole keys of a unique index, those of many input rows in one read.
public final class PointLookup implements Lookup {
    private static final int BATCH_KEYS = 256;

    private final KeyEncoder encoder;
    private final PointReader reader;
    private byte[][] wanted = new byte[BATCH_KEYS][];
    private int[] wantedBy = new int[BATCH_KEYS];
    private int[] leftRows = new int[BATCH_KEYS];
    private @Nullable Batch input;
    private int completed;

    /// @param keys over the input
    public PointLookup(ScanOutput output, IndexLayout index, List<List<Expr>> keys) {
        this.encoder = new KeyEncoder(index, keys, output.context());
        this.reader = new PointReader(output, index, null);
    }

    @Override
    public void open() {
        encoder.reset();
    }

    @Override
    public void start(Batch rows) {
        input = rows;
        completed = 0;
        encoder.evaluate(rows);
    }

    @Override
    public @Nullable Batch next() {
        Batch rows = input;
        if (rows == null || completed >= rows.rows()) {
            return null;
        }
        int n = 0;
        while (completed < rows.rows() && n < BATCH_KEYS) {
            byte[][] keys = encoder.distinct(completed);
            if (n + keys.length > wanted.length) {
                wanted = Arrays.copyOf(wanted, n + keys.length);
                wantedBy = Arrays.copyOf(wantedBy, wanted.length);
            }
            for (byte[] key : keys) {
                wanted[n] = key;
                wantedBy[n] = completed;
                n++;
            }
            completed++;
        }
        if (n == 0) {
            return null;
        }
        reader.read(wanted, 0, n);
        TableRows found = reader.rows();
        if (leftRows.length < found.rows()) {
            leftRows = new int[found.rows()];
        }
        for (int i = 0; i < found.rows(); i++) {
            leftRows[i] = wantedBy[reader.origin()[i]];
        }
        return found.rows() == 0 ? null : found.finish();
    }

    @Override
    public int[] leftRows() {
        return leftRows;
    }

    @Override
    public int completed() {
        return completed;
    }

    @Override
    public void close() {
        input = null;
        encoder.reset();
        reader.release();
    }
}
