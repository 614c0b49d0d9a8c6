package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.ScalarFunction;
import io.qomo.query.expr.SqlMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `text \[NOT] LIKE pattern`. Arguments: text, pattern.
///
/// @param collation by which characters are compared
/// @param escape code point of the escape character, −1 for none
/// @param negated NOT LIKE
public record Like(Collation collation, int escape, boolean negated) implements ScalarFunction {
    /// The LIKE of a call, or null if it is none.
    public static @Nullable Like of(Expr expr) {
        return expr instanceof Expr.Call call && call.function() instanceof Like like ? like : null;
    }

    /// Binds `text LIKE pattern ESCAPE escape`; `escape` is null if it was not given. Errors: WRONG_ARGUMENTS.
    public static Expr bind(Expr text, Expr pattern, @Nullable Expr escape, boolean negated, BindContext context) {
        Expr t = Casts.toText(text, context);
        Expr p = Casts.toText(pattern, context);
        Collation collation = CollationMix.forComparison("like", List.of(t, p)).collation();
        int escapeChar = context.sqlMode().has(SqlMode.NO_BACKSLASH_ESCAPES) ? -1 : '\\';
        if (escape != null) {
            Vector value = Binding.constantOf(Casts.toText(escape, context), context.evalContext());
            if (value == null) {
                throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "ESCAPE");
            }
            String s = value.isNull(0) ? "\\" : ((BytesVector) value).getString(0);
            if (s.codePointCount(0, s.length()) > 1) {
                throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "ESCAPE");
            }
            escapeChar = s.isEmpty() ? -1 : s.codePointAt(0);
        }
        return new Expr.Call(
                new Like(collation, escapeChar, negated),
                List.of(t, p),
                SqlType.BIGINT,
                t.nullable() || p.nullable(),
                Coercibility.NUMERIC);
    }

    @Override
    public String name() {
        return negated ? "not like" : "like";
    }

    @Override
    public boolean isPredicate() {
        return true;
    }

    @Override
    public ScalarFunction forStatement() {
        return new State(this);
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        forStatement().evaluate(context, arguments, rows, out);
    }

    /// Keeps the pattern compiled last.
    private static final class State implements ScalarFunction {
        private final Like like;
        private byte[] source = {};
        private @Nullable LikePattern compiled;

        State(Like like) {
            this.like = like;
        }

        @Override
        public String name() {
            return like.name();
        }

        @Override
        public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
            BytesVector text = (BytesVector) arguments[0];
            BytesVector pattern = (BytesVector) arguments[1];
            long[] result = ((LongVector) out).values;
            out.addNulls(text, rows);
            out.addNulls(pattern, rows);
            for (int row = 0; row < rows; row++) {
                if (out.isNull(row)) {
                    continue;
                }
                int i = text.at(row);
                boolean matches = pattern(pattern, row).matches(text.base[i], text.offset[i], text.length[i]);
                result[row] = matches != like.negated ? 1 : 0;
            }
        }

        private LikePattern pattern(BytesVector patterns, int row) {
            int i = patterns.at(row);
            LikePattern known = compiled;
            int end = patterns.offset[i] + patterns.length[i];
            if (known == null || !Arrays.equals(source, 0, source.length, patterns.base[i], patterns.offset[i], end)) {
                source = patterns.get(row);
                known = LikePattern.compile(source, like.escape, like.collation);
                compiled = known;
            }
            return known;
        }
    }
}
