package io.qomo.base.env;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/// The outside world as the engine sees it. Production uses [SystemEnv]; simulation a virtual one.
public interface Env {
    /// Wall clock, microseconds since 1970-01-01 UTC; may jump.
    long wallMicros();

    /// Monotonic clock, nanoseconds from an arbitrary origin.
    long nanoTime();

    /// Sixty-four random bits.
    long randomLong();

    /// Fills `bytes` with random bits fit for keys and salts.
    void secureRandom(byte[] bytes);

    /// Lets the calling thread wait until another unparks it, at most for `nanos`; may return early. An
    /// interrupt ends the wait and stays. Whoever waits for a time waits here, so that a simulation can
    /// turn the clock.
    default void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    /// Platform daemon threads named `prefix-N`.
    ThreadFactory threads(String prefix);

    /// As [#threads(String)], with stacks of about `stackBytes`.
    default ThreadFactory threads(String prefix, long stackBytes) {
        return threads(prefix);
    }
}
