package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonSchema;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// JSON_SCHEMA_VALID() and JSON_SCHEMA_VALIDATION_REPORT().
///
/// Source: MySQL 8.0 manual, "JSON Schema Validation Functions".
final class JsonSchemaFunctions {
    private JsonSchemaFunctions() {}

    /// JSON_SCHEMA_VALID(schema, document). Error INVALID_JSON_ARGUMENT_TYPE.
    static Expr valid(Binding call) {
        return JsonArguments.documents(call, 0, 1)
                .returnsFresh(
                        SqlType.BIGINT,
                        Coercibility.NUMERIC,
                        kernels(call.name(), (row, failure) -> row.set(failure == null)));
    }

    /// JSON_SCHEMA_VALIDATION_REPORT(schema, document): whether it is valid and else why not.
    static Expr report(Binding call) {
        return JsonArguments.documents(call, 0, 1)
                .returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, kernels(call.name(), JsonSchemaFunctions::report));
    }

    private interface Result {
        void set(Row row, JsonSchema.@Nullable Failure failure);
    }

    /// Kernels that keep the schema they met last.
    private static Supplier<RowFunction.Kernel> kernels(String name, Result result) {
        return () -> {
            Known known = new Known();
            return row -> result.set(row, known.schema(row, name).validate(JsonCasts.value(row, 1)));
        };
    }

    private static final class Known {
        private byte[] document = {};
        private @Nullable JsonSchema schema;

        JsonSchema schema(Row row, String name) {
            JsonSchema found = schema;
            int from = row.offset(0);
            if (found != null && Arrays.equals(document, 0, document.length, row.base(0), from, from + row.length(0))) {
                return found;
            }
            document = Arrays.copyOfRange(row.base(0), from, from + row.length(0));
            JsonValue root = JsonValue.of(document);
            if (!root.isObject()) {
                throw new SqlException(ErrorCode.INVALID_JSON_ARGUMENT_TYPE, 1, name, "object");
            }
            found = new JsonSchema(root);
            schema = found;
            return found;
        }
    }

    private static void report(Row row, JsonSchema.@Nullable Failure failure) {
        JsonBuilder out = new JsonBuilder().beginObject();
        out.key("valid").add(failure == null);
        if (failure != null) {
            out.key("reason")
                    .add("The JSON document location '" + failure.documentLocation() + "' failed requirement '"
                            + failure.keyword() + "' at JSON Schema location '" + failure.schemaLocation() + "'");
            out.key("schema-location").add(failure.schemaLocation());
            out.key("document-location").add(failure.documentLocation());
            out.key("schema-failed-keyword").add(failure.keyword());
        }
        row.set(out.end().toDocument());
    }
}
