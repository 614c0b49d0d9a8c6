package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.CharsetNames;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.Casts;
import io.qomo.query.function.JsonColumn;
import io.qomo.query.function.JsonValueFunction;
import io.qomo.query.function.SpecialFunctions;
import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.CastExpression;
import io.qomo.query.sql.ast.IntervalUnit;
import io.qomo.query.sql.ast.SpecialFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds functions with a syntax of their own: CAST, EXTRACT, TRIM, intervals, variables.
record SpecialFunctionAnalyzer(ExpressionAnalyzer binder) {
    private BindContext context() {
        return binder.calls().context();
    }

    Expr bind(SpecialFunction f) {
        return switch (f) {
            case SpecialFunction.ExtractFunction e ->
                SpecialFunctions.extract(unit(e.unit()), binder.bind(e.operand()), context());
            case SpecialFunction.TrimFunction t -> trim(t);
            case SpecialFunction.CharFunction c -> {
                Charset charset = c.charset() == null
                        ? Charset.BINARY
                        : LiteralAnalyzer.collationOf(c.charset()).charset();
                yield SpecialFunctions.charOf(binder.bindAll(c.codes()), charset, context());
            }
            case SpecialFunction.TimestampDiffFunction t ->
                SpecialFunctions.timestampDiff(unit(t.unit()), binder.bind(t.from()), binder.bind(t.to()), context());
            case SpecialFunction.GetFormatFunction g ->
                SpecialFunctions.getFormat(TypeKind.valueOf(g.type().name()), binder.bind(g.standard()), context());
            case SpecialFunction.WeightStringFunction w ->
                SpecialFunctions.weightString(binder.bind(w.operand()), w.binary(), w.length(), context());
            case SpecialFunction.JsonValueFunction j -> jsonValue(j);
        };
    }

    private Expr jsonValue(SpecialFunction.JsonValueFunction j) {
        SqlType type = j.returning() == null ? null : JsonValueFunction.returning(castType(j.returning()));
        return JsonValueFunction.bind(
                binder.bind(j.document()),
                binder.bind(j.path()),
                type,
                response(j.onEmpty(), type),
                response(j.onError(), type),
                context());
    }

    private JsonColumn.Response response(SpecialFunction.@Nullable JsonResponse response, @Nullable SqlType type) {
        if (response == null) {
            return JsonColumn.Response.NULL;
        }
        return switch (response.kind()) {
            case NULL -> JsonColumn.Response.NULL;
            case ERROR -> JsonColumn.Response.ERROR;
            case DEFAULT -> {
                Expr value = response.defaultValue() == null
                        ? Calls.nullOf(SqlType.NULL)
                        : binder.bind(response.defaultValue());
                yield JsonValueFunction.defaultOf(value, type, context());
            }
        };
    }

    private Expr trim(SpecialFunction.TrimFunction t) {
        boolean leading = t.side() != SpecialFunction.TrimFunction.Side.TRAILING;
        boolean trailing = t.side() != SpecialFunction.TrimFunction.Side.LEADING;
        Expr remove = t.remove() == null ? null : binder.bind(t.remove());
        return SpecialFunctions.trim(leading, trailing, remove, binder.bind(t.operand()), context());
    }

    private static io.qomo.base.type.IntervalUnit unit(IntervalUnit unit) {
        return io.qomo.base.type.IntervalUnit.valueOf(unit.name());
    }

    Expr addInterval(Expr operand, Expr value, IntervalUnit unit, boolean subtract) {
        return SpecialFunctions.addInterval(operand, value, unit(unit), subtract, context());
    }

    Expr userVariable(String name) {
        return SpecialFunctions.userVariable(name, context());
    }

    Expr assign(String name, Expr value) {
        return SpecialFunctions.assign(name, value, context());
    }

    Expr systemVariable(Expression.SystemVariable v) {
        boolean global = switch (v.scope()) {
            case DEFAULT, SESSION -> false;
            case GLOBAL, PERSIST, PERSIST_ONLY -> true;
        };
        String name = v.component() == null ? v.name() : v.component() + "." + v.name();
        return SpecialFunctions.systemVariable(global, name, context());
    }

