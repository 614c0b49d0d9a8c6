package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonEdit;
import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// JSON functions that give a changed document.
///
/// Source: MySQL 8.0 manual, "Functions That Modify JSON Values".
final class JsonChanges {
    private static final JsonValue NULL = new JsonBuilder().addNull().toValue();
    private static final JsonValue EMPTY_OBJECT =
            new JsonBuilder().beginObject().end().toValue();

    private JsonChanges() {}

    /// One change of a document.
    private interface Change {
        JsonValue apply(JsonValue document, JsonPath path, JsonValue value);
    }

    static Expr set(Binding call) {
        return pairs(call, (d, p, v) -> JsonEdit.set(d, p, v, JsonEdit.Mode.SET));
    }

    static Expr insert(Binding call) {
        return pairs(call, (d, p, v) -> JsonEdit.set(d, p, v, JsonEdit.Mode.INSERT));
    }

    static Expr replace(Binding call) {
        return pairs(call, (d, p, v) -> JsonEdit.set(d, p, v, JsonEdit.Mode.REPLACE));
    }

    static Expr arrayAppend(Binding call) {
        return pairs(call, JsonEdit::arrayAppend);
    }

    static Expr arrayInsert(Binding call) {
        return pairs(call, JsonEdit::arrayInsert);
    }

    /// A function of (document, path, value, path, value, …): changes are made from left to right. NULL if the document
    /// or a path is; a NULL value is null.
    private static Expr pairs(Binding call, Change change) {
        JsonArguments.checkCount(call, call.size() % 2 == 1);
        JsonArguments.documents(call, 0);
        int[] which = IntStream.range(0, call.size() / 2).map(i -> 2 * i + 1).toArray();
        JsonArguments.Paths paths = JsonArguments.Paths.of(call, true, which);
        boolean mayBeNull = call.get(0).nullable();
        for (int i : which) {
            mayBeNull |= call.get(i).nullable();
            JsonArguments.values(call, i + 1);
        }
        if (!mayBeNull) {
            call.notNull();
        }
        return call.lenient().returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> {
                JsonValue document = row.isNull(0) ? null : JsonCasts.value(row, 0);
                for (int i = 1; i < row.width() && document != null; i += 2) {
                    if (row.isNull(i)) {
                        document = null;
                    } else {
                        JsonValue value = row.isNull(i + 1) ? NULL : JsonCasts.value(row, i + 1);
                        document = change.apply(document, own.get(row, i), value);
                    }
                }
                set(row, document);
            };
        });
    }

    private static void set(Row row, @Nullable JsonValue document) {
        if (document == null) {
            row.setNull();
        } else {
            row.set(document.toDocument());
        }
    }

    /// JSON_REMOVE(document, path, …). Errors JSON_VACUOUS_PATH, INVALID_JSON_PATH_WILDCARD.
    static Expr remove(Binding call) {
        JsonArguments.documents(call, 0);
        JsonArguments.Paths paths = JsonArguments.Paths.of(
                call, true, IntStream.range(1, call.size()).toArray());
        return call.returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> {
                JsonValue document = JsonCasts.value(row, 0);
                for (int i = 1; i < row.width(); i++) {
                    document = JsonEdit.remove(document, own.get(row, i));
                }
                row.set(document.toDocument());
            };
        });
    }

    /// JSON_MERGE(document, …): JSON_MERGE_PRESERVE under its deprecated name.
    static Expr merge(Binding call) {
        call.context()
                .evalContext()
                .warn(ErrorCode.WARN_DEPRECATED_SYNTAX, "JSON_MERGE", "JSON_MERGE_PRESERVE/JSON_MERGE_PATCH");
        return mergePreserve(call);
    }

    static Expr mergePreserve(Binding call) {
        JsonArguments.documents(call, IntStream.range(0, call.size()).toArray());
        return call.returns(SqlType.JSON, Coercibility.IMPLICIT, row -> {
            JsonValue merged = JsonCasts.value(row, 0);
            for (int i = 1; i < row.width(); i++) {
                merged = JsonEdit.mergePreserve(merged, JsonCasts.value(row, i));
            }
            row.set(merged.toDocument());
        });
    }

    /// JSON_MERGE_PATCH(document, …): a NULL makes the result NULL until something that is no object replaces it whole.
    static Expr mergePatch(Binding call) {
        JsonArguments.documents(call, IntStream.range(0, call.size()).toArray());
        return call.lenient().returns(SqlType.JSON, Coercibility.IMPLICIT, row -> {
            JsonValue merged = row.isNull(0) ? null : JsonCasts.value(row, 0);
            for (int i = 1; i < row.width(); i++) {
                JsonValue patch = row.isNull(i) ? null : JsonCasts.value(row, i);
                if (patch == null) {
                    merged = null;
                } else if (!patch.isObject()) {
                    merged = patch;
                } else if (merged != null) {
                    merged = JsonEdit.mergePatch(merged.isObject() ? merged : EMPTY_OBJECT, patch);
                }
            }
            set(row, merged);
        });
    }
}
