package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonPrinter;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A typed SQL value taken out of a document by a path: JSON_VALUE(), and a column of JSON_TABLE().
///
/// Source: MySQL 8.0 manual, JSON_VALUE() and "JSON Table Functions".
///
/// @param name the column's, or `json_value`: what messages say
/// @param type of the value
/// @param path to it; several values are an array in a table, an error in JSON_VALUE()
/// @param isExists EXISTS PATH: 1 if the path leads somewhere, else 0
/// @param isTable true for JSON_TABLE()
/// @param onEmpty when the path leads nowhere
/// @param onError when the value found is no value of the type
public record JsonColumn(
        String name,
        SqlType type,
        JsonPath path,
        boolean isExists,
        boolean isTable,
        Response onEmpty,
        Response onError) {
    /// What is given instead of a value.
    ///
    /// @param isError an error
    /// @param value DEFAULT's, a constant of the column's type; null for NULL and errors
    public record Response(boolean isError, @Nullable Vector value) {
        /// NULL, also where nothing is written.
        public static final Response NULL = new Response(false, null);
        /// An error.
        public static final Response ERROR = new Response(true, null);
    }

    /// Reads values; belongs to one thread.
    public Reader reader(EvalContext context) {
        return new Reader(this, context);
    }

    /// Reads values of one column.
    public static final class Reader {
        private final JsonColumn column;
        private final AssignmentConverter converter;
        private final ByteBuilder text = new ByteBuilder();

        private Reader(JsonColumn column, EvalContext context) {
            this.column = column;
            this.converter = AssignmentConverter.strict(column.name, column.type, context);
        }

        /// Sets row 0 of `out`, which has the column's type, to the value found in a document.
        public void read(JsonValue source, Vector out) {
            out.reset();
            if (column.isExists) {
                boolean exists = column.path.first(source) != null;
                converter.convert(LongVector.constant(SqlType.BIGINT, exists ? 1 : 0), 1, 1, out);
                return;
            }
            JsonValue value = null;
            if (column.path.hasWildcard()) {
                List<JsonValue> found = column.path.find(source);
                if (found.size() > 1 && !column.isTable) {
                    respond(column.onError, new SqlException(ErrorCode.MULTIPLE_JSON_VALUES, column.name), out);
                    return;
                }
                value = found.size() > 1 ? array(found) : found.isEmpty() ? null : found.getFirst();
            } else {
                value = column.path.first(source);
            }
            if (value == null) {
                ErrorCode code = column.isTable ? ErrorCode.MISSING_JSON_TABLE_VALUE : ErrorCode.MISSING_JSON_VALUE;
                respond(column.onEmpty, new SqlException(code, column.name), out);
            } else {
                SqlException wrong = convert(value, out);
                if (wrong != null) {
                    respond(column.onError, wrong, out);
                }
            }
        }

        private static JsonValue array(List<JsonValue> values) {
            JsonBuilder builder = new JsonBuilder().beginArray();
            values.forEach(builder::add);
            return builder.end().toValue();
        }

        private static void respond(Response response, SqlException error, Vector out) {
            if (response.isError()) {
                throw error;
            }
            out.reset();
            Vector value = response.value();
            if (value == null) {
                out.setNull(0);
            } else {
                out.copyFrom(value, 0, 0);
            }
        }

        /// Sets row 0 of `out` to a JSON value as a value of the column; the error if that cannot be.
        @Nullable SqlException convert(JsonValue value, Vector out) {
            if (column.type.kind() == TypeKind.JSON) {
                ((BytesVector) out).set(0, value.toDocument());
                return null;
            }
            if (value.isNull()) {
                out.setNull(0);
                return null;
            }
            if (value.type().isContainer()) {
                return column.isTable
                        ? new SqlException(ErrorCode.WRONG_JSON_TABLE_VALUE, column.name)
                        : new SqlException(ErrorCode.INVALID_JSON_VALUE_FOR_CAST, target(), column.name, 1);
            }
            try {
                converter.convert(scalar(value), 1, 1, out);
                return null;
            } catch (SqlException e) {
                return column.isTable && e.code() == ErrorCode.WARN_DATA_OUT_OF_RANGE
                        ? new SqlException(ErrorCode.JSON_TABLE_VALUE_OUT_OF_RANGE, column.name)
                        : e;
            }
        }

        private String target() {
            TypeKind kind = column.type.kind();
            return kind.isInteger() ? "INTEGER" : kind.isString() ? "CHAR" : kind.name();
        }

        /// The scalar as what the converter takes: text for columns of text, JSON for others.
        private Vector scalar(JsonValue value) {
            TypeKind kind = column.type.kind();
            if (kind.isString() || kind == TypeKind.ENUM || kind == TypeKind.SET) {
                JsonPrinter.appendUnquoted(value, text.clear());
                return BytesVector.constant(SqlType.varchar(-1, Collation.UTF8MB4_BIN), text.toBytes());
            }
            return BytesVector.constant(SqlType.JSON, value.toDocument());
        }
    }
}
