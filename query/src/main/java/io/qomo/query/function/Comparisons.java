package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.ArrayList;
import java.util.List;

/// The rules by which MySQL brings two values to one domain to compare them.
///
/// The side that varies by row stays as it is wherever the other side is known before the rows are read, so that an
/// index on it can answer; the other side is converted to its terms (`id > '5.5'` becomes `id > 5`).
///
/// Source: MySQL 8.0 manual, "Type Conversion in Expression Evaluation".
public final class Comparisons {
    private Comparisons() {}

    /// Two operands in one domain.
    ///
    /// @param left as it is compared
    /// @param right as it is compared
    /// @param domain how
    /// @param collation of strings, else BINARY
    public record Coerced(Expr left, Expr right, Comparison.Domain domain, Collation collation) {}

    /// The comparison of two values.
    public static Expr bind(Comparison.Operator operator, Expr left, Expr right, BindContext context) {
        if (ExprWalker.isNullConstant(left) || ExprWalker.isNullConstant(right)) {
            if (operator != Comparison.Operator.NULL_SAFE_EQUAL) {
                return new Expr.Constant(Vector.constantNull(SqlType.BIGINT));
            }
            return Predicates.isNull(ExprWalker.isNullConstant(left) ? right : left, false);
        }
        Coerced c = coerce(operator, left, right, context);
        boolean nullable = operator != Comparison.Operator.NULL_SAFE_EQUAL && (c.left.nullable() || c.right.nullable());
        return new Expr.Call(
                new Comparison(operator, c.domain, c.collation),
                List.of(c.left, c.right),
                SqlType.BIGINT,
                nullable,
                Coercibility.NUMERIC);
    }

