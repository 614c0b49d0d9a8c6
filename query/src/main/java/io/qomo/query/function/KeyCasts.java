package io.qomo.query.function;

import io.qomo.base.type.Collations;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// Turns a value of another type into the terms of the column it is compared with, so that an index can be searched.
final class KeyCasts {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private KeyCasts() {}

    /// The integer `k` for which `column operator k` says the same as `column operator value`. A value no integer
    /// equals becomes the least BIGINT (the greatest unsigned one) for equality; beyond the range it is clamped.
    static Expr integerKey(Comparison.Operator operator, SqlType column, Expr value) {
        RoundingMode mode = switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL -> RoundingMode.UNNECESSARY;
            case LESS, GREATER_OR_EQUAL -> RoundingMode.CEILING;
            case LESS_OR_EQUAL, GREATER -> RoundingMode.FLOOR;
        };
        SqlType from = value.type();
        boolean unsigned = NumericTypes.isUnsigned(column);
        boolean isYear = column.kind() == TypeKind.YEAR;
        RowFunction.Kernel kernel = row -> {
            long key = integer(exact(row, from), mode, unsigned);
            row.set(isYear && key > 0 && key < 100 ? CastKernels.fullYear(key, true) : key);
        };
        return new Expr.Call(
                new RowFunction("cast", kernel, true, RowFunction.Volatility.PURE),
                List.of(value),
                unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT,
                value.nullable(),
                Coercibility.NUMERIC);
    }

    private static BigDecimal exact(Row row, SqlType from) {
        if (!from.kind().isString()) {
            return Numbers.asDecimal(row, 0, from);
        }
        var parser = row.numbers().parse(row.base(0), row.offset(0), row.length(0));
        if (parser.isTruncated()) {
            Numbers.warn(row, "DOUBLE", row.text(0));
        }
        return parser.decimal();
    }

    private static long integer(BigDecimal value, RoundingMode mode, boolean unsigned) {
        BigInteger whole;
        if (mode == RoundingMode.UNNECESSARY) {
            if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
                return unsigned ? -1 : Long.MIN_VALUE;
            }
            whole = value.toBigInteger();
        } else {
            whole = value.setScale(0, mode).toBigInteger();
        }
        if (unsigned) {
            boolean fits = whole.signum() >= 0 && whole.compareTo(TWO_TO_64) < 0;
            boolean below = whole.signum() < 0 && mode != RoundingMode.UNNECESSARY;
            return fits ? whole.longValue() : below ? 0 : -1;
        }
        if (whole.bitLength() < 64) {
            return whole.longValue();
        }
        return whole.signum() < 0 || mode == RoundingMode.UNNECESSARY ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// A value compared with a decimal column, as a decimal.
    static Expr decimalKey(Expr value, BindContext context) {
        SqlType from = value.type();
        if (from.kind() == TypeKind.DECIMAL) {
            return value;
        }
        if (NumericTypes.isInteger(from)) {
            return Casts.implicit(value, SqlType.decimal(NumericTypes.precision(value), 0), context);
        }
        return Casts.implicit(
                value, SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, SqlType.MAX_DECIMAL_SCALE), context);
    }

    /// The index of the ENUM member equal to a string by the column's collation; −1 if there is none.
    static Expr enumIndex(SqlType column, Expr text) {
        RowFunction.Kernel kernel = row -> row.set(enumIndex(column, row.base(0), row.offset(0), row.length(0)));
        return new Expr.Call(
                new RowFunction("cast", kernel, true, RowFunction.Volatility.PURE),
                List.of(text),
                SqlType.BIGINT,
                text.nullable(),
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
