package io.qomo.store.txn;

import org.jspecify.annotations.Nullable;

/// The answer to a lock request.
///
/// @param granted false only under [WaitPolicy#SKIP_LOCKED]
/// @param value   the latest value of the key once locked (own write, else latest committed); null
///     when the key does not exist or the lock was not granted
/// @param waited  whether another transaction had to end first, which may have changed more than this key
public record LockResult(boolean granted, byte @Nullable [] value, boolean waited) {
    /// The lock is held and the key does not exist.
    public static final LockResult ABSENT = new LockResult(true, null, false);

    /// Another transaction holds the key.
    public static final LockResult SKIPPED = new LockResult(false, null, false);
}
