package io.qomo.query.function;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.List;

/// Conversions between types: those a statement writes (CAST, CONVERT) and those MySQL makes by itself.
public final class Casts {
    private Casts() {}

    /// CAST(expr AS type). A string type of length −1 takes the length of the argument.
    public static Expr to(Expr expr, SqlType type, BindContext context) {
        SqlType target = type;
        if (type.kind().isString() && !type.kind().isLob() && type.length() < 0) {
            long chars = TextTypes.maxChars(expr);
            boolean encodes =
                    type.collation() == Collation.BINARY && expr.type().isCharacterString();
            int width = encodes ? expr.type().collation().charset().maxBytesPerChar() : 1;
            target = TextTypes.of(Math.min(chars * width, TextTypes.MAX_CHARS), type.collation());
        }
        if (ExprWalker.isNullConstant(expr)) {
            return new Expr.Call(
                    new CastFunction(expr.type(), target, true, Row::setNull),
                    List.of(expr),
                    target,
                    true,
                    Coercibility.IMPLICIT);
        }
        Expr source = DecimalOps.unrounded(isNumberWanted(target) ? unhex(expr) : expr, target);
        return cast(source, target, true, Coercibility.IMPLICIT);
    }

    /// The expression as a value of the type, as MySQL converts by itself; the same instance if there is nothing to do.
    public static Expr implicit(Expr expr, SqlType type, BindContext context) {
        if (expr.type().equals(type)) {
            return expr;
        }
        if (ExprWalker.isNullConstant(expr)) {
            return new Expr.Constant(Vector.constantNull(type));
        }
        Expr source = DecimalOps.unrounded(isNumberWanted(type) ? unhex(expr) : expr, type);
        if (CastFunction.isSameForm(source.type(), type)) {
            return source;
        }
        return cast(source, type, false, coercibilityOf(expr, type));
    }

    /// As a character or binary string; strings stay as they are.
    public static Expr toText(Expr expr, BindContext context) {
        SqlType type = expr.type();
        if (type.kind().isString()) {
            return expr;
        }
        if (type.kind() == TypeKind.NULL) {
            return new Expr.Constant(Vector.constantNull(SqlType.varchar(0, context.connectionCollation())));
        }
        return implicit(expr, textType(expr, context), context);
    }

    private static SqlType textType(Expr expr, BindContext context) {
        SqlType type = expr.type();
        Collation collation = switch (type.kind()) {
            case JSON -> Collation.UTF8MB4_BIN;
            case BIT -> Collation.BINARY;
            case ENUM, SET -> type.collation();
            default -> context.connectionCollation();
        };
        return TextTypes.of(TextTypes.maxChars(expr), collation);
    }

    /// As BIGINT, or BIGINT UNSIGNED if the type is unsigned.
    public static Expr toInteger(Expr expr, BindContext context) {
        SqlType type = unhex(expr).type();
        boolean unsigned = type.unsigned() || Numbers.isUnsigned(type);
        return implicit(expr, unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, context);
    }

