package io.qomo.serve.lock;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// GET_LOCK and its kin: locks on any name, held by a session until it gives them back as often as it took them. Any
/// thread.
public interface UserLocks {
    /// True if the session has the lock now; false if it could not be had in time. A negative timeout waits for ever.
    /// Errors 3057, 3058, and the interruption's.
    boolean acquire(long session, String name, double timeoutSeconds, Interruption interruption);

    /// True if the session held the lock and gave it back once, false if another holds it, empty if nobody does.
    Optional<Boolean> release(long session, String name);

    /// Gives back all of a session's locks; returns how often it held some.
    int releaseAll(long session);

    /// The session that holds a lock.
    @Nullable Long holder(String name);
}
