package io.qomo.query.exec.write;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.error.Check;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.RowEncoder;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.rows.RowSorter;
import io.qomo.query.exec.table.ByteRange;
import io.qomo.query.exec.table.ScanOutput;
import io.qomo.query.exec.table.ScanSource;
import io.qomo.query.exec.table.TableRows;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.ReadMode;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Fills a new index while the table is read and written.
///
/// ```
/// 1. the index becomes WRITE_ONLY; the caller waits until no transaction uses an older version of the table
/// 2. fill: entries of all rows of a snapshot taken now are sorted, checked for uniqueness and loaded; keys that
///    writers have touched since keep what the writers made of them
/// 3. verify, in a transaction begun after 2, for unique indexes only: every row is the one its entry stands for.
///    A writer may have given a row a key that an older row of the snapshot had as well: neither saw the other.
///    If the writer's row is gone again, the older row has no entry: it is entered now
/// 4. the index becomes PUBLIC
/// ```
/// Errors: DUPLICATE_ENTRY, QUERY_INTERRUPTED. Owned by one thread.
public final class IndexBackfill {
    private static final int BATCH_ROWS = 512;
    private static final long BATCH_BYTES = 1 << 20;
    private static final SqlType BYTES = SqlType.varbinary(Integer.MAX_VALUE);

    private final ExecContext context;
    private final TableDef table;
    private final TableLayout layout;
    private final IndexLayout index;
    private final RowEncoder encoder;
    private final int[] ordinals;
    private final Vector[] byOrdinal;
    private final TableRows rows;
    private volatile long rowsRead;

    /// For one index of a table.
    ///
    /// @param context of the transaction whose snapshot is read; closed by the caller
    public IndexBackfill(ExecContext context, TableDef table, int indexId) {
        this.context = context;
        this.table = table;
        this.layout = context.layout(table);
        this.index = layout.index(indexId);
        this.encoder = new RowEncoder(layout);
        this.ordinals = IntStream.range(0, index.partCount())
                .map(index::ordinal)
                .distinct()
                .toArray();
        this.byOrdinal = new Vector[layout.width()];
        List<Integer> wanted = Arrays.stream(ordinals).boxed().toList();
        this.rows = new ScanOutput(context, layout, wanted, true).newRows();
    }

    /// Rows read so far, for progress; any thread may ask.
    public long rowsRead() {
        return rowsRead;
    }

    /// Loads the entries of all rows of the transaction's snapshot; returns how many there were. Quicker if the
    /// snapshot
    /// is not taken yet: then writers' entries can be noted from before it on, and need not be looked up.
    public long fill(BulkLoader loader) {
        BulkLoader.Changes changes =
                context.transaction().hasSnapshot() ? null : loader.changes(index.prefix(), index.end());
        try (changes;
                RowSorter sorter = RowSorter.withKeys(
                        List.of(BYTES), context.temp(), context.memory(), context::checkInterrupted);
                BulkLoader.Load load = begin(loader, changes)) {
            scan(batch -> sortEntries(batch, sorter));
            sorter.sort();
            byte[] last = {};
            long count = 0;
            for (Batch batch = sorter.next(BATCH_ROWS); batch != null; batch = sorter.next(BATCH_ROWS)) {
                BytesVector values = (BytesVector) batch.column(0);
                BytesVector keys = (BytesVector) batch.column(1);
                for (int r = 0; r < batch.rows(); r++) {
                    byte[] key = keys.get(r);
                    byte[] value = values.get(r);
                    if (value.length > 0 && Arrays.equals(key, last)) {
                        throw duplicate(value);
                    }
                    load.add(key, value);
                    last = key;
                    count++;
                }
            }
            load.finish();
            return count;
        } finally {
            rows.release();
        }
    }

    private BulkLoader.Load begin(BulkLoader loader, BulkLoader.@Nullable Changes changes) {
        long asOf = context.transaction().snapshot();
        return changes == null ? loader.begin(asOf) : loader.begin(asOf, changes);
    }

