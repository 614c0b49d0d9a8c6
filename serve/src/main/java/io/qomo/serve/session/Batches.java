package io.qomo.serve.session;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;

/// Parts of batches.
final class Batches {
    private Batches() {}

    /// Some adjacent rows of a batch, copied.
    static Batch slice(Batch batch, int from, int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
        }
        Vector[] columns = new Vector[batch.width()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(batch.column(c).type(), Math.max(1, count));
            columns[c].gather(batch.column(c), rows, count);
        }
        return new Batch(columns, count);
    }

    /// A value of a batch as a constant vector of its own.
    static Vector constant(Vector column, int row) {
        Vector value = Vector.of(column.type(), 1);
        value.copyFrom(column, row, 0);
        value.setConstant(true);
        return value;
    }
}
