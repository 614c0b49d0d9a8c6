package io.qomo.query.exec.table;

import java.util.Arrays;

/// An interval of keys.
///
/// @param from first key
/// @param to first key behind it; empty for no upper bound
public record ByteRange(byte[] from, byte[] to) implements Comparable<ByteRange> {
    /// True if no key can lie in it.
    public boolean isEmpty() {
        return to.length > 0 && Arrays.compareUnsigned(from, to) >= 0;
    }

    /// True if the key lies in it.
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0 && (to.length == 0 || Arrays.compareUnsigned(key, to) < 0);
    }

    /// True if the other, which does not start before this one, overlaps or touches it.
    boolean reaches(ByteRange later) {
        return to.length == 0 || Arrays.compareUnsigned(later.from, to) <= 0;
    }

    /// This one up to the end of both.
    ByteRange extendedBy(ByteRange later) {
        boolean isLonger = to.length > 0 && (later.to.length == 0 || Arrays.compareUnsigned(later.to, to) > 0);
        return isLonger ? new ByteRange(from, later.to) : this;
    }

    @Override
    public int compareTo(ByteRange other) {
        return Arrays.compareUnsigned(from, other.from);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ByteRange other && Arrays.equals(from, other.from) && Arrays.equals(to, other.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }
}
