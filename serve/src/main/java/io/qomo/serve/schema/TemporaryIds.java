package io.qomo.serve.schema;

import io.qomo.serve.meta.MetaKind;
import java.util.function.LongUnaryOperator;

/// Gives ids to temporary tables from blocks that are recorded as unfinished, so that a crash leaves nothing of them.
/// Any thread.
public final class TemporaryIds {
    private static final int BLOCK = 256;

    private final CatalogStore store;
    private final LongUnaryOperator idBlocks;
    private long next;
    private long end;

    /// @param idBlocks takes a number of adjacent ids and returns the first
    public TemporaryIds(CatalogStore store, LongUnaryOperator idBlocks) {
        this.store = store;
        this.idBlocks = idBlocks;
    }

    /// A fresh id.
    synchronized long next() {
        if (next == end) {
            long first = idBlocks.applyAsLong(BLOCK);
            store.change(change -> change.putRecord(
                    MetaKind.JOB,
                    UnfinishedTables.recordName(first),
                    UnfinishedTables.record(first, first + BLOCK, store.owner())));
            next = first;
            end = first + BLOCK;
        }
        long id = next;
        next++;
        return id;
    }
}
