package io.qomo.query.exec.table;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.RowEncoder;
import io.qomo.query.exec.layout.TableLayout;

/// Makes the entry a stored row has in an index. Owned by one thread.
public final class EntryMaker {
    private final IndexLayout index;
    private final RowEncoder encoder;
    private final TableRows rows;
    private final int[] ordinals;
    private final Vector[] byOrdinal;

    /// For the entries of one index.
    public EntryMaker(ExecContext context, TableLayout layout, IndexLayout index) {
        this.index = index;
        this.encoder = new RowEncoder(layout);
        this.ordinals = new int[index.partCount()];
        for (int p = 0; p < ordinals.length; p++) {
            ordinals[p] = index.ordinal(p);
        }
        this.rows = new TableRows(context, layout, ordinals, false);
        this.byOrdinal = new Vector[layout.width()];
    }

    /// The key of the row's entry.
    public byte[] entryKey(byte[] handle, byte[] value) {
        rows.clear(1);
        rows.add(handle, value);
        Batch batch = rows.finish();
        for (int p = 0; p < ordinals.length; p++) {
            byOrdinal[ordinals[p]] = batch.column(p);
        }
        return encoder.entryKey(index, byOrdinal, 0, handle);
    }
}
