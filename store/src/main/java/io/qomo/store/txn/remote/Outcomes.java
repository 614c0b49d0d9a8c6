package io.qomo.store.txn.remote;

import io.qomo.store.txn.GroupLeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Finds the notes that commits leave.
final class Outcomes {
    private Outcomes() {}

    /// The timestamp of the transaction's commit, or null if it has not committed. That this node leads is not
    /// enough to know: the commit may be on its way through the log, also through an end of this leadership.
    /// Behind a barrier it is applied, or never will be.
    static @Nullable Long find(GroupLeader leader, TransactionName name) {
        leader.barrier();
        byte[] note = leader.meta(name.noteKey());
        return note == null
                ? null
                : ByteBuffer.wrap(note).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
