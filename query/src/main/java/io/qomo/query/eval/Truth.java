package io.qomo.query.eval;

import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;

/// Reads vectors as conditions: a value holds if it is not NULL and not 0.
final class Truth {
    private Truth() {}

    /// True if the row's value is not 0; undefined if it is NULL.
    static boolean isNonZero(Vector v, int row) {
        return switch (v) {
            case LongVector l -> l.values[l.at(row)] != 0;
            case DoubleVector d -> d.values[d.at(row)] != 0;
            case DecimalVector d -> d.isWide(row) || d.unscaled[d.at(row)] != 0;
            case BytesVector b -> throw new IllegalArgumentException("condition of type " + b.type());
        };
    }

    /// True if the row's value holds.
    static boolean holds(Vector v, int row) {
        return !v.isNull(row) && isNonZero(v, row);
    }

    /// Writes the rows that hold to `selection` and returns their number.
    static int select(Vector v, int rows, int[] selection) {
        if (rows == 0) {
            return 0;
        }
        if (v.isConstant()) {
            if (!holds(v, 0)) {
                return 0;
            }
            for (int i = 0; i < rows; i++) {
                selection[i] = i;
            }
            return rows;
        }
        int n = 0;
        if (v instanceof LongVector l) {
            long[] values = l.values;
            if (!v.hasNulls()) {
                for (int i = 0; i < rows; i++) {
                    selection[n] = i;
                    n += values[i] != 0 ? 1 : 0;
                }
                return n;
            }
            for (int i = 0; i < rows; i++) {
                selection[n] = i;
                n += values[i] != 0 && !v.isNull(i) ? 1 : 0;
            }
            return n;
        }
        for (int i = 0; i < rows; i++) {
            if (holds(v, i)) {
                selection[n++] = i;
            }
        }
        return n;
    }
}
