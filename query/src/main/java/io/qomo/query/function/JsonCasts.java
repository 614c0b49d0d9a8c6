package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonParser;
import io.qomo.base.json.JsonPrinter;
import io.qomo.base.json.JsonType;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.RowFunction.Kernel;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Conversions between JSON and the other types.
///
/// A JSON value is read as a number or a time by what it is: numbers, booleans (0 and 1), strings by their text. What
/// has no such value (null, arrays, objects) is 0 or NULL with warning INVALID_JSON_VALUE_FOR_CAST.
///
/// Source: MySQL 8.0 manual, "The JSON Data Type", "Converting between JSON and non-JSON values".
final class JsonCasts {
    private static final String FUNCTION = "cast_as_json";
    private static final int WIRE_VARCHAR = 15;
    private static final int WIRE_BIT = 16;
    private static final int WIRE_VAR_STRING = 253;
    private static final int WIRE_STRING = 254;

    private JsonCasts() {}

    /// The value (not NULL) of an argument of type JSON.
    static JsonValue value(Row row, int arg) {
        return value(row.vector(arg), row.index);
    }

    /// The value (not NULL) of a row of a vector of type JSON.
    static JsonValue value(Vector vector, int row) {
        BytesVector v = (BytesVector) vector;
        int i = v.at(row);
        return JsonValue.of(v.base[i], v.offset[i], v.length[i]);
    }

    // -- JSON to other types

    static double asDouble(Row row, int arg, String source) {
        JsonValue value = value(row, arg);
        return switch (value.type()) {
            case INTEGER, UNSIGNED, DOUBLE, DECIMAL -> value.doubleValue();
            case BOOLEAN -> value.booleanValue() ? 1 : 0;
            case STRING -> {
                NumberParser parser = parse(row, value);
                if (parser.isOutOfRange()) {
                    row.context.warn(ErrorCode.NUMERIC_JSON_VALUE_OUT_OF_RANGE, "DOUBLE", source, 1);
                } else if (parser.isTruncated()) {
                    warn(row, "DOUBLE", source);
                }
                yield parser.toDouble();
            }
            case DATE, TIME, DATETIME -> temporal(row, value).doubleValue();
            case NULL, OBJECT, ARRAY, OPAQUE -> {
                warn(row, "DOUBLE", source);
                yield 0;
            }
        };
    }

    static BigDecimal asDecimal(Row row, int arg, String source) {
        JsonValue value = value(row, arg);
        return switch (value.type()) {
            case INTEGER, UNSIGNED, DECIMAL -> value.decimalValue();
            case DOUBLE -> Numbers.ofDouble(value.doubleValue());
            case BOOLEAN -> value.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
            case STRING -> {
                NumberParser parser = parse(row, value);
                if (parser.isTruncated() || parser.isOutOfRange()) {
                    warn(row, "DECIMAL", source);
                }
                yield parser.decimal();
            }
            case DATE, TIME, DATETIME -> temporal(row, value);
            case NULL, OBJECT, ARRAY, OPAQUE -> {
                warn(row, "DECIMAL", source);
                yield BigDecimal.ZERO;
            }
        };
    }

    /// The bits of an integer.
    static long asLong(Row row, int arg, boolean unsigned, String source) {
        JsonValue value = value(row, arg);
        return switch (value.type()) {
            case INTEGER -> value.longValue();
            case UNSIGNED -> {
                if (!unsigned) {
                    outOfRange(row, source);
                    yield Long.MAX_VALUE;
                }
                yield value.longValue();
            }
            case DOUBLE -> {
                double real = value.doubleValue();
                if (!(unsigned ? Doubles.fitsUnsigned(real) : Doubles.fitsLong(real))) {
                    outOfRange(row, source);
                }
                yield unsigned ? Doubles.toUnsigned(real) : Doubles.toLong(real);
            }
            case DECIMAL -> {
                BigDecimal decimal = value.decimalValue();
                if (!(unsigned ? Decimals.fitsUnsigned(decimal) : Decimals.fitsLong(decimal))) {
                    outOfRange(row, source);
                }
                yield unsigned ? Decimals.toUnsigned(decimal) : Decimals.toLong(decimal);
            }
            case BOOLEAN -> value.booleanValue() ? 1 : 0;
            case STRING -> {
                NumberParser parser = parse(row, value);
                if (parser.isTruncatedAsInteger() || parser.isOutOfRange()) {
                    warn(row, "INTEGER", source);
                }
                yield unsigned ? parser.prefixUnsigned() : parser.prefixLong();
            }
            case DATE, TIME, DATETIME -> Decimals.toLong(temporal(row, value));
            case NULL, OBJECT, ARRAY, OPAQUE -> {
                warn(row, "INTEGER", source);
                yield 0;
            }
        };
    }

    private static void warn(Row row, String target, String source) {
        row.context.warn(ErrorCode.INVALID_JSON_VALUE_FOR_CAST, target, source, 1);
    }

