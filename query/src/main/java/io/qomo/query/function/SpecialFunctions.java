package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.IntervalUnit;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.RowFunction.Volatility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Binds the functions whose arguments are not just a list of expressions.
public final class SpecialFunctions {
    private SpecialFunctions() {}

    /// `date ± INTERVAL amount unit`, DATE_ADD, DATE_SUB, TIMESTAMPADD.
    public static Expr addInterval(Expr date, Expr amount, IntervalUnit unit, boolean subtract, BindContext context) {
        String name = subtract ? "date_sub" : "date_add";
        return DateArithmetic.addInterval(new Binding(name, context, List.of(date, amount)), unit, subtract);
    }

    /// EXTRACT(unit FROM value).
    public static Expr extract(IntervalUnit unit, Expr value, BindContext context) {
        return DateParts.extract(unit, new Binding("extract", context, List.of(value)));
    }

    /// TIMESTAMPDIFF(unit, from, to).
    public static Expr timestampDiff(IntervalUnit unit, Expr from, Expr to, BindContext context) {
        return DateArithmetic.timestampDiff(unit, new Binding("timestampdiff", context, List.of(from, to)));
    }

    /// GET_FORMAT(type, standard); the type is DATE, TIME or DATETIME.
    public static Expr getFormat(TypeKind type, Expr standard, BindContext context) {
        return DateFormat.getFormat(type, new Binding("get_format", context, List.of(standard)));
    }

    /// TRIM(\[LEADING|TRAILING|BOTH] \[remove] FROM text); spaces if `remove` is null.
    public static Expr trim(boolean leading, boolean trailing, @Nullable Expr remove, Expr text, BindContext context) {
        List<Expr> arguments = remove == null ? List.of(text) : List.of(text, remove);
        return StringParts.trim(new Binding("trim", context, arguments), leading, trailing);
    }

    /// CHAR(codes USING charset); BINARY without one.
    public static Expr charOf(List<Expr> codes, Charset charset, BindContext context) {
        return StringCodes.chars(new Binding("char", context, codes), charset);
    }

    /// WEIGHT_STRING(text AS CHAR(length) or BINARY(length)); −1 for no length.
    public static Expr weightString(Expr text, boolean binary, int length, BindContext context) {
        return StringCodes.weightString(new Binding("weight_string", context, List.of(text)), binary, length);
    }

    /// text REGEXP pattern.
    public static Expr regexp(Expr text, Expr pattern, BindContext context) {
        return RegexpFunctions.regexp(text, pattern, context);
    }

    /// DATE '…', TIME '…', TIMESTAMP '…'. Error INCORRECT_DATETIME_LITERAL.
    public static Expr temporalLiteral(TypeKind kind, String text, BindContext context) {
        TemporalParser parser = new TemporalParser();
        int flags = Times.flags(context.evalContext());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int point = text.lastIndexOf('.');
        int digits = 0;
        for (int i = point + 1; point >= 0 && i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            digits++;
        }
        int fsp = Math.min(6, digits);
        boolean found = switch (kind) {
            case DATE -> parser.date(bytes, 0, bytes.length, flags) && parser.isDateOnly();
            case TIME -> parser.time(bytes, 0, bytes.length, fsp, flags) && !parser.isOutOfRange();
            default -> parser.datetime(bytes, 0, bytes.length, fsp, flags) && !parser.isDateOnly();
        };
        if (!found || parser.isTruncated()) {
            String name = kind == TypeKind.DATE || kind == TypeKind.TIME ? kind.name() : "DATETIME";
            throw new SqlException(ErrorCode.INCORRECT_DATETIME_LITERAL, name, text);
        }
        long value = parser.hasOffset() ? parser.valueIn(context.evalContext().timeZone()) : parser.value();
        SqlType type = switch (kind) {
            case DATE -> SqlType.DATE;
            case TIME -> SqlType.temporal(TypeKind.TIME, fsp);
            default -> SqlType.temporal(TypeKind.DATETIME, fsp);
        };
        return new Expr.Constant(LongVector.constant(type, value));
    }

    /// `@name`: typed as the variable is now. Not deterministic, as the statement itself may set it.
    public static Expr userVariable(String name, BindContext context) {
        String key = name.toLowerCase(Locale.ROOT);
        Vector now = context.evalContext().session().userVariable(key);
        SqlType type = now == null || now.type().kind() == TypeKind.NULL
                ? SqlType.string(TypeKind.LONGBLOB, -1, io.qomo.base.type.Collation.BINARY)
                : now.type();
        UserVariable function = new UserVariable(key, type);
        return new Expr.Call(function, List.of(), type, true, Coercibility.IMPLICIT);
    }

    /// `@name := value`.
    public static Expr assign(String name, Expr value, BindContext context) {
        Expr stored = variableValue(value, context);
        return new Expr.Call(
                new UserVariable.Assign(name.toLowerCase(Locale.ROOT)),
                List.of(stored),
                stored.type(),
                stored.nullable(),
                Coercibility.IMPLICIT);
    }

    /// The value in one of the types user variables have: integer, decimal, double, string.
    public static Expr variableValue(Expr value, BindContext context) {
        SqlType type = value.type();
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, BIT -> Casts.toInteger(value, context);
            case FLOAT, DOUBLE -> Casts.implicit(value, SqlType.DOUBLE, context);
            case DECIMAL -> DecimalOps.unrounded(value);
            case NULL ->
                new Expr.Constant(
                        Vector.constantNull(SqlType.string(TypeKind.LONGBLOB, -1, io.qomo.base.type.Collation.BINARY)));
            case DATE,
                    TIME,
                    DATETIME,
                    TIMESTAMP,
                    ENUM,
                    SET,
                    JSON,
                    CHAR,
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
                    LONGBLOB -> Casts.toText(value, context);
        };
    }

    /// `@@name`: read once per statement. Errors 1193, 1238.
    public static Expr systemVariable(boolean global, String name, BindContext context) {
        SqlType type =
                context.evalContext().session().systemVariable(global, name).type();
        RowFunction.Kernel kernel = row -> {
            Vector value = row.context.session().systemVariable(global, name);
            row.setFrom(value);
        };
        return new Expr.Call(
                new RowFunction("@@" + name, kernel, true, Volatility.STABLE),
                List.of(),
                type,
                true,
                type.kind().isString() ? Coercibility.SYSCONST : Coercibility.NUMERIC);
    }
}
