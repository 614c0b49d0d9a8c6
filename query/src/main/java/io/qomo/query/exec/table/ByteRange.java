package io.qomo.query.exec.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    /// What lies behind a key of the range, or null if that is nothing.
    @Nullable ByteRange behind(byte[] key) {
        ByteRange left = new ByteRange(Arrays.copyOf(key, key.length + 1), to);
        return left.isEmpty() ? null : left;
    }

    /// What lies before a key of the range, or null if that is nothing.
    @Nullable ByteRange before(byte[] key) {
        ByteRange left = new ByteRange(from, key);
        return left.isEmpty() ? null : left;
    }

    /// What is left without a part at its beginning, or at its end; null if that is nothing.
    @Nullable ByteRange without(ByteRange part, boolean atEnd) {
        if (atEnd ? Arrays.equals(from, part.from) : Arrays.equals(to, part.to)) {
            return null;
        }
        return atEnd ? new ByteRange(from, part.from) : new ByteRange(part.to, to);
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
