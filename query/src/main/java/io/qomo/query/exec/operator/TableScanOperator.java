package io.qomo.query.exec.operator;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.layout.EntryDecoder;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.table.ByteRange;
import io.qomo.query.exec.table.LockingScan;
import io.qomo.query.exec.table.RangeEncoder;
import io.qomo.query.exec.table.RowFilter;
import io.qomo.query.exec.table.ScanOutput;
import io.qomo.query.exec.table.ScanSource;
import io.qomo.query.exec.table.TableRows;
import io.qomo.query.plan.PhysicalPlan.TableScan;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.txn.ReadMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads ranges of an index: rows of the table itself, entries that hold all that is wanted, or entries
/// whose rows are looked up in batches. Batches begin small and grow, so that a LIMIT above reads little
/// more than it needs.
final class TableScanOperator implements Operator {
    private static final int FIRST_ROWS = 64;
    private static final long BATCH_BYTES = 1 << 20;

    private final ExecContext context;
    private final TableScan plan;
    private final TableLayout layout;
    private final IndexLayout index;
    private final RangeEncoder encoder;
    private final Batch noInput = new Batch(new Vector[0], 1);
    private final ScanSource source;
    private final RowFilter filter;
    private final @Nullable EntryDecoder entries;
    private final boolean isLookup;
    private final TableRows rows;
    private final @Nullable LockingScan locking;
    private final boolean isOneByOne;
    private boolean isStarted;
    private boolean isExhausted;
    private int batchRows;

    TableScanOperator(ExecContext context, TableScan plan) {
        this.context = context;
        this.plan = plan;
        this.layout = context.layout(plan.table());
        this.index = layout.index(plan.index());
        this.encoder = new RangeEncoder(index, plan.ranges(), context);
        this.source = new ScanSource(plan.reverse());
        this.filter = new RowFilter(plan.filter(), context);
        // What sets variables must not run ahead of what reads them, nor beyond a LIMIT.
        this.isOneByOne = plan.filter() != null && ExprWalker.assignsVariable(plan.filter());
        ScanOutput output = new ScanOutput(context, layout, plan.ordinals(), plan.withHandle());
        int[] ordinals = output.ordinalArray();
        EntryDecoder decoder = plan.index() == 0 ? null : new EntryDecoder(layout, index, ordinals);
        this.entries = decoder;
        this.isLookup = decoder != null && (plan.lookup() || plan.lock() != null || !decoder.isCovering());
        this.rows = decoder == null || isLookup
                ? output.newRows()
                : TableRows.ofEntries(layout, ordinals, plan.withHandle());
        this.locking = plan.lock() == null
                ? null
                : new LockingScan(
                        context, layout, index, decoder, source, plan.lock(), output, filter, plan.limitHint());
    }

    @Override
    public void open() {
        close();
        encoder.reset();
        filter.reset();
        isStarted = false;
        isExhausted = false;
        long hint = plan.limitHint();
        batchRows = isOneByOne ? 1 : hint > 0 && hint < Vector.BATCH_ROWS ? (int) hint : FIRST_ROWS;
    }

    private void start() {
        isStarted = true;
        encoder.evaluate(noInput);
        List<ByteRange> ranges = encoder.ranges(0);
        if (ranges.isEmpty()) {
            isExhausted = true;
            return;
        }
        source.start(context.transaction(), ranges, plan.lock() == null ? ReadMode.SNAPSHOT : ReadMode.LATEST);
        if (locking != null) {
            locking.start();
        }
    }

    @Override
    public @Nullable Batch next() {
        context.checkInterrupted();
        if (!isStarted) {
            start();
        }
        if (isExhausted) {
            return null;
        }
        LockingScan lockingRows = locking;
        if (lockingRows != null) {
            return lockingRows.next();
        }
        while (!isExhausted) {
            rows.clear(batchRows);
            isExhausted = !fill();
            batchRows = nextBatchRows();
            Batch batch = filter.apply(rows);
            if (batch.rows() > 0) {
                return batch;
            }
            context.checkInterrupted();
        }
        return null;
    }

    private int nextBatchRows() {
        if (isOneByOne) {
            return 1;
        }
        long bytes = rows.sizeBytes();
        return bytes > BATCH_BYTES
                ? (int) Math.max(1, batchRows * BATCH_BYTES / bytes)
                : Math.min(Vector.BATCH_ROWS, batchRows * 4);
    }

    private boolean fill() {
        EntryDecoder decoder = entries;
        if (decoder == null) {
            return source.fillRows(rows, batchRows, BATCH_BYTES);
        }
        return isLookup ? lookup(decoder) : source.fillEntries(rows, decoder, batchRows, BATCH_BYTES);
    }

    private boolean lookup(EntryDecoder decoder) {
        byte[][] handles = new byte[batchRows][];
        int n = 0;
        while (n < handles.length) {
            KvCursor c = source.advance();
            if (c == null) {
                break;
            }
            handles[n] = decoder.handle(
                    c.keyBuffer(), c.keyOffset(), c.keyLength(), c.valueBuffer(), c.valueOffset(), c.valueLength());
            n++;
        }
        boolean more = n == handles.length;
        byte[][] wanted = more ? handles : java.util.Arrays.copyOf(handles, n);
        byte[] @Nullable [] values = context.transaction().multiGet(wanted);
        for (int i = 0; i < n; i++) {
            byte[] value = values[i];
            if (value == null) {
                throw LockingScan.strayEntry(layout, index);
            }
            rows.add(wanted[i], value);
        }
        return more;
    }

    @Override
    public void close() {
        source.close();
        rows.release();
        if (locking != null) {
            locking.release();
        }
        filter.reset();
        isExhausted = true;
        isStarted = true;
    }
}
