package io.qomo.serve.session;

import java.util.concurrent.atomic.LongAdder;

/// How long statements took, as a histogram whose bounds double from 16.4 µs to 8.6 s. Any thread; two additions per
/// statement.
public final class StatementTimes {
    /// Nanoseconds of the first bound, as a power of two.
    private static final int FIRST_BITS = 14;
    private static final int BOUNDS = 20;

    private final LongAdder[] counts = new LongAdder[BOUNDS + 1];
    private final LongAdder nanos = new LongAdder();

    StatementTimes() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(long tookNanos) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(tookNanos >>> FIRST_BITS);
        counts[Math.min(bits, BOUNDS)].increment();
        nanos.add(tookNanos);
    }

    /// Bounds there are; what is above the last counts behind it.
    public int bounds() {
        return BOUNDS;
    }

    /// A bound, in seconds.
    public double boundSeconds(int index) {
        return (1L << (FIRST_BITS + index)) / 1e9;
    }

    /// Statements that took less than the bound of the same index and not less than the one before; the last entry:
    /// those above all bounds.
    public long[] counts() {
        long[] sums = new long[counts.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i].sum();
        }
        return sums;
    }

    /// Seconds that all statements took together.
    public double totalSeconds() {
        return nanos.sum() / 1e9;
    }

    /// The bound below which a share of all statements took, in seconds; 0 without statements, infinite above the last.
    public double withinSeconds(double share) {
        long[] sums = counts();
        long all = 0;
        for (long sum : sums) {
            all += sum;
        }
        if (all == 0) {
            return 0;
        }
        long below = 0;
        for (int i = 0; i < BOUNDS; i++) {
            below += sums[i];
            if (below >= share * all) {
                return boundSeconds(i);
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
