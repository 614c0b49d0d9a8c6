package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Decimals;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;
import java.math.BigInteger;

/// Arithmetic on integers of either sign, with exact overflow: error DATA_OUT_OF_RANGE.
///
/// @param operator which, not DIVIDE
/// @param leftUnsigned whether the left side counts from 0
/// @param rightUnsigned whether the right side counts from 0
/// @param unsigned whether the result must be 0 to 2^64−1, or a BIGINT
/// @param left for the error
/// @param right for the error
record LongArithmetic(
        Arithmetic.Operator operator,
        boolean leftUnsigned,
        boolean rightUnsigned,
        boolean unsigned,
        Expr left,
        Expr right)
        implements ScalarFunction {
    @Override
    public String name() {
        return operator.sign;
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        LongVector a = (LongVector) arguments[0];
        LongVector b = (LongVector) arguments[1];
        LongVector result = (LongVector) out;
        out.addNulls(a, rows);
        out.addNulls(b, rows);
        boolean signed = !leftUnsigned && !rightUnsigned && !unsigned;
        switch (operator) {
            case ADD -> {
                if (signed && !add(a, b, rows, result)) {
                    return;
                }
                slow(a, b, rows, result);
            }
            case SUBTRACT -> {
                if (signed && !subtract(a, b, rows, result)) {
                    return;
                }
                slow(a, b, rows, result);
            }
            case MULTIPLY -> {
                if (signed && !multiply(a, b, rows, result)) {
                    return;
                }
                slow(a, b, rows, result);
            }
            case INTEGER_DIVIDE, MODULO -> divide(context, a, b, rows, result);
            case DIVIDE -> throw new IllegalStateException("integers divide as decimals");
        }
    }

    /// True if some row, perhaps one that is NULL, overflowed.
    private static boolean add(LongVector a, LongVector b, int rows, LongVector out) {
        int as = a.isConstant() ? 0 : 1;
        int bs = b.isConstant() ? 0 : 1;
        long[] x = a.values;
        long[] y = b.values;
        long[] z = out.values;
        long overflow = 0;
        for (int i = 0; i < rows; i++) {
            long l = x[i * as];
            long r = y[i * bs];
            long sum = l + r;
            overflow |= (l ^ sum) & (r ^ sum);
            z[i] = sum;
        }
        return overflow < 0;
    }

    private static boolean subtract(LongVector a, LongVector b, int rows, LongVector out) {
        int as = a.isConstant() ? 0 : 1;
        int bs = b.isConstant() ? 0 : 1;
        long[] x = a.values;
        long[] y = b.values;
        long[] z = out.values;
        long overflow = 0;
        for (int i = 0; i < rows; i++) {
            long l = x[i * as];
            long r = y[i * bs];
            long difference = l - r;
            overflow |= (l ^ r) & (l ^ difference);
            z[i] = difference;
        }
        return overflow < 0;
    }

    private static boolean multiply(LongVector a, LongVector b, int rows, LongVector out) {
        int as = a.isConstant() ? 0 : 1;
        int bs = b.isConstant() ? 0 : 1;
        long[] x = a.values;
        long[] y = b.values;
        long[] z = out.values;
        long overflow = 0;
        for (int i = 0; i < rows; i++) {
            long l = x[i * as];
            long r = y[i * bs];
            long product = l * r;
            overflow |= Math.multiplyHigh(l, r) ^ (product >> 63);
            z[i] = product;
        }
        return overflow != 0;
    }

    private void slow(LongVector a, LongVector b, int rows, LongVector out) {
        for (int i = 0; i < rows; i++) {
            if (!out.isNull(i)) {
                out.values[i] = exact(a.get(i), b.get(i));
            }
        }
    }

    private long exact(long a, long b) {
        if (a >= 0 && b >= 0) {
            // Both below 2^63, whatever their types.
            switch (operator) {
                case ADD -> {
                    long sum = a + b;
                    if (unsigned || sum >= 0) {
                        return sum;
                    }
                }
                case SUBTRACT -> {
                    long difference = a - b;
                    if (!unsigned || difference >= 0) {
                        return difference;
                    }
                }
                case MULTIPLY -> {
                    long product = a * b;
                    if (Math.multiplyHigh(a, b) == 0 && (unsigned || product >= 0)) {
                        return product;
                    }
                }
                case DIVIDE, INTEGER_DIVIDE, MODULO -> {}
            }
        }
        BigInteger x = leftUnsigned ? Decimals.ofUnsigned(a) : BigInteger.valueOf(a);
        BigInteger y = rightUnsigned ? Decimals.ofUnsigned(b) : BigInteger.valueOf(b);
        return fit(
                switch (operator) {
                    case ADD -> x.add(y);
                    case SUBTRACT -> x.subtract(y);
                    case MULTIPLY -> x.multiply(y);
                    case DIVIDE, INTEGER_DIVIDE -> x.divide(y);
                    case MODULO -> x.remainder(y);
                });
    }

    private long fit(BigInteger value) {
        boolean fits = unsigned ? value.signum() >= 0 && value.bitLength() <= 64 : value.bitLength() <= 63;
        if (!fits) {
            throw outOfRange(unsigned ? "BIGINT UNSIGNED" : "BIGINT", operator, left, right);
        }
        return value.longValue();
    }

    static SqlException outOfRange(String type, Arithmetic.Operator operator, Expr left, Expr right) {
        String text = ExprText.arithmetic(operator.sign, left, right);
        return new SqlException(ErrorCode.DATA_OUT_OF_RANGE, type, text);
    }

    private void divide(EvalContext context, LongVector a, LongVector b, int rows, LongVector out) {
        boolean isModulo = operator == Arithmetic.Operator.MODULO;
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            long x = a.get(i);
            long y = b.get(i);
            if (y == 0) {
                DivisionByZero.report(context);
                out.setNull(i);
            } else if ((x >= 0 || !leftUnsigned) && (y >= 0 || !rightUnsigned)) {
                out.values[i] = isModulo ? x % y : quotient(x, y);
            } else {
                out.values[i] = exact(x, y);
            }
        }
    }

    private long quotient(long x, long y) {
        long quotient = x / y;
        boolean overflows = unsigned ? quotient < 0 : x == Long.MIN_VALUE && y == -1;
        if (overflows) {
            throw outOfRange(unsigned ? "BIGINT UNSIGNED" : "BIGINT", operator, left, right);
        }
        return quotient;
    }
}
