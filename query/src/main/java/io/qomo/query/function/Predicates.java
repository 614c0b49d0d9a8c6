package io.qomo.query.function;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.ScalarFunction;
import java.util.List;

/// IS NULL, IS TRUE, NOT, XOR.
public final class Predicates {
    private static final Vector TRUE = LongVector.constant(SqlType.BIGINT, 1);
    private static final Vector FALSE = LongVector.constant(SqlType.BIGINT, 0);

    private Predicates() {}

    /// IS \[NOT] NULL.
    ///
    /// @param negated IS NOT NULL
    public record NullTest(boolean negated) implements ScalarFunction {
        @Override
        public String name() {
            return negated ? "is not null" : "is null";
        }

        @Override
        public boolean isTotal() {
            return true;
        }

        @Override
        public boolean isPredicate() {
            return true;
        }

        @Override
        public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
            long[] result = ((LongVector) out).values;
            Vector v = arguments[0];
            long whenNull = negated ? 0 : 1;
            for (int i = 0; i < rows; i++) {
                result[i] = v.isNull(i) ? whenNull : 1 - whenNull;
            }
        }
    }

    /// NOT, and IS \[NOT] TRUE, FALSE, UNKNOWN, by what they give for true, false and NULL (−1 stands for NULL).
    ///
    /// @param name as in SQL
    /// @param whenTrue result for a condition that holds
    /// @param whenFalse result for 0
    /// @param whenNull result for NULL
    public record TruthTest(String name, int whenTrue, int whenFalse, int whenNull) implements ScalarFunction {
        /// NOT.
        public static final TruthTest NOT = new TruthTest("not", 0, 1, -1);

        @Override
        public boolean isTotal() {
            return true;
        }

        @Override
        public boolean isPredicate() {
            return true;
        }

        @Override
        public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
            LongVector v = (LongVector) arguments[0];
            long[] result = ((LongVector) out).values;
            for (int i = 0; i < rows; i++) {
                if (!v.isNull(i)) {
                    result[i] = v.values[v.at(i)] != 0 ? whenTrue : whenFalse;
                } else if (whenNull < 0) {
                    out.setNull(i);
                } else {
                    result[i] = whenNull;
                }
            }
        }
    }

    /// expr IS \[NOT] NULL.
    public static Expr isNull(Expr expr, boolean negated) {
        if (!expr.nullable() && !(expr instanceof Expr.Column) && !(expr instanceof Expr.Call)) {
            return truth(negated);
        }
        return new Expr.Call(new NullTest(negated), List.of(expr), SqlType.BIGINT, false, Coercibility.NUMERIC);
    }

    /// NOT expr. Comparisons and tests are turned around.
    public static Expr not(Expr expr, BindContext context) {
        Expr condition = Casts.condition(expr, context);
        if (condition instanceof Expr.Call call) {
            if (call.function() instanceof NullTest test) {
                return isNull(call.arguments().getFirst(), !test.negated);
            }
            if (call.function() instanceof Comparison c
                    && c.operator() != Comparison.Operator.NULL_SAFE_EQUAL
                    && c.domain() != Comparison.Domain.DOUBLE) {
                Comparison turned = new Comparison(c.operator().negated(), c.domain(), c.collation());
                return new Expr.Call(turned, call.arguments(), call.type(), call.nullable(), call.coercibility());
            }
        }
        return test(TruthTest.NOT, condition, condition.nullable());
    }

    /// expr IS \[NOT] TRUE.
    public static Expr isTrue(Expr expr, boolean negated, BindContext context) {
        TruthTest test = negated ? new TruthTest("is not true", 0, 1, 1) : new TruthTest("is true", 1, 0, 0);
        return test(test, Casts.condition(expr, context), false);
    }

    /// expr IS \[NOT] FALSE.
    public static Expr isFalse(Expr expr, boolean negated, BindContext context) {
        TruthTest test = negated ? new TruthTest("is not false", 1, 0, 1) : new TruthTest("is false", 0, 1, 0);
        return test(test, Casts.condition(expr, context), false);
    }

    /// expr IS \[NOT] UNKNOWN.
    public static Expr isUnknown(Expr expr, boolean negated, BindContext context) {
        return isNull(Casts.condition(expr, context), negated);
    }

    private static Expr test(TruthTest test, Expr condition, boolean nullable) {
        return new Expr.Call(test, List.of(condition), SqlType.BIGINT, nullable, Coercibility.NUMERIC);
    }

    /// AND and OR of conditions of any type; one condition alone becomes 0 or 1 too.
    public static Expr logic(boolean isAnd, List<Expr> conditions, BindContext context) {
        List<Expr> all =
                conditions.stream().map(e -> Casts.condition(e, context)).toList();
        return new Expr.Logic(isAnd, all);
    }

    /// a XOR b.
    public static Expr xor(Expr left, Expr right, BindContext context) {
        Expr a = Casts.condition(left, context);
        Expr b = Casts.condition(right, context);
        RowFunction function = new RowFunction(
                "xor",
                row -> row.set((row.integer(0) != 0) != (row.integer(1) != 0)),
                true,
                RowFunction.Volatility.PURE);
        return new Expr.Call(
                function, List.of(a, b), SqlType.BIGINT, a.nullable() || b.nullable(), Coercibility.NUMERIC);
    }

    /// The literals TRUE and FALSE: 1 and 0, but true and false as JSON.
    public static Expr truth(boolean value) {
        return new Expr.Constant(value ? TRUE : FALSE);
    }

    /// True of the constants [#truth] gives, which are told by their identity.
    static boolean isTruthConstant(Expr.Constant constant) {
        Vector value = constant.value();
        return value == TRUE || value == FALSE;
    }
}