    private void sortEntries(Batch batch, RowSorter sorter) {
        Batch entry = new Batch(new Vector[] {new BytesVector(BYTES, 1)}, 1);
        BytesVector handles = (BytesVector) batch.column(batch.width() - 1);
        for (int r = 0; r < batch.rows(); r++) {
            byte[] handle = handles.get(r);
            byte[] key = encoder.entryKey(index, byOrdinal, r, handle);
            ((BytesVector) entry.column(0)).set(0, RowEncoder.entryValue(index, byOrdinal, r, handle));
            sorter.add(entry, 0, key, key.length);
        }
    }

    /// Checks that the entry of every row stands for that row, in a snapshot taken after [#fill]; for
    /// unique indexes.
    ///
    /// @param onMissing is told the handles of rows without an entry, for [#enter]: another row had their key for a
    ///     while, so that the filling left it alone, and is gone
    public void verify(Consumer<byte[]> onMissing) {
        try {
            scan(batch -> verify(batch, onMissing));
        } finally {
            rows.release();
        }
    }

    /// Enters a row as it is now, in the context's transaction, unless it has its entry or is gone.
    public void enter(byte[] handle) {
        Transaction transaction = context.transaction();
        byte[] value =
                transaction.lock(handle, LockMode.EXCLUSIVE, WaitPolicy.WAIT).value();
        if (value == null) {
            return;
        }
        rows.clear(1);
        rows.add(handle, value);
        bind(rows.finish());
        byte[] key = encoder.entryKey(index, byOrdinal, 0, handle);
        byte[] entry = RowEncoder.entryValue(index, byOrdinal, 0, handle);
        byte[] found =
                transaction.lock(key, LockMode.EXCLUSIVE, WaitPolicy.WAIT).value();
        if (found == null) {
            transaction.insert(key, entry);
        } else if (!Arrays.equals(found, entry)) {
            throw DuplicateKey.error(table, index, byOrdinal, 0, context);
        }
    }

    private void verify(Batch batch, Consumer<byte[]> onMissing) {
        int n = batch.rows();
        byte[][] keys = new byte[n][];
        int[] rowOf = new int[n];
        int count = 0;
        BytesVector handles = (BytesVector) batch.column(batch.width() - 1);
        for (int r = 0; r < n; r++) {
            if (RowEncoder.isUniqueEntry(index, byOrdinal, r)) {
                keys[count] = encoder.entryKey(index, byOrdinal, r, handles.get(r));
                rowOf[count] = r;
                count++;
            }
        }
        byte[] @Nullable [] found = context.transaction().multiGet(Arrays.copyOf(keys, count));
        for (int i = 0; i < count; i++) {
            byte[] handle = handles.get(rowOf[i]);
            byte[] entry = found[i];
            int prefix = KeyWriter.INDEX_PREFIX_BYTES;
            if (entry == null) {
                onMissing.accept(handle);
            } else if (!Arrays.equals(entry, 0, entry.length, handle, prefix, handle.length)) {
                throw DuplicateKey.error(table, index, byOrdinal, rowOf[i], context);
            }
        }
    }

    private RuntimeException duplicate(byte[] entryValue) {
        byte[] handle = layout.handle(entryValue, 0, entryValue.length);
        byte[] value = context.transaction().get(handle);
        Check.that(value != null, "an entry of a snapshot stands for a row");
        rows.clear(1);
        rows.add(handle, value == null ? new byte[0] : value);
        bind(rows.finish());
        return DuplicateKey.error(table, index, byOrdinal, 0, context);
    }

    private interface BatchConsumer {
        void accept(Batch batch);
    }

    private void scan(BatchConsumer consumer) {
        IndexLayout primary = layout.primary();
        try (ScanSource source = new ScanSource(false)) {
            ByteRange all = new ByteRange(primary.prefix(), primary.end());
            source.start(context.transaction(), List.of(all), ReadMode.SNAPSHOT);
            boolean more = true;
            while (more) {
                context.checkInterrupted();
                rows.clear(BATCH_ROWS);
                more = source.fillRows(rows, BATCH_ROWS, BATCH_BYTES);
                Batch batch = rows.finish();
                if (batch.rows() > 0) {
                    bind(batch);
                    consumer.accept(batch);
                    rowsRead += batch.rows();
                }
            }
        }
    }

    private void bind(Batch batch) {
        for (int i = 0; i < ordinals.length; i++) {
            byOrdinal[ordinals[i]] = batch.column(i);
        }
    }
}
