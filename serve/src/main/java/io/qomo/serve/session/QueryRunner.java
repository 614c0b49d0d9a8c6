package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.analyze.PlanContext;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.exec.ResultCursor;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.RowProgress;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.expr.Expr;
import io.qomo.query.optimize.Planner.FoundRows;
import io.qomo.query.optimize.Planner.Planned;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.DmlStatement.InsertStatement;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.QueryExpression.LockingClause;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import io.qomo.serve.account.Access;
import io.qomo.serve.lock.MetadataLocks.Duration;
import io.qomo.serve.schema.SqlText;
import io.qomo.serve.session.api.ResultColumn;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Plans and runs queries and statements that write rows. Owned by the session's thread.
final class QueryRunner {
    private static final int MAX_PLANNINGS = 20;

    private final ServerSession session;
    private final ServerParts parts;

    QueryRunner(ServerSession session) {
        this.session = session;
        this.parts = session.server().parts();
    }

    /// Where the rows of a query go.
    interface RowTarget {
        /// The columns; called once.
        void begin(CachedPlan plan);

        /// Some rows; false if no more are wanted.
        boolean rows(Batch batch);
    }

    /// The result columns of a statement, for PREPARE; empty for those without.
    List<ResultColumn> describe(DmlStatement statement, String sql) {
        return columns(plan(statement, sql, List.of(), session.catalog()).query());
    }

    /// The plan of a statement.
    Planned plan(Statement statement, String sql, List<Vector> parameters, Catalog catalog) {
        List<SqlType> types = parameters.stream().map(Vector::type).toList();
        PlanContext context = new PlanContext(
                catalog, session.database(), new PlanningContext(session), sql, types, new SessionAccess(session));
        return parts.planner().prepare(statement, context);
    }

    /// SELECT without INTO.
    void select(StatementRun run, SelectStatement statement) {
        ClientRows target = new ClientRows(session, run);
        Results results = query(run, statement, target);
        session.facts().foundRows(results.found);
        session.facts().rowCount(-1);
        run.sink().endOfRows(Ok.status(session, run, 0, 0, null));
    }

    /// What a query gave.
    ///
    /// @param sent rows handed to the target
    /// @param found rows there were, those beyond LIMIT included with SQL_CALC_FOUND_ROWS
    record Results(long sent, long found) {}

    /// Runs a query into a target and ends its transaction as autocommit says.
    Results query(StatementRun run, SelectStatement statement, RowTarget target) {
        boolean locksRows = !statement.query().locking().isEmpty();
        session.interrupt().limit(nanos(session.settings().maxExecutionMs()));
        CachedPlan cached = planAndLock(run, locksRows);
        session.interrupt().limit(timeLimit(cached.planned()));
        if (locksRows) {
            checkWritable(statement);
        }
        boolean readsTables = !cached.locks().tableIds().isEmpty() || hasTemporary(cached);
        if (!readsTables) {
            try (Transaction none = parts.store().transactions().begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
                return run(run, cached, none, target, statement);
            }
        }
        Transaction transaction = session.transactions().beginStatement();
        session.transactions().limitLockWaits(session.interrupt().remainingNanos());
        checkSnapshot(cached, transaction);
        Results results = run(run, cached, transaction, target, statement);
        session.transactions().endStatement();
        return results;
    }

    private static boolean hasTemporary(CachedPlan cached) {
        return cached.planned().tables().stream().anyMatch(t -> t.temporary());
    }

    /// FOR SHARE does not need what FOR UPDATE needs.
    private void checkWritable(SelectStatement statement) {
        boolean exclusive = statement.query().locking().stream().anyMatch(LockingClause::exclusive);
        if (exclusive && session.transactions().isReadOnly()) {
            throw new SqlException(ErrorCode.READ_ONLY_TRANSACTION);
        }
    }

