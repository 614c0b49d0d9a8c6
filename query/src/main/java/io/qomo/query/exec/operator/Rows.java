package io.qomo.query.exec.operator;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.OutputColumn;
import java.util.List;

/// Small things operators share.
final class Rows {
    private Rows() {}

    /// The types of a plan's output.
    static List<SqlType> types(PhysicalPlan plan) {
        return plan.props().columns().stream().map(OutputColumn::type).toList();
    }

    /// An empty batch of own vectors.
    static Batch newBatch(List<SqlType> types) {
        Vector[] columns = new Vector[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = Vector.of(types.get(c), 1);
        }
        return new Batch(columns, 0);
    }

    /// Empties a batch of own vectors and makes room.
    static void clear(Batch batch, int capacity) {
        for (Vector column : batch.columns()) {
            column.reset();
            column.ensure(capacity);
        }
        batch.setRows(0);
    }

    /// Copies a value; a NULL of any type may stand for a NULL of the target's.
    static void copyValue(Vector source, int row, Vector target, int index) {
        if (source.isNull(row)) {
            target.setNull(index);
        } else {
            target.copyFrom(source, row, index);
        }
    }
}
