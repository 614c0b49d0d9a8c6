package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.List;

/// Decimals with more digits than they show.
///
/// MySQL computes a quotient, and AVG, to whole words of nine digits and declares fewer. All digits
/// count wherever a number is computed, compared, converted or stored; what is declared counts where the
/// value becomes text, is sent to a client, or is kept in a temporary table (groups, DISTINCT, UNION,
/// windows, derived tables that are not merged). So such an expression is a computation of the full
/// scale with a rounding ([RoundDecimal]) around it, which is the expression's declared type, and
/// whoever wants the number takes it off.
public final class DecimalOps {
    private DecimalOps() {}

    /// The expression with all its digits: what arithmetic, comparisons, conversions and columns see.
    public static Expr unrounded(Expr expr) {
        return expr instanceof Expr.Call call && call.function() instanceof RoundDecimal round && !round.isFinal()
                ? call.arguments().getFirst()
                : expr;
    }

    /// As [#unrounded], unless the value is wanted as text or JSON.
    static Expr unrounded(Expr expr, SqlType wanted) {
        TypeKind kind = wanted.kind();
        boolean isText = kind.isString() || kind == TypeKind.JSON || kind == TypeKind.ENUM || kind == TypeKind.SET;
        return isText ? expr : unrounded(expr);
    }

    /// A decimal expression that shows the scale of a type; the same instance if that is all it has.
    public static Expr rounded(Expr expr, SqlType shown) {
        return rounded(expr, shown, false);
    }

    /// A decimal expression cut to a type for good, as a temporary table does.
    public static Expr settled(Expr expr, SqlType shown) {
        return rounded(expr, shown, true);
    }

    private static Expr rounded(Expr expr, SqlType shown, boolean isFinal) {
        if (shown.kind() != TypeKind.DECIMAL || expr.type().scale() == shown.scale()) {
            return expr;
        }
        return new Expr.Call(new RoundDecimal(isFinal), List.of(expr), shown, expr.nullable(), Coercibility.NUMERIC);
    }

    /// The type in which decimals that show `shown` together keep all their digits.
    public static SqlType full(SqlType shown, List<Expr> expressions) {
        if (shown.kind() != TypeKind.DECIMAL) {
            return shown;
        }
        int scale = shown.scale();
        for (Expr e : expressions) {
            Expr raw = unrounded(e);
            scale = raw.type().kind() == TypeKind.DECIMAL
                    ? Math.max(scale, raw.type().scale())
                    : scale;
        }
        int whole = shown.length() - shown.scale();
        int more = Math.max(0, Math.min(scale, SqlType.MAX_DECIMAL_PRECISION - whole) - shown.scale());
        return more == 0 ? shown : widened(shown, more);
    }

    /// A decimal type with more digits after the point.
    public static SqlType widened(SqlType shown, int more) {
        return NumericTypes.decimal(shown.length() + more, shown.scale() + more, shown.unsigned());
    }
}
