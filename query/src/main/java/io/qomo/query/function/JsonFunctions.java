package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonParser;
import io.qomo.base.json.JsonPrinter;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.stream.IntStream;

/// JSON functions: those that make documents, and those that tell something of them.
///
/// Documents given as strings are parsed; a JSON column's value is read where it lies. Source: MySQL 8.0 manual, "JSON
/// Functions".
final class JsonFunctions {
    static final FunctionTable TABLE = new FunctionTable("JSON Functions")
            .add("JSON_ARRAY([val][, …])", JsonFunctions::array)
            .add("JSON_ARRAY_APPEND(json_doc, path, val[, …])", JsonChanges::arrayAppend)
            .add("JSON_ARRAY_INSERT(json_doc, path, val[, …])", JsonChanges::arrayInsert)
            .add("JSON_CONTAINS(target, candidate[, path])", JsonSearches::contains)
            .add("JSON_CONTAINS_PATH(json_doc, one_or_all, path[, …])", JsonSearches::containsPath)
            .add("JSON_DEPTH(json_doc)", JsonFunctions::depth)
            .add("JSON_EXTRACT(json_doc, path[, …])", JsonSearches::extract)
            .add("JSON_INSERT(json_doc, path, val[, …])", JsonChanges::insert)
            .add("JSON_KEYS(json_doc[, path])", JsonSearches::keys)
            .add("JSON_LENGTH(json_doc[, path])", JsonFunctions::length)
            .add("JSON_MERGE(json_doc, json_doc[, …])", JsonChanges::merge)
            .add("JSON_MERGE_PATCH(json_doc, json_doc[, …])", JsonChanges::mergePatch)
            .add("JSON_MERGE_PRESERVE(json_doc, json_doc[, …])", JsonChanges::mergePreserve)
            .add("JSON_OBJECT([key, val][, …])", JsonFunctions::object)
            .add("JSON_OVERLAPS(json_doc1, json_doc2)", JsonSearches::overlaps)
            .add("JSON_PRETTY(json_val)", JsonFunctions::pretty)
            .add("JSON_QUOTE(string)", JsonFunctions::quote)
            .add("JSON_REMOVE(json_doc, path[, …])", JsonChanges::remove)
            .add("JSON_REPLACE(json_doc, path, val[, …])", JsonChanges::replace)
            .add("JSON_SCHEMA_VALID(schema, document)", JsonSchemaFunctions::valid)
            .add("JSON_SCHEMA_VALIDATION_REPORT(schema, document)", JsonSchemaFunctions::report)
            .add("JSON_SEARCH(json_doc, one_or_all, search_str[, escape_char[, path[, …]]])", JsonSearches::search)
            .add("JSON_SET(json_doc, path, val[, …])", JsonChanges::set)
            .add("JSON_STORAGE_FREE(json_val)", JsonFunctions::storageFree)
            .add("JSON_STORAGE_SIZE(json_val)", JsonFunctions::storageSize)
            .add("JSON_TYPE(json_val)", JsonFunctions::type)
            .add("JSON_UNQUOTE(json_val)", JsonFunctions::unquote)
            .add("JSON_VALID(val)", JsonFunctions::valid)
            .add("MEMBER OF(value, json_array)", JsonSearches::memberOf);

    /// What MySQL says of the length of JSON_TYPE()'s result.
    private static final int TYPE_CHARS = 51;
    private static final int QUOTED_GROWTH = 6;

    private JsonFunctions() {}

