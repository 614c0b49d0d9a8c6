package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonPrinter;
import io.qomo.base.json.JsonValue;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.ScalarFunction;

/// JSON_UNQUOTE(JSON_EXTRACT(document, path)), which is `column->>path`: strings are slices of the document. Arguments
/// and path as [Extract].
///
/// @param path compiled
record ExtractText(JsonPath path) implements ScalarFunction {
    @Override
    public String name() {
        return "json_unquote";
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        Vector documents = arguments[0];
        BytesVector result = (BytesVector) out;
        ByteBuilder text = new ByteBuilder();
        for (int i = 0; i < rows; i++) {
            JsonValue found = documents.isNull(i) ? null : path.first(JsonCasts.value(documents, i));
            if (found == null) {
                result.setNull(i);
            } else if (found.isString()) {
                result.set(i, found.array(), found.payloadOffset(), found.payloadLength());
            } else {
                JsonPrinter.appendUnquoted(found, text.clear());
                result.set(i, text.toBytes());
            }
        }
    }
}
