package io.qomo.query.function;

import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.ScalarFunction;
import io.qomo.query.function.RowFunction.Kernel;
import io.qomo.query.function.RowFunction.Volatility;
import java.util.function.Supplier;

/// A row-wise function whose kernel keeps something between rows (a compiled pattern, a generator's state): each
/// statement gets a kernel of its own.
record StatementFunction(String name, Supplier<Kernel> kernels, boolean isStrict, Volatility volatility)
        implements ScalarFunction {
    @Override
    public ScalarFunction forStatement() {
        return new RowFunction(name, kernels.get(), isStrict, volatility);
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        forStatement().evaluate(context, arguments, rows, out);
    }

    @Override
    public boolean isDeterministic() {
        return volatility != Volatility.VOLATILE;
    }

    @Override
    public boolean readsSettings() {
        return volatility == Volatility.SETTINGS;
    }

    @Override
    public boolean isPure() {
        return volatility == Volatility.PURE;
    }
}
