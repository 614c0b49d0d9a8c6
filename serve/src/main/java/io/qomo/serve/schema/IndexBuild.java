package io.qomo.serve.schema;

import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.write.IndexBackfill;
import io.qomo.store.Store;
import io.qomo.store.txn.Transaction;
import java.util.List;
import java.util.function.Consumer;

/// Fills new indexes of a table that is being written to: [IndexBackfill] in transactions of the statement's own.
///
/// The indexes are WRITE_ONLY when this starts and no transaction older than that state is open, so every change made
/// since keeps its entries itself.
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
            inTransaction(index, backfill -> backfill.fill(store.bulk()));
            if (index.unique()) {
                inTransaction(index, backfill -> backfill.verify(handle -> enter(index, handle)));
            }
        }
    }

    private void enter(IndexDef index, byte[] handle) {
        inTransaction(index, false, backfill -> backfill.enter(handle));
    }

    /// Works at a snapshot of its own.
    private void inTransaction(IndexDef index, Consumer<IndexBackfill> work) {
        inTransaction(index, true, work);
    }

    private void inTransaction(IndexDef index, boolean isReadOnly, Consumer<IndexBackfill> work) {
        try (Transaction transaction = session.begin(isReadOnly)) {
            transaction.startStatement();
            ExecContext context = session.context(transaction, session.sqlMode());
            context.startWrite(false);
            try {
                work.accept(new IndexBackfill(context, table, index.id()));
                transaction.commit();
            } finally {
                context.close();
            }
        }
    }
}
