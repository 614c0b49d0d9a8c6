package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlDigest;
import io.qomo.query.sql.parser.SqlParser;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Information functions and user locks.
///
/// Source: MySQL 8.0 manual, "Information Functions", "Locking Functions".
final class InfoFunctions {
    /// The release of the library whose regular expressions MySQL 8.0 has.
    private static final String ICU_VERSION = "73.1";

    static final FunctionTable TABLE = new FunctionTable("Information and Locking Functions")
            .add("BENCHMARK(count, expr)", InfoFunctions::benchmark)
            .add("CHARSET(str)", c -> collation(c, x -> x.charset().sqlName()))
            .add("COERCIBILITY(str)", InfoFunctions::coercibility)
            .add("COLLATION(str)", c -> collation(c, Collation::sqlName))
            .add("CONNECTION_ID()", c -> number(c, SqlType.BIGINT_UNSIGNED, SessionFacts::connectionId))
            .add("CURRENT_ROLE()", c -> text(c, 1024, SessionFacts::currentRole))
            .add("CURRENT_USER()", c -> text(c, 288, SessionFacts::currentUser))
            .add("DATABASE()", c -> text(c.nullable(), 64, SessionFacts::database))
            .add("ICU_VERSION()", c -> TextConstants.system(ICU_VERSION))
            .add("STATEMENT_DIGEST(statement)", c -> digest(c, SqlDigest::hash))
            .add("STATEMENT_DIGEST_TEXT(statement)", c -> digest(c, SqlDigest::text))
            .add("FOUND_ROWS()", c -> number(c, SqlType.BIGINT, SessionFacts::foundRows))
            .add("LAST_INSERT_ID([expr])", InfoFunctions::lastInsertId)
            .add("ROW_COUNT()", c -> number(c, SqlType.BIGINT, SessionFacts::rowCount))
            .add("SCHEMA()", c -> text(c.nullable(), 64, SessionFacts::database))
            .add("SESSION_USER()", c -> text(c, 288, SessionFacts::user))
            .add("SYSTEM_USER()", c -> text(c, 288, SessionFacts::user))
            .add("USER()", c -> text(c, 288, SessionFacts::user))
            .add("VERSION()", c -> text(c, 60, SessionFacts::version))
            .add("GET_LOCK(str, timeout)", InfoFunctions::getLock)
            .add("IS_FREE_LOCK(str)", c -> lock(c, (s, name) -> s.lockHolder(name) == null ? 1L : 0L))
            .add("IS_USED_LOCK(str)", c -> lock(c, SessionFacts::lockHolder))
            .add(
                    "RELEASE_LOCK(str)",
                    c -> lock(c, (s, name) -> {
                        Integer released = s.releaseLock(name);
                        return released == null ? null : (Long) released.longValue();
                    }))
            .add(
                    "RELEASE_ALL_LOCKS()",
                    c -> c.volatileResult()
                            .notNull()
                            .returnsLong(
                                    row -> row.set((long) row.context.session().releaseAllLocks())));

    private InfoFunctions() {}

    private static Expr text(Binding call, int chars, Function<SessionFacts, @Nullable String> value) {
        SqlType type = SqlType.varchar(chars, Collation.UTF8MB3_GENERAL_CI);
        return call.stable().returns(type, Coercibility.SYSCONST, row -> {
            String text = value.apply(row.context.session());
            if (text == null) {
                row.setNull();
            } else {
                row.set(text);
            }
        });
    }

    /// STATEMENT_DIGEST and STATEMENT_DIGEST_TEXT. Error 3676 for a text that is no statement.
    private static Expr digest(Binding call, Function<SqlDigest, String> part) {
        call.text(0);
        return call.nullable().returnsText(TextTypes.MAX_CHARS, row -> {
            String sql = row.text(0);
            try {
                SqlParser.parse(sql, ParserOptions.DEFAULT);
            } catch (SqlException e) {
                throw SqlException.causedBy(e, ErrorCode.PARSE_ERROR_IN_DIGEST_FN, e.text());
            }
            row.set(part.apply(SqlDigest.of(sql, ParserOptions.DEFAULT)));
        });
    }

