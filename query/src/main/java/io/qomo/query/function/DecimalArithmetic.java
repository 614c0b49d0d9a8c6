package io.qomo.query.function;

import io.qomo.base.type.Decimals;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Arithmetic on decimals: on longs as long as they hold the values, on BigIntegers where not. The result has the scale
/// of its type; quotients are cut, not rounded, there.
record DecimalArithmetic(Arithmetic.Operator operator, Expr left, Expr right) implements ScalarFunction {
    /// What a decimal may have within an expression; only 65 digits can be stored.
    private static final int MAX_DIGITS = 81;

    @Override
    public String name() {
        return operator.sign;
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        DecimalVector a = (DecimalVector) arguments[0];
        DecimalVector b = (DecimalVector) arguments[1];
        out.addNulls(a, rows);
        out.addNulls(b, rows);
        switch (operator) {
            case ADD, SUBTRACT -> sum(a, b, rows, (DecimalVector) out);
            case MULTIPLY -> multiply(a, b, rows, (DecimalVector) out);
            case DIVIDE -> divide(context, a, b, rows, (DecimalVector) out);
            case MODULO -> modulo(context, a, b, rows, (DecimalVector) out);
            case INTEGER_DIVIDE -> integerDivide(context, a, b, rows, (LongVector) out);
        }
    }

    private void sum(DecimalVector a, DecimalVector b, int rows, DecimalVector out) {
        int aUp = out.scale() - a.scale();
        int bUp = out.scale() - b.scale();
        boolean subtracts = operator == Arithmetic.Operator.SUBTRACT;
        boolean canBeLong = aUp >= 0 && bUp >= 0 && aUp <= 18 && bUp <= 18;
        long aPower = canBeLong ? Decimals.POWERS_OF_TEN[aUp] : 0;
        long bPower = canBeLong ? Decimals.POWERS_OF_TEN[bUp] : 0;
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            if (canBeLong && !a.isWide(i) && !b.isWide(i)) {
                long x = a.unscaled[a.at(i)];
                long y = b.unscaled[b.at(i)];
                long xs = x * aPower;
                long ys = y * bPower;
                long sum = subtracts ? xs - ys : xs + ys;
                long overflow = subtracts ? (xs ^ ys) & (xs ^ sum) : (xs ^ sum) & (ys ^ sum);
                if (overflow >= 0
                        && Math.multiplyHigh(x, aPower) == xs >> 63
                        && Math.multiplyHigh(y, bPower) == ys >> 63) {
                    out.setUnscaled(i, sum);
                    continue;
                }
            }
            BigDecimal x = a.get(i);
            BigDecimal y = b.get(i);
            set(out, i, subtracts ? x.subtract(y) : x.add(y));
        }
    }

    private void multiply(DecimalVector a, DecimalVector b, int rows, DecimalVector out) {
        boolean canBeLong = a.scale() + b.scale() == out.scale();
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            if (canBeLong && !a.isWide(i) && !b.isWide(i)) {
                long x = a.unscaled[a.at(i)];
                long y = b.unscaled[b.at(i)];
                long product = x * y;
                if (Math.multiplyHigh(x, y) == product >> 63) {
                    out.setUnscaled(i, product);
                    continue;
                }
            }
            set(out, i, a.get(i).multiply(b.get(i)));
        }
    }

    private void divide(EvalContext context, DecimalVector a, DecimalVector b, int rows, DecimalVector out) {
        int up = out.scale() + b.scale() - a.scale();
        boolean canBeLong = up >= 0 && up <= 18;
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            boolean isLong = !a.isWide(i) && !b.isWide(i);
            if (isLong ? b.unscaled[b.at(i)] == 0 : b.unscaled(i).signum() == 0) {
                DivisionByZero.report(context);
                out.setNull(i);
                continue;
            }
            if (isLong && canBeLong) {
                long x = a.unscaled[a.at(i)];
                if (DecimalMath.canScale(x, up)) {
                    long scaled = x * Decimals.POWERS_OF_TEN[up];
                    long divisor = b.unscaled[b.at(i)];
                    if (scaled != Long.MIN_VALUE || divisor != -1) {
                        out.setUnscaled(i, scaled / divisor);
                        continue;
                    }
                }
            }
            BigInteger dividend = a.unscaled(i);
            BigInteger divisor = b.unscaled(i);
            if (up >= 0) {
                dividend = DecimalMath.scale(dividend, up);
            } else {
                divisor = DecimalMath.scale(divisor, -up);
            }
            setUnscaled(out, i, dividend.divide(divisor));
        }
    }

    private void modulo(EvalContext context, DecimalVector a, DecimalVector b, int rows, DecimalVector out) {
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            BigDecimal divisor = b.get(i);
            if (divisor.signum() == 0) {
                DivisionByZero.report(context);
                out.setNull(i);
            } else {
                set(out, i, a.get(i).remainder(divisor));
            }
        }
    }

    private void integerDivide(EvalContext context, DecimalVector a, DecimalVector b, int rows, LongVector out) {
        boolean unsigned = out.type().unsigned();
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            BigDecimal divisor = b.get(i);
            if (divisor.signum() == 0) {
                DivisionByZero.report(context);
                out.setNull(i);
                continue;
            }
            BigInteger quotient = a.get(i).divideToIntegralValue(divisor).toBigInteger();
            boolean fits = unsigned ? quotient.signum() >= 0 && quotient.bitLength() <= 64 : quotient.bitLength() <= 63;
            if (!fits) {
                throw LongArithmetic.outOfRange(unsigned ? "BIGINT UNSIGNED" : "BIGINT", operator, left, right);
            }
            out.values[i] = quotient.longValue();
        }
    }

    private void set(DecimalVector out, int row, BigDecimal value) {
        setUnscaled(out, row, value.setScale(out.scale(), RoundingMode.HALF_UP).unscaledValue());
    }

    private void setUnscaled(DecimalVector out, int row, BigInteger value) {
        int digits = Math.min(MAX_DIGITS, SqlType.MAX_DECIMAL_PRECISION + out.scale());
        if (!Decimals.fits(value, digits)) {
            throw LongArithmetic.outOfRange("DECIMAL", operator, left, right);
        }
        out.setUnscaled(row, value);
    }
}
