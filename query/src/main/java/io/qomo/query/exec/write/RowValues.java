package io.qomo.query.exec.write;

import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.util.Arrays;

/// Compares stored values.
final class RowValues {
    private RowValues() {}

    /// True if two values of one type are the same bytes on disk (not merely equal by collation), or both
    /// NULL.
    static boolean same(Vector a, int i, Vector b, int j) {
        if (a.isNull(i) || b.isNull(j)) {
            return a.isNull(i) && b.isNull(j);
        }
        return switch (a) {
            case LongVector v -> v.get(i) == ((LongVector) b).get(j);
            case DoubleVector v ->
                Double.doubleToLongBits(v.get(i)) == Double.doubleToLongBits(((DoubleVector) b).get(j));
            case DecimalVector v -> sameDecimal(v, i, (DecimalVector) b, j);
            case BytesVector v -> sameBytes(v, v.at(i), (BytesVector) b, ((BytesVector) b).at(j));
        };
    }

    private static boolean sameDecimal(DecimalVector a, int i, DecimalVector b, int j) {
        return a.isWide(i) || b.isWide(j)
                ? a.unscaled(i).equals(b.unscaled(j))
                : a.unscaled[a.at(i)] == b.unscaled[b.at(j)];
    }

    private static boolean sameBytes(BytesVector a, int i, BytesVector b, int j) {
        return Arrays.equals(
                a.base[i], a.offset[i], a.offset[i] + a.length[i], b.base[j], b.offset[j], b.offset[j] + b.length[j]);
    }
}