    /// Row values compared by `=`, `<=>`, `<>`, `<`, `<=`, `>`, `>=`; both have the same number of columns.
    public static Expr bindRows(Comparison.Operator operator, List<Expr> left, List<Expr> right, BindContext context) {
        if (left.size() != right.size()) {
            throw new SqlException(ErrorCode.OPERAND_COLUMNS, left.size());
        }
        if (left.size() == 1) {
            return bind(operator, left.getFirst(), right.getFirst(), context);
        }
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> all(true, operator, left, right, context);
            case NOT_EQUAL -> all(false, operator, left, right, context);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(operator, left, right, context);
        };
    }

    private static Expr all(
            boolean isAnd, Comparison.Operator operator, List<Expr> left, List<Expr> right, BindContext context) {
        List<Expr> parts = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            parts.add(bind(operator, left.get(i), right.get(i), context));
        }
        return new Expr.Logic(isAnd, parts);
    }

    /// (a, b) < (c, d) is a < c OR (a = c AND b < d).
    private static Expr ordered(Comparison.Operator operator, List<Expr> left, List<Expr> right, BindContext context) {
        boolean isLess = operator == Comparison.Operator.LESS || operator == Comparison.Operator.LESS_OR_EQUAL;
        Comparison.Operator strict = isLess ? Comparison.Operator.LESS : Comparison.Operator.GREATER;
        int last = left.size() - 1;
        Expr rest = bind(operator, left.get(last), right.get(last), context);
        for (int i = last - 1; i >= 0; i--) {
            Expr before = bind(strict, left.get(i), right.get(i), context);
            Expr equal = bind(Comparison.Operator.EQUAL, left.get(i), right.get(i), context);
            rest = new Expr.Logic(false, List.of(before, new Expr.Logic(true, List.of(equal, rest))));
        }
        return rest;
    }

    /// Brings two values to the domain in which the operator compares them.
    public static Coerced coerce(Comparison.Operator operator, Expr left, Expr right, BindContext context) {
        TypeKind l = left.type().kind();
        TypeKind r = right.type().kind();
        if (l == TypeKind.JSON || r == TypeKind.JSON) {
            return new Coerced(
                    Casts.implicit(left, SqlType.JSON, context),
                    Casts.implicit(right, SqlType.JSON, context),
                    Comparison.Domain.JSON,
                    Collation.BINARY);
        }
        if (l.isTemporal()) {
            return TemporalComparisons.coerce(operator, left, right, context);
        }
        if (r.isTemporal()) {
            return swap(TemporalComparisons.coerce(operator.swapped(), right, left, context));
        }
        if (isEnumKey(operator, left, right)) {
            return enumKey(left, right, context);
        }
        if (isEnumKey(operator, right, left)) {
            return swap(enumKey(right, left, context));
        }
        if (isText(left.type()) && isText(right.type())) {
            return texts(operator, left, right, context);
        }
        return numbers(operator, left, right, context);
    }

    static Coerced swap(Coerced c) {
        Comparison.Domain domain = switch (c.domain) {
            case UNSIGNED_SIGNED -> Comparison.Domain.SIGNED_UNSIGNED;
            case SIGNED_UNSIGNED -> Comparison.Domain.UNSIGNED_SIGNED;
            case LONG_DECIMAL -> Comparison.Domain.DECIMAL_LONG;
            case DECIMAL_LONG -> Comparison.Domain.LONG_DECIMAL;
            case SIGNED, UNSIGNED, DOUBLE, DECIMAL, TEXT, JSON -> c.domain;
        };
        return new Coerced(c.right, c.left, domain, c.collation);
    }

    static Coerced longs(Expr left, Expr right) {
        boolean l = Numbers.isUnsigned(left.type());
        boolean r = Numbers.isUnsigned(right.type());
        Comparison.Domain domain = l
                ? (r ? Comparison.Domain.UNSIGNED : Comparison.Domain.UNSIGNED_SIGNED)
                : (r ? Comparison.Domain.SIGNED_UNSIGNED : Comparison.Domain.SIGNED);
        if (domain == Comparison.Domain.UNSIGNED_SIGNED && isNeverNegative(right)) {
            domain = Comparison.Domain.UNSIGNED;
        } else if (domain == Comparison.Domain.SIGNED_UNSIGNED && isNeverNegative(left)) {
            domain = Comparison.Domain.UNSIGNED;
        } else if (isNarrow(left) && isNarrow(right)) {
            domain = Comparison.Domain.SIGNED;
        }
        return new Coerced(left, right, domain, Collation.BINARY);
    }

    private static boolean isNeverNegative(Expr expr) {
        return expr instanceof Expr.Constant c && c.value() instanceof LongVector v && !v.isNull(0) && v.get(0) >= 0;
    }

    /// True if all values are below 2^63.
    private static boolean isNarrow(Expr expr) {
        return !Numbers.isUnsigned(expr.type()) || !KeyCasts.isWide(expr.type()) || isNeverNegative(expr);
    }

    static Coerced texts(Comparison.Operator operator, Expr left, Expr right, BindContext context) {
        Expr l = Casts.toText(left, context);
        Expr r = Casts.toText(right, context);
        Collation collation =
                CollationMix.forComparison(operator.sign(), List.of(l, r)).collation();
        if (collation == Collation.BINARY) {
            l = Encodings.isUtf8(l.type().collation().charset()) ? l : Casts.toBinary(l, context);
            r = Encodings.isUtf8(r.type().collation().charset()) ? r : Casts.toBinary(r, context);
        }
        return new Coerced(l, r, Comparison.Domain.TEXT, collation);
    }

    private static boolean isText(SqlType type) {
        return type.kind().isString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
    }

    /// True if a column of ENUM is compared for equality with a string known before the rows.
    private static boolean isEnumKey(Comparison.Operator operator, Expr left, Expr right) {
        boolean equality = switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> true;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> false;
        };
        return equality
                && left.type().kind() == TypeKind.ENUM
                && right.type().kind().isString()
                && right.coercibility() != Coercibility.EXPLICIT
                && ExprWalker.isRowIndependent(right)
                && !ExprWalker.isRowIndependent(left);
    }

    private static Coerced enumKey(Expr left, Expr right, BindContext context) {
        Expr index = KeyCasts.enumIndex(left.type(), right);
        return new Coerced(left, index, Comparison.Domain.SIGNED, Collation.BINARY);
    }

    static Coerced numbers(Comparison.Operator operator, Expr left, Expr right, BindContext context) {
        Expr l = Casts.toNumberKeepingText(left, context);
        Expr r = Casts.toNumberKeepingText(right, context);
        if (NumericTypes.isInteger(l.type()) && NumericTypes.isInteger(r.type())) {
            return longs(year(l, r), year(r, l));
        }
        if (NumericTypes.isInteger(l.type()) && isKnown(r) && !isKnown(l)) {
            return integers(operator, l, r, context);
        }
        if (NumericTypes.isInteger(r.type()) && isKnown(l) && !isKnown(r)) {
            return swap(integers(operator.swapped(), r, l, context));
        }
        if (l.type().kind() == TypeKind.DECIMAL
                && isKnown(r)
                && !isKnown(l)
                && !r.type().kind().isApproximate()) {
            return decimals(l, KeyCasts.decimalKey(operator, l, r, context));
        }
        if (r.type().kind() == TypeKind.DECIMAL
                && isKnown(l)
                && !isKnown(r)
                && !l.type().kind().isApproximate()) {
            return decimals(KeyCasts.decimalKey(operator.swapped(), r, l, context), r);
        }
        if (NumericTypes.isExact(l.type()) && NumericTypes.isExact(r.type())) {
            return decimals(decimal(l, context), decimal(r, context));
        }
        return new Coerced(
                Casts.implicit(l, SqlType.DOUBLE, context),
                Casts.implicit(r, SqlType.DOUBLE, context),
                Comparison.Domain.DOUBLE,
                Collation.BINARY);
    }

    /// An integer and a value known before the rows that may lie between integers, or outside the integer's range.
    private static Coerced integers(Comparison.Operator operator, Expr integer, Expr known, BindContext context) {
        Expr key = KeyCasts.integerKey(operator, integer.type(), known, context);
        return key.type().kind() == TypeKind.DECIMAL
                ? new Coerced(integer, key, Comparison.Domain.LONG_DECIMAL, Collation.BINARY)
                : longs(integer, key);
    }

    private static Coerced decimals(Expr left, Expr right) {
        return new Coerced(
                DecimalOps.unrounded(left), DecimalOps.unrounded(right), Comparison.Domain.DECIMAL, Collation.BINARY);
    }

    private static Expr decimal(Expr expr, BindContext context) {
        return expr.type().kind() == TypeKind.DECIMAL
                ? expr
                : Casts.implicit(expr, SqlType.decimal(NumericTypes.precision(expr), 0), context);
    }

    /// A number compared with a YEAR: two digits mean a year.
    private static Expr year(Expr expr, Expr other) {
        if (other.type().kind() == TypeKind.YEAR && expr instanceof Expr.Parameter) {
            return TemporalKeys.year(expr);
        }
        if (other.type().kind() == TypeKind.YEAR
                && expr instanceof Expr.Constant c
                && c.value() instanceof LongVector v
                && !v.isNull(0)
                && v.get(0) > 0
                && v.get(0) < 100) {
            return new Expr.Constant(LongVector.constant(SqlType.BIGINT, CastKernels.fullYear(v.get(0), false)));
        }
        return expr;
    }

    /// True if the value is known before rows are read.
    static boolean isKnown(Expr expr) {
        return ExprWalker.isRowIndependent(expr);
    }

    /// The value of a constant expression, evaluated now.
    static Vector value(Expr expr, BindContext context) {
        return Evaluator.evaluateConstant(expr, context.evalContext());
    }
}
