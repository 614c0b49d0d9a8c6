package io.qomo.query.exec.table;

import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.LockResult;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;

/// Locks keys as a plan says.
public final class RowLocker {
    private final LockMode mode;
    private final WaitPolicy policy;

    /// A locker.
    public RowLocker(RowLock lock) {
        this.mode = lock.exclusive() ? LockMode.EXCLUSIVE : LockMode.SHARED;
        this.policy = switch (lock.onConflict()) {
            case WAIT -> WaitPolicy.WAIT;
            case NOWAIT -> WaitPolicy.NOWAIT;
            case SKIP_LOCKED -> WaitPolicy.SKIP_LOCKED;
        };
    }

    /// Locks a key and reads its latest value.
    public LockResult lock(Transaction transaction, byte[] key) {
        return transaction.lock(key, mode, policy);
    }
}
