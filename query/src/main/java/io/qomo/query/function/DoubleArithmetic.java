package io.qomo.query.function;

import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;

/// Arithmetic on doubles; a result that is not finite is the error DATA_OUT_OF_RANGE.
record DoubleArithmetic(Arithmetic.Operator operator, Expr left, Expr right) implements ScalarFunction {
    @Override
    public String name() {
        return operator.sign;
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        DoubleVector a = (DoubleVector) arguments[0];
        DoubleVector b = (DoubleVector) arguments[1];
        DoubleVector result = (DoubleVector) out;
        out.addNulls(a, rows);
        out.addNulls(b, rows);
        int as = a.isConstant() ? 0 : 1;
        int bs = b.isConstant() ? 0 : 1;
        double[] x = a.values;
        double[] y = b.values;
        double[] z = result.values;
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    z[i] = x[i * as] + y[i * bs];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rows; i++) {
                    z[i] = x[i * as] - y[i * bs];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < rows; i++) {
                    z[i] = x[i * as] * y[i * bs];
                }
            }
            case DIVIDE, MODULO, INTEGER_DIVIDE -> divide(context, a, b, rows, result);
        }
        checkFinite(result, rows);
    }

    private void divide(EvalContext context, DoubleVector a, DoubleVector b, int rows, DoubleVector out) {
        boolean isModulo = operator == Arithmetic.Operator.MODULO;
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            double divisor = b.get(i);
            if (divisor == 0) {
                DivisionByZero.report(context);
                out.setNull(i);
            } else {
                out.values[i] = isModulo ? a.get(i) % divisor : a.get(i) / divisor;
            }
        }
    }

    private void checkFinite(DoubleVector out, int rows) {
        double[] z = out.values;
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += z[i] * 0;
        }
        if (sum == 0) {
            return;
        }
        for (int i = 0; i < rows; i++) {
            if (!Double.isFinite(z[i]) && !out.isNull(i)) {
                throw LongArithmetic.outOfRange("DOUBLE", operator, left, right);
            }
        }
    }
}
