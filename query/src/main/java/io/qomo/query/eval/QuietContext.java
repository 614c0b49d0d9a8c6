package io.qomo.query.eval;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;

/// A context in which a warning ends the evaluation, so that nothing that warns is folded.
final class QuietContext implements EvalContext {
    private final EvalContext context;

    QuietContext(EvalContext context) {
        this.context = context;
    }

    /// Thrown instead of warning.
    static final class Warned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Warned() {
            super(null, null, false, false);
        }
    }

    @Override
    public void warn(ErrorCode code, Object... arguments) {
        throw new Warned();
    }

    @Override
    public SqlMode sqlMode() {
        return context.sqlMode();
    }

    @Override
    public boolean isStrictWrite() {
        return context.isStrictWrite();
    }

    @Override
    public TimeZoneRule timeZone() {
        return context.timeZone();
    }

    @Override
    public long statementMicros() {
        return context.statementMicros();
    }

    @Override
    public long currentMicros() {
        return context.currentMicros();
    }

    @Override
    public void checkInterrupted() {
        context.checkInterrupted();
    }

    @Override
    public MemoryAccount memory() {
        return context.memory();
    }

    @Override
    public Vector parameter(int index) {
        return context.parameter(index);
    }

    @Override
    public Vector correlated(int slot) {
        return context.correlated(slot);
    }

    @Override
    public SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings) {
        return context.runSubquery(subquery, bindings);
    }

    @Override
    public SessionFacts session() {
        return context.session();
    }
}
