package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition;
import java.util.List;

/// One line of a table of functions.
///
/// @param signature name and arguments
/// @param family the table's name, a section of the manual
/// @param binder builds the typed expression
record Definition(Signature signature, String family, Binder binder) implements FunctionDefinition {
    /// Builds the typed expression of a call whose number of arguments is right.
    interface Binder {
        Expr bind(Binding call);
    }

    @Override
    public String name() {
        return signature.name();
    }

    @Override
    public Expr bind(BindContext context, List<Expr> arguments) {
        if (!signature.accepts(arguments.size())) {
            throw new SqlException(
                    ErrorCode.WRONG_PARAMETER_COUNT_TO_FUNCTION, name().toUpperCase(java.util.Locale.ROOT));
        }
        return binder.bind(new Binding(name(), context, arguments));
    }
}
