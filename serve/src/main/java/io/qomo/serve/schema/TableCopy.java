package io.qomo.serve.schema;

import io.qomo.base.vector.Batch;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.table.ScanOutput;
import io.qomo.query.exec.table.TableRows;
import io.qomo.query.exec.write.CopyWriter;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.store.replica.mvcc.ChangedKeys;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies the rows of a table into its new form, converting and checking as INSERT does, in transactions of a few
/// MiB, while others go on writing to the table; nobody knows the new form yet.
///
/// ```
/// copy      begin to note written keys · take snapshot S0 · copy all rows of S0
/// catchUp   take snapshot Sn · for every key written since Sn-1: take the copy of the row at Sn-1 out,
///           put a copy of the row at Sn in                                    repeated until little is left
/// ```
/// The last catchUp comes when nobody writes any more; then the copy equals the table. Owned by the statement's thread.
final class TableCopy implements AutoCloseable {
    private static final long BYTES_PER_COMMIT = 4 << 20;
    /// Changed rows read at once, fewer where they are large.
    private static final int MAX_KEYS_PER_READ = 64;
    private static final long BYTES_PER_READ = 1 << 20;
    /// So few changes are left to the moment in which writers wait.
    private static final int FEW_CHANGES = 1000;
    /// After so many rounds writers are as fast as the copy, and have to wait.
    private static final int MAX_ROUNDS = 20;

    private final DdlSession session;
    private final TableDef from;
    private final SqlMode mode;
    private final CopyColumns columns;
    private final BoundTable target;
    private final TableLayout layout;
    private final BulkLoader.Changes changes;
    private Transaction copied;
    private long rows;

    /// Nothing is copied yet, but from now on written keys are noted.
    TableCopy(DdlSession session, BulkLoader bulk, TableDef from, TableDef to) {
        this.session = session;
        this.from = from;
        this.mode = new SqlMode(session.sqlMode().bits() | SqlMode.NO_AUTO_VALUE_ON_ZERO);
        this.columns = new CopyColumns(from, to);
        this.target = session.bindTable(to);
        this.layout = new TableLayout(from);
        this.changes = bulk.changes(layout.primary().prefix(), layout.primary().end());
        this.copied = session.begin(true);
    }

    /// True if the table may be written while it is copied.
    static boolean isOnline(TableDef from, TableDef to) {
        return !from.temporary() && new CopyColumns(from, to).copiesKeys();
    }

    /// Copies all rows of a snapshot; returns how many.
    long copy() {
        copied.startStatement();
        ExecContext reading = session.context(copied, mode);
        ColumnValues values = new ColumnValues(session, reading);
        try (Operator scan = reading.compile(scan())) {
            scan.open();
            Batch batch = scan.next();
            while (batch != null) {
                try (Chunk chunk = new Chunk()) {
                    for (; batch != null && !chunk.isFull(); batch = scan.next()) {
                        session.checkInterrupted();
                        chunk.writer.insert(columns.arranged(batch, values), rows + 1);
                        rows += batch.rows();
                    }
                    chunk.commit();
                }
            }
            return rows;
        } finally {
            reading.close();
        }
    }

    /// Brings the copy up to date until few rows are behind; others may write meanwhile.
    void catchUpRoughly() {
        int changed = catchUp();
        for (int round = 1; round < MAX_ROUNDS && changed > FEW_CHANGES; round++) {
            changed = catchUp();
        }
    }

    /// Brings the copy up to a snapshot taken now; returns how many keys were looked at.
    int catchUp() {
        Transaction now = session.begin(true);
        try {
            now.startStatement();
            ChangedKeys.Taken taken = changes.take(now.snapshot());
            List<byte[]> keys = taken.isComplete()
                    ? taken.keys()
                    : SnapshotDifference.of(
                            copied,
                            now,
                            layout.primary().prefix(),
                            layout.primary().end(),
                            session::checkInterrupted);
            apply(keys, copied, CopyWriter::remove);
            apply(keys, now, (writer, batch) -> writer.insert(batch, 1));
            copied.close();
            copied = now;
            return keys.size();
        } catch (RuntimeException | Error e) {
            now.close();
            throw e;
        }
    }

    private interface Change {
        void apply(CopyWriter writer, Batch rows);
    }

    /// Applies a change to the copies of those of the keys that a snapshot has rows for.
    private void apply(List<byte[]> keys, Transaction snapshot, Change change) {
        ExecContext reading = session.context(snapshot, mode);
        try {
            ColumnValues values = new ColumnValues(session, reading);
            TableRows rowsOfKeys = new ScanOutput(reading, layout, columns.ordinals(), false).newRows();
            int at = 0;
            int atOnce = 1;
            while (at < keys.size()) {
                try (Chunk chunk = new Chunk()) {
                    while (at < keys.size() && !chunk.isFull()) {
                        session.checkInterrupted();
                        int end = Math.min(keys.size(), at + atOnce);
                        Batch batch = read(snapshot, keys.subList(at, end).toArray(byte[][]::new), rowsOfKeys);
                        long bytesPerKey = 1 + rowsOfKeys.sizeBytes() / (end - at);
                        atOnce = (int)
                                Math.clamp(BYTES_PER_READ / bytesPerKey, 1, Math.min(MAX_KEYS_PER_READ, 2L * atOnce));
                        if (batch.rows() > 0) {
                            change.apply(chunk.writer, columns.arranged(batch, values));
                        }
                        at = end;
                    }
                    chunk.commit();
                }
            }
        } finally {
            reading.close();
        }
    }

    /// The rows of those keys that have one.
    private static Batch read(Transaction snapshot, byte[][] keys, TableRows into) {
        byte[] @Nullable [] found = snapshot.multiGet(keys);
        into.clear(keys.length);
        for (int i = 0; i < keys.length; i++) {
            byte[] value = found[i];
            if (value != null) {
                into.add(keys[i], value);
            }
        }
        return into.finish();
    }

    private PhysicalPlan scan() {
        List<OutputColumn> outputs = columns.ordinals().stream()
                .map(o -> from.columns().get(o))
                .map(c -> new OutputColumn(c.name(), c.type(), c.nullable()))
                .toList();
        return new PhysicalPlan.TableScan(
                new Props(outputs, 0, 0),
                from,
                from.name(),
                0,
                columns.ordinals(),
                List.of(KeyRange.ALL),
                false,
                null,
                false,
                null,
                false,
                -1,
                AccessEstimate.NONE);
    }

    /// Stops noting what is written.
    @Override
    public void close() {
        changes.close();
        copied.close();
    }

    /// A transaction that writes to the copy.
    private final class Chunk implements AutoCloseable {
        private final Transaction transaction = session.begin(false);
        private final ExecContext context;
        private final CopyWriter writer;

        Chunk() {
            transaction.startStatement();
            context = session.context(transaction, mode);
            context.startWrite(false);
            writer = new CopyWriter(context, target, columns.keepsRowIds());
        }

        boolean isFull() {
            return transaction.bufferedBytes() > BYTES_PER_COMMIT;
        }

        void commit() {
            transaction.commit();
        }

        @Override
        public void close() {
            context.close();
            transaction.close();
        }
    }
}
