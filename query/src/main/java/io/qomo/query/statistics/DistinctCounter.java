package io.qomo.query.statistics;

/// Estimates how many different values there were, within about 3 %: HyperLogLog with 2,048 registers, counting empty
/// registers while there are few values. Owned by one thread.
///
/// Source: Flajolet et al., "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", 2007.
final class DistinctCounter {
    private static final int BITS = 11;
    private static final int REGISTERS = 1 << BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] registers = new byte[REGISTERS];

    /// Counts a value by a hash whose bits are all good.
    void add(long hash) {
        int register = (int) (hash >>> (Long.SIZE - BITS));
        int rank = Long.numberOfLeadingZeros(hash << BITS | 1L << (BITS - 1)) + 1;
        if (registers[register] < rank) {
            registers[register] = (byte) rank;
        }
    }

    /// The number of different values.
    long estimate() {
        double sum = 0;
        int empty = 0;
        for (byte r : registers) {
            sum += 1.0 / (1L << r);
            empty += r == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        if (raw <= 2.5 * REGISTERS && empty > 0) {
            raw = REGISTERS * Math.log((double) REGISTERS / empty);
        }
        return Math.round(raw);
    }

    /// A hash of bytes.
    static long hash(byte[] bytes, int length) {
        long h = 0xcbf29ce484222325L ^ length;
        for (int i = 0; i < length; i++) {
            h = (h ^ (bytes[i] & 0xFF)) * 0x100000001b3L;
        }
        return mixed(h);
    }

    /// Spreads the bits of a hash.
    static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
