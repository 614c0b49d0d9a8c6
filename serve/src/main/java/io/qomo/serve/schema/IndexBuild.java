package io.qomo.serve.schema;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.exec.layout.RowEncoder;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.write.DuplicateKey;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.store.Store;
import io.qomo.store.txn.BulkLoader;
import io.qomo.store.txn.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Fills new indexes of a table that is being written to.
///
/// The indexes are WRITE_ONLY when this starts and no transaction older than that state is open, so every change made
/// since keeps its entries itself. The rows of a snapshot are entered by bulk load, which leaves a key alone that
/// somebody has written after the snapshot. A unique index is then verified at a later snapshot: rows that got the same
/// key before both had entries show as an entry that belongs to another row.
final class IndexBuild {
    private final DdlSession session;
    private final Store store;
    private final TableDef table;
    private final List<IndexDef> indexes;

    /// @param table with the indexes in state WRITE_ONLY
    IndexBuild(DdlSession session, Store store, TableDef table, List<IndexDef> indexes) {
        this.session = session;
        this.store = store;
        this.table = table;
        this.indexes = indexes;
    }

    /// Fills and verifies the indexes. Error 1062 for a unique index with duplicates.
    void run() {
        for (IndexDef index : indexes) {
            fill(index);
            if (index.unique()) {
                verify(index);
            }
        }
    }

    private interface RowVisitor {
        void visit(Vector[] byOrdinal, int row, byte[] handle, ExecContext context);
    }

    /// Visits all rows of a snapshot with the columns of an index, each at its ordinal.
    private void scan(IndexLayout index, Transaction transaction, RowVisitor visitor) {
        ExecContext context = session.context(transaction, session.sqlMode());
        List<Integer> ordinals = new ArrayList<>();
        for (int p = 0; p < index.partCount(); p++) {
            ordinals.add(index.ordinal(p));
        }
        List<OutputColumn> outputs = new ArrayList<>();
        for (int ordinal : ordinals) {
            var column = table.columns().get(ordinal);
            outputs.add(new OutputColumn(column.name(), column.type(), column.nullable()));
        }
        PhysicalPlan plan = new PhysicalPlan.TableScan(
                new Props(outputs, 0, 0),
                table,
                table.name(),
                0,
                ordinals,
                List.of(KeyRange.ALL),
                false,
                null,
                false,
                null,
                true,
                -1,
                AccessEstimate.NONE);
        Vector[] byOrdinal = new Vector[table.columns().size()];
        try (Operator operator = context.compile(plan)) {
            operator.open();
            for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
                session.checkInterrupted();
                for (int i = 0; i < ordinals.size(); i++) {
                    byOrdinal[ordinals.get(i)] = batch.column(i);
                }
                BytesVector handles = (BytesVector) batch.column(ordinals.size());
                for (int r = 0; r < batch.rows(); r++) {
                    visitor.visit(byOrdinal, r, handles.get(r), context);
                }
            }
        } finally {
            context.close();
        }
    }

    private void fill(IndexDef index) {
        try (Transaction transaction = session.begin(true)) {
            transaction.startStatement();
            long asOf = transaction.snapshot();
            TableLayout layout = new TableLayout(table);
            IndexLayout target = layout.index(index.id());
            RowEncoder encoder = new RowEncoder(layout);
            try (BulkLoader.Load load = store.bulk().begin(asOf)) {
                scan(
                        target,
                        transaction,
                        (columns, row, handle, _) -> load.add(
                                encoder.entryKey(target, columns, row, handle),
                                RowEncoder.entryValue(target, columns, row, handle)));
                load.finish();
            }
        }
    }

    private void verify(IndexDef index) {
        try (Transaction transaction = session.begin(true)) {
            transaction.startStatement();
            transaction.snapshot();
            TableLayout layout = new TableLayout(table);
            IndexLayout target = layout.index(index.id());
            RowEncoder encoder = new RowEncoder(layout);
            scan(target, transaction, (columns, row, handle, context) -> {
                if (!RowEncoder.isUniqueEntry(target, columns, row)) {
                    return;
                }
                byte[] entry = transaction.get(encoder.entryKey(target, columns, row, handle));
                if (entry == null || !Arrays.equals(entry, RowEncoder.entryValue(target, columns, row, handle))) {
                    throw DuplicateKey.error(table, target, columns, row, context);
                }
            });
        }
    }
}
