package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.table.KeyEncoder;
import io.qomo.query.exec.table.PointReader;
import io.qomo.query.exec.table.RowFilter;
import io.qomo.query.exec.table.ScanOutput;
import io.qomo.query.plan.PhysicalPlan.PointGet;
import org.jspecify.annotations.Nullable;

/// Reads rows by whole unique keys, in key order, each row once however often its key is named.
final class PointGetOperator implements Operator {
    private static final int BATCH_ROWS = 256;

    private final ExecContext context;
    private final KeyEncoder encoder;
    private final PointReader reader;
    private final RowFilter filter;
    private final Batch noInput = new Batch(new Vector[0], 1);
    private byte[][] keys = {};
    private int next;
    private boolean isStarted;

    PointGetOperator(ExecContext context, PointGet plan) {
        this.context = context;
        TableLayout layout = context.layout(plan.table());
        this.encoder = new KeyEncoder(layout.index(plan.index()), plan.keys(), context);
        ScanOutput output = new ScanOutput(context, layout, plan.ordinals(), plan.withHandle());
        this.reader = new PointReader(output, layout.index(plan.index()), plan.lock());
        this.filter = new RowFilter(plan.filter(), context);
    }

    @Override
    public void open() {
        encoder.reset();
        filter.reset();
        next = 0;
        isStarted = false;
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        if (!isStarted) {
            isStarted = true;
            encoder.evaluate(noInput);
            keys = encoder.distinct(0);
        }
        while (next < keys.length) {
            int count = Math.min(BATCH_ROWS, keys.length - next);
            reader.read(keys, next, count);
            next += count;
            Batch batch = filter.apply(reader.rows());
            if (batch.rows() > 0) {
                return batch;
            }
            context.checkInterrupted();
        }
        return null;
    }

    @Override
    public void close() {
        keys = new byte[0][];
        isStarted = true;
        reader.release();
        encoder.reset();
        filter.reset();
    }
}