    private Results run(
            StatementRun run, CachedPlan cached, Transaction transaction, RowTarget target, SelectStatement statement) {
        PlannedQuery query = cached.planned().query();
        boolean limited =
                statement.query().limit() == null && session.settings().selectLimit() >= 0;
        PlanRun kept = cached.takeRun();
        MemoryAccount memory = kept == null
                ? parts.memory().child("query_memory_limit", session.settings().queryMemoryBytes())
                : kept.memory();
        io.qomo.query.exec.context.Statement surroundings = statement(transaction, run.parameters(), memory);
        ExecContext context = kept == null ? parts.executor().context(surroundings) : kept.context();
        boolean isDone = false;
        ResultCursor cursor = null;
        try {
            if (kept == null) {
                cursor = parts.executor().open(query, context);
            } else {
                cursor = kept.cursor();
                context.restart(surroundings);
                cursor.reopen();
            }
            long offset = 0;
            long count = limited ? session.settings().selectLimit() : Long.MAX_VALUE;
            FoundRows foundRows = cached.planned().foundRows();
            if (foundRows != null) {
                offset = limit(foundRows.offset(), context, 0);
                count = limit(foundRows.count(), context, Long.MAX_VALUE);
            }
            target.begin(cached);
            Results results = drain(cursor, target, offset, count, foundRows != null);
            isDone = true;
            return results;
        } finally {
            if (cursor != null) {
                cursor.close();
            }
            boolean isKept = isDone && run.slot() != null && cursor != null && memory.usedBytes() == 0;
            if (isKept && cursor != null) {
                cached.keepRun(kept == null ? new PlanRun(memory, context, cursor) : kept);
            } else {
                memory.close();
            }
        }
    }

    private static long limit(@Nullable Expr expression, ExecContext context, long otherwise) {
        if (expression == null) {
            return otherwise;
        }
        long value = io.qomo.serve.variable.VariableValue.of(Evaluator.evaluateConstant(expression, context))
                .number();
        return value < 0 ? Long.MAX_VALUE : value;
    }

