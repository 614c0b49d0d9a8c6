package io.qomo.base.env;

import java.util.concurrent.ThreadFactory;

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

    /// Platform daemon threads named `prefix-N`.
    ThreadFactory threads(String prefix);

    /// As [#threads(String)], with stacks of about `stackBytes`.
    default ThreadFactory threads(String prefix, long stackBytes) {
        return threads(prefix);
    }
}
