package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.ScalarFunction;
import io.qomo.query.expr.SqlMode;
import java.util.List;

/// Binds + − * / DIV % and unary minus.
///
/// Source: MySQL 8.0 manual, "Arithmetic Operators", "Precision Math".
public final class Arithmetic {
    /// The operators.
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        INTEGER_DIVIDE("DIV"),
        MODULO("%");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /// What negation subtracts from.
    static final Expr ZERO = new Expr.Constant(LongVector.constant(SqlType.BIGINT, 0));

    private static final int DIGITS_PER_WORD = 9;

    private Arithmetic() {}

    static Expr bind(Operator operator, Binding call) {
        BindContext context = call.context();
        Expr left = Casts.toNumber(call.get(0), context);
        Expr right = Casts.toNumber(call.get(1), context);
        boolean approximate =
                left.type().kind().isApproximate() || right.type().kind().isApproximate();
        if (operator == Operator.INTEGER_DIVIDE) {
            return integerDivide(left, right, approximate, context);
        }
        if (approximate) {
            return approximate(operator, left, right, context);
        }
        boolean decimal = left.type().kind() == TypeKind.DECIMAL || right.type().kind() == TypeKind.DECIMAL;
        if (decimal || operator == Operator.DIVIDE) {
            return decimal(operator, left, right, context);
        }
        return integer(operator, left, right, context);
    }

    private static Expr approximate(Operator operator, Expr left, Expr right, BindContext context) {
        Expr a = Casts.implicit(left, SqlType.DOUBLE, context);
        Expr b = Casts.implicit(right, SqlType.DOUBLE, context);
        int scale = Math.max(decimals(left.type()), decimals(right.type()))
                + (operator == Operator.DIVIDE ? context.divPrecisionIncrement() : 0);
        boolean isFixed =
                decimals(left.type()) >= 0 && decimals(right.type()) >= 0 && scale <= SqlType.MAX_DECIMAL_SCALE;
        SqlType type = isFixed ? MathFunctions.fixed(scale) : SqlType.DOUBLE;
        return call(new DoubleArithmetic(operator, a, b), a, b, type, divides(operator));
    }

    /// Decimals a number shows; −1 where not fixed.
    private static int decimals(SqlType type) {
        return type.kind().isApproximate() ? type.scale() : NumericTypes.scale(type);
    }

    private static Expr integer(Operator operator, Expr left, Expr right, BindContext context) {
        boolean leftUnsigned = NumericTypes.isUnsigned(left.type());
        boolean rightUnsigned = NumericTypes.isUnsigned(right.type());
        boolean unsigned = switch (operator) {
            case MODULO -> leftUnsigned;
            case SUBTRACT ->
                (leftUnsigned || rightUnsigned) && !context.sqlMode().has(SqlMode.NO_UNSIGNED_SUBTRACTION);
            default -> leftUnsigned || rightUnsigned;
        };
        SqlType type = unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT;
        return call(
                new LongArithmetic(operator, leftUnsigned, rightUnsigned, unsigned, left, right),
                left,
                right,
                type,
                divides(operator));
    }

    private static Expr integerDivide(Expr left, Expr right, boolean approximate, BindContext context) {
        boolean unsigned = NumericTypes.isUnsigned(left.type()) || NumericTypes.isUnsigned(right.type());
        SqlType type = unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT;
        if (NumericTypes.isInteger(left.type()) && NumericTypes.isInteger(right.type())) {
            return integer(Operator.INTEGER_DIVIDE, left, right, context);
        }
        Expr a = approximate ? asDecimal(left, context) : DecimalOps.unrounded(asDecimal(left, context));
        Expr b = approximate ? asDecimal(right, context) : DecimalOps.unrounded(asDecimal(right, context));
        return call(new DecimalArithmetic(Operator.INTEGER_DIVIDE, a, b), a, b, type, true);
    }

