package io.qomo.query.eval;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;

/// Evaluates an expression that sets user variables one row at a time.
final class RowByRow extends CompiledExpr {
    private final CompiledExpr inner;
    private final RowSelector selector;
    private final Vector out;
    private final int[] one = new int[1];

    RowByRow(Expr expr, CompiledExpr inner) {
        super(expr.type(), false);
        this.inner = inner;
        this.selector = new RowSelector(expr);
        this.out = Vector.of(expr.type(), 1);
    }

    @Override
    public Vector evaluate(Batch input) {
        int rows = input.rows();
        out.reset();
        out.ensure(rows);
        for (int i = 0; i < rows; i++) {
            one[0] = i;
            out.copyFrom(inner.evaluate(selector.select(input, one, 1)), 0, i);
        }
        return out;
    }

    @Override
    public void reset() {
        inner.reset();
    }
}
