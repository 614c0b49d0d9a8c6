package io.qomo.serve.lock;

import java.util.Collection;

/// Makes the strong metadata locks of this node's sessions hold on the other nodes too; see [LockMode#isStrong].
///
/// A session is named by its connection id. Any thread, but one at a time for a session.
public interface SharedLocks {
    /// There are no other nodes.
    SharedLocks NONE = new SharedLocks() {
        @Override
        public void acquire(long session, LockName name, LockMode mode, long timeoutMs, Interruption interruption) {
            // nobody to tell
        }

        @Override
        public void settle(long session, Collection<LockName> names) {
            // nobody to tell
        }

        @Override
        public void settle(long session, LockName name, LockMode mode) {
            // nobody to tell
        }
    };

    /// Takes a lock on all other nodes, or makes one stronger. Errors: LOCK_WAIT_TIMEOUT, DEADLOCK, QUERY_INTERRUPTED,
    /// GROUP_UNAVAILABLE; after any of them the other nodes hold what they held before.
    void acquire(long session, LockName name, LockMode mode, long timeoutMs, Interruption interruption);

    /// Gives locks back.
    void settle(long session, Collection<LockName> names);

    /// Makes a lock weaker.
    void settle(long session, LockName name, LockMode mode);
}
