package io.qomo.store.txn;

import java.time.Duration;

/// How a transaction behaves.
///
/// @param isolation       what it may see
/// @param readOnly        writes and EXCLUSIVE locks are refused with `READ_ONLY_TRANSACTION`
/// @param lockWaitTimeout how long a lock request waits before `LOCK_WAIT_TIMEOUT`
///     (innodb_lock_wait_timeout)
/// @param maxBytes        bytes of keys and values it may buffer before `TRANSACTION_TOO_LARGE`
public record TransactionOptions(IsolationLevel isolation, boolean readOnly, Duration lockWaitTimeout, long maxBytes) {
    /// MySQL's defaults: REPEATABLE READ, 50 s; at most 1 GiB of writes.
    public static final TransactionOptions DEFAULT =
            new TransactionOptions(IsolationLevel.REPEATABLE_READ, false, Duration.ofSeconds(50), 1L << 30);

    /// Checks the limits.
    public TransactionOptions {
        if (lockWaitTimeout.isNegative() || maxBytes < 0) {
            throw new IllegalArgumentException("negative limit");
        }
    }

    /// The same with another isolation level.
    public TransactionOptions withIsolation(IsolationLevel level) {
        return new TransactionOptions(level, readOnly, lockWaitTimeout, maxBytes);
    }

    /// The same, refusing writes or not.
    public TransactionOptions withReadOnly(boolean refuseWrites) {
        return new TransactionOptions(isolation, refuseWrites, lockWaitTimeout, maxBytes);
    }

    /// The same with another lock wait timeout.
    public TransactionOptions withLockWaitTimeout(Duration timeout) {
        return new TransactionOptions(isolation, readOnly, timeout, maxBytes);
    }

    /// The same with another size limit.
    public TransactionOptions withMaxBytes(long limitBytes) {
        return new TransactionOptions(isolation, readOnly, lockWaitTimeout, limitBytes);
    }
}
