package io.qomo.query.exec.context;

import io.qomo.base.vector.Batch;
import org.jspecify.annotations.Nullable;

/// A node of a running plan: hands out rows in batches when pulled.
///
/// ```
/// new --open--> running --next…--> (null: exhausted) --open--> running again, from the start
///    any state --close--> closed
/// ```
/// Construction is cheap and touches no data. Owned by the statement's thread.
public interface Operator extends AutoCloseable {
    /// Starts, or starts anew: forgets all rows and reads parameters and outer values afresh.
    void open();

    /// The next rows, never an empty batch, or null when there are no more. The batch and its vectors are
    /// valid until the
    /// next call of any method here; vectors may be constant. Checks for interruption.
    @Nullable Batch next();

    /// Gives memory and files back; any number of times, in any state.
    @Override
    void close();
}
