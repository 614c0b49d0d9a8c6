package io.qomo.query.exec.write;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.table.ScanOutput;
import io.qomo.query.exec.table.TableRows;
import io.qomo.query.expr.Expr;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One stored row with all its columns, and a changed copy of it. Owned by one thread; holds one row at a
/// time.
final class RowImage {
    private final ExecContext context;
    private final TableWriter writer;
    private final TableRows rows;
    private final Vector[] changed;
    private final boolean[] changes;
    private Vector[] current = {};

    RowImage(ExecContext context, TableWriter writer) {
        this.context = context;
        this.writer = writer;
        TableLayout layout = writer.layout();
        List<Integer> all = IntStream.range(0, layout.width()).boxed().toList();
        this.rows = new ScanOutput(context, layout, all, false).newRows();
        this.changed = new Vector[layout.width()];
        this.changes = new boolean[layout.width()];
    }

    /// Decodes a row; its columns by ordinal, at index 0.
    Vector[] read(byte[] handle, byte[] value) {
        rows.clear(1);
        rows.add(handle, value);
        Batch batch = rows.finish();
        current = batch.columns();
        return current;
    }

    /// Begins a changed copy equal to the row read.
    void startChange() {
        System.arraycopy(current, 0, changed, 0, changed.length);
        Arrays.fill(changes, false);
    }

    /// Sets a column of the copy to the value of a vector, or to NULL.
    void set(int ordinal, @Nullable Vector value, int at) {
        SqlType type = writer.layout().types().get(ordinal);
        Vector own = Vector.of(type, 1);
        if (value == null || value.isNull(at)) {
            own.setNull(0);
        } else {
            own.copyFrom(value, at, 0);
        }
        changes[ordinal] |= !RowValues.same(own, 0, current[ordinal], 0);
        changed[ordinal] = own;
    }

    /// The copy, generated columns computed anew.
    Vector[] changed() {
        List<@Nullable Expr> generated = writer.bound().generated();
        Batch batch = new Batch(changed, 1);
        for (int i = 0; i < changed.length; i++) {
            Expr expression = generated.get(i);
            if (expression != null) {
                Vector value = Evaluator.compile(expression, context).evaluate(batch);
                Vector own = Vector.of(writer.layout().types().get(i), 1);
                ColumnValues.assign(writer.bound().table().name(), value, 1, own, writer.column(i), 1, context);
                changes[i] = !RowValues.same(own, 0, current[i], 0);
                changed[i] = own;
            }
        }
        return changed;
    }

    /// Per ordinal whether the copy differs; after [#changed].
    boolean[] changes() {
        return changes;
    }
}