    private static void outOfRange(Row row, String source) {
        row.context.warn(ErrorCode.NUMERIC_JSON_VALUE_OUT_OF_RANGE, "INTEGER", source, 1);
    }

    private static NumberParser parse(Row row, JsonValue value) {
        return row.numbers().parse(value.array(), value.payloadOffset(), value.payloadLength());
    }

    private static BigDecimal temporal(Row row, JsonValue value) {
        Vector vector = scalar(value);
        if (vector == null) {
            return BigDecimal.ZERO;
        }
        Row inner = new Row(row.context, new Vector[] {vector}, vector);
        return Numbers.temporal(inner, 0, vector.type());
    }

    /// The SQL value a JSON scalar stands for, as a constant vector; null for null, arrays and objects.
    static @Nullable Vector scalar(JsonValue value) {
        return switch (value.type()) {
            case INTEGER -> LongVector.constant(SqlType.BIGINT, value.longValue());
            case UNSIGNED -> LongVector.constant(SqlType.BIGINT_UNSIGNED, value.longValue());
            case DOUBLE -> DoubleVector.constant(SqlType.DOUBLE, value.doubleValue());
            case DECIMAL -> {
                BigDecimal decimal = value.decimalValue();
                yield DecimalVector.constant(SqlType.decimal(decimal.precision(), decimal.scale()), decimal);
            }
            case BOOLEAN -> LongVector.constant(SqlType.BIGINT, value.booleanValue() ? 1 : 0);
            case STRING -> BytesVector.constant(SqlType.varchar(-1, Collation.UTF8MB4_BIN), value.payload());
            case DATE -> LongVector.constant(SqlType.DATE, value.longValue());
            case TIME -> LongVector.constant(SqlType.temporal(TypeKind.TIME, 6), value.longValue());
            case DATETIME -> LongVector.constant(SqlType.temporal(TypeKind.DATETIME, 6), value.longValue());
            case OPAQUE -> BytesVector.constant(SqlType.varbinary(-1), value.payload());
            case NULL, OBJECT, ARRAY -> null;
        };
    }

    /// Appends the JSON text.
    static void append(Row row, int arg, ByteBuilder out) {
        JsonPrinter.append(value(row, arg), out);
    }

    /// Casts JSON to another type.
    ///
    /// @param source what warnings call the value
    static Kernel reading(SqlType to, boolean explicit, String source) {
        return switch (to.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, BIT, ENUM, SET -> {
                boolean unsigned = NumericTypes.isUnsigned(to);
                yield row -> row.set(asLong(row, 0, unsigned, source));
            }
            case DOUBLE -> row -> row.set(CastKernels.rounded(asDouble(row, 0, source), to));
            case DECIMAL -> row -> CastKernels.decimal(row, asDecimal(row, 0, source), to);
            case FLOAT, YEAR, DATE, DATETIME, TIMESTAMP, TIME -> row -> readScalar(row, to, explicit, source);
            case NULL,
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
                    LONGBLOB -> CastKernels.kernel(SqlType.JSON, to, explicit);
        };
    }

    private static void readScalar(Row row, SqlType to, boolean explicit, String source) {
        JsonValue value = value(row, 0);
        Vector scalar = scalar(value);
        boolean fits = scalar != null
                && (!to.kind().isTemporal() || scalar.type().kind().isTemporal() || value.type() == JsonType.STRING);
        if (scalar == null || !fits) {
            warn(row, to.kind().name(), source);
            row.setNull();
            return;
        }
        Row inner = row.over(scalar);
        CastKernels.kernel(scalar.type(), to, explicit).compute(inner);
    }

    /// Error INVALID_JSON_TEXT's text for what is no text at all.
    private static final String NO_TEXT = "not a JSON text, may need CAST";

    /// Stores any value in a column of type JSON: strings are parsed. Errors INVALID_JSON_TEXT, INVALID_JSON_CHARSET.
    static void assign(AssignmentConverter to, Row row, SqlType from) {
        if (from.kind() == TypeKind.JSON) {
            CastFunction.shareBytes(row);
            return;
        }
        if (from.isBinaryString()) {
            throw new SqlException(ErrorCode.INVALID_JSON_CHARSET, "binary");
        }
        boolean isText = from.kind().isString() || from.kind() == TypeKind.ENUM || from.kind() == TypeKind.SET;
        if (!isText) {
            throw new SqlException(ErrorCode.INVALID_JSON_TEXT, NO_TEXT, 0, to.qualifiedColumn());
        }
        JsonParser parser = to.jsonParser();
        byte[] document;
        if (from.kind().isString()) {
            document = parser.parse(row.base(0), row.offset(0), row.length(0));
        } else {
            byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
            document = parser.parse(text, 0, text.length);
        }
        if (document == null) {
            throw new SqlException(
                    ErrorCode.INVALID_JSON_TEXT, parser.errorMessage(), parser.errorPosition(), to.qualifiedColumn());
        }
        row.set(document);
    }

