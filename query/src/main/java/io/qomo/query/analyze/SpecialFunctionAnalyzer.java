package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.Casts;
import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.CastExpression;
import io.qomo.query.sql.ast.IntervalUnit;
import io.qomo.query.sql.ast.SpecialFunction;

/// Binds functions with a syntax of their own: CAST, EXTRACT, TRIM, intervals, variables.
record SpecialFunctionAnalyzer(ExpressionAnalyzer binder) {
    private Calls calls() {
        return binder.calls();
    }

    Expr bind(SpecialFunction f) {
        return switch (f) {
            case SpecialFunction.ExtractFunction e -> notYet("EXTRACT");
            case SpecialFunction.TrimFunction t -> notYet("TRIM");
            case SpecialFunction.CharFunction c -> notYet("CHAR");
            case SpecialFunction.TimestampDiffFunction t -> notYet("TIMESTAMPDIFF");
            case SpecialFunction.GetFormatFunction g -> notYet("GET_FORMAT");
            case SpecialFunction.WeightStringFunction w -> notYet("WEIGHT_STRING");
            case SpecialFunction.JsonValueFunction j -> notYet("JSON_VALUE");
        };
    }

    private static Expr notYet(String feature) {
        throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, feature);
    }

    Expr addInterval(Expr operand, Expr value, IntervalUnit unit, boolean subtract) {
        return notYet("INTERVAL");
    }

    Expr userVariable(String name) {
        return notYet("@" + name);
    }

    Expr assign(String name, Expr value) {
        return notYet("@" + name + " :=");
    }

    Expr systemVariable(Expression.SystemVariable v) {
        return notYet("@@" + v.name());
    }

    /// `operand COLLATE collation`. Errors UNKNOWN_COLLATION, COLLATION_CHARSET_MISMATCH.
    Expr collate(Expr operand, String collation) {
        Collation wanted =
                Collation.byName(collation).orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_COLLATION, collation));
        return Casts.collate(operand, wanted, calls().context());
    }

    /// CONVERT(operand USING charset).
    Expr using(Expr operand, String charset) {
        Collation collation = charset.equalsIgnoreCase("default")
                ? calls().context().connectionCollation()
                : LiteralAnalyzer.collationOf(charset);
        return Casts.using(operand, collation.charset(), calls().context());
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
        return Casts.to(operand, castType(c.type()), calls().context());
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
        return new SqlType(TypeKind.FLOAT, -1, -1, false, false, Collation.BINARY, java.util.List.of());
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
        Collation collation = calls().context().connectionCollation();
        return t.binary() ? Collation.binOf(collation.charset()) : collation;
    }
}
