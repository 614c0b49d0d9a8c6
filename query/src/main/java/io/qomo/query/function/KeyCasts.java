package io.qomo.query.function;

import io.qomo.base.type.Collations;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.LongVector;
import io.qomo.query.eval.Folding;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Turns a value of another type into the terms of the column it is compared with, so that an index can be searched.
///
/// \[I1\] `column operator key` says of every row what `column operator value` says. What the column cannot hold
/// therefore
/// never becomes a value it can hold: beyond its range the key lies beyond it too, and so does, for equality, the key
/// of
/// a value between two that it can hold.
final class KeyCasts {
    private static final BigInteger BEYOND_INTEGERS = BigInteger.ONE.shiftLeft(64);
    /// Beyond all decimals, whatever their scale.
    private static final BigDecimal BEYOND_DECIMALS = BigDecimal.TEN.pow(SqlType.MAX_DECIMAL_PRECISION + 1);
    /// Holds all integers of 64 bits, and ±2^64.
    private static final SqlType WIDE_KEY = SqlType.decimal(20, 0);

    private KeyCasts() {}

    /// True of integer types of 64 bits: no BIGINT is left for what is beyond them.
    static boolean isWide(SqlType type) {
        return switch (type.kind()) {
            case BIGINT, SET -> true;
            case BIT -> type.length() >= Long.SIZE;
            default -> false;
        };
    }

    /// The integer `k` for which `column operator k` says the same as `column operator value`: a BIGINT, for columns of
    /// 64
    /// bits a decimal without fraction unless the value is known to fit.
    static Expr integerKey(Comparison.Operator operator, SqlType column, Expr value, BindContext context) {
        RoundingMode mode = rounding(operator);
        SqlType from = value.type();
        boolean isWide = isWide(column);
        boolean isYear = column.kind() == TypeKind.YEAR;
        RowFunction.Kernel kernel = isWide
                ? row -> row.set(new BigDecimal(whole(exact(row, from), mode)))
                : row -> {
                    BigDecimal number = exact(row, from);
                    row.set(narrow(whole(isYear ? year(number) : number, mode)));
                };
        Expr key = call(kernel, value, isWide ? WIDE_KEY : SqlType.BIGINT);
        return isWide && value instanceof Expr.Constant ? folded(key, context) : key;
    }

    private static RoundingMode rounding(Comparison.Operator operator) {
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> RoundingMode.UNNECESSARY;
            case LESS, GREATER_OR_EQUAL -> RoundingMode.CEILING;
            case LESS_OR_EQUAL, GREATER -> RoundingMode.FLOOR;
        };
    }

    private static BigDecimal exact(Row row, SqlType from) {
        if (!from.kind().isString()) {
            return Numbers.asDecimal(row, 0, from);
        }
        var parser = row.numbers().parse(row.base(0), row.offset(0), row.length(0));
        if (parser.isTruncated()) {
            Numbers.warn(row, "DOUBLE", row.text(0));
        }
        BigDecimal value = parser.decimal();
        if (parser.isOutOfRange()) {
            return value.signum() < 0 ? BEYOND_DECIMALS.negate() : BEYOND_DECIMALS;
        }
        return value;
    }

    /// The value rounded; below all integers if it must be one and is none. At most ±2^64.
    private static BigInteger whole(BigDecimal value, RoundingMode mode) {
        if (value.precision() - value.scale() > 20) {
            return value.signum() < 0 ? BEYOND_INTEGERS.negate() : BEYOND_INTEGERS;
        }
        boolean isNone = mode == RoundingMode.UNNECESSARY
                && value.signum() != 0
                && value.stripTrailingZeros().scale() > 0;
        if (isNone) {
            return BEYOND_INTEGERS.negate();
        }
        return value.setScale(0, mode)
                .toBigInteger()
                .max(BEYOND_INTEGERS.negate())
                .min(BEYOND_INTEGERS);
    }

    /// Two digits before the point mean a year.
    private static BigDecimal year(BigDecimal value) {
        long whole = value.precision() - value.scale() > 2 ? 0 : value.longValue();
        return whole <= 0 ? value : value.add(BigDecimal.valueOf(CastKernels.fullYear(whole, true) - whole));
    }

    private static long narrow(BigInteger whole) {
        return whole.bitLength() < Long.SIZE ? whole.longValue() : whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// A key of a constant as an integer, if it is one of 64 bits and nothing is to be warned of.
    private static Expr folded(Expr key, BindContext context) {
        if (!(Folding.fold(key, context.evalContext()) instanceof Expr.Constant c
                && c.value() instanceof DecimalVector v
                && !v.isNull(0))) {
            return key;
        }
        BigInteger whole = v.unscaled(0);
        boolean isSigned = whole.bitLength() < Long.SIZE;
        boolean fits = isSigned || (whole.signum() > 0 && whole.bitLength() == Long.SIZE);
        return fits
                ? new Expr.Constant(
                        LongVector.constant(isSigned ? SqlType.BIGINT : SqlType.BIGINT_UNSIGNED, whole.longValue()))
                : c;
    }

    /// A value compared with a decimal expression, as a decimal.
    static Expr decimalKey(Comparison.Operator operator, Expr column, Expr value, BindContext context) {
        SqlType from = value.type();
        if (from.kind() == TypeKind.DECIMAL) {
            return value;
        }
        if (NumericTypes.isInteger(from)) {
            return Casts.implicit(value, SqlType.decimal(NumericTypes.precision(value), 0), context);
        }
        RoundingMode mode = rounding(operator);
        int scale = DecimalOps.unrounded(column).type().scale();
        RowFunction.Kernel kernel = row -> row.set(decimal(exact(row, from), scale, mode));
        return call(kernel, value, SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, scale));
    }

    private static BigDecimal decimal(BigDecimal value, int scale, RoundingMode mode) {
        if (value.precision() - value.scale() > SqlType.MAX_DECIMAL_PRECISION) {
            return value.signum() < 0 ? BEYOND_DECIMALS.negate() : BEYOND_DECIMALS;
        }
        boolean isNone = mode == RoundingMode.UNNECESSARY
                && value.signum() != 0
                && value.stripTrailingZeros().scale() > scale;
        return isNone ? BEYOND_DECIMALS.negate() : value.setScale(scale, mode);
    }

    /// The index of the ENUM member equal to a string by the column's collation; −1 if there is none.
    static Expr enumIndex(SqlType column, Expr text) {
        RowFunction.Kernel kernel = row -> row.set(enumIndex(column, row.base(0), row.offset(0), row.length(0)));
        return call(kernel, text, SqlType.BIGINT);
    }

    private static Expr call(RowFunction.Kernel kernel, Expr value, SqlType type) {
        return new Expr.Call(
                new RowFunction("cast", kernel, true, RowFunction.Volatility.PURE),
                List.of(value),
                type,
                value.nullable(),
                Coercibility.NUMERIC);
    }

    /// The 1-based index of the member equal to the text by the type's collation; 0 for the empty string where that is
    /// no member; −1 if there is none.
    static long enumIndex(SqlType type, byte[] text, int offset, int length) {
        List<String> members = type.members();
        for (int i = 0; i < members.size(); i++) {
            byte[] member = Texts.utf8(members.get(i));
            if (Collations.equals(member, 0, member.length, text, offset, length, type.collation())) {
                return i + 1;
            }
        }
        return length == 0 ? 0 : -1;
    }
}