    /// The SQL value to be stored in a column of numbers or times; null, with error or warning
    /// INVALID_JSON_VALUE_FOR_CAST, if the JSON value is none.
    static @Nullable Vector assignable(AssignmentConverter to, Row row) {
        JsonValue value = value(row, 0);
        TypeKind target = to.target().kind();
        Vector scalar = scalar(value);
        boolean isNumber = target.isNumeric();
        boolean fits = scalar != null;
        if (isNumber && value.isString()) {
            NumberParser parser = parse(row, value);
            fits = parser.hasDigits() && !parser.isTruncated();
        } else if (target.isTemporal() && scalar != null) {
            fits = scalar.type().kind().isTemporal() || value.isString();
        }
        if (fits) {
            return scalar;
        }
        String name = target.isInteger() ? "INTEGER" : target.name();
        to.report(ErrorCode.INVALID_JSON_VALUE_FOR_CAST, name, to.column(), to.rowNumber());
        return null;
    }

    // -- other types to JSON

    /// CAST AS JSON: strings are parsed, other values become scalars. Error INVALID_JSON_TEXT_IN_PARAM.
    static Kernel parsing(SqlType from) {
        return from.isCharacterString() ? row -> row.set(parse(new JsonParser(), row, 0, FUNCTION)) : wrapping(from);
    }

    /// Parses a string argument.
    static byte[] parse(JsonParser parser, Row row, int arg, String function) {
        return parse(parser, row, arg, arg + 1, function);
    }

    /// Parses a string argument that was number `shown` (from 1) of the function.
    static byte[] parse(JsonParser parser, Row row, int arg, int shown, String function) {
        byte[] document = parser.parse(row.base(arg), row.offset(arg), row.length(arg));
        if (document == null) {
            throw new SqlException(
                    ErrorCode.INVALID_JSON_TEXT_IN_PARAM,
                    shown,
                    function,
                    parser.errorMessage(),
                    parser.errorPosition());
        }
        return document;
    }

    /// A truth value as true or false.
    static void wrapTruth(Row row) {
        row.set(new JsonBuilder().add(row.integer(0) != 0).toDocument());
    }

    /// True if an expression is a truth value: TRUE, FALSE, a comparison, a condition. As JSON it is true or false, not
    /// 1 or 0.
    static boolean isTruth(Expr expr) {
        return switch (expr) {
            case Expr.Constant c -> Predicates.isTruthConstant(c);
            case Expr.Call call -> call.function().isPredicate();
            case Expr.Logic _ -> true;
            case Expr.Subquery s -> s.kind() != Expr.Subquery.Kind.SCALAR;
            case Expr.Column _, Expr.Parameter _, Expr.Correlated _, Expr.Case _, Expr.Coalesce _ -> false;
        };
    }

    /// A value where JSON is wanted: strings become JSON strings.
    static Kernel wrapping(SqlType from) {
        return row -> {
            JsonBuilder builder = new JsonBuilder();
            wrap(row, from, builder);
            row.set(builder.toDocument());
        };
    }

    private static void wrap(Row row, SqlType from, JsonBuilder out) {
        switch (from.kind()) {
            case NULL -> out.addNull();
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR -> {
                if (NumericTypes.isUnsigned(from)) {
                    out.addUnsigned(row.integer(0));
                } else {
                    out.add(row.integer(0));
                }
            }
            case FLOAT, DOUBLE -> out.add(row.real(0));
            case DECIMAL -> out.add(row.decimal(0));
            case DATE -> out.addTemporal(JsonType.DATE, row.integer(0));
            case TIME -> out.addTemporal(JsonType.TIME, row.integer(0));
            case DATETIME -> out.addTemporal(JsonType.DATETIME, row.integer(0));
            case TIMESTAMP -> out.addTemporal(JsonType.DATETIME, row.zone().toDatetime(row.integer(0)));
            case BIT -> {
                byte[] bits = Texts.append(row, 0, from, row.buffer()).toBytes();
                out.addOpaque(WIRE_BIT, bits, 0, bits.length);
            }
            case ENUM, SET -> {
                byte[] text = Texts.append(row, 0, from, row.buffer()).toBytes();
                out.add(text, 0, text.length);
            }
            case JSON -> out.add(value(row, 0));
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
                    LONGBLOB -> {
                if (from.isBinaryString()) {
                    out.addOpaque(opaqueType(from), row.base(0), row.offset(0), row.length(0));
                } else {
                    out.add(row.base(0), row.offset(0), row.length(0));
                }
            }
        }
    }

    private static int opaqueType(SqlType from) {
        int wire = from.kind().wireCode();
        return wire == WIRE_VARCHAR ? WIRE_VAR_STRING : from.kind() == TypeKind.BINARY ? WIRE_STRING : wire;
    }
}