    /// As the number it stands for in arithmetic: integers and decimals as they are, temporal values as integers or
    /// decimals, everything else as a double.
    public static Expr toNumber(Expr expr, BindContext context) {
        Expr source = unhex(expr);
        SqlType type = source.type();
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, FLOAT, DOUBLE -> source;
            case NULL -> new Expr.Constant(Vector.constantNull(SqlType.BIGINT));
            case YEAR, BIT -> cast(source, SqlType.BIGINT_UNSIGNED, false, Coercibility.NUMERIC);
            case DATE -> implicit(source, SqlType.BIGINT, context);
            case TIME, DATETIME, TIMESTAMP ->
                type.scale() > 0
                        ? implicit(source, SqlType.decimal(NumericTypes.precision(type), type.scale()), context)
                        : implicit(source, SqlType.BIGINT, context);
            case CHAR,
                    VARCHAR,
                    BINARY,
                    VARBINARY,
                    TINYTEXT,
                    TEXT,
                    MEDIUMTEXT,
                    LONGTEXT,
                    TINYBLOB,
                    BLOB,
                    MEDIUMBLOB,
                    LONGBLOB,
                    ENUM,
                    SET,
                    JSON -> implicit(source, SqlType.DOUBLE, context);
        };
    }

    /// As [#toNumber], but strings stay strings: whoever compares decides by the other side how to read them.
    static Expr toNumberKeepingText(Expr expr, BindContext context) {
        Expr source = unhex(expr);
        TypeKind kind = source.type().kind();
        return kind.isString() || kind == TypeKind.YEAR || kind == TypeKind.BIT ? source : toNumber(source, context);
    }

    /// As bytes: character strings in their own character set.
    public static Expr toBinary(Expr expr, BindContext context) {
        Expr text = toText(expr, context);
        SqlType type = text.type();
        if (type.isBinaryString()) {
            return text;
        }
        long bytes = TextTypes.maxChars(type) * type.collation().charset().maxBytesPerChar();
        return implicit(text, TextTypes.of(Math.min(bytes, TextTypes.MAX_CHARS), Collation.BINARY), context);
    }

    /// As a condition: a BIGINT that holds if it is neither NULL nor 0. Strings count by the number they start with.
    public static Expr condition(Expr expr, BindContext context) {
        Expr number = DecimalOps.unrounded(toNumber(expr, context));
        SqlType type = number.type();
        if (NumericTypes.isInteger(type)) {
            return number;
        }
        boolean exact = type.kind() == TypeKind.DECIMAL;
        Expr zero = exact
                ? new Expr.Constant(
                        io.qomo.base.vector.DecimalVector.constant(SqlType.decimal(1, 0), java.math.BigDecimal.ZERO))
                : new Expr.Constant(io.qomo.base.vector.DoubleVector.constant(SqlType.DOUBLE, 0));
        Comparison notZero = new Comparison(
                Comparison.Operator.NOT_EQUAL,
                exact ? Comparison.Domain.DECIMAL : Comparison.Domain.DOUBLE,
                Collation.BINARY);
        return new Expr.Call(notZero, List.of(number, zero), SqlType.BIGINT, number.nullable(), Coercibility.NUMERIC);
    }

    /// The value as it is assigned to a column: decimals with all their digits, and hexadecimal and bit
    /// literals as numbers for columns of numbers.
    public static Expr assigned(Expr expr, SqlType column) {
        Expr value = DecimalOps.unrounded(isNumberWanted(column) ? unhex(expr) : expr);
        boolean isQuotient = value != expr
                && value instanceof Expr.Call call
                && call.function() instanceof DecimalArithmetic a
                && a.operator() == Arithmetic.Operator.DIVIDE;
        return isQuotient && column.kind().isString() ? quotientText(value, column.collation()) : value;
    }

    /// A quotient with all its digits as text; zero has none after the point.
    /// Source: MySQL's `do_div_mod`.
    private static Expr quotientText(Expr quotient, Collation collation) {
        SqlType type = TextTypes.of(TextTypes.maxChars(quotient), collation);
        RowFunction.Kernel digits = CastKernels.kernel(quotient.type(), type, false);
        RowFunction.Kernel kernel = row -> {
            if (row.decimal(0).signum() == 0) {
                row.set("0");
            } else {
                digits.compute(row);
            }
        };
        return new Expr.Call(
                new CastFunction(quotient.type(), type, false, kernel),
                List.of(quotient),
                type,
                quotient.nullable(),
                Coercibility.NUMERIC);
    }

    /// A hexadecimal or bit literal where a number is wanted: its bytes as an unsigned integer. Others as they are.
    static Expr unhex(Expr expr) {
        if (expr instanceof Expr.Constant c
                && c.isHexLiteral()
                && c.value() instanceof BytesVector v
                && !v.isNull(0)
                && v.length[0] <= 8) {
            long value = 0;
            for (byte b : v.get(0)) {
                value = value << 8 | (b & 0xFF);
            }
            return new Expr.Constant(LongVector.constant(SqlType.BIGINT_UNSIGNED, value));
        }
        return expr;
    }

    private static boolean isNumberWanted(SqlType type) {
        return type.kind().isNumeric() && type.kind() != TypeKind.BIT;
    }

    private static Coercibility coercibilityOf(Expr expr, SqlType type) {
        if (!type.kind().isString()) {
            return Coercibility.NUMERIC;
        }
        SqlType from = expr.type();
        boolean isNumber = from.kind().isNumeric() || from.kind().isTemporal();
        return isNumber ? Coercibility.NUMERIC : expr.coercibility();
    }

    private static Expr cast(Expr expr, SqlType to, boolean explicit, Coercibility coercibility) {
        SqlType from = expr.type();
        CastFunction function = new CastFunction(from, to, explicit, kernel(expr, to, explicit));
        boolean mayFail = (to.kind().isTemporal() && !from.kind().hasDate())
                || to.kind() == TypeKind.YEAR
                || (from.isBinaryString() && to.isCharacterString());
        return new Expr.Call(function, List.of(expr), to, expr.nullable() || mayFail, coercibility);
    }

    private static RowFunction.Kernel kernel(Expr expr, SqlType to, boolean explicit) {
        SqlType from = expr.type();
        if (from.kind() == TypeKind.JSON) {
            return JsonCasts.reading(to, explicit, jsonSource(expr));
        }
        if (to.kind() == TypeKind.JSON && JsonCasts.isTruth(expr)) {
            return JsonCasts::wrapTruth;
        }
        return CastKernels.kernel(from, to, explicit);
    }

    /// What warnings call a JSON value: its column, or the function it comes from.
    private static String jsonSource(Expr expr) {
        return switch (expr) {
            case Expr.Column column -> column.name();
            case Expr.Correlated column -> column.name();
            case Expr.Call call ->
                CastFunction.of(call) != null ? "cast_as_json" : call.function().name();
            default -> "";
        };
    }

    /// CONVERT(expr USING charset): the string in the character set's default collation.
    public static Expr using(Expr expr, Charset charset, BindContext context) {
        Expr text = toText(expr, context);
        long chars = TextTypes.maxChars(text.type());
        SqlType target = TextTypes.of(chars, Collation.defaultOf(charset));
        return cast(text, target, false, Coercibility.IMPLICIT);
    }

    /// expr COLLATE collation. Error COLLATION_CHARSET_MISMATCH.
    public static Expr collate(Expr expr, Collation collation, BindContext context) {
        Expr text = toText(expr, context);
        Charset charset = text.type().collation().charset();
        if (charset != collation.charset() && !(charset == Charset.BINARY && collation == Collation.BINARY)) {
            throw new io.qomo.base.error.SqlException(
                    io.qomo.base.error.ErrorCode.COLLATION_CHARSET_MISMATCH, collation.sqlName(), charset.sqlName());
        }
        SqlType type = text.type().withCollation(collation);
        return new Expr.Call(
                new CastFunction(text.type(), type, false, CastFunction::shareBytes),
                List.of(text),
                type,
                text.nullable(),
                Coercibility.EXPLICIT);
    }
}
