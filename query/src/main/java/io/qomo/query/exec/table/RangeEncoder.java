package io.qomo.query.exec.table;

import io.qomo.base.codec.KeyWriter;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Programs;
import io.qomo.query.exec.layout.IndexLayout;
import io.qomo.query.plan.PlanParts.KeyRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes byte ranges of an index from a plan's ranges, whose bounds are expressions.
///
/// A part that has only one bound does not match NULL, as in SQL; a NULL bound matches nothing, or, where
/// the range is null-safe, NULL. A bound that a prefix part cuts takes in all keys that look like it.
/// Owned by one thread.
public final class RangeEncoder {
    private static final Vector[] NONE = {};

    private final IndexLayout index;
    private final List<KeyRange> ranges;
    private final List<Programs> lows = new ArrayList<>();
    private final List<Programs> highs = new ArrayList<>();
    private final List<Vector[]> lowValues = new ArrayList<>();
    private final List<Vector[]> highValues = new ArrayList<>();
    private final KeyWriter key = new KeyWriter();

    /// Compiles the bounds.
    public RangeEncoder(IndexLayout index, List<KeyRange> ranges, ExecContext context) {
        this.index = index;
        this.ranges = ranges;
        for (KeyRange range : ranges) {
            lows.add(Programs.of(range.low(), context));
            highs.add(Programs.of(range.high(), context));
            lowValues.add(NONE);
            highValues.add(NONE);
        }
    }

    /// Forgets what was computed: the bounds may differ the next time.
    public void reset() {
        lows.forEach(Programs::reset);
        highs.forEach(Programs::reset);
    }

    /// Computes the bounds for the rows of a batch, to be asked for by [#ranges] before the next call.
    public void evaluate(Batch input) {
        for (int i = 0; i < ranges.size(); i++) {
            lowValues.set(i, lows.get(i).evaluate(input));
            highValues.set(i, highs.get(i).evaluate(input));
        }
    }

    /// The ranges for one row of the bounds' input, not empty, disjoint, ascending.
    public List<ByteRange> ranges(int row) {
        List<ByteRange> found = new ArrayList<>(ranges.size());
        boolean isSorted = true;
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = encode(ranges.get(i), lowValues.get(i), highValues.get(i), row);
            if (range == null || range.isEmpty()) {
                continue;
            }
            isSorted &= found.isEmpty() || !found.getLast().reaches(range);
            found.add(range);
        }
        return isSorted ? found : merged(found);
    }

    private static List<ByteRange> merged(List<ByteRange> ranges) {
        Collections.sort(ranges);
        List<ByteRange> merged = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            if (!merged.isEmpty() && merged.getLast().reaches(range)) {
                merged.set(merged.size() - 1, merged.getLast().extendedBy(range));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    private @Nullable ByteRange encode(KeyRange range, Vector[] low, Vector[] high, int row) {
        int lowParts = low.length;
        int highParts = high.length;
        if (lowParts == 0 && highParts == 0) {
            return new ByteRange(index.prefix(), index.end());
        }
        if (hasStrayNull(low, range, row) || hasStrayNull(high, range, row)) {
            return null;
        }
        int last = Math.max(lowParts, highParts) - 1;
        // In a descending part great values come first, so the bounds change places.
        return index.isDescending(last)
                ? between(high, range.highInclusive(), low, range.lowInclusive(), row)
                : between(low, range.lowInclusive(), high, range.highInclusive(), row);
    }

    private static boolean hasStrayNull(Vector[] values, KeyRange range, int row) {
        for (int p = 0; p < values.length; p++) {
            if (values[p].isNull(row)
                    && !(p < range.nullSafe().size() && range.nullSafe().get(p))) {
                return true;
            }
        }
        return false;
    }

    private ByteRange between(Vector[] first, boolean firstInclusive, Vector[] last, boolean lastInclusive, int row) {
        byte[] from;
        boolean isCut = writeParts(first, row);
        if (first.length < last.length && !index.isDescending(first.length)) {
            key.writeNull(false);
            from = KeyWriter.prefixEnd(key.toBytes());
        } else {
            from = firstInclusive || isCut || first.length == 0 ? key.toBytes() : KeyWriter.prefixEnd(key.toBytes());
        }
        byte[] to;
        isCut = writeParts(last, row);
        if (last.length < first.length && index.isDescending(last.length)) {
            key.writeNull(true);
            to = key.toBytes();
        } else {
            to = lastInclusive || isCut || last.length == 0 ? KeyWriter.prefixEnd(key.toBytes()) : key.toBytes();
        }
        return new ByteRange(from, to);
    }

    /// Writes index prefix and parts; true if the last part may stand for longer values.
    private boolean writeParts(Vector[] values, int row) {
        key.clear();
        key.writeRaw(index.prefix(), 0, index.prefix().length);
        int last = values.length - 1;
        for (int p = 0; p < last; p++) {
            index.writePart(key, p, values[p], row);
        }
        return last >= 0 && index.writeBound(key, last, values[last], row);
    }
}
