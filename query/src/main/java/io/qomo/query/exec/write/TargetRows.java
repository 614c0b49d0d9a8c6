package io.qomo.query.exec.write;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.rows.KeyTable;
import io.qomo.query.exec.rows.MemoryBudget;
import io.qomo.query.exec.rows.RowKeys;
import org.jspecify.annotations.Nullable;

/// The rows of a source that are to be changed in one target: those with a handle (an outer join may give
/// none), each row of the table once however often it was joined. Owned by the statement's thread.
final class TargetRows implements AutoCloseable {
    private final int handle;
    private final @Nullable KeyTable seen;
    private final MemoryBudget budget;
    private int[] selection = new int[64];

    /// @param handle position of the handle
    /// @param mayRepeat whether one row of the table may come several times
    TargetRows(ExecContext context, int handle, boolean mayRepeat) {
        this.handle = handle;
        this.seen = mayRepeat ? new KeyTable() : null;
        this.budget = new MemoryBudget(context.memory());
    }

    /// A batch, with vectors of its own, of the rows that are to be changed; null if there are none.
    @Nullable Batch select(Batch source) {
        if (selection.length < source.rows()) {
            selection = new int[source.rows()];
        }
        BytesVector handles = (BytesVector) source.column(handle);
        int count = 0;
        for (int r = 0; r < source.rows(); r++) {
            if (!handles.isNull(r) && isNew(handles, r)) {
                selection[count] = r;
                count++;
            }
        }
        if (count == 0) {
            return null;
        }
        Vector[] columns = new Vector[source.width()];
        for (int c = 0; c < columns.length; c++) {
            Vector column = source.column(c);
            columns[c] = Vector.of(column.type(), column.isConstant() ? 1 : count);
            columns[c].gather(column, selection, count);
        }
        return new Batch(columns, count);
    }

    private boolean isNew(BytesVector handles, int row) {
        KeyTable keys = seen;
        if (keys == null) {
            return true;
        }
        byte[] key = handles.get(row);
        int before = keys.size();
        boolean isNew = keys.add(key, key.length, RowKeys.hash(key, 0, key.length)) == before;
        if (isNew && (before & 255) == 0) {
            budget.hold(keys.sizeBytes());
        }
        return isNew;
    }

    @Override
    public void close() {
        budget.close();
    }
}
