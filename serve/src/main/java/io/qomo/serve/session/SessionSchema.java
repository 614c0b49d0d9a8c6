package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.query.analyze.AccessChecker;
import io.qomo.query.analyze.ExpressionBinder;
import io.qomo.query.analyze.PlanContext;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.ResultCursor;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Statement;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.optimize.Planner.Planned;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.query.plan.PlannedQuery.ResultField;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.DmlStatement.InsertStatement;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.parser.ParserOptions;
import io.qomo.query.sql.parser.SqlParser;
import io.qomo.query.sql.printer.AstPrinter;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.lock.MetadataLocks.Duration;
import io.qomo.serve.schema.DdlSession;
import io.qomo.serve.schema.ExpressionTypes;
import io.qomo.serve.schema.TemporaryTables;
import io.qomo.store.txn.IsolationLevel;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A session as the executors of DDL see it, for one statement.
final class SessionSchema implements DdlSession {
    private static final ParserOptions STORED = ParserOptions.DEFAULT.withParameterMarkers(false);

    private final ServerSession session;
    private final StatementRun run;
    private final ServerParts parts;
    private final QueryRunner queries;

    SessionSchema(ServerSession session, StatementRun run) {
        this.session = session;
        this.run = run;
        this.parts = session.server().parts();
        this.queries = new QueryRunner(session);
    }

    @Override
    public Catalog catalog() {
        return session.catalog();
    }

    @Override
    public @Nullable String database() {
        return session.database();
    }

    @Override
    public SqlMode sqlMode() {
        return session.settings().sqlMode();
    }

    @Override
    public Collation serverCollation() {
        return session.settings().serverCollation();
    }

    @Override
    public Collation utf8mb4Default() {
        return session.settings().utf8mb4Default();
    }

    @Override
    public boolean foreignKeyChecks() {
        return session.variables().isOn("foreign_key_checks");
    }

    @Override
    public boolean requiresPrimaryKey() {
        return session.variables().isOn("sql_require_primary_key");
    }

    @Override
    public String print(Expression expression) {
        return AstPrinter.print(expression);
    }

    @Override
    public String viewText(QueryExpression query, String database, String name) {
        PlanContext context = planContext(run.sql(), session.database());
        return parts.planner().analyzer().viewText(query, context, database, name);
    }

    @Override
    public boolean isUpdatable(TableDef view) {
        return parts.planner().analyzer().isUpdatable(view, planContext("", view.database()));
    }

    private PlanContext planContext(String sql, @Nullable String database) {
        return new PlanContext(
                session.catalog(), database, new PlanningContext(session), sql, List.of(), AccessChecker.ALLOW_ALL);
    }

    @Override
    public Expr bind(String sql, TableDef table) {
        Expression expression = SqlParser.parseExpression(sql, STORED);
        return new ExpressionBinder(new PlanningContext(session)).bind(expression, sql, table);
    }

    @Override
    public boolean usesVariables(String sql, TableDef table) {
        Expression expression = SqlParser.parseExpression(sql, STORED);
        return new ExpressionBinder(new PlanningContext(session)).usesVariables(expression, sql, table);
    }

    @Override
    public void note(ErrorCode code, Object... arguments) {
        session.diagnostics().note(code, arguments);
    }

    @Override
    public void warn(ErrorCode code, Object... arguments) {
        session.diagnostics().warn(code, arguments);
    }

    @Override
    public long nowMicros() {
        return session.server().env().wallMicros();
    }

    @Override
    public void lock(LockName name, LockMode mode) {
        parts.locks()
                .acquire(
                        session.lockOwner(),
                        name,
                        mode,
                        Duration.STATEMENT,
                        session.settings().lockWaitTimeoutMs());
    }

    @Override
    public void downgrade(LockName name, LockMode mode) {
        parts.locks().downgrade(session.lockOwner(), name, mode);
    }

    @Override
    public TemporaryTables temporaryTables() {
        return session.temporaryTables();
    }

    @Override
    public List<QueryColumn> describe(QueryExpression query) {
        CachedPlan cached = queries.planAndLock(plain(new SelectStatement(query)), false);
        PlannedQuery planned = cached.planned().query();
        List<OutputColumn> outputs = planned.root().props().columns();
        List<QueryColumn> columns = new ArrayList<>();
        for (int i = 0; i < planned.fields().size(); i++) {
            ResultField field = planned.fields().get(i);
            OutputColumn output = outputs.get(i);
            columns.add(new QueryColumn(
                    field.name(),
                    type(planned.root(), i),
                    output.nullable(),
                    field.schema(),
                    field.table(),
                    field.column()));
        }
        return columns;
    }

