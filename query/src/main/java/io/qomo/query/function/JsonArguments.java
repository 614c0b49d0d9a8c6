package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonParser;
import io.qomo.base.json.JsonPath;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.function.RowFunction.Volatility;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the JSON functions make of their arguments: documents, values, paths.
final class JsonArguments {
    /// The characters of a result that has no limit of its own.
    static final long ANY_LENGTH = TextTypes.MAX_CHARS;

    private JsonArguments() {}

    /// Documents: JSON as it is, strings parsed. Errors INVALID_JSON_TEXT_IN_PARAM, INVALID_JSON_TYPE,
    /// INVALID_JSON_CHARSET.
    static Binding documents(Binding call, int... which) {
        for (int i : which) {
            call.set(i, document(call.get(i), i + 1, call.name()));
        }
        return call;
    }

    /// A document that is argument number `shown`, from 1, of a function.
    static Expr document(Expr expr, int shown, String function) {
        SqlType type = expr.type();
        if (type.kind() == TypeKind.JSON) {
            return expr;
        }
        if (type.kind() == TypeKind.NULL) {
            return new Expr.Constant(Vector.constantNull(SqlType.JSON));
        }
        if (!type.kind().isString()) {
            throw new SqlException(ErrorCode.INVALID_JSON_TYPE, shown, function);
        }
        if (type.isBinaryString()) {
            if (expr instanceof Expr.Constant c && c.value().isNull(0)) {
                return new Expr.Constant(Vector.constantNull(SqlType.JSON));
            }
            throw new SqlException(ErrorCode.INVALID_JSON_CHARSET, "binary");
        }
        StatementFunction parse = new StatementFunction(
                "json_document",
                () -> {
                    JsonParser parser = new JsonParser();
                    return row -> row.set(JsonCasts.parse(parser, row, 0, shown, function));
                },
                true,
                Volatility.PURE);
        return new Expr.Call(parse, List.of(expr), SqlType.JSON, expr.nullable(), Coercibility.IMPLICIT);
    }

    /// Values to be put into documents: SQL scalars become JSON scalars.
    static Binding values(Binding call, int... which) {
        for (int i : which) {
            call.cast(i, SqlType.JSON);
        }
        return call;
    }

    /// Text in UTF-8. Error INVALID_JSON_CHARSET.
    static Binding texts(Binding call, int... which) {
        for (int i : which) {
            call.text(i);
            if (call.type(i).isBinaryString() && call.constant(i) == null) {
                throw new SqlException(ErrorCode.INVALID_JSON_CHARSET, "binary");
            }
        }
        return call;
    }

    /// Refuses an odd or even number of arguments.
    static void checkCount(Binding call, boolean isRight) {
        if (!isRight) {
            throw new SqlException(
                    ErrorCode.WRONG_PARAMETER_COUNT_TO_FUNCTION, call.name().toUpperCase(Locale.ROOT));
        }
    }

    /// A long string in UTF-8, compared bytewise.
    static SqlType text() {
        return TextTypes.of(ANY_LENGTH, Collation.UTF8MB4_BIN);
    }

    /// 'one' or 'all'. Error JSON_BAD_ONE_OR_ALL_ARG.
    static boolean isAll(Row row, int arg, String function) {
        String word = row.text(arg);
        if (word.equalsIgnoreCase("all")) {
            return true;
        }
        if (word.equalsIgnoreCase("one")) {
            return false;
        }
        throw new SqlException(ErrorCode.JSON_BAD_ONE_OR_ALL_ARG, function);
    }

    /// The paths among a call's arguments: those known when it is bound are compiled then, others when their text
    /// changes. Belongs to one thread after [#forStatement].
    static final class Paths {
        private final @Nullable JsonPath[] known;
        private final @Nullable JsonPath[] last;
        private final byte[][] lastText;
        private final boolean isSingle;

        private Paths(@Nullable JsonPath[] known, boolean isSingle) {
            this.known = known;
            this.isSingle = isSingle;
            this.last = new JsonPath[known.length];
            this.lastText = new byte[known.length][];
        }

        /// Casts the arguments to text and compiles what is constant.
        ///
        /// @param isSingle refuses wildcards (INVALID_JSON_PATH_WILDCARD)
        static Paths of(Binding call, boolean isSingle, int... which) {
            @Nullable JsonPath[] known = new JsonPath[call.size()];
            for (int i : which) {
                call.text(i);
                Vector constant = call.constant(i);
                if (constant instanceof BytesVector v && !v.isNull(0)) {
                    JsonPath path = JsonPath.parse(v.get(0), 0, v.get(0).length);
                    known[i] = isSingle ? path.requireSingle() : path;
                }
            }
            return new Paths(known, isSingle);
        }

        Paths forStatement() {
            return new Paths(known, isSingle);
        }

        /// The path known when the call was bound, else null.
        @Nullable JsonPath known(int arg) {
            return known[arg];
        }

        /// The path of a row; not to be called if it is NULL.
        JsonPath get(Row row, int arg) {
            JsonPath path = known[arg];
            if (path != null) {
                return path;
            }
            path = last[arg];
            byte[] base = row.base(arg);
            int from = row.offset(arg);
            int length = row.length(arg);
            if (path == null || !Arrays.equals(lastText[arg], 0, lastText[arg].length, base, from, from + length)) {
                path = JsonPath.parse(base, from, length);
                if (isSingle) {
                    path.requireSingle();
                }
                last[arg] = path;
                lastText[arg] = Arrays.copyOfRange(base, from, from + length);
            }
            return path;
        }
    }
}