    private static Expr number(Binding call, SqlType type, ToLongFunction<SessionFacts> value) {
        return call.stable()
                .notNull()
                .returns(type, Coercibility.NUMERIC, row -> row.set(value.applyAsLong(row.context.session())));
    }

    private static Expr lastInsertId(Binding call) {
        if (call.size() == 0) {
            return number(call, SqlType.BIGINT_UNSIGNED, SessionFacts::lastInsertId);
        }
        call.integer(0);
        return call.volatileResult().lenient().returns(SqlType.BIGINT_UNSIGNED, Coercibility.NUMERIC, row -> {
            if (row.isNull(0)) {
                row.context.session().setLastInsertId(0);
                row.setNull();
            } else {
                row.context.session().setLastInsertId(row.integer(0));
                row.set(row.integer(0));
            }
        });
    }

    private static Expr collation(Binding call, Function<Collation, String> name) {
        CollationMix mix = CollationMix.of(Casts.toText(call.get(0), call.context()));
        Expr value = call.get(0);
        boolean isNumber =
                value.type().kind().isNumeric() || value.type().kind().isTemporal();
        Collation collation = isNumber ? Collation.BINARY : mix.collation();
        return TextConstants.system(name.apply(collation));
    }

    private static Expr coercibility(Binding call) {
        CollationMix mix = CollationMix.of(call.get(0));
        return new Expr.Constant(io.qomo.base.vector.LongVector.constant(
                SqlType.BIGINT, mix.coercibility().ordinal()));
    }

    /// BENCHMARK(count, expr): evaluates the expression so often and returns 0.
    private static Expr benchmark(Binding call) {
        call.integer(0);
        Expr measured = call.get(1);
        Binding counted = new Binding(call.name(), call.context(), List.of(call.get(0)));
        if (!ExprWalker.isRowIndependent(measured)) {
            throw new io.qomo.base.error.SqlException(
                    io.qomo.base.error.ErrorCode.NOT_SUPPORTED_YET, "BENCHMARK of columns");
        }
        return counted.volatileResult().nullable().returnsLong(row -> {
            long count = row.integer(0);
            if (count < 0) {
                row.setNull();
                return;
            }
            for (long i = 0; i < count; i++) {
                if (i % 1024 == 0) {
                    row.context.checkInterrupted();
                }
                io.qomo.query.eval.Evaluator.evaluateConstant(measured, row.context);
            }
            row.set(0L);
        });
    }

    private static Expr getLock(Binding call) {
        call.text(0).real(1);
        return call.volatileResult().nullable().lenient().returnsLong(row -> {
            if (row.isNull(0) || row.text(0).isEmpty() || row.text(0).length() > 64) {
                throw new io.qomo.base.error.SqlException(
                        io.qomo.base.error.ErrorCode.USER_LOCK_WRONG_NAME, row.isNull(0) ? "NULL" : row.text(0));
            }
            double seconds = row.isNull(1) ? 0 : row.real(1);
            row.set((long) row.context.session().getLock(row.text(0), seconds));
        });
    }

    /// What a session says of a lock.
    private interface LockQuestion {
        @Nullable Long ask(SessionFacts session, String name);
    }

    private static Expr lock(Binding call, LockQuestion question) {
        call.text(0);
        return call.volatileResult().nullable().lenient().returnsLong(row -> {
            if (row.isNull(0) || row.text(0).isEmpty() || row.text(0).length() > 64) {
                throw new io.qomo.base.error.SqlException(
                        io.qomo.base.error.ErrorCode.USER_LOCK_WRONG_NAME, row.isNull(0) ? "NULL" : row.text(0));
            }
            Long answer = question.ask(row.context.session(), row.text(0));
            if (answer == null) {
                row.setNull();
            } else {
                row.set(answer);
            }
        });
    }
}
