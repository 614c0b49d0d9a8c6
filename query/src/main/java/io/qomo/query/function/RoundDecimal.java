package io.qomo.query.function;

import io.qomo.base.type.Decimals;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.ScalarFunction;

/// Brings a decimal to the scale it is declared with, see [DecimalOps].
///
/// @param isFinal true if nobody may look at the digits behind it
record RoundDecimal(boolean isFinal) implements ScalarFunction {
    @Override
    public String name() {
        return "round";
    }

    @Override
    public boolean isTotal() {
        return true;
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        DecimalVector from = (DecimalVector) arguments[0];
        DecimalVector to = (DecimalVector) out;
        int fromScale = from.scale();
        int toScale = to.scale();
        out.addNulls(from, rows);
        for (int i = 0; i < rows; i++) {
            if (out.isNull(i)) {
                continue;
            }
            if (from.isWide(i)
                    || (toScale > fromScale && !DecimalMath.canScale(from.unscaled[from.at(i)], toScale - fromScale))) {
                to.setUnscaled(i, Decimals.changeScale(from.unscaled(i), fromScale, toScale));
            } else if (toScale <= fromScale) {
                to.setUnscaled(i, Decimals.reduceScale(from.unscaled[from.at(i)], fromScale, toScale));
            } else {
                to.setUnscaled(i, from.unscaled[from.at(i)] * Decimals.POWERS_OF_TEN[toScale - fromScale]);
            }
        }
    }
}
