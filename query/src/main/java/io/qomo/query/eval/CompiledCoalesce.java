package io.qomo.query.eval;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;

/// COALESCE: each argument is evaluated for the rows where all before it are NULL.
final class CompiledCoalesce extends CompiledExpr {
    private final CompiledExpr[] arguments;
    private final RowSelector[] selectors;
    private final Vector out;
    private int[] open = {};

    CompiledCoalesce(Expr.Coalesce coalesce, CompiledExpr[] arguments) {
        super(coalesce.type(), CompiledCall.allTotal(arguments));
        this.arguments = arguments;
        this.selectors = new RowSelector[arguments.length];
        for (int i = 0; i < selectors.length; i++) {
            selectors[i] = new RowSelector(coalesce.arguments().get(i));
        }
        this.out = Vector.of(coalesce.type(), 1);
    }

    @Override
    public Vector evaluate(Batch input) {
        int rows = input.rows();
        Vector first = arguments[0].evaluate(input);
        if (!first.hasNulls() || rows == 0 || arguments.length == 1) {
            return first;
        }
        if (open.length < rows) {
            open = new int[Math.max(rows, Vector.BATCH_ROWS)];
        }
        int count = 0;
        for (int i = 0; i < rows; i++) {
            if (first.isNull(i)) {
                open[count++] = i;
            }
        }
        if (count == rows && arguments.length == 2) {
            return arguments[1].evaluate(input);
        }
        out.reset();
        out.ensure(rows);
        if (count < rows) {
            for (int i = 0; i < rows; i++) {
                out.copyFrom(first, i, i);
            }
        }
        for (int i = 1; i < arguments.length && count > 0; i++) {
            Vector value = arguments[i].evaluate(count == rows ? input : selectors[i].select(input, open, count));
            CompiledCase.scatter(value, open, count, out);
            int left = 0;
            for (int k = 0; k < count; k++) {
                if (value.isNull(k)) {
                    open[left++] = open[k];
                }
            }
            count = left;
        }
        return out;
    }

    @Override
    public void reset() {
        for (CompiledExpr argument : arguments) {
            argument.reset();
        }
    }
}
