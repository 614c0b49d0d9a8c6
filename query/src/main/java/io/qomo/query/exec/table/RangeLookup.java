package io.qomo.query.exec.table;

import io.qomo.base.vector.Batch;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.EntryDecoder;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.txn.ReadMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks rows up by ranges of an index; rows that index entries point to are read together for many input
/// rows.
public final class RangeLookup implements Lookup {
    private static final int BATCH_ROWS = 256;
    private static final long BATCH_BYTES = 1 << 20;

    private final ExecContext context;
    private final TableLayout layout;
    private final IndexLayout index;
    private final RangeEncoder encoder;
    private final ScanSource source;
    private final @Nullable EntryDecoder entries;
    private final boolean isLookup;
    private final TableRows rows;
    private final int[] leftRows = new int[BATCH_ROWS];
    private final byte[][] handles = new byte[BATCH_ROWS][];
    private @Nullable Batch input;
    private int row;
    private boolean isScanning;

    /// @param ranges over the input
    /// @param lookup whether the table must be read for each entry of a secondary index
    public RangeLookup(ScanOutput output, IndexLayout index, List<KeyRange> ranges, boolean lookup, boolean reverse) {
        this.context = output.context();
        this.layout = output.layout();
        this.index = index;
        this.encoder = new RangeEncoder(index, ranges, context);
        this.source = new ScanSource(reverse);
        int[] ordinals = output.ordinalArray();
        EntryDecoder decoder = index.index().isPrimary() ? null : new EntryDecoder(layout, index, ordinals);
        this.entries = decoder;
        this.isLookup = decoder != null && (lookup || !decoder.isCovering());
        this.rows = decoder == null || isLookup
                ? output.newRows()
                : TableRows.ofEntries(layout, ordinals, output.withHandle());
    }

    @Override
    public void open() {
        encoder.reset();
    }

    @Override
    public void start(Batch batch) {
        input = batch;
        row = 0;
        isScanning = false;
        encoder.evaluate(batch);
    }

    @Override
    public @Nullable Batch next() {
        Batch all = input;
        if (all == null) {
            return null;
        }
        rows.clear(BATCH_ROWS);
        int n = 0;
        while (n < BATCH_ROWS && row < all.rows() && rows.sizeBytes() < BATCH_BYTES) {
            if (!isScanning) {
                source.start(context.transaction(), encoder.ranges(row), ReadMode.SNAPSHOT);
                isScanning = true;
            }
            KvCursor c = source.advance();
            if (c == null) {
                isScanning = false;
                row++;
                continue;
            }
            leftRows[n] = row;
            read(c, n);
            n++;
        }
        if (isLookup && n > 0) {
            readHandles(n);
        }
        return n == 0 ? null : rows.finish();
    }

    private void read(KvCursor c, int n) {
        EntryDecoder decoder = entries;
        byte[] key = c.keyBuffer();
        byte[] value = c.valueBuffer();
        if (decoder == null) {
            rows.addCopy(key, c.keyOffset(), c.keyLength(), value, c.valueOffset(), c.valueLength());
        } else if (isLookup) {
            handles[n] = decoder.handle(key, c.keyOffset(), c.keyLength(), value, c.valueOffset(), c.valueLength());
        } else {
            rows.addEntry(decoder, key, c.keyOffset(), c.keyLength(), value, c.valueOffset(), c.valueLength());
        }
    }

    private void readHandles(int n) {
        byte[][] wanted = Arrays.copyOf(handles, n);
        byte[] @Nullable [] values = context.transaction().multiGet(wanted);
        for (int i = 0; i < n; i++) {
            byte[] value = values[i];
            if (value == null) {
                throw LockingScan.strayEntry(layout, index);
            }
            rows.add(wanted[i], value);
        }
    }

    @Override
    public int[] leftRows() {
        return leftRows;
    }

    @Override
    public int completed() {
        return row;
    }

    @Override
    public void close() {
        input = null;
        source.close();
        encoder.reset();
        rows.release();
        Arrays.fill(handles, null);
    }
}
