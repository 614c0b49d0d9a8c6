package io.qomo.query.eval;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;
import org.jspecify.annotations.Nullable;

/// A call. One that no row can change is computed once and kept until [#reset].
final class CompiledCall extends CompiledExpr {
    private final ScalarFunction shared;
    private ScalarFunction function;
    private final CompiledExpr[] arguments;
    private final EvalContext context;
    private final boolean keepsValue;
    private final @Nullable Vector[] values;
    private @Nullable Vector out;
    private boolean isKept;

    CompiledCall(Expr.Call call, CompiledExpr[] arguments, EvalContext context, boolean keepsValue) {
        super(call.type(), call.function().isTotal() && allTotal(arguments));
        this.shared = call.function();
        this.function = shared.forStatement();
        this.arguments = arguments;
        this.context = context;
        this.keepsValue = keepsValue;
        this.values = new Vector[arguments.length];
    }

    static boolean allTotal(CompiledExpr[] expressions) {
        for (CompiledExpr e : expressions) {
            if (!e.isTotal()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Vector evaluate(Batch input) {
        int rows = input.rows();
        Vector result = out;
        if (result == null) {
            result = Vector.of(type(), keepsValue ? 1 : Math.max(rows, 1));
            out = result;
        }
        if (isKept) {
            return result;
        }
        result.reset();
        if (rows == 0) {
            return result;
        }
        boolean constant = function.isDeterministic();
        Vector[] inputs = values();
        for (int i = 0; i < arguments.length; i++) {
            Vector v = arguments[i].evaluate(input);
            inputs[i] = v;
            constant &= v.isConstant();
        }
        int count = constant ? 1 : rows;
        result.ensure(count);
        function.evaluate(context, inputs, count, result);
        if (constant) {
            result.setConstant(true);
            isKept = keepsValue;
        }
        return result;
    }

    @SuppressWarnings("NullAway") // filled before it is read
    private Vector[] values() {
        return values;
    }

    @Override
    public void reset() {
        isKept = false;
        function = shared.forStatement();
        for (CompiledExpr argument : arguments) {
            argument.reset();
        }
    }
}
