package io.qomo.query.function;

import io.qomo.base.type.Decimals;
import io.qomo.base.type.Physical;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;
import org.jspecify.annotations.Nullable;

/// A conversion of values of one type to another.
///
/// @param from type of the argument
/// @param to type of the result
/// @param isExplicit CAST and CONVERT, which truncate to lengths and parse JSON; false for MySQL's own conversions
/// @param kernel converts a row that is not NULL
public record CastFunction(SqlType from, SqlType to, boolean isExplicit, RowFunction.Kernel kernel)
        implements ScalarFunction {
    /// The cast of a call, or null if it is none.
    public static @Nullable CastFunction of(Expr expr) {
        return expr instanceof Expr.Call call && call.function() instanceof CastFunction c ? c : null;
    }

    @Override
    public String name() {
        return "cast";
    }

    /// Casts that ask for the session's time zone or the current day are not pure.
    @Override
    public boolean isPure() {
        return !readsSettings() && !readsDay();
    }

    @Override
    public boolean readsSettings() {
        return (from.kind() == TypeKind.TIMESTAMP) != (to.kind() == TypeKind.TIMESTAMP) && !readsDay();
    }

    private boolean readsDay() {
        return from.kind() == TypeKind.TIME && to.kind().hasDate();
    }

    @Override
    public boolean isTotal() {
        boolean integer = NumericTypes.isInteger(from);
        return (integer
                        && (NumericTypes.isInteger(to)
                                || to.kind() == TypeKind.DOUBLE
                                || to.kind() == TypeKind.DECIMAL))
                || (from.kind() == TypeKind.DECIMAL && to.kind() == TypeKind.DOUBLE)
                || (from.kind().isApproximate() && to.kind() == TypeKind.DOUBLE);
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        Vector in = arguments[0];
        out.addNulls(in, rows);
        if (convertFast(in, rows, out)) {
            return;
        }
        Row row = new Row(context, arguments, out);
        for (int i = 0; i < rows; i++) {
            if (!out.isNull(i)) {
                row.index = i;
                kernel.compute(row);
            }
        }
    }

    /// The pairs that occur in hot loops; false for others.
    private boolean convertFast(Vector in, int rows, Vector out) {
        boolean integer = NumericTypes.isInteger(from);
        if (integer && NumericTypes.isInteger(to) && to.kind() != TypeKind.YEAR) {
            copy((LongVector) in, (LongVector) out, rows);
            return true;
        }
        if (integer && out instanceof DoubleVector doubles && to.kind() == TypeKind.DOUBLE && to.scale() < 0) {
            LongVector longs = (LongVector) in;
            boolean unsigned = Numbers.isUnsigned(from);
            for (int i = 0; i < rows; i++) {
                long v = longs.values[longs.at(i)];
                doubles.values[i] = unsigned ? Numbers.unsignedToDouble(v) : v;
            }
            return true;
        }
        if (integer && !isExplicit && out instanceof DecimalVector decimals) {
            integersToDecimals((LongVector) in, decimals, rows);
            return true;
        }
        if (in instanceof DecimalVector decimals && out instanceof DoubleVector doubles && to.scale() < 0) {
            int scale = decimals.scale();
            for (int i = 0; i < rows; i++) {
                doubles.values[i] = decimals.isWide(i)
                        ? decimals.get(i).doubleValue()
                        : Decimals.toDouble(decimals.unscaled[decimals.at(i)], scale);
            }
            return to.kind() == TypeKind.DOUBLE;
        }
        return false;
    }

    private static void copy(LongVector in, LongVector out, int rows) {
        if (!in.isConstant()) {
            System.arraycopy(in.values, 0, out.values, 0, rows);
            return;
        }
        java.util.Arrays.fill(out.values, 0, rows, in.values[0]);
    }

    private void integersToDecimals(LongVector in, DecimalVector out, int rows) {
        int up = out.scale();
        boolean unsigned = Numbers.isUnsigned(from);
        long power = up <= 18 ? Decimals.POWERS_OF_TEN[up] : 0;
        for (int i = 0; i < rows; i++) {
            long v = in.values[in.at(i)];
            if (power != 0 && (v >= 0 || !unsigned) && Math.multiplyHigh(v, power) == v * power >> 63) {
                out.setUnscaled(i, v * power);
            } else if (!out.isNull(i)) {
                java.math.BigInteger big = unsigned ? Decimals.ofUnsigned(v) : java.math.BigInteger.valueOf(v);
                out.setUnscaled(i, DecimalMath.scale(big, up));
            }
        }
    }

    /// True if values of `from` may be read as values of `to` without any change of the vectors.
    static boolean isSameForm(SqlType from, SqlType to) {
        if (from.equals(to)) {
            return true;
        }
        if (from.physical() != to.physical()) {
            return false;
        }
        if (from.physical() == Physical.DECIMAL) {
            return from.scale() == to.scale() && from.length() <= to.length();
        }
        if (from.physical() == Physical.DOUBLE) {
            return to.kind() == TypeKind.DOUBLE && to.scale() < 0;
        }
        if (NumericTypes.isInteger(from) && to.kind() == TypeKind.BIGINT) {
            return NumericTypes.isUnsigned(from) == to.unsigned();
        }
        return false;
    }

    /// Shares the bytes of the argument.
    static void shareBytes(Row row) {
        BytesVector in = (BytesVector) row.vector(0);
        int i = in.at(row.index);
        row.set(in.base[i], in.offset[i], in.length[i]);
    }
}
