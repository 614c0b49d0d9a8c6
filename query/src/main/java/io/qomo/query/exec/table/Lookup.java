package io.qomo.query.exec.table;

import io.qomo.base.vector.Batch;
import org.jspecify.annotations.Nullable;

/// Finds the rows of a table that belong to the rows of another input.
///
/// ```
/// open ─ (start(batch) ─ next* until completed() = all rows)* ─ close
/// ```
public sealed interface Lookup extends AutoCloseable permits PointLookup, RangeLookup {
    /// Begins a new execution.
    void open();

    /// Begins with the rows of a batch, which stays valid until all are completed.
    void start(Batch input);

    /// Rows found for some of the input's rows, in their order; null if there were none.
    @Nullable Batch next();

    /// For each row handed out last, the input row it belongs to; ascending.
    int[] leftRows();

    /// Input rows below this have all their rows handed out.
    int completed();

    @Override
    void close();
}
