package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.List;

/// Results of decimal operations with more digits than they show.
public final class DecimalOps {
    private DecimalOps() {}

    /// The expression with all its digits: what further arithmetic, comparisons and sums work on.
    public static Expr unrounded(Expr expr) {
        return expr instanceof Expr.Call call && call.function() instanceof RoundDecimal
                ? call.arguments().getFirst()
                : expr;
    }

    /// Rounds a decimal expression to a type where it is stored or shown.
    static Expr rounded(Expr expr, SqlType shown) {
        if (expr.type().scale() == shown.scale()) {
            return expr;
        }
        return new Expr.Call(new RoundDecimal(), List.of(expr), shown, expr.nullable(), Coercibility.NUMERIC);
    }
}
