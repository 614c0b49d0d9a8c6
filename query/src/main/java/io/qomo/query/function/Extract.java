package io.qomo.query.function;

import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonValue;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.ScalarFunction;

/// JSON_EXTRACT by one path known when it is bound, without wildcards. Arguments: document, path. Only the members on
/// the way are looked at, and only the value found is copied.
///
/// @param path compiled
record Extract(JsonPath path) implements ScalarFunction {
    @Override
    public String name() {
        return "json_extract";
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        Vector documents = arguments[0];
        BytesVector result = (BytesVector) out;
        for (int i = 0; i < rows; i++) {
            JsonValue found = documents.isNull(i) ? null : path.first(JsonCasts.value(documents, i));
            if (found == null) {
                result.setNull(i);
            } else {
                result.set(i, found.toDocument());
            }
        }
    }
}
