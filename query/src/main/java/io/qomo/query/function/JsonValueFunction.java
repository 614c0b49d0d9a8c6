package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonParser;
import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.function.JsonColumn.Response;
import io.qomo.query.function.RowFunction.Volatility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds JSON_VALUE() and the parts of JSON_TABLE().
///
/// Source: MySQL 8.0 manual, JSON_VALUE() and "JSON Table Functions".
public final class JsonValueFunction {
    private static final String NAME = "json_value";
    private static final SqlType DEFAULT_TYPE = SqlType.varchar(512, Collation.UTF8MB4_BIN);

    private JsonValueFunction() {}

    /// JSON_VALUE(document, path RETURNING type …).
    ///
    /// @param type null for VARCHAR(512)
    /// @param onEmpty the default's value, null for NULL; `isError` wins
    public static Expr bind(
            Expr document, Expr path, @Nullable SqlType type, Response onEmpty, Response onError, BindContext context) {
        SqlType target = type == null ? DEFAULT_TYPE : type;
        Vector constant = Binding.constantOf(Casts.toText(path, context), context.evalContext());
        if (!(constant instanceof BytesVector text) || text.isNull(0)) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "JSON_VALUE");
        }
        JsonPath compiled = JsonPath.parse(text.get(0), 0, text.get(0).length);
        JsonColumn column = new JsonColumn(NAME, target, compiled, false, false, onEmpty, onError);
        StatementFunction function = new StatementFunction(NAME, () -> kernel(column), true, Volatility.PURE);
        Expr source = JsonArguments.document(document, 1, NAME);
        Coercibility coercibility = target.kind().isString() || target.kind() == TypeKind.JSON
                ? Coercibility.IMPLICIT
                : Coercibility.NUMERIC;
        return new Expr.Call(function, List.of(source), target, true, coercibility);
    }

    /// The type RETURNING names; CHAR without a length is as long as need be.
    public static SqlType returning(SqlType cast) {
        return cast.kind().isString() && !cast.kind().isLob() && cast.length() < 0
                ? TextTypes.of(TextTypes.MAX_CHARS, cast.collation())
                : cast;
    }

    private static RowFunction.Kernel kernel(JsonColumn column) {
        JsonColumn.Reader[] reader = new JsonColumn.Reader[1];
        Vector value = Vector.of(column.type(), 1);
        value.setConstant(true);
        return row -> {
            if (reader[0] == null) {
                reader[0] = column.reader(row.context);
            }
            reader[0].read(JsonCasts.value(row, 0), value);
            row.setFrom(value);
        };
    }

    /// DEFAULT value of JSON_VALUE(). Error INVALID_DEFAULT.
    public static Response defaultOf(Expr value, @Nullable SqlType wanted, BindContext context) {
        SqlType type = wanted == null ? DEFAULT_TYPE : wanted;
        Vector constant = Binding.constantOf(value, context.evalContext());
        if (constant == null) {
            throw new SqlException(ErrorCode.INVALID_DEFAULT, NAME);
        }
        if (constant.isNull(0)) {
            return Response.NULL;
        }
        Vector converted = Vector.of(type, 1);
        try {
            AssignmentConverter.strict(NAME, type, context.evalContext()).convert(constant, 1, 1, converted);
        } catch (SqlException e) {
            throw new SqlException(ErrorCode.INVALID_DEFAULT, NAME);
        }
        converted.setConstant(true);
        return new Response(false, converted);
    }

    /// DEFAULT 'json' of a column of JSON_TABLE(). Error INVALID_DEFAULT.
    public static Response defaultOf(String json, String column, SqlType type, BindContext context) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] document = new JsonParser().parse(text, 0, text.length);
        if (document == null) {
            throw new SqlException(ErrorCode.INVALID_DEFAULT, column);
        }
        JsonColumn whole =
                new JsonColumn(column, type, JsonPath.parse("$"), false, true, Response.NULL, Response.ERROR);
        Vector converted = Vector.of(type, 1);
        if (whole.reader(context.evalContext()).convert(JsonValue.of(document), converted) != null) {
            throw new SqlException(ErrorCode.INVALID_DEFAULT, column);
        }
        converted.setConstant(true);
        return new Response(false, converted);
    }

    /// The document of JSON_TABLE().
    public static Expr tableDocument(Expr document) {
        return JsonArguments.document(document, 1, "json_table");
    }
}