    private static Results drain(ResultCursor cursor, RowTarget target, long offset, long count, boolean countsAll) {
        long found = 0;
        long sent = 0;
        boolean wanted = count > 0;
        for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
            long skip = Math.max(0, offset - found);
            found += batch.rows();
            if (wanted && skip < batch.rows()) {
                long take = Math.min(batch.rows() - skip, count - sent);
                Batch part = take == batch.rows() ? batch : Batches.slice(batch, (int) skip, (int) take);
                sent += take;
                wanted = target.rows(part) && sent < count;
            }
            if (!wanted && !countsAll) {
                break;
            }
        }
        return new Results(sent, countsAll ? found : sent);
    }

    /// INSERT, REPLACE, UPDATE, DELETE.
    void write(StatementRun run) {
        WriteResult result = executeWrite(run);
        session.transactions().addModified(result.affectedRows());
        session.transactions().endStatement();
        noteDelayed(run);
        boolean isBulk = run.statement() instanceof InsertStatement insert
                && (insert.query() != null || insert.rows().size() > 1);
        int warnings = session.diagnostics().count();
        String info = result.info(isBulk, warnings);
        long affected = session.client().foundRows() ? result.foundRows() : result.affectedRows();
        session.facts().rowCount(affected);
        long id = result.firstGeneratedId();
        if (id != 0) {
            session.facts().setLastInsertId(id);
        } else {
            Long given = session.facts().givenLastInsertId();
            id = given != null ? given : result.lastWrittenId();
        }
        run.sink().ok(Ok.status(session, run, affected, id, info.isEmpty() ? null : info));
    }

    private void noteDelayed(StatementRun run) {
        if (run.statement() instanceof InsertStatement insert && insert.priority() == DmlStatement.Priority.DELAYED) {
            String converted = insert.replace() ? "REPLACE" : "INSERT";
            session.diagnostics().warn(ErrorCode.LEGACY_SYNTAX_CONVERTED, converted + " DELAYED", converted);
        }
    }

    /// The base tables and views a view uses. Error 1356 if what it names has gone.
    List<TableDef> tablesOf(TableDef view) {
        String sql = "SELECT * FROM " + SqlText.identifier(view.database()) + "." + SqlText.identifier(view.name());
        return plan(SqlParser.parse(sql, ParserOptions.DEFAULT), sql, List.of(), session.catalog()).tables().stream()
                .filter(t -> t.kind() != TableDef.Kind.SYSTEM && !t.temporary())
                .toList();
    }

    /// Error 1356 if what a view names has gone.
    void checkView(TableDef view) {
        try {
            tablesOf(view);
        } catch (SqlException e) {
            if (e.code() == ErrorCode.VIEW_INVALID) {
                throw e;
            }
        }
    }

    /// Runs a statement that writes, in the session's transaction, which stays open.
    WriteResult executeWrite(StatementRun run) {
        return executeWrite(run, RowProgress.ALONE);
    }

    /// As [#executeWrite(StatementRun)], of a statement that is part of another.
    WriteResult executeWrite(StatementRun run, RowProgress progress) {
        CachedPlan cached = planAndLock(run, false);
        if (cached.locks().writes()) {
            WriteChecks.check(session);
        }
        Transaction transaction = session.transactions().beginStatement();
        checkSnapshot(cached, transaction);
        try (MemoryAccount memory =
                parts.memory().child("query_memory_limit", session.settings().queryMemoryBytes())) {
            ExecContext context = parts.executor().context(statement(transaction, run.parameters(), memory));
            context.reportRows(progress);
            return parts.executor().executeWrite(cached.planned().query(), context);
        }
    }

    /// The surroundings of an execution.
    io.qomo.query.exec.context.Statement statement(
            Transaction transaction, List<Vector> parameters, MemoryAccount memory) {
        return new io.qomo.query.exec.context.Statement(
                transaction,
                session.catalog(),
                session.facts(),
                session,
                session.settings().sqlMode(),
                session.settings().zone(),
                session.statementMicros(),
                parameters,
                memory,
                session.diagnostics(),
                session.interrupt());
    }

    /// Plans, then locks what the plan uses; plans again if the schema changed in between.
    CachedPlan planAndLock(StatementRun run, boolean locksRows) {
        PlanSlot slot = run.slot();
        CachedPlan cached = slot == null ? null : slot.plan();
        if (cached != null && !cached.fits(session, run.parameters())) {
            cached = null;
        }
        for (int i = 0; i < MAX_PLANNINGS; i++) {
            if (cached == null) {
                cached = make(run, locksRows);
            }
            lock(cached.locks());
            if (cached.catalogVersion() == session.catalog().version()) {
                if (slot != null) {
                    slot.keep(cached);
                }
                return cached;
            }
            cached = null;
        }
        throw new SqlException(ErrorCode.TABLE_DEF_CHANGED);
    }

    private CachedPlan make(StatementRun run, boolean locksRows) {
        Catalog catalog = session.catalog();
        Access access = session.access();
        session.facts().startNotingVariables();
        Map<String, Optional<SqlType>> variables;
        Planned planned;
        try {
            planned = plan(run.statement(), run.sql(), run.parameters(), catalog);
        } finally {
            variables = session.facts().notedVariables();
        }
        WriteChecks.checkKeys(session, run.statement(), planned.query().root());
        StatementLocks locks = StatementLocks.of(planned, locksRows, catalog);
        return new CachedPlan(session, catalog, access, planned, locks, run.parameters(), variables);
    }

    private void lock(StatementLocks locks) {
        boolean underTableLocks = session.tableLocks().isActive();
        if (underTableLocks) {
            session.tableLocks().check(locks);
        }
        long leftMs = session.interrupt().remainingNanos() / 1_000_000L + 1;
        long timeoutMs = Math.min(session.settings().lockWaitTimeoutMs(), leftMs);
        for (StatementLocks.Need need : locks.needs()) {
            if (underTableLocks && need.direct()) {
                continue;
            }
            parts.locks().acquire(session.lockOwner(), need.name(), need.mode(), Duration.TRANSACTION, timeoutMs);
        }
    }

    /// A snapshot older than a table's data cannot read it. Error 1412.
    private void checkSnapshot(CachedPlan cached, Transaction transaction) {
        if (transaction.isolation() == IsolationLevel.READ_COMMITTED || !transaction.hasSnapshot()) {
            return;
        }
        for (long id : cached.locks().tableIds()) {
            long since = parts.catalog().dataSince(id);
            if (since > 0 && since > transaction.snapshot()) {
                throw new SqlException(ErrorCode.TABLE_DEF_CHANGED);
            }
        }
    }

    /// max_execution_time, or the hint's, in nanoseconds.
    long timeLimit(Planned planned) {
        long limitMs = session.settings().maxExecutionMs();
        for (String hints : planned.hints()) {
            limitMs = Hints.maxExecutionMs(hints, limitMs);
        }
        return nanos(limitMs);
    }

    private static long nanos(long limitMs) {
        return limitMs > 0 ? TimeUnit.MILLISECONDS.toNanos(limitMs) : io.qomo.query.exec.context.Interrupt.NEVER;
    }

    /// What the client is told about the columns of a query.
    static List<ResultColumn> columns(PlannedQuery query) {
        List<OutputColumn> outputs = query.root().props().columns();
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < query.fields().size(); i++) {
            PlannedQuery.ResultField field = query.fields().get(i);
            columns.add(new ResultColumn(
                    field.schema(),
                    field.tableAlias(),
                    field.table(),
                    field.name(),
                    field.column(),
                    outputs.get(i).type(),
                    field.flags(),
                    null));
        }
        return columns;
    }
}