    /// `operand COLLATE collation`. Errors UNKNOWN_COLLATION, COLLATION_CHARSET_MISMATCH.
    Expr collate(Expr operand, String collation) {
        Collation wanted = Collation.byName(collation).orElseThrow(() -> CharsetNames.unknownCollation(collation));
        return Casts.collate(operand, wanted, context());
    }

    /// CONVERT(operand USING charset).
    Expr using(Expr operand, String charset) {
        Collation collation = charset.equalsIgnoreCase("default")
                ? context().connectionCollation()
                : LiteralAnalyzer.collationOf(charset);
        return Casts.using(operand, collation.charset(), context());
    }

    /// CAST, CONVERT and BINARY.
    Expr cast(CastExpression c) {
        if (c.array()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "CAST ... AS ... ARRAY");
        }
        if (c.timeZone() != null) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "AT TIME ZONE");
        }
        Expr operand = binder.bind(c.operand());
        return Casts.to(operand, castType(c.type()), context());
    }

    /// The type of CAST(… AS type).
    private SqlType castType(DataType t) {
        return switch (t.name()) {
            case BIGINT, INT, MEDIUMINT, SMALLINT, TINYINT -> t.unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT;
            case DECIMAL -> decimal(t);
            case FLOAT, DOUBLE -> floating(t);
            case DATE -> SqlType.DATE;
            case YEAR -> SqlType.YEAR;
            case DATETIME, TIMESTAMP -> SqlType.temporal(TypeKind.DATETIME, fraction(t));
            case TIME -> SqlType.temporal(TypeKind.TIME, fraction(t));
            case JSON -> SqlType.JSON;
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> {
                Collation collation = collation(t);
                yield collation == Collation.BINARY
                        ? SqlType.varbinary(t.length())
                        : SqlType.varchar(t.length(), collation);
            }
            case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> binary(t);
            case BIT,
                    ENUM,
                    SET,
                    VECTOR,
                    GEOMETRY,
                    POINT,
                    LINESTRING,
                    POLYGON,
                    MULTIPOINT,
                    MULTILINESTRING,
                    MULTIPOLYGON,
                    GEOMETRYCOLLECTION -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "CAST AS " + t.name());
        };
    }

    private static SqlType binary(DataType t) {
        // BINARY(n) pads with zero bytes; BINARY alone keeps the value's length.
        return t.name() == DataType.Name.BINARY && t.length() >= 0
                ? SqlType.string(TypeKind.BINARY, t.length(), Collation.BINARY)
                : SqlType.varbinary(t.length());
    }

    private static SqlType decimal(DataType t) {
        int precision = t.length() < 0 ? 10 : t.length() == 0 ? 10 : t.length();
        int scale = Math.max(0, t.scale());
        if (scale > SqlType.MAX_DECIMAL_SCALE) {
            throw new SqlException(ErrorCode.TOO_BIG_SCALE, scale, "CAST", SqlType.MAX_DECIMAL_SCALE);
        }
        if (precision > SqlType.MAX_DECIMAL_PRECISION) {
            throw new SqlException(ErrorCode.TOO_BIG_PRECISION, precision, "CAST", SqlType.MAX_DECIMAL_PRECISION);
        }
        if (scale > precision) {
            throw new SqlException(ErrorCode.M_BIGGER_THAN_D, "");
        }
        return SqlType.decimal(precision, scale);
    }

    private static SqlType floating(DataType t) {
        if (t.name() == DataType.Name.DOUBLE || t.length() > 24) {
            return SqlType.DOUBLE;
        }
        return new SqlType(TypeKind.FLOAT, -1, -1, false, false, Collation.BINARY, List.of());
    }

    private static int fraction(DataType t) {
        if (t.length() > 6) {
            throw new SqlException(ErrorCode.TOO_BIG_PRECISION, t.length(), "CAST", 6);
        }
        return Math.max(0, t.length());
    }

    private Collation collation(DataType t) {
        if (t.charset() != null) {
            Collation collation = LiteralAnalyzer.collationOf(t.charset());
            return t.binary() ? Collation.binOf(collation.charset()) : collation;
        }
        Collation collation = context().connectionCollation();
        return t.binary() ? Collation.binOf(collation.charset()) : collation;
    }
}
