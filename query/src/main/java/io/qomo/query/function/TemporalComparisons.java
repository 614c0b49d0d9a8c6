package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.Comparisons.Coerced;

/// Comparisons whose left side is a date or a time.
///
/// DATE and DATETIME have one packed form and need no cast between them; TIMESTAMP is compared as microseconds with
/// what is known before the rows, as DATETIME else.
final class TemporalComparisons {
    static final SqlType DATETIME_6 = SqlType.temporal(TypeKind.DATETIME, 6);
    static final SqlType TIMESTAMP_6 = SqlType.temporal(TypeKind.TIMESTAMP, 6);
    static final SqlType TIME_6 = SqlType.temporal(TypeKind.TIME, 6);

    private TemporalComparisons() {}

    static Coerced coerce(Comparison.Operator operator, Expr left, Expr right, BindContext context) {
        TypeKind kind = right.type().kind();
        if (kind.isTemporal()) {
            return temporals(operator, left, right, context);
        }
        boolean isText = kind.isString() || kind == TypeKind.ENUM || kind == TypeKind.SET;
        boolean isTime = left.type().kind() == TypeKind.TIME;
        if (isText && !isTime) {
            return temporals(operator, left, datetimeOf(left.type(), right, context), context);
        }
        if (isText && ExprWalker.isRowIndependent(right)) {
            return longs(left, Casts.implicit(right, TIME_6, context));
        }
        if (isText) {
            return Comparisons.texts(operator, left, right, context);
        }
        if (isNumber(right.type()) && isKnown(right)) {
            return temporals(operator, left, TemporalKeys.ofNumber(left.type(), right), context);
        }
        return Comparisons.numbers(operator, Casts.toNumber(left, context), right, context);
    }

    private static boolean isNumber(SqlType type) {
        return type.kind().isInteger()
                || type.kind() == TypeKind.DECIMAL
                || type.kind() == TypeKind.FLOAT
                || type.kind() == TypeKind.DOUBLE;
    }

    /// True if the value is one for the whole statement, though it may be another one the next time: then a number that
    /// is a date is taken for it. Values of enclosing queries are compared as numbers.
    private static boolean isKnown(Expr expr) {
        return ExprWalker.isRowIndependent(expr)
                && !ExprWalker.any(expr, e -> e instanceof Expr.Correlated || e instanceof Expr.Subquery);
    }

    /// A string compared with a date. A literal, or a parameter, that is no date is an error.
    private static Expr datetimeOf(SqlType type, Expr text, BindContext context) {
        if (text instanceof Expr.Parameter && text.type().kind().isString()) {
            return TemporalKeys.ofText(type, text);
        }
        if (text instanceof Expr.Constant c && c.value() instanceof BytesVector v && !v.isNull(0)) {
            TemporalParser parser = new TemporalParser();
            int flags = Times.flags(context.evalContext());
            boolean found = parser.datetime(v.base[0], v.offset[0], v.length[0], 6, flags);
            if (!found) {
                throw new SqlException(
                        ErrorCode.INCORRECT_DATETIME_LITERAL, type.kind().name(), v.getString(0));
            }
            if (!parser.isTruncated() && !parser.hasOffset()) {
                return new Expr.Constant(LongVector.constant(DATETIME_6, parser.value()));
            }
        }
        return Casts.implicit(text, DATETIME_6, context);
    }

    private static Coerced temporals(Comparison.Operator operator, Expr left, Expr right, BindContext context) {
        TypeKind l = left.type().kind();
        TypeKind r = right.type().kind();
        if (l == r
                || (l != TypeKind.TIMESTAMP && r != TypeKind.TIMESTAMP && l != TypeKind.TIME && r != TypeKind.TIME)) {
            return longs(left, right);
        }
        Expr a = l == TypeKind.TIME ? Casts.implicit(left, DATETIME_6, context) : left;
        Expr b = r == TypeKind.TIME ? Casts.implicit(right, DATETIME_6, context) : right;
        if (l == TypeKind.TIMESTAMP && ExprWalker.isRowIndependent(b)) {
            return longs(a, TemporalKeys.timestamp(operator, b));
        }
        if (r == TypeKind.TIMESTAMP && ExprWalker.isRowIndependent(a)) {
            return longs(TemporalKeys.timestamp(operator.swapped(), a), b);
        }
        Expr x = l == TypeKind.TIMESTAMP ? Casts.implicit(a, DATETIME_6, context) : a;
        Expr y = r == TypeKind.TIMESTAMP ? Casts.implicit(b, DATETIME_6, context) : b;
        return longs(x, y);
    }

    private static Coerced longs(Expr left, Expr right) {
        return new Coerced(left, right, Comparison.Domain.SIGNED, Collation.BINARY);
    }
}
