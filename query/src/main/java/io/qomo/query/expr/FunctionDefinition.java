package io.qomo.query.expr;

import io.qomo.base.type.Collation;
import java.util.List;

/// A function or operator of SQL before its argument types are known.
public interface FunctionDefinition {
    /// The SQL name in lower case; operators by their sign (`+`, `<=>`, `like`).
    String name();

    /// Checks the arguments and builds the typed expression: picks the kernel, wraps arguments in casts, finds the
    /// result type, its nullability and its collation. Not necessarily a Call: IF becomes a Case.
    ///
    /// Errors: WRONG_PARAMETER_COUNT_TO_FUNCTION, OPERAND_COLUMNS, CANT_AGGREGATE_2COLLATIONS and others.
    Expr bind(BindContext context, List<Expr> arguments);

    /// What binding may depend on; cached plans are keyed by these too.
    interface BindContext {
        /// The session's sql_mode.
        SqlMode sqlMode();

        /// collation_connection.
        Collation connectionCollation();

        /// div_precision_increment.
        int divPrecisionIncrement();

        /// For constants that must be known when types are found (formats, precisions); folding uses it too.
        EvalContext evalContext();
    }
}
