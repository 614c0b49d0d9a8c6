package io.qomo.query.exec.context;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.layout.TableLayout;
import io.qomo.query.exec.rows.SpillableRows;
import io.qomo.query.exec.rows.TempSpace;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.store.txn.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running statement: its surroundings, which do not change while it runs, and its frame, which does:
/// values of outer columns, rows of common table expressions, operators of subqueries.
///
/// Owned by the statement's thread. A session may keep one and give it the next statement ([#restart]),
/// so that operators compiled against it can be opened again.
public final class ExecContext implements EvalContext, AutoCloseable {
    private final Services services;
    private final PlanCompiler compiler;
    private Statement statement;
    private boolean isStrictWrite;
    private RowProgress progress = RowProgress.ALONE;
    private Vector[] slots = new Vector[0];
    private final Map<Integer, SpillableRows> cteRows = new HashMap<>();
    private final Map<PlannedQuery, ArrayDeque<Operator>> idleSubqueries = new IdentityHashMap<>();
    private final List<Operator> subqueries = new ArrayList<>();
    private @Nullable PlanProfile profile;

    /// A context for a statement.
    public ExecContext(Services services, PlanCompiler compiler, Statement statement) {
        this.services = services;
        this.compiler = compiler;
        this.statement = statement;
    }

    /// Begins another statement of the same session with operators compiled before; everything must be
    /// closed.
    public void restart(Statement next) {
        statement = next;
        isStrictWrite = false;
        progress = RowProgress.ALONE;
    }

    /// Says that the statement is a part of another.
    public void reportRows(RowProgress to) {
        progress = to;
    }

    /// Who hears of the rows an INSERT writes.
    public RowProgress progress() {
        return progress;
    }

    /// Declares that the statement writes; with `ignore`, bad values become warnings.
    public void startWrite(boolean ignore) {
        isStrictWrite = !ignore && statement.sqlMode().isStrict();
    }

    /// Asks that operators compiled from now on count rows, time and memory.
    public PlanProfile startProfile() {
        PlanProfile made = new PlanProfile(services.env());
        profile = made;
        return made;
    }

    /// What is counted of nodes, or null if nothing is.
    public @Nullable PlanProfile profile() {
        return profile;
    }

    /// An operator for a plan, not opened.
    public Operator compile(PhysicalPlan plan) {
        Operator made = compiler.compile(plan, this);
        PlanProfile counting = profile;
        return counting == null ? made : counting.wrap(plan, made);
    }

    /// What all statements share.
    public Services services() {
        return services;
    }

    /// The transaction.
    public Transaction transaction() {
        return statement.transaction();
    }

    /// The schema.
    public Catalog catalog() {
        return statement.catalog();
    }

    /// What system tables are asked with.
    public Object systemSession() {
        return statement.systemSession();
    }

    /// A table's layout.
    public TableLayout layout(TableDef table) {
        return services.layouts().of(table);
    }

    /// A table's expressions.
    public BoundTable bind(TableDef table) {
        return services.binder().bind(table);
    }

    /// Temporary files.
    public TempSpace temp() {
        return services.temp();
    }

    /// Where warnings go.
    public WarningSink warnings() {
        return statement.warnings();
    }

    @Override
    public SqlMode sqlMode() {
        return statement.sqlMode();
    }

    @Override
    public boolean isStrictWrite() {
        return isStrictWrite;
    }

    @Override
    public TimeZoneRule timeZone() {
        return statement.timeZone();
    }

    @Override
    public long statementMicros() {
        return statement.statementMicros();
    }

    @Override
    public long currentMicros() {
        return services.env().wallMicros();
    }

    @Override
    public void warn(ErrorCode code, Object... arguments) {
        if (isStrictWrite && StrictErrors.contain(code)) {
            throw new SqlException(code, arguments);
        }
        WarningSink.Level level =
                code == ErrorCode.NOTE_DATA_TRUNCATED ? WarningSink.Level.NOTE : WarningSink.Level.WARNING;
        statement.warnings().add(level, code, code.format(arguments));
    }

    @Override
    public void checkInterrupted() {
        statement.interrupt().check();
    }

    @Override
    public MemoryAccount memory() {
        return statement.memory();
    }

    @Override
    public Vector parameter(int index) {
        return statement.parameters().get(index);
    }

    @Override
    public Vector correlated(int slot) {
        return slots[slot];
    }

    @Override
    public SessionFacts session() {
        return statement.session();
    }

    /// Sets an outer value: a constant vector that does not change while it is set.
    public void setCorrelated(int slot, Vector value) {
        if (slot >= slots.length) {
            int n = Math.max(slot + 1, 8);
            Vector[] more = Arrays.copyOf(slots, n);
            Vector none = Vector.constantNull(SqlType.NULL);
            Arrays.fill(more, slots.length, n, none);
            slots = more;
        }
        slots[slot] = value;
    }

    /// The rows of a common table expression, or null if it is not being run.
    public @Nullable SpillableRows cteRows(int id) {
        return cteRows.get(id);
    }

    /// Sets or, with null, forgets the rows behind an id.
    public void setCteRows(int id, @Nullable SpillableRows rows) {
        if (rows == null) {
            cteRows.remove(id);
        } else {
            cteRows.put(id, rows);
        }
    }

    @Override
    public SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings) {
        PlannedQuery plan = (PlannedQuery) subquery.plan();
        for (int i = 0; i < bindings.length; i++) {
            setCorrelated(subquery.bindings().get(i).slot(), bindings[i]);
        }
        ArrayDeque<Operator> idle = idleSubqueries.computeIfAbsent(plan, p -> new ArrayDeque<>());
        Operator operator = idle.poll();
        if (operator == null) {
            operator = compile(plan.root());
            subqueries.add(operator);
        }
        Operator running = operator;
        running.open();
        return new SubqueryRows() {
            @Override
            public @Nullable Batch next() {
                return running.next();
            }

            @Override
            public void close() {
                running.close();
                idle.add(running);
            }
        };
    }

    /// Gives back what subqueries hold.
    @Override
    public void close() {
        for (Operator operator : subqueries) {
            operator.close();
        }
        cteRows.values().forEach(SpillableRows::close);
        cteRows.clear();
    }
}
