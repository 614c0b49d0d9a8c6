package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.AccountStatement;
import io.qomo.query.sql.ast.CompoundStatement;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.SetStatement;
import io.qomo.query.sql.ast.ShowStatement;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.parser.SqlParser;
import io.qomo.query.sql.parser.SqlParser.ParsedStatement;
import io.qomo.serve.account.Privilege;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.session.api.PreparedStatement;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.serve.session.api.ResultSink;
import io.qomo.serve.session.api.StatementStatus;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The life of a statement: text → tree → dispatch, and what must happen however it ends.
final class StatementRunner {
    private final ServerSession session;
    private final TextPlans textPlans;

    StatementRunner(ServerSession session) {
        this.session = session;
        this.textPlans = new TextPlans(session);
    }

    /// Runs one or several statements.
    void run(String sql, ResultSink sink) {
        long since = session.server().env().nanoTime();
        StatementRun known = guard(sql, () -> textPlans.find(sql, sink));
        if (known != null) {
            execute(known, sql, since);
            return;
        }
        int from = 0;
        boolean hasNext = true;
        while (hasNext) {
            int start = from;
            ParsedStatement parsed = guard(sql, () -> parse(sql, start));
            hasNext = parsed.hasNext();
            from = parsed.next();
            StatementRun run = new StatementRun(
                    parsed.statement(), sql, parsed.start(), parsed.end(), List.of(), null, sink, hasNext);
            execute(run, sql, since);
            if (hasNext) {
                since = session.server().env().nanoTime();
            }
        }
    }

    /// The conditions of the statement before stay until it is known that this one does not ask for them.
    private ParsedStatement parse(String sql, int from) {
        try {
            return session.allowsMultiStatements()
                    ? SqlParser.parseNext(sql, from, session.settings().parserOptions())
                    : SqlParser.parseOne(sql, session.settings().parserOptions());
        } catch (SqlException e) {
            session.startDiagnostics();
            throw e;
        }
    }

    /// Prepares a statement of the binary protocol.
    PreparedStatement prepare(String sql) {
        session.count("Com_stmt_prepare");
        return guard(sql, () -> prepareText(sql));
    }

    /// Parses a statement with `?` and finds its result columns.
    PreparedHandle prepareText(String sql) {
        ParsedStatement parsed = parseMarked(sql);
        if (parsed.parameterCount() > 0xFFFF) {
            throw new SqlException(ErrorCode.TOO_MANY_PLACEHOLDERS);
        }
        Preparable.check(parsed.statement());
        List<ResultColumn> columns = List.of();
        if (parsed.statement() instanceof DmlStatement dml && Dispatcher.isPlanned(dml)) {
            columns = new QueryRunner(session).describe(dml, sql);
        }
        return new PreparedHandle(session, parsed.statement(), sql, parsed.parameterCount(), columns);
    }

    /// A statement with `?`. The conditions of the one before stay if it asks for them: refused, it
    /// comes as text.
    private ParsedStatement parseMarked(String sql) {
        boolean keeps = false;
        try {
            ParsedStatement parsed =
                    SqlParser.parseOne(sql, session.settings().parserOptions().withParameterMarkers(true));
            keeps = isDiagnostic(parsed.statement());
            return parsed;
        } finally {
            if (!keeps) {
                session.startDiagnostics();
            }
        }
    }

