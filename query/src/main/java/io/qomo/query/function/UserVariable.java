package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Constants;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.ScalarFunction;

/// `@name`. The variable may have changed its type since the statement was bound; its value is then converted.
///
/// @param name in lower case
/// @param type as bound
record UserVariable(String name, SqlType type) implements ScalarFunction {
    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        Vector value = context.session().userVariable(name);
        if (value == null || value.isNull(0)) {
            for (int i = 0; i < rows; i++) {
                out.setNull(i);
            }
            return;
        }
        Vector converted = value;
        if (!CastFunction.isSameForm(value.type(), type)) {
            converted = Vector.of(type, 1);
            CastKernels.kernel(value.type(), type, false).compute(new Row(context, new Vector[] {value}, converted));
        }
        for (int i = 0; i < rows; i++) {
            out.copyFrom(converted, 0, i);
        }
    }

    /// `@name := value`. The evaluator computes expressions with assignments row by row, so that what reads the
    /// variable
    /// sees the row before.
    ///
    /// @param variable in lower case
    record Assign(String variable) implements ScalarFunction {
        @Override
        public String name() {
            return ":=";
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }

        @Override
        public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
            for (int i = 0; i < rows; i++) {
                out.copyFrom(arguments[0], i, i);
                context.session().setUserVariable(variable, Constants.copyOf(arguments[0], i));
            }
        }
    }
}