    /// JSON_ARRAY(value, …): NULLs become null.
    private static Expr array(Binding call) {
        JsonArguments.values(call, IntStream.range(0, call.size()).toArray());
        return call.lenient().notNull().returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonBuilder builder = new JsonBuilder();
            return row -> {
                builder.clear().beginArray();
                for (int i = 0; i < row.width(); i++) {
                    add(row, i, builder);
                }
                row.set(builder.end().toDocument());
            };
        });
    }

    private static void add(Row row, int arg, JsonBuilder out) {
        if (row.isNull(arg)) {
            out.addNull();
        } else {
            out.add(JsonCasts.value(row, arg));
        }
    }

    /// JSON_OBJECT(key, value, …). Error JSON_NULL_KEY.
    private static Expr object(Binding call) {
        JsonArguments.checkCount(call, call.size() % 2 == 0);
        for (int i = 0; i < call.size(); i += 2) {
            if (call.kind(i) == TypeKind.NULL) {
                throw new SqlException(ErrorCode.JSON_NULL_KEY);
            }
            JsonArguments.texts(call, i);
            JsonArguments.values(call, i + 1);
        }
        return call.lenient().notNull().returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonBuilder builder = new JsonBuilder();
            return row -> {
                builder.clear().beginObject();
                for (int i = 0; i < row.width(); i += 2) {
                    if (row.isNull(i)) {
                        throw new SqlException(ErrorCode.JSON_NULL_KEY);
                    }
                    builder.key(row.base(i), row.offset(i), row.length(i));
                    add(row, i + 1, builder);
                }
                row.set(builder.end().toDocument());
            };
        });
    }

    /// JSON_QUOTE(text). Error INCORRECT_ARGUMENT_TYPE.
    private static Expr quote(Binding call) {
        checkText(call, false);
        long chars = Math.min(call.chars(0) * QUOTED_GROWTH + 2, JsonArguments.ANY_LENGTH);
        return call.returns(TextTypes.of(chars, Collation.UTF8MB4_BIN), Coercibility.IMPLICIT, row -> {
            ByteBuilder out = row.buffer();
            JsonPrinter.appendQuoted(row.base(0), row.offset(0), row.length(0), out);
            row.set(out);
        });
    }

    private static void checkText(Binding call, boolean isJsonToo) {
        TypeKind kind = call.kind(0);
        boolean isText = kind.isString() || kind == TypeKind.NULL || (isJsonToo && kind == TypeKind.JSON);
        if (!isText) {
            throw new SqlException(ErrorCode.INCORRECT_ARGUMENT_TYPE, 1, call.name());
        }
        if (kind == TypeKind.NULL) {
            call.text(0);
        }
    }

    /// JSON_UNQUOTE(value): a JSON string's text; a string in quotation marks is read as JSON.
    private static Expr unquote(Binding call) {
        checkText(call, true);
        if (call.kind(0) == TypeKind.JSON) {
            Expr fused = JsonSearches.extractText(call);
            if (fused != null) {
                return fused;
            }
            return call.returns(
                    JsonArguments.text(), Coercibility.IMPLICIT, row -> unquote(row, JsonCasts.value(row, 0)));
        }
        SqlType type = TextTypes.of(call.chars(0), Collation.UTF8MB4_BIN);
        return call.returnsFresh(type, Coercibility.IMPLICIT, () -> {
            JsonParser parser = new JsonParser();
            return row -> {
                int length = row.length(0);
                byte[] bytes = row.base(0);
                int from = row.offset(0);
                boolean isQuoted = length >= 2 && bytes[from] == '"' && bytes[from + length - 1] == '"';
                if (isQuoted) {
                    unquote(row, JsonValue.of(JsonCasts.parse(parser, row, 0, call.name())));
                } else {
                    row.set(bytes, from, length);
                }
            };
        });
    }

    /// Sets the result to a value's text without quotation marks.
    static void unquote(Row row, JsonValue value) {
        if (value.isString()) {
            row.set(value.array(), value.payloadOffset(), value.payloadLength());
        } else {
            ByteBuilder out = row.buffer();
            JsonPrinter.appendUnquoted(value, out);
            row.set(out);
        }
    }

    private static Expr depth(Binding call) {
        return JsonArguments.documents(call, 0)
                .returnsLong(row -> row.set((long) JsonCasts.value(row, 0).depth()));
    }

    /// JSON_LENGTH(document[, path]); NULL where the path leads nowhere.
    private static Expr length(Binding call) {
        JsonArguments.documents(call, 0);
        if (call.size() == 1) {
            return call.returnsLong(
                    row -> row.set((long) JsonCasts.value(row, 0).size()));
        }
        JsonArguments.Paths paths = JsonArguments.Paths.of(call, true, 1);
        return call.nullable().returnsFresh(SqlType.BIGINT, Coercibility.NUMERIC, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> {
                JsonValue found = own.get(row, 1).first(JsonCasts.value(row, 0));
                if (found == null) {
                    row.setNull();
                } else {
                    row.set((long) found.size());
                }
            };
        });
    }

    private static Expr type(Binding call) {
        JsonArguments.documents(call, 0);
        return call.returns(
                SqlType.varchar(TYPE_CHARS, Collation.UTF8MB4_BIN),
                Coercibility.IMPLICIT,
                row -> row.set(JsonCasts.value(row, 0).typeName()));
    }

    /// JSON_VALID(anything): 0 for what is neither JSON nor a string.
    private static Expr valid(Binding call) {
        TypeKind kind = call.kind(0);
        if (kind == TypeKind.JSON || !kind.isString() || call.type(0).isBinaryString()) {
            boolean isJson = kind == TypeKind.JSON;
            return call.returnsLong(row -> row.set(isJson));
        }
        return call.returnsFresh(SqlType.BIGINT, Coercibility.NUMERIC, () -> {
            JsonParser parser = new JsonParser();
            return row -> row.set(isValid(parser, row));
        });
    }

    private static boolean isValid(JsonParser parser, Row row) {
        try {
            return parser.isValid(row.base(0), row.offset(0), row.length(0));
        } catch (SqlException e) {
            // Too deep, or a key too long: no document.
            return false;
        }
    }

    private static Expr pretty(Binding call) {
        return JsonArguments.documents(call, 0).returns(JsonArguments.text(), Coercibility.IMPLICIT, row -> {
            ByteBuilder out = row.buffer();
            JsonPrinter.appendPretty(JsonCasts.value(row, 0), out);
            row.set(out);
        });
    }

    /// The bytes of the document's own binary form, which is not MySQL's.
    private static Expr storageSize(Binding call) {
        return JsonArguments.documents(call, 0).returnsLong(row -> row.set((long) row.length(0)));
    }

    /// Always 0: documents are never changed in place.
    private static Expr storageFree(Binding call) {
        return JsonArguments.documents(call, 0).returnsLong(row -> row.set(0L));
    }
}
