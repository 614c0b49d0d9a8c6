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
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Comparisons whose left side is a date or a time.
///
/// DATE and DATETIME have one packed form and need no cast between them; TIMESTAMP is compared as microseconds with
/// what is known before the rows, as DATETIME else.
final class TemporalComparisons {
    static final SqlType DATETIME_6 = SqlType.temporal(TypeKind.DATETIME, 6);
    private static final SqlType TIMESTAMP_6 = SqlType.temporal(TypeKind.TIMESTAMP, 6);
    static final SqlType TIME_6 = SqlType.temporal(TypeKind.TIME, 6);

    private TemporalComparisons() {}

    static Coerced coerce(Expr left, Expr right, BindContext context) {
        TypeKind kind = right.type().kind();
        if (kind.isTemporal()) {
            return temporals(left, right, context);
        }
        boolean isText = kind.isString() || kind == TypeKind.ENUM || kind == TypeKind.SET;
        boolean isTime = left.type().kind() == TypeKind.TIME;
        if (isText && !isTime) {
            return temporals(left, datetimeOf(left.type(), right, context), context);
        }
        if (isText && ExprWalker.isRowIndependent(right)) {
            return longs(left, Casts.implicit(right, TIME_6, context));
        }
        if (isText) {
            return Comparisons.texts(Comparison.Operator.EQUAL, left, right, context);
        }
        Expr known = right instanceof Expr.Parameter
                ? TemporalKeys.ofNumber(left.type(), right)
                : number(left.type(), right);
        if (known != null) {
            return temporals(left, known, context);
        }
        return Comparisons.numbers(Comparison.Operator.NULL_SAFE_EQUAL, Casts.toNumber(left, context), right, context);
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

    /// A literal number as the date or time it stands for, or null.
    private static @Nullable Expr number(SqlType type, Expr number) {
        if (!(number instanceof Expr.Constant c) || c.value().isNull(0)) {
            return null;
        }
        BigDecimal value = switch (c.value()) {
            case LongVector v -> BigDecimal.valueOf(v.get(0));
            case io.qomo.base.vector.DecimalVector v -> v.get(0);
            case io.qomo.base.vector.DoubleVector v -> Numbers.ofDouble(v.get(0));
            case BytesVector v -> null;
        };
        if (value == null || value.precision() - value.scale() > 18) {
            return null;
        }
        TemporalParser parser = new TemporalParser();
        boolean isTime = type.kind() == TypeKind.TIME;
        boolean found = isTime
                ? parser.timeOfNumber(value.longValue(), Times.nanos(value), 6, 0)
                : parser.datetimeOfNumber(value.longValue(), Times.nanos(value), 6, 0);
        if (!found) {
            return null;
        }
        return new Expr.Constant(LongVector.constant(isTime ? TIME_6 : DATETIME_6, parser.value()));
    }

    private static Coerced temporals(Expr left, Expr right, BindContext context) {
        TypeKind l = left.type().kind();
        TypeKind r = right.type().kind();
        if (l == r
                || (l != TypeKind.TIMESTAMP && r != TypeKind.TIMESTAMP && l != TypeKind.TIME && r != TypeKind.TIME)) {
            return longs(left, right);
        }
        Expr a = l == TypeKind.TIME ? Casts.implicit(left, DATETIME_6, context) : left;
        Expr b = r == TypeKind.TIME ? Casts.implicit(right, DATETIME_6, context) : right;
        if (l == TypeKind.TIMESTAMP && isRealOrUnknown(b) && ExprWalker.isRowIndependent(b)) {
            return longs(a, Casts.implicit(b, TIMESTAMP_6, context));
        }
        if (r == TypeKind.TIMESTAMP && isRealOrUnknown(a) && ExprWalker.isRowIndependent(a)) {
            return longs(Casts.implicit(a, TIMESTAMP_6, context), b);
        }
        Expr x = l == TypeKind.TIMESTAMP ? Casts.implicit(a, DATETIME_6, context) : a;
        Expr y = r == TypeKind.TIMESTAMP ? Casts.implicit(b, DATETIME_6, context) : b;
        return longs(x, y);
    }

    /// False of constants with a zero month or day, which no TIMESTAMP equals but which have an order.
    private static boolean isRealOrUnknown(Expr expr) {
        if (expr instanceof Expr.Constant c && c.value() instanceof LongVector v && !v.isNull(0)) {
            long value = v.get(0);
            return value == 0 || io.qomo.base.type.Temporals.isRealDate(value);
        }
        return true;
    }

    private static Coerced longs(Expr left, Expr right) {
        return new Coerced(left, right, Comparison.Domain.SIGNED, Collation.BINARY);
    }
}