    private static Expr asDecimal(Expr expr, BindContext context) {
        SqlType type = expr.type();
        if (type.kind() == TypeKind.DECIMAL) {
            return expr;
        }
        if (type.kind().isApproximate()) {
            return Casts.implicit(expr, SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 20), context);
        }
        return Casts.implicit(expr, SqlType.decimal(NumericTypes.precision(expr), 0), context);
    }

    private static Expr decimal(Operator operator, Expr left, Expr right, BindContext context) {
        Expr shownLeft = asDecimal(left, context);
        Expr shownRight = asDecimal(right, context);
        SqlType shown = type(operator, shownLeft.type(), shownRight.type(), left, right, context);
        Expr a = DecimalOps.unrounded(shownLeft);
        Expr b = DecimalOps.unrounded(shownRight);
        int rawScale = switch (operator) {
            case MULTIPLY -> a.type().scale() + b.type().scale();
            case DIVIDE -> divisionScale(a.type().scale(), b.type().scale(), context.divPrecisionIncrement());
            default -> Math.max(a.type().scale(), b.type().scale());
        };
        int raw = Math.max(shown.scale(), Math.min(rawScale, SqlType.MAX_DECIMAL_SCALE));
        SqlType rawType =
                NumericTypes.decimal(Math.max(shown.length() + raw - shown.scale(), raw), raw, shown.unsigned());
        Expr computed = call(new DecimalArithmetic(operator, a, b), a, b, rawType, divides(operator));
        if (raw == shown.scale()) {
            return call(new DecimalArithmetic(operator, a, b), a, b, shown, divides(operator));
        }
        return DecimalOps.rounded(computed, shown);
    }

    private static SqlType type(Operator operator, SqlType a, SqlType b, Expr left, Expr right, BindContext context) {
        boolean unsigned = a.unsigned() && b.unsigned();
        int ap = precision(left, a);
        int bp = precision(right, b);
        return switch (operator) {
            case ADD, SUBTRACT -> {
                int scale = Math.max(a.scale(), b.scale());
                yield NumericTypes.decimal(
                        Math.max(ap - a.scale(), bp - b.scale()) + 1 + scale,
                        scale,
                        unsigned && operator == Operator.ADD);
            }
            case MULTIPLY -> NumericTypes.decimal(ap + bp, a.scale() + b.scale(), unsigned);
            case DIVIDE -> {
                int scale = Math.min(a.scale() + context.divPrecisionIncrement(), SqlType.MAX_DECIMAL_SCALE);
                yield NumericTypes.decimal(ap + b.scale() + context.divPrecisionIncrement(), scale, unsigned);
            }
            case MODULO -> NumericTypes.decimal(Math.max(ap, bp), Math.max(a.scale(), b.scale()), a.unsigned());
            case INTEGER_DIVIDE -> NumericTypes.decimal(ap, 0, unsigned);
        };
    }

    private static int precision(Expr original, SqlType type) {
        return original.type().kind() == TypeKind.DECIMAL ? type.length() : NumericTypes.precision(original);
    }

    /// Digits MySQL computes of a quotient: whole words of nine.
    public static int divisionScale(int left, int right, int increment) {
        int a = words(left);
        int b = words(right);
        int more = Math.max(0, increment - (a - left) - (b - right));
        return Math.min(words(a + b + more), SqlType.MAX_DECIMAL_SCALE);
    }

    private static int words(int digits) {
        return (digits + DIGITS_PER_WORD - 1) / DIGITS_PER_WORD * DIGITS_PER_WORD;
    }

    private static boolean divides(Operator operator) {
        return switch (operator) {
            case DIVIDE, INTEGER_DIVIDE, MODULO -> true;
            case ADD, SUBTRACT, MULTIPLY -> false;
        };
    }

    private static Expr call(ScalarFunction function, Expr a, Expr b, SqlType type, boolean mayBeNull) {
        return new Expr.Call(
                function, List.of(a, b), type, mayBeNull || a.nullable() || b.nullable(), Coercibility.NUMERIC);
    }

    /// Unary minus. A literal 2^63 becomes the least BIGINT; other integers that cannot be negated become decimals.
    static Expr negate(Binding call) {
        BindContext context = call.context();
        Expr operand = Casts.toNumber(call.get(0), context);
        SqlType type = operand.type();
        if (type.kind().isApproximate()) {
            Expr zero = new Expr.Constant(io.qomo.base.vector.DoubleVector.constant(SqlType.DOUBLE, -0.0));
            Expr value = Casts.implicit(operand, SqlType.DOUBLE, context);
            SqlType shown = type.scale() < 0 ? SqlType.DOUBLE : MathFunctions.fixed(type.scale());
            return call(new DoubleArithmetic(Operator.SUBTRACT, zero, value), zero, value, shown, false);
        }
        if (type.kind() == TypeKind.DECIMAL) {
            Expr raw = DecimalOps.unrounded(operand);
            Expr zero = zero(raw.type().scale());
            SqlType rawType = SqlType.decimal(raw.type().length(), raw.type().scale());
            Expr negated = call(new DecimalArithmetic(Operator.SUBTRACT, zero, raw), zero, raw, rawType, false);
            return DecimalOps.rounded(negated, SqlType.decimal(type.length(), type.scale()));
        }
        if (Binding.constantOf(operand, context.evalContext()) instanceof LongVector v && !v.isNull(0)) {
            long value = v.get(0);
            boolean tooLarge = type.unsigned() ? value < 0 && value != Long.MIN_VALUE : value == Long.MIN_VALUE;
            if (tooLarge) {
                Expr decimal = asDecimal(operand, context);
                Expr zero = zero(0);
                return call(
                        new DecimalArithmetic(Operator.SUBTRACT, zero, decimal), zero, decimal, decimal.type(), false);
            }
            if (operand instanceof Expr.Constant) {
                return new Expr.Constant(LongVector.constant(SqlType.BIGINT, -value));
            }
        }
        LongArithmetic function =
                new LongArithmetic(Operator.SUBTRACT, false, NumericTypes.isUnsigned(type), false, ZERO, operand);
        return call(function, ZERO, operand, SqlType.BIGINT, false);
    }

    private static Expr zero(int scale) {
        SqlType type = SqlType.decimal(Math.max(1, scale), scale);
        return new Expr.Constant(io.qomo.base.vector.DecimalVector.constant(type, java.math.BigDecimal.ZERO));
    }
}
