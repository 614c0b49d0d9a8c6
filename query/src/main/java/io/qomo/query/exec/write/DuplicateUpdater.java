package io.qomo.query.exec.write;

import io.qomo.base.error.Check;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.ViewCheck;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// ON DUPLICATE KEY UPDATE: changes the row that is in the way. The assignments see the existing row's
/// columns, then the new row's, then the source's columns beyond the table's. Owned by the statement's
/// thread.
final class DuplicateUpdater {
    private final ExecContext context;
    private final TableWriter writer;
    private final List<Assignment> assignments;
    private final RowChanger changer;
    private final RowImage image;
    private final int width;

    DuplicateUpdater(ExecContext context, TableWriter writer, List<Assignment> assignments, List<ViewCheck> checks) {
        this.context = context;
        this.writer = writer;
        this.assignments = assignments;
        this.width = writer.layout().width();
        List<Integer> positions = IntStream.range(0, width).boxed().toList();
        this.changer = new RowChanger(context, writer.bound(), positions, assignments, checks, context.isStrictWrite());
        this.image = new RowImage(context, writer);
    }

    /// Updates the row in the way of a new one; true if that changed anything.
    ///
    /// @param rowNumber of the new row in the statement, for messages
    boolean update(Conflict conflict, Batch source, Vector[] rows, int r, long rowNumber) {
        if (assignments.isEmpty()) {
            return false;
        }
        byte[] value = writer.lock(conflict.handle());
        if (value == null) {
            Check.that(false, "a unique entry stands for a row");
            return false;
        }
        Vector[] existing = image.read(conflict.handle(), value);
        int extra = Math.max(0, source.width() - width);
        Vector[] columns = new Vector[2 * width + extra];
        System.arraycopy(existing, 0, columns, 0, width);
        for (int i = 0; i < width; i++) {
            columns[width + i] = single(rows[i], r);
        }
        for (int i = 0; i < extra; i++) {
            columns[2 * width + i] = single(source.column(width + i), r);
        }
        changer.apply(new Batch(columns, 1), rowNumber);
        if (!changer.isChanged(0)) {
            return false;
        }
        changer.check(0);
        Cascade cascade = Cascade.start(writer.bound().table().id());
        Conflict other =
                writer.update(conflict.handle(), changer.old(), 0, changer.now(), 0, changer.changed(), cascade);
        if (other != null) {
            throw DuplicateKey.error(writer, other.index(), changer.now(), 0, context);
        }
        return true;
    }

    /// The row updated last, or found to have its values; null if there is nothing to set.
    Vector @Nullable [] now() {
        return assignments.isEmpty() ? null : changer.now();
    }

    private static Vector single(Vector source, int row) {
        Vector one = Vector.of(source.type(), 1);
        one.copyFrom(source, row, 0);
        return one;
    }
}
