package io.qomo.store.txn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction as the lock table knows it.
///
/// `held` belongs to the owner's thread; the rest is shared as noted.
final class LockOwner {
    final long id;
    final List<KeyLock> held = new ArrayList<>(4);
    /// Ranges locked; changed by the owner's thread only.
    final List<RangeLocks.Range> ranges = new ArrayList<>(0);
    /// The key whose lock it holds from its first range lock or write to its end; others wait for
    /// that end by asking for it. No data key begins with a zero byte.
    final byte[] endKey;
    /// Whether [#endKey] is locked.
    boolean holdsEndKey;
    /// Requests that had to wait; by the owner's thread.
    int waits;
    /// Writes made: the victim of a deadlock is the owner with the fewest. Written by the owner,
    /// read by others.
    volatile int writes;
    /// The request this owner waits with; written under the lock of the key's stripe.
    volatile @Nullable LockRequest waiting;

    private volatile boolean isInterrupted;

    LockOwner(long id) {
        this.id = id;
        this.endKey =
                ByteBuffer.allocate(1 + Long.BYTES).put((byte) 0).putLong(id).array();
    }

    /// Ends the present or next wait.
    void interrupt() {
        isInterrupted = true;
        LockRequest request = waiting;
        if (request != null) {
            request.wake();
        }
    }

    boolean isInterrupted() {
        return isInterrupted;
    }

    void clearInterrupt() {
        isInterrupted = false;
    }
}
