package io.qomo.store.txn.remote;

import io.qomo.store.txn.GroupLeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Finds the notes that commits leave.
final class Outcomes {
    private Outcomes() {}

    /// The timestamp of the transaction's commit, or null if it has not committed. Final where this node
    /// leads: all that earlier leaders logged is applied.
    static @Nullable Long find(GroupLeader leader, TransactionName name) {
        leader.latestTimestamp();
        byte[] note = leader.meta(name.noteKey());
        return note == null
                ? null
                : ByteBuffer.wrap(note).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