    /// Runs a statement of the binary protocol.
    void runPrepared(PreparedHandle handle, List<Vector> parameters, ResultSink sink) {
        long since = session.server().env().nanoTime();
        session.tally().execution();
        if (parameters.size() != handle.parameterCount()) {
            throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "EXECUTE");
        }
        session.startStatement(handle.sql());
        StatementRun run = new StatementRun(
                handle.statement(), handle.sql(), 0, handle.sql().length(), parameters, handle.slot(), sink, false);
        execute(run, handle.sql(), since);
    }

    /// `init_connect`, for those it binds.
    void runInitConnect() {
        String sql = session.variables().value("init_connect").text();
        if (!sql.isEmpty()
                && !session.access().has(Privilege.SUPER)
                && !session.access().has("CONNECTION_ADMIN")) {
            run(sql, NOWHERE);
        }
    }

    /// Runs a statement and counts it.
    ///
    /// @param since when it came, by the clock of nanoseconds
    private void execute(StatementRun run, String text, long since) {
        try {
            execute(run, text);
        } finally {
            session.tally()
                    .ended(
                            session.server().env().nanoTime() - since,
                            session.settings().longQueryNanos());
        }
    }

    private void execute(StatementRun run, String text) {
        guard(text, () -> {
            if (isDiagnostic(run.statement())) {
                session.diagnostics().keep();
            } else {
                session.startDiagnostics();
            }
            session.tally().statement();
            session.server().parts().neighbours().checkCurrent(session.interruption());
            if (session.mustChangePassword() && !isAllowedWhenExpired(run.statement())) {
                throw new SqlException(ErrorCode.MUST_CHANGE_PASSWORD);
            }
            new Dispatcher(session).dispatch(run);
            return true;
        });
    }

    private static boolean isDiagnostic(Statement statement) {
        return switch (statement) {
            case CompoundStatement.GetDiagnostics _ -> true;
            case ShowStatement.Show show ->
                switch (show.kind()) {
                    case WARNINGS, ERRORS, COUNT_WARNINGS, COUNT_ERRORS -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    private static boolean isAllowedWhenExpired(Statement statement) {
        return statement instanceof AccountStatement.AlterUser
                || statement instanceof AccountStatement.SetPassword
                || statement instanceof SetStatement;
    }

    /// Runs a body as a statement: when it fails its writes are taken back, and its locks are given back either way.
    <T extends @Nullable Object> T guard(String text, Supplier<T> body) {
        session.startStatement(text);
        try {
            return body.get();
        } catch (SqlException e) {
            SqlException told = translate(e);
            fail(told);
            throw told;
        } catch (StackOverflowError e) {
            SqlException told = new SqlException(ErrorCode.STACK_OVERRUN);
            fail(told);
            throw told;
        } catch (RuntimeException | Error e) {
            session.tally().failed(ErrorCode.INTERNAL_ERROR);
            session.transactions().failStatement();
            throw e;
        } finally {
            MetadataLocks locks = session.server().parts().locks();
            locks.release(
                    session.lockOwner(),
                    session.transactions().isInTransaction()
                            ? MetadataLocks.Duration.STATEMENT
                            : MetadataLocks.Duration.TRANSACTION);
        }
    }

    private void fail(SqlException error) {
        session.tally().failed(error.code());
        if (error.code() == ErrorCode.DEADLOCK) {
            session.transactions().rollback();
        } else {
            session.transactions().failStatement();
        }
        session.facts().rowCount(-1);
        session.diagnostics().error(error);
    }

    /// A lock wait that a time limit ended says so.
    private SqlException translate(SqlException error) {
        if (error.code() == ErrorCode.QUERY_INTERRUPTED
                && session.interruption().isExpired()) {
            return new SqlException(ErrorCode.QUERY_TIMEOUT);
        }
        if (error.code() == ErrorCode.LOCK_WAIT_TIMEOUT && session.interrupt().isLate()) {
            return new SqlException(ErrorCode.QUERY_TIMEOUT);
        }
        return error;
    }

    /// Takes results nobody asked for.
    static final ResultSink NOWHERE = new ResultSink() {
        @Override
        public void ok(StatementStatus status) {}

        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void rows(Batch batch) {}

        @Override
        public void endOfRows(StatementStatus status) {}

        @Override
        public InputStream localFile(String name) {
            throw new SqlException(ErrorCode.LOCAL_INFILE_DISABLED);
        }
    };
}
