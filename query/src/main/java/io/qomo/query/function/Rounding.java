package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// ROUND, TRUNCATE, CEILING, FLOOR.
final class Rounding {
    private static final int MAX_LONG_DIGITS = 18;

    private Rounding() {}

    /// CEILING and FLOOR: BIGINT where all digits fit, else DECIMAL or DOUBLE.
    static Expr whole(Binding call, boolean up) {
        Expr number = Casts.toNumber(call.get(0), call.context());
        SqlType type = number.type();
        if (type.kind().isApproximate()) {
            call.real(0);
            return call.returnsDouble(row -> row.set(up ? Math.ceil(row.real(0)) : Math.floor(row.real(0))));
        }
        if (type.kind() != TypeKind.DECIMAL) {
            return Casts.toInteger(number, call.context());
        }
        int digits = type.length() - type.scale();
        call.set(0, DecimalOps.unrounded(number));
        RoundingMode mode = up ? RoundingMode.CEILING : RoundingMode.FLOOR;
        if (digits < MAX_LONG_DIGITS) {
            return call.returnsLong(
                    row -> row.set(row.decimal(0).setScale(0, mode).longValue()));
        }
        return call.returns(
                SqlType.decimal(digits + (type.scale() > 0 ? 1 : 0), 0),
                Coercibility.NUMERIC,
                row -> row.set(row.decimal(0).setScale(0, mode)));
    }

    /// ROUND and TRUNCATE.
    static Expr round(Binding call, boolean truncates) {
        Expr number = Casts.toNumber(call.get(0), call.context());
        SqlType type = number.type();
        boolean hasDigits = call.size() == 2;
        if (hasDigits) {
            call.integer(1);
        } else {
            call.add(new Expr.Constant(LongVector.constant(SqlType.BIGINT, 0)));
        }
        Vector digits = call.constant(1);
        Integer known = digits == null || digits.isNull(0)
                ? null
                : Math.clamp(((LongVector) digits).get(0), -400, SqlType.MAX_DECIMAL_SCALE);
        if (type.kind().isApproximate()) {
            call.set(0, Casts.implicit(number, SqlType.DOUBLE, call.context()));
            SqlType result = known == null ? SqlType.DOUBLE : MathFunctions.fixed(Math.max(known, 0));
            return call.returns(
                    result,
                    Coercibility.NUMERIC,
                    row -> row.set(Doubles.round(row.real(0), Math.clamp(row.integer(1), -400, 400), truncates)));
        }
        if (type.kind() == TypeKind.DECIMAL) {
            return decimal(call, number, known, truncates);
        }
        call.set(0, Casts.toInteger(number, call.context()));
        if (known != null && known >= 0) {
            return call.get(0);
        }
        return integer(call, truncates);
    }

    private static Expr decimal(
            Binding call, Expr number, @org.jspecify.annotations.Nullable Integer known, boolean truncates) {
        SqlType type = number.type();
        int scale = known == null ? type.scale() : Math.max(known, 0);
        int more = scale < type.scale() && !truncates ? 1 : 0;
        int precision = type.length() - (type.scale() - scale) + more;
        SqlType result = SqlType.decimal(Math.max(precision, scale + 1), scale);
        call.set(0, DecimalOps.unrounded(number));
        RoundingMode mode = truncates ? RoundingMode.DOWN : RoundingMode.HALF_UP;
        return call.returns(result, Coercibility.NUMERIC, row -> {
            int digits = Math.clamp(row.integer(1), -SqlType.MAX_DECIMAL_PRECISION - 1, SqlType.MAX_DECIMAL_SCALE);
            BigDecimal rounded = row.decimal(0).setScale(digits, mode);
            if (rounded.signum() != 0 && rounded.precision() - rounded.scale() > SqlType.MAX_DECIMAL_PRECISION) {
                throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DECIMAL", "round");
            }
            row.set(rounded);
        });
    }

    private static Expr integer(Binding call, boolean truncates) {
        boolean unsigned = NumericTypes.isUnsigned(call.type(0));
        SqlType type = unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT;
        Expr argument = call.get(0);
        return call.returns(type, Coercibility.NUMERIC, row -> {
            long digits = row.integer(1);
            long value = row.integer(0);
            if (digits >= 0) {
                row.set(value);
                return;
            }
            if (digits < -20) {
                row.set(0L);
                return;
            }
            BigDecimal exact = new BigDecimal(unsigned ? Decimals.ofUnsigned(value) : BigInteger.valueOf(value));
            BigInteger rounded = exact.setScale((int) digits, truncates ? RoundingMode.DOWN : RoundingMode.HALF_UP)
                    .toBigInteger();
            if (rounded.bitLength() > (unsigned ? 64 : 63)) {
                throw new SqlException(
                        ErrorCode.DATA_OUT_OF_RANGE,
                        unsigned ? "BIGINT UNSIGNED" : "BIGINT",
                        "round(" + ExprText.of(argument) + "," + digits + ")");
            }
            row.set(rounded.longValue());
        });
    }
}
