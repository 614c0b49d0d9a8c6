package io.qomo.query.eval;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;

/// Evaluates typed expressions.
///
/// Operands of AND, OR, CASE and COALESCE are evaluated only for the rows that need them (others may be computed too
/// where that cannot be noticed), so an error or a warning never comes from a row that was ruled out before.
public final class Evaluator {
    private Evaluator() {}

    /// Makes an expression ready for one statement; the result belongs to the calling thread.
    public static CompiledExpr compile(Expr expr, EvalContext context) {
        CompiledExpr compiled = new Compiler(context).compile(expr);
        return ExprWalker.assignsVariable(expr) ? new RowByRow(expr, compiled) : compiled;
    }

    /// The value of an expression without columns: a constant vector that is never written again.
    public static Vector evaluateConstant(Expr expr, EvalContext context) {
        if (expr instanceof Expr.Constant constant) {
            return constant.value();
        }
        Vector value = compile(expr, context).evaluate(new Batch(new Vector[0], 1));
        if (value.isConstant()) {
            return value;
        }
        Vector copy = Vector.of(value.type(), 1);
        copy.copyFrom(value, 0, 0);
        copy.setConstant(true);
        return copy;
    }

    /// Writes the rows for which the condition holds to `selection` (room for all rows), in order, and returns their
    /// number.
    public static int filter(CompiledExpr condition, Batch input, int[] selection) {
        return condition.filter(input, selection);
    }
}
