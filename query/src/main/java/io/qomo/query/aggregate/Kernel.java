package io.qomo.query.aggregate;

import io.qomo.query.expr.AggregateFunction;
import io.qomo.query.expr.EvalContext;
import java.util.function.Function;

/// A bound aggregate: its name and how to make its state.
record Kernel(String name, Function<EvalContext, AggregateFunction.Accumulator> maker) implements AggregateFunction {
    @Override
    public Accumulator newAccumulator(EvalContext context) {
        return maker.apply(context);
    }
}
