package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Makes batches of selected rows of other batches, all with the same columns; the result is valid until
/// the next call.
final class Gatherer {
    private @Nullable Batch out;
    private @Nullable Vector[] own = new Vector[0];

    Batch gather(Batch batch, int[] selection, int count) {
        Batch target = out;
        if (target == null) {
            own = new Vector[batch.width()];
            target = new Batch(new Vector[batch.width()], 0);
            out = target;
        }
        for (int c = 0; c < batch.width(); c++) {
            Vector source = batch.column(c);
            if (source.isConstant()) {
                target.setColumn(c, source);
                continue;
            }
            Vector mine = own[c];
            if (mine == null) {
                mine = Vector.of(source.type(), count);
                own[c] = mine;
            }
            mine.gather(source, selection, count);
            target.setColumn(c, mine);
        }
        target.setRows(count);
        return target;
    }
}
