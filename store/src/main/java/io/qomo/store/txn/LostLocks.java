package io.qomo.store.txn;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;

/// Notices when the lock table lost its content under a transaction, and then proves at commit that
/// no key it had locked was written over since: losing a lock may abort a transaction, never
/// corrupt one.
final class LostLocks {
    private final GroupLeader leader;
    private int epoch;
    private long lockedSince = -1;

    LostLocks(GroupLeader leader) {
        this.leader = leader;
    }

    /// Remembers the state of the table before the transaction's first lock.
    void beforeLock() {
        if (lockedSince < 0) {
            epoch = leader.locks().epoch();
            lockedSince = leader.replicator().appliedTimestamp();
        }
    }

    /// Throws `DEADLOCK` if locks were lost and one of the keys changed after the first lock was
    /// taken, or a range was locked, of which that is not known.
    void validate(LockOwner owner) {
        if (lockedSince < 0 || epoch == leader.locks().epoch()) {
            return;
        }
        if (!owner.ranges.isEmpty()) {
            throw new SqlException(ErrorCode.DEADLOCK);
        }
        for (KeyLock lock : owner.held) {
            if (leader.isWrittenAfter(lock.key, lockedSince)) {
                throw new SqlException(ErrorCode.DEADLOCK);
            }
        }
    }
}
