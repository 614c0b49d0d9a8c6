package io.qomo.query.eval;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Gathers the rows of a batch an expression is to be evaluated for; only the columns it reads.
final class RowSelector {
    private static final Vector ABSENT = LongVector.constant(SqlType.NULL, 0);

    private final int[] columns;
    private final @Nullable Vector[] gathered;
    private @Nullable Batch batch;

    RowSelector(Expr expr) {
        BitSet read = ExprWalker.columns(expr);
        columns = read.stream().toArray();
        gathered = new Vector[columns.length];
    }

    /// A batch of the rows; valid until the next call. Columns not read are absent.
    Batch select(Batch input, int[] rows, int count) {
        Batch target = batch;
        if (target == null || target.width() != input.width()) {
            Vector[] all = new Vector[input.width()];
            java.util.Arrays.fill(all, ABSENT);
            target = new Batch(all, 0);
            batch = target;
        }
        for (int i = 0; i < columns.length; i++) {
            Vector source = input.column(columns[i]);
            if (source.isConstant()) {
                target.setColumn(columns[i], source);
                continue;
            }
            Vector own = gathered[i];
            if (own == null || own.type() != source.type()) {
                own = Vector.of(source.type(), count);
                gathered[i] = own;
            }
            own.gather(source, rows, count);
            target.setColumn(columns[i], own);
        }
        target.setRows(count);
        return target;
    }
}
