package io.qomo.query.eval;

import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;

/// Makes constant vectors from rows of others.
public final class Constants {
    private Constants() {}

    /// The value of a row as a constant vector that shares nothing that is reused; bytes are copied out of larger
    /// arrays, so it may be kept.
    public static Vector copyOf(Vector source, int row) {
        if (source.isNull(row)) {
            return Vector.constantNull(source.type());
        }
        if (source instanceof BytesVector bytes) {
            return BytesVector.constant(bytes.type(), bytes.get(row));
        }
        Vector copy = Vector.of(source.type(), 1);
        copy.copyFrom(source, row, 0);
        copy.setConstant(true);
        return copy;
    }
}
