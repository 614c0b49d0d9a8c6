package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import java.util.List;

/// Control flow: IF, IFNULL, NULLIF, COALESCE, ISNULL.
///
/// Source: MySQL 8.0 manual, "Flow Control Functions".
final class ControlFunctions {
    static final FunctionTable TABLE = new FunctionTable("Flow Control and Comparison Functions")
            .add(
                    "IF(condition, then, else)",
                    c -> Operators.caseWhen(List.of(c.get(0)), List.of(c.get(1)), c.get(2), c.context()))
            .add("IFNULL(a, b)", c -> Operators.coalesce(c.arguments(), c.context()))
            .add("COALESCE(value[, …])", c -> Operators.coalesce(c.arguments(), c.context()))
            .add("NULLIF(a, b)", ControlFunctions::nullIf)
            .add("GREATEST(value, value[, …])", c -> Extremes.extreme(c, true))
            .add("LEAST(value, value[, …])", c -> Extremes.extreme(c, false))
            .add("INTERVAL(n, n1[, …])", Extremes::interval)
            .add("ISNULL(value)", c -> Predicates.isNull(c.get(0), false));

    private ControlFunctions() {}

    /// NULL if the arguments are equal, else the first.
    private static Expr nullIf(Binding call) {
        Expr first = call.type(0).kind() == TypeKind.BIT ? Casts.toNumber(call.get(0), call.context()) : call.get(0);
        Expr equal = Comparisons.bind(Comparison.Operator.EQUAL, first, call.get(1), call.context());
        Expr value = DecimalOps.unrounded(first);
        SqlType type = value.type();
        Expr none = new Expr.Constant(io.qomo.base.vector.Vector.constantNull(type));
        Expr choice = new Expr.Case(List.of(equal), List.of(none), value, type, first.coercibility());
        return DecimalOps.rounded(choice, first.type());
    }
}
