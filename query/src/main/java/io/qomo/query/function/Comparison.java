package io.qomo.query.function;

import io.qomo.base.json.JsonOrder;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.ScalarFunction;
import org.jspecify.annotations.Nullable;

/// A comparison of two values brought to one domain. The optimizer reads [#operator], [#domain] and [#collation] to see
/// what an index can answer.
///
/// @param operator which
/// @param domain how values are compared
/// @param collation of strings, else BINARY
public record Comparison(Operator operator, Domain domain, Collation collation) implements ScalarFunction {
    /// The operators.
    public enum Operator {
        EQUAL("="),
        NULL_SAFE_EQUAL("<=>"),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /// As in SQL.
        public String sign() {
            return sign;
        }

        /// The operator with its sides exchanged.
        public Operator swapped() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> this;
            };
        }

        /// The operator that holds exactly where this one is false (neither holds of NULL); not of `<=>`.
        public Operator negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
                case NULL_SAFE_EQUAL -> throw new IllegalArgumentException("<=> has no negation");
            };
        }

        /// True if an order (negative, 0, positive) satisfies the operator.
        public boolean accepts(int order) {
            return switch (this) {
                case EQUAL, NULL_SAFE_EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    /// How values are compared.
    public enum Domain {
        /// Longs: signed integers, packed temporal values of one kind, indexes of ENUM.
        SIGNED,
        /// Longs as unsigned.
        UNSIGNED,
        /// The left side unsigned, the right side signed.
        UNSIGNED_SIGNED,
        /// The left side signed, the right side unsigned.
        SIGNED_UNSIGNED,
        DOUBLE,
        /// Decimals, of any scales.
        DECIMAL,
        /// The left side an integer of 64 bits, the right side a decimal without fraction: the key of a value that may
        /// lie
        /// outside the left side's range.
        LONG_DECIMAL,
        /// [#LONG_DECIMAL] with its sides exchanged.
        DECIMAL_LONG,
        /// Bytes by the collation.
        TEXT,
        /// Binary JSON by its order.
        JSON
    }

    /// The comparison of a call, or null if it is none.
    public static @Nullable Comparison of(Expr expr) {
        return expr instanceof Expr.Call call && call.function() instanceof Comparison c ? c : null;
    }

    @Override
    public String name() {
        return operator.sign;
    }

    @Override
    public boolean isTotal() {
        return domain != Domain.JSON;
    }

    @Override
    public boolean isPredicate() {
        return true;
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        long[] result = ((LongVector) out).values;
        Vector a = arguments[0];
        Vector b = arguments[1];
        if (operator == Operator.NULL_SAFE_EQUAL) {
            nullSafe(a, b, rows, result);
            return;
        }
        out.addNulls(a, rows);
        out.addNulls(b, rows);
        switch (domain) {
            case SIGNED -> longs((LongVector) a, (LongVector) b, 0, rows, result);
            case UNSIGNED -> longs((LongVector) a, (LongVector) b, Long.MIN_VALUE, rows, result);
            case DOUBLE -> doubles((DoubleVector) a, (DoubleVector) b, rows, result);
            case TEXT -> texts((BytesVector) a, (BytesVector) b, rows, out, result);
            case DECIMAL, LONG_DECIMAL, DECIMAL_LONG, UNSIGNED_SIGNED, SIGNED_UNSIGNED, JSON -> {
                for (int i = 0; i < rows; i++) {
                    if (!out.isNull(i)) {
                        result[i] = operator.accepts(compare(a, i, b, i)) ? 1 : 0;
                    }
                }
            }
        }
    }

    private void nullSafe(Vector a, Vector b, int rows, long[] result) {
        for (int i = 0; i < rows; i++) {
            boolean aNull = a.isNull(i);
            boolean bNull = b.isNull(i);
            result[i] = aNull || bNull ? (aNull == bNull ? 1 : 0) : compare(a, i, b, i) == 0 ? 1 : 0;
        }
    }

    /// The order of two values that are not NULL: negative, 0 or positive.
    public int compare(Vector a, int aRow, Vector b, int bRow) {
        return switch (domain) {
            case SIGNED -> Long.compare(((LongVector) a).get(aRow), ((LongVector) b).get(bRow));
            case UNSIGNED -> Long.compareUnsigned(((LongVector) a).get(aRow), ((LongVector) b).get(bRow));
            case UNSIGNED_SIGNED -> mixed(((LongVector) a).get(aRow), ((LongVector) b).get(bRow));
            case SIGNED_UNSIGNED -> -mixed(((LongVector) b).get(bRow), ((LongVector) a).get(aRow));
            case DOUBLE -> doubleOrder(((DoubleVector) a).get(aRow), ((DoubleVector) b).get(bRow));
            case DECIMAL -> DecimalMath.compare((DecimalVector) a, aRow, (DecimalVector) b, bRow);
            case LONG_DECIMAL -> DecimalMath.compareInteger((LongVector) a, aRow, (DecimalVector) b, bRow);
            case DECIMAL_LONG -> -DecimalMath.compareInteger((LongVector) b, bRow, (DecimalVector) a, aRow);
            case TEXT -> textOrder((BytesVector) a, aRow, (BytesVector) b, bRow, collation);
            case JSON -> JsonOrder.compare(JsonCasts.value(a, aRow), JsonCasts.value(b, bRow));
        };
    }

    private static int mixed(long unsigned, long signed) {
        return unsigned < 0 || signed < 0 ? 1 : Long.compare(unsigned, signed);
    }

    /// As Double.compare, but −0 equals 0.
    static int doubleOrder(double a, double b) {
        return a < b ? -1 : a > b ? 1 : 0;
    }

    static int textOrder(BytesVector a, int aRow, BytesVector b, int bRow, Collation collation) {
        int i = a.at(aRow);
        int j = b.at(bRow);
        return Collations.compare(a.base[i], a.offset[i], a.length[i], b.base[j], b.offset[j], b.length[j], collation);
    }

    private void longs(LongVector a, LongVector b, long flip, int rows, long[] result) {
        switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> equalLongs(a, b, rows, result, 0);
            case NOT_EQUAL -> equalLongs(a, b, rows, result, 1);
            case LESS -> lessLongs(a, b, flip, rows, result, 0);
            case GREATER_OR_EQUAL -> lessLongs(a, b, flip, rows, result, 1);
            case GREATER -> lessLongs(b, a, flip, rows, result, 0);
            case LESS_OR_EQUAL -> lessLongs(b, a, flip, rows, result, 1);
        }
    }

    private static void equalLongs(LongVector a, LongVector b, int rows, long[] result, int negate) {
        long[] x = a.values;
        long[] y = b.values;
        if (b.isConstant()) {
            long v = y[0];
            int step = a.isConstant() ? 0 : 1;
            for (int i = 0; i < rows; i++) {
                result[i] = (x[i * step] == v ? 1 : 0) ^ negate;
            }
            return;
        }
        int step = a.isConstant() ? 0 : 1;
        for (int i = 0; i < rows; i++) {
            result[i] = (x[i * step] == y[i] ? 1 : 0) ^ negate;
        }
    }

    private static void lessLongs(LongVector a, LongVector b, long flip, int rows, long[] result, int negate) {
        long[] x = a.values;
        long[] y = b.values;
        if (b.isConstant()) {
            long v = y[0] ^ flip;
            int step = a.isConstant() ? 0 : 1;
            for (int i = 0; i < rows; i++) {
                result[i] = ((x[i * step] ^ flip) < v ? 1 : 0) ^ negate;
            }
            return;
        }
        int step = a.isConstant() ? 0 : 1;
        for (int i = 0; i < rows; i++) {
            result[i] = ((x[i * step] ^ flip) < (y[i] ^ flip) ? 1 : 0) ^ negate;
        }
    }

    private void doubles(DoubleVector a, DoubleVector b, int rows, long[] result) {
        double[] x = a.values;
        double[] y = b.values;
        int xs = a.isConstant() ? 0 : 1;
        int ys = b.isConstant() ? 0 : 1;
        switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    result[i] = x[i * xs] == y[i * ys] ? 1 : 0;
                }
            }
            case NOT_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    result[i] = x[i * xs] != y[i * ys] ? 1 : 0;
                }
            }
            case LESS -> {
                for (int i = 0; i < rows; i++) {
                    result[i] = x[i * xs] < y[i * ys] ? 1 : 0;
                }
            }
            case LESS_OR_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    result[i] = x[i * xs] <= y[i * ys] ? 1 : 0;
                }
            }
            case GREATER -> {
                for (int i = 0; i < rows; i++) {
                    result[i] = x[i * xs] > y[i * ys] ? 1 : 0;
                }
            }
            case GREATER_OR_EQUAL -> {
                for (int i = 0; i < rows; i++) {
                    result[i] = x[i * xs] >= y[i * ys] ? 1 : 0;
                }
            }
        }
    }

    private void texts(BytesVector a, BytesVector b, int rows, Vector out, long[] result) {
        boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        long whenEqual = operator == Operator.EQUAL ? 1 : 0;
        for (int row = 0; row < rows; row++) {
            if (out.isNull(row)) {
                continue;
            }
            if (!equality) {
                result[row] = operator.accepts(textOrder(a, row, b, row, collation)) ? 1 : 0;
                continue;
            }
            int i = a.at(row);
            int j = b.at(row);
            boolean equal = Collations.equals(
                    a.base[i], a.offset[i], a.length[i], b.base[j], b.offset[j], b.length[j], collation);
            result[row] = equal ? whenEqual : 1 - whenEqual;
        }
    }
}
