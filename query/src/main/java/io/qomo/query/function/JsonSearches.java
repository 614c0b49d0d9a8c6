package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonBuilder;
import io.qomo.base.json.JsonMatch;
import io.qomo.base.json.JsonPath;
import io.qomo.base.json.JsonValue;
import io.qomo.base.type.Collation;
import io.qomo.base.type.LikePattern;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// JSON functions that find something in a document.
///
/// Source: MySQL 8.0 manual, "Functions That Search JSON Values".
final class JsonSearches {
    private JsonSearches() {}

    /// JSON_EXTRACT(document, path, …): one path without wildcards gives the value itself, else an array of what is
    /// found; NULL if that is nothing.
    static Expr extract(Binding call) {
        JsonArguments.documents(call, 0);
        JsonArguments.Paths paths = JsonArguments.Paths.of(
                call, false, IntStream.range(1, call.size()).toArray());
        call.nullable();
        JsonPath only = call.size() == 2 ? paths.known(1) : null;
        if (only != null && !only.hasWildcard()) {
            return call.call(new Extract(only), SqlType.JSON, Coercibility.IMPLICIT);
        }
        return call.returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonArguments.Paths own = paths.forStatement();
            JsonBuilder builder = new JsonBuilder();
            return row -> extract(row, own, builder);
        });
    }

    private static void extract(Row row, JsonArguments.Paths paths, JsonBuilder builder) {
        JsonValue document = JsonCasts.value(row, 0);
        if (row.width() == 2 && !paths.get(row, 1).hasWildcard()) {
            JsonValue found = paths.get(row, 1).first(document);
            if (found == null) {
                row.setNull();
            } else {
                row.set(found.toDocument());
            }
            return;
        }
        builder.clear().beginArray();
        boolean isEmpty = true;
        for (int i = 1; i < row.width(); i++) {
            for (JsonValue found : paths.get(row, i).find(document)) {
                builder.add(found);
                isEmpty = false;
            }
        }
        if (isEmpty) {
            row.setNull();
        } else {
            row.set(builder.end().toDocument());
        }
    }

    /// JSON_UNQUOTE over an extraction by one known path, without the document between; null if the argument is
    /// something else.
    static @Nullable Expr extractText(Binding call) {
        if (call.get(0) instanceof Expr.Call inner && inner.function() instanceof Extract extract) {
            return new Expr.Call(
                    new ExtractText(extract.path()),
                    inner.arguments(),
                    JsonArguments.text(),
                    true,
                    Coercibility.IMPLICIT);
        }
        return null;
    }

    /// JSON_CONTAINS(target, candidate[, path]).
    static Expr contains(Binding call) {
        JsonArguments.documents(call, 0, 1);
        if (call.size() == 2) {
            return call.returns(
                    SqlType.BIGINT,
                    Coercibility.NUMERIC,
                    row -> row.set(JsonMatch.contains(JsonCasts.value(row, 0), JsonCasts.value(row, 1))));
        }
        JsonArguments.Paths paths = JsonArguments.Paths.of(call, true, 2);
        return call.nullable().returnsFresh(SqlType.BIGINT, Coercibility.NUMERIC, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> {
                JsonValue target = own.get(row, 2).first(JsonCasts.value(row, 0));
                if (target == null) {
                    row.setNull();
                } else {
                    row.set(JsonMatch.contains(target, JsonCasts.value(row, 1)));
                }
            };
        });
    }

    /// JSON_CONTAINS_PATH(document, one_or_all, path, …). Error JSON_BAD_ONE_OR_ALL_ARG.
    static Expr containsPath(Binding call) {
        JsonArguments.documents(call, 0).text(1);
        JsonArguments.Paths paths = JsonArguments.Paths.of(
                call, false, IntStream.range(2, call.size()).toArray());
        return call.lenient().returnsFresh(SqlType.BIGINT, Coercibility.NUMERIC, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> containsPath(row, own, call.name());
        });
    }

    private static void containsPath(Row row, JsonArguments.Paths paths, String name) {
        if (row.isNull(0) || row.isNull(1)) {
            row.setNull();
            return;
        }
        boolean isAll = JsonArguments.isAll(row, 1, name);
        JsonValue document = JsonCasts.value(row, 0);
        for (int i = 2; i < row.width(); i++) {
            if (row.isNull(i)) {
                row.setNull();
                return;
            }
            boolean exists = paths.get(row, i).first(document) != null;
            if (exists != isAll) {
                row.set(exists);
                return;
            }
        }
        row.set(isAll);
    }

    /// JSON_KEYS(document[, path]); NULL for what is no object.
    static Expr keys(Binding call) {
        JsonArguments.documents(call, 0);
        JsonArguments.Paths paths =
                call.size() == 2 ? JsonArguments.Paths.of(call, true, 1) : JsonArguments.Paths.of(call, true);
        return call.nullable().returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> {
                JsonValue object = JsonCasts.value(row, 0);
                if (row.width() == 2) {
                    object = own.get(row, 1).first(object);
                }
                JsonValue keys = object == null ? null : JsonMatch.keys(object);
                if (keys == null) {
                    row.setNull();
                } else {
                    row.set(keys.toDocument());
                }
            };
        });
    }

    static Expr overlaps(Binding call) {
        return JsonArguments.documents(call, 0, 1)
                .returnsLong(row -> row.set(JsonMatch.overlaps(JsonCasts.value(row, 0), JsonCasts.value(row, 1))));
    }

    /// `value MEMBER OF (array)`.
    static Expr memberOf(Binding call) {
        JsonArguments.documents(JsonArguments.values(call, 0), 1);
        return call.returnsLong(row -> row.set(JsonMatch.isElement(JsonCasts.value(row, 0), JsonCasts.value(row, 1))));
    }

    /// JSON_SEARCH(document, one_or_all, pattern[, escape[, path, …]]). Errors JSON_BAD_ONE_OR_ALL_ARG,
    /// WRONG_ARGUMENTS.
    static Expr search(Binding call) {
        JsonArguments.documents(call, 0).text(1, 2);
        int escape = call.size() > 3 ? escape(call.text(3)) : '\\';
        int[] which = IntStream.range(4, Math.max(4, call.size())).toArray();
        JsonArguments.Paths paths = JsonArguments.Paths.of(call, false, which);
        return call.lenient().nullable().returnsFresh(SqlType.JSON, Coercibility.IMPLICIT, () -> {
            JsonArguments.Paths own = paths.forStatement();
            return row -> search(row, own, escape, call.name());
        });
    }

    private static int escape(Binding call) {
        Vector escape = call.kind(3) == TypeKind.NULL ? null : call.constant(3);
        if (escape == null && call.kind(3) != TypeKind.NULL) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "ESCAPE");
        }
        if (escape == null || escape.isNull(0)) {
            return '\\';
        }
        String text = ((BytesVector) escape).getString(0);
        if (text.codePointCount(0, text.length()) > 1) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "ESCAPE");
        }
        return text.isEmpty() ? '\\' : text.codePointAt(0);
    }

    private static void search(Row row, JsonArguments.Paths paths, int escape, String name) {
        List<JsonPath> within = new ArrayList<>();
        boolean isNull = row.isNull(0) || row.isNull(1) || row.isNull(2);
        for (int i = 4; i < row.width() && !isNull; i++) {
            isNull = row.isNull(i);
            if (!isNull) {
                within.add(paths.get(row, i));
            }
        }
        if (isNull) {
            row.setNull();
            return;
        }
        boolean isAll = JsonArguments.isAll(row, 1, name);
        LikePattern pattern =
                LikePattern.compile(row.base(2), row.offset(2), row.length(2), escape, Collation.UTF8MB4_BIN);
        JsonValue found = JsonMatch.search(JsonCasts.value(row, 0), isAll, pattern, within);
        if (found == null) {
            row.setNull();
        } else {
            row.set(found.toDocument());
        }
    }
}
