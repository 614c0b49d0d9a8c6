package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;

/// What typing and folding ask of a session while a statement is planned. Owned by the session's thread.
final class PlanningContext implements BindContext, EvalContext {
    private final ServerSession session;

    PlanningContext(ServerSession session) {
        this.session = session;
    }

    @Override
    public SqlMode sqlMode() {
        return session.settings().sqlMode();
    }

    @Override
    public Collation connectionCollation() {
        return session.settings().connectionCollation();
    }

    @Override
    public int divPrecisionIncrement() {
        return session.settings().divPrecisionIncrement();
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
        return session.settings().zone();
    }

    @Override
    public long statementMicros() {
        return session.statementMicros();
    }

    @Override
    public long currentMicros() {
        return session.server().env().wallMicros();
    }

    @Override
    public void warn(ErrorCode code, Object... arguments) {
        session.diagnostics().warn(code, arguments);
    }

    @Override
    public void checkInterrupted() {
        session.interrupt().check();
    }

    @Override
    public MemoryAccount memory() {
        return session.server().parts().memory();
    }

    @Override
    public Vector parameter(int index) {
        throw new SqlException(ErrorCode.INTERNAL_ERROR, "a parameter has no value while planning");
    }

    @Override
    public Vector correlated(int slot) {
        throw new SqlException(ErrorCode.INTERNAL_ERROR, "an outer column has no value while planning");
    }

    @Override
    public SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings) {
        throw new SqlException(ErrorCode.INTERNAL_ERROR, "a subquery cannot run while planning");
    }

    @Override
    public SessionFacts session() {
        return session.facts();
    }
}
