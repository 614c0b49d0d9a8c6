package io.qomo.store.cluster;

import io.qomo.base.env.Env;

/// Gives out growing timestamps: 46 bits of milliseconds since 1970, 18 bits that count within one.
///
/// Follows the wall clock but never goes back with it. Not thread-safe: the replicator calls it in
/// its sequencing step.
public final class TimestampOracle {
    /// Bits that count within a millisecond.
    public static final int LOGICAL_BITS = 18;

    private final Env env;
    private long last;

    /// Gives out timestamps above `floor`, the greatest that was ever applied.
    public TimestampOracle(Env env, long floor) {
        this.env = env;
        this.last = floor;
    }

    /// The next timestamp.
    public long next() {
        last = Math.max(last + 1, at(env.wallMicros() / 1000));
        return last;
    }

    /// The first timestamp of a millisecond.
    public static long at(long epochMillis) {
        return epochMillis << LOGICAL_BITS;
    }

    /// The millisecond of a timestamp.
    public static long epochMillis(long timestamp) {
        return timestamp >>> LOGICAL_BITS;
    }
}