    /// The type of a result column: that of a small integer constant is INT, as in MySQL.
    private static SqlType type(PhysicalPlan root, int column) {
        SqlType type = root.props().columns().get(column).type();
        return switch (root) {
            case PhysicalPlan.Project p ->
                ExpressionTypes.constantType(p.expressions().get(column), type);
            case PhysicalPlan.Values v
            when v.rows().size() == 1 ->
                ExpressionTypes.constantType(v.rows().getFirst().get(column), type);
            case PhysicalPlan.Sort s -> type(s.input(), column);
            case PhysicalPlan.Limit l -> type(l.input(), column);
            default -> type;
        };
    }

    private StatementRun plain(DmlStatement statement) {
        return new StatementRun(
                statement, run.sql(), run.start(), run.end(), run.parameters(), null, StatementRunner.NOWHERE, false);
    }

    @Override
    public long fill(TableDef target, List<String> columns, QueryExpression query, DuplicateHandling duplicates) {
        List<ColumnReference> references = columns.stream()
                .map(c -> new ColumnReference(Span.NONE, null, null, c))
                .toList();
        InsertStatement insert = new InsertStatement(
                duplicates == DuplicateHandling.REPLACE,
                DmlStatement.Priority.DEFAULT,
                duplicates == DuplicateHandling.IGNORE,
                null,
                new TableName(Span.NONE, target.database(), target.name()),
                List.of(),
                references,
                List.of(),
                query,
                null,
                List.of(),
                List.of());
        OverlayCatalog catalog = new OverlayCatalog(session.catalog(), target, (_, _, _) -> {});
        Planned planned = queries.plan(insert, run.sql(), run.parameters(), catalog);
        try (Transaction transaction = begin(false);
                MemoryAccount memory = parts.memory()
                        .child("query_memory_limit", session.settings().queryMemoryBytes())) {
            transaction.startStatement();
            ExecContext context = parts.executor().context(statement(transaction, memory, catalog, sqlMode()));
            WriteResult result = parts.executor().executeWrite(planned.query(), context);
            transaction.commit();
            return result.affectedRows();
        }
    }

    private Statement statement(Transaction transaction, MemoryAccount memory, Catalog catalog, SqlMode mode) {
        return new Statement(
                transaction,
                catalog,
                session.facts(),
                session,
                mode,
                session.settings().zone(),
                session.statementMicros(),
                run.parameters(),
                memory,
                session.diagnostics(),
                session.interrupt());
    }

    @Override
    public BoundTable bindTable(TableDef table) {
        return parts.planner().tableBinder().bind(table, new PlanningContext(session));
    }

    @Override
    public Transaction begin(boolean readOnly) {
        TransactionOptions options = session.settings()
                .transactionOptions()
                .withIsolation(IsolationLevel.REPEATABLE_READ)
                .withReadOnly(readOnly);
        return parts.store().transactions().begin(options);
    }

    @Override
    public ExecContext context(Transaction transaction, SqlMode mode) {
        return parts.executor().context(statement(transaction, parts.memory(), session.catalog(), mode));
    }

    @Override
    public boolean exists(String sql, TableDef changed) {
        return first(sql, changed, _ -> true).isPresent();
    }

    @Override
    public OptionalLong number(String sql, TableDef changed) {
        Optional<Long> found = first(sql, changed, batch -> ((LongVector) batch.column(0)).get(0));
        return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
    }

    /// What is read from the batch that begins with a query's first row; empty if there is no row.
    private <T> Optional<T> first(String sql, TableDef changed, Function<Batch, T> reader) {
        SelectStatement select = (SelectStatement) SqlParser.parse(sql, STORED);
        OverlayCatalog catalog = new OverlayCatalog(session.catalog(), changed, (_, _, _) -> {});
        PlanContext context = new PlanContext(
                catalog, changed.database(), new PlanningContext(session), sql, List.of(), AccessChecker.ALLOW_ALL);
        PlannedQuery query = parts.planner().plan(select, context);
        try (Transaction transaction = begin(true);
                MemoryAccount memory = parts.memory()
                        .child("query_memory_limit", session.settings().queryMemoryBytes())) {
            transaction.startStatement();
            ExecContext running = parts.executor().context(statement(transaction, memory, catalog, sqlMode()));
            try (ResultCursor cursor = parts.executor().open(query, running)) {
                Batch batch = cursor.next();
                return batch == null ? Optional.empty() : Optional.of(reader.apply(batch));
            }
        }
    }

    @Override
    public void checkInterrupted() {
        session.interrupt().check();
    }

    @Override
    public String account() {
        return session.account().toString();
    }
}
