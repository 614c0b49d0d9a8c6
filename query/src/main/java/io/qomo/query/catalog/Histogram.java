package io.qomo.query.catalog;

import java.util.Arrays;
import java.util.List;

/// How the values of a column are distributed: an equi-height histogram over memory-comparable bytes, so that numbers,
/// times and strings in their collation are alike. Values that fill a bucket alone are the bounds of buckets of their
/// own, which makes frequent values exact.
///
/// @param lowest the least value
/// @param buckets in ascending order; the last ends with the greatest value
public record Histogram(byte[] lowest, List<Bucket> buckets) {
    /// Values above the bucket before and up to a bound.
    ///
    /// @param upper the bound, a value of the column
    /// @param cumulative part of the values that are not NULL that lie in this bucket or before it
    /// @param upperPart part of the values that equal the bound
    /// @param distinct number of different values in the bucket, estimated
    public record Bucket(byte[] upper, double cumulative, double upperPart, double distinct) {}

    public Histogram {
        buckets = List.copyOf(buckets);
    }

    /// The part of the values that are not NULL that equal a value.
    public double equal(byte[] value) {
        if (Arrays.compareUnsigned(value, lowest) < 0) {
            return 0;
        }
        double before = 0;
        for (Bucket b : buckets) {
            int c = Arrays.compareUnsigned(value, b.upper);
            if (c == 0) {
                return b.upperPart;
            }
            if (c < 0) {
                return Math.max(0, b.cumulative - before - b.upperPart) / Math.max(1, b.distinct - 1);
            }
            before = b.cumulative;
        }
        return 0;
    }

    /// The part of the values that are not NULL that are less than or equal to a value.
    public double atMost(byte[] value) {
        byte[] lower = lowest;
        double before = 0;
        if (Arrays.compareUnsigned(value, lowest) < 0) {
            return 0;
        }
        for (Bucket b : buckets) {
            int c = Arrays.compareUnsigned(value, b.upper);
            if (c == 0) {
                return b.cumulative;
            }
            if (c < 0) {
                double inside = Math.max(0, b.cumulative - before - b.upperPart);
                return before + inside * position(value, lower, b.upper);
            }
            lower = b.upper;
            before = b.cumulative;
        }
        return 1;
    }

    /// Where a value lies between two others, 0 to 1: the first bytes in which they differ as a number.
    private static double position(byte[] value, byte[] low, byte[] high) {
        int same = Arrays.mismatch(low, high);
        if (same < 0) {
            return 0.5;
        }
        double from = number(low, same);
        double to = number(high, same);
        double at = number(value, same);
        return to <= from ? 0.5 : Math.max(0, Math.min(1, (at - from) / (to - from)));
    }

    private static double number(byte[] bytes, int from) {
        double n = 0;
        for (int i = from; i < from + 7; i++) {
            n = n * 256 + (i < bytes.length ? bytes[i] & 0xFF : 0);
        }
        return n;
    }
}
