package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.DoubleVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.CRC32;

/// Numeric functions.
///
/// Source: MySQL 8.0 manual, "Mathematical Functions".
final class MathFunctions {
    static final FunctionTable TABLE = new FunctionTable("Mathematical Functions")
            .add("ABS(x)", MathFunctions::abs)
            .add("ACOS(x)", c -> real(c.nullable(), Math::acos))
            .add("ASIN(x)", c -> real(c.nullable(), Math::asin))
            .add("ATAN(y[, x])", MathFunctions::atan)
            .add("ATAN2(y[, x])", MathFunctions::atan)
            .add("CEIL(x)", c -> Rounding.whole(c, true))
            .add("CEILING(x)", c -> Rounding.whole(c, true))
            .add("COS(x)", c -> real(c, Math::cos))
            .add("COT(x)", c -> checked(c, x -> 1 / Math.tan(x)))
            .add("CRC32(expr)", MathFunctions::crc32)
            .add("DEGREES(x)", c -> checked(c, x -> x * (180 / Math.PI)))
            .add("EXP(x)", c -> checked(c, Math::exp))
            .add("FLOOR(x)", c -> Rounding.whole(c, false))
            .add("LN(x)", c -> logarithm(c, Math::log))
            .add("LOG(b_or_x[, x])", MathFunctions::log)
            .add("LOG10(x)", c -> logarithm(c, Math::log10))
            .add("LOG2(x)", c -> logarithm(c, x -> Math.log(x) / Math.log(2)))
            .add("MOD(n, m)", c -> Arithmetic.bind(Arithmetic.Operator.MODULO, c))
            .add("PI()", c -> new Expr.Constant(DoubleVector.constant(fixed(6), Math.PI)))
            .add("POW(x, y)", MathFunctions::power)
            .add("POWER(x, y)", MathFunctions::power)
            .add("RADIANS(x)", c -> checked(c, x -> x * (Math.PI / 180)))
            .add("RAND([seed])", RandomFunction::bind)
            .add("ROUND(x[, d])", c -> Rounding.round(c, false))
            .add("SIGN(x)", MathFunctions::sign)
            .add("SIN(x)", c -> real(c, Math::sin))
            .add("SQRT(x)", c -> real(c.nullable(), Math::sqrt))
            .add("TAN(x)", c -> real(c, Math::tan))
            .add("TRUNCATE(x, d)", c -> Rounding.round(c, true));

    private MathFunctions() {}

    static SqlType fixed(int scale) {
        return new SqlType(
                TypeKind.DOUBLE, -1, scale, false, false, io.qomo.base.type.Collation.BINARY, java.util.List.of());
    }

    /// A function of a double; NaN is NULL.
    private static Expr real(Binding call, DoubleUnaryOperator function) {
        call.real(0);
        return call.returnsDouble(row -> {
            double result = function.applyAsDouble(row.real(0));
            if (Double.isNaN(result)) {
                row.setNull();
            } else {
                row.set(result);
            }
        });
    }

    /// A function of a double whose result must be finite: error DATA_OUT_OF_RANGE.
    private static Expr checked(Binding call, DoubleUnaryOperator function) {
        Expr argument = call.get(0);
        String name = call.name();
        call.real(0);
        return call.returnsDouble(row -> {
            double result = function.applyAsDouble(row.real(0));
            if (!Double.isFinite(result)) {
                throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DOUBLE", name + "(" + ExprText.of(argument) + ")");
            }
            row.set(result);
        });
    }

    /// A logarithm; of what is not positive NULL with a warning.
    private static Expr logarithm(Binding call, DoubleUnaryOperator function) {
        call.real(0);
        return call.nullable().returnsDouble(row -> {
            if (row.real(0) <= 0) {
                notPositive(row);
            } else {
                row.set(function.applyAsDouble(row.real(0)));
            }
        });
    }

    private static void notPositive(Row row) {
        row.context.warn(ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM);
        row.setNull();
    }

    private static Expr log(Binding call) {
        if (call.size() == 1) {
            return logarithm(call, Math::log);
        }
        call.real(0, 1);
        return call.nullable().returnsDouble(row -> {
            double base = row.real(0);
            if (base <= 0 || row.real(1) <= 0 || base == 1) {
                notPositive(row);
            } else {
                row.set(Math.log(row.real(1)) / Math.log(base));
            }
        });
    }

    private static Expr atan(Binding call) {
        if (call.size() == 1) {
            return real(call, Math::atan);
        }
        call.real(0, 1);
        return call.returnsDouble(row -> row.set(Math.atan2(row.real(0), row.real(1))));
    }

    private static Expr power(Binding call) {
        String text = "pow(" + ExprText.of(call.get(0)) + "," + ExprText.of(call.get(1)) + ")";
        call.real(0, 1);
        return call.returnsDouble(row -> {
            double result = Math.pow(row.real(0), row.real(1));
            if (!Double.isFinite(result)) {
                throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "DOUBLE", text);
            }
            row.set(result);
        });
    }

    private static Expr abs(Binding call) {
        Expr number = Casts.toNumber(call.get(0), call.context());
        SqlType type = number.type();
        if (type.kind().isApproximate()) {
            call.real(0);
            return call.returnsDouble(row -> row.set(Math.abs(row.real(0))));
        }
        if (type.kind() == TypeKind.DECIMAL) {
            Expr raw = DecimalOps.unrounded(number);
            call.set(0, raw);
            return DecimalOps.rounded(
                    call.returns(
                            raw.type(),
                            Coercibility.NUMERIC,
                            row -> row.set(row.decimal(0).abs())),
                    type);
        }
        call.set(0, number);
        if (NumericTypes.isUnsigned(type)) {
            return call.integer(0).get(0);
        }
        return call.returnsLong(row -> {
            long value = row.integer(0);
            if (value == Long.MIN_VALUE) {
                throw new SqlException(ErrorCode.DATA_OUT_OF_RANGE, "BIGINT", "abs(" + ExprText.of(number) + ")");
            }
            row.set(Math.abs(value));
        });
    }

    private static Expr sign(Binding call) {
        Expr number = DecimalOps.unrounded(Casts.toNumber(call.get(0), call.context()));
        SqlType type = number.type();
        call.set(0, number);
        return switch (type.physical()) {
            case DOUBLE -> call.returnsLong(row -> row.set((long) Math.signum(row.real(0))));
            case DECIMAL ->
                call.returnsLong(row -> row.set((long) row.decimal(0).signum()));
            case LONG, BYTES -> {
                boolean unsigned = NumericTypes.isUnsigned(type);
                yield call.returnsLong(row -> {
                    long value = row.integer(0);
                    row.set(value < 0 && unsigned ? 1L : Long.signum(value));
                });
            }
        };
    }

    private static Expr crc32(Binding call) {
        call.binary(0);
        return call.returns(SqlType.integer(TypeKind.BIGINT, true), Coercibility.NUMERIC, row -> {
            CRC32 crc = new CRC32();
            crc.update(row.base(0), row.offset(0), row.length(0));
            row.set(crc.getValue());
        });
    }
}
