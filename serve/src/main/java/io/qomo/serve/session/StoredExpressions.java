package io.qomo.serve.session;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.analyze.TableBinder;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.plan.BoundTable;

/// Binds the expressions stored with tables where no session's settings may count: for the children and parents that
/// foreign keys lead to. Any thread.
public final class StoredExpressions implements BindContext, EvalContext, io.qomo.query.exec.context.TableBinder {
    private final TableBinder binder;
    private final Env env;
    private final MemoryAccount memory;

    /// @param binder keeps what was bound
    public StoredExpressions(TableBinder binder, Env env, MemoryAccount memory) {
        this.binder = binder;
        this.env = env;
        this.memory = memory;
    }

    @Override
    public BoundTable bind(TableDef table) {
        return binder.bind(table, this);
    }

    @Override
    public SqlMode sqlMode() {
        return SqlMode.DEFAULT;
    }

    @Override
    public Collation connectionCollation() {
        return Collation.UTF8MB4_0900_AI_CI;
    }

    @Override
    public int divPrecisionIncrement() {
        return 4;
    }

    @Override
    public EvalContext evalContext() {
        return this;
    }

    @Override
    public boolean isStrictWrite() {
        return false;
    }

    @Override
    public TimeZoneRule timeZone() {
        return TimeZoneRule.UTC;
    }

    @Override
    public long statementMicros() {
        return env.wallMicros();
    }

    @Override
    public long currentMicros() {
        return env.wallMicros();
    }

    @Override
    public void warn(ErrorCode code, Object... arguments) {}

    @Override
    public void checkInterrupted() {}

    @Override
    public MemoryAccount memory() {
        return memory;
    }

    @Override
    public Vector parameter(int index) {
        throw notHere("a parameter");
    }

    @Override
    public Vector correlated(int slot) {
        throw notHere("an outer column");
    }

    @Override
    public SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings) {
        throw notHere("a subquery");
    }

    @Override
    public SessionFacts session() {
        throw notHere("a session");
    }

    private static SqlException notHere(String what) {
        return new SqlException(ErrorCode.INTERNAL_ERROR, "a stored expression asks for " + what);
    }
}
