package io.qomo.serve.node;

import io.qomo.base.env.Env;
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

/// Types the expressions stored in table definitions where no session is at hand: with the server's defaults.
final class SchemaContext implements BindContext, EvalContext {
    private final Env env;
    private final MemoryAccount memory;

    SchemaContext(Env env, MemoryAccount memory) {
        this.env = env;
        this.memory = memory;
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
    public void warn(ErrorCode code, Object... arguments) {
        // Nobody is there to be warned: the session that made the table was.
    }

    @Override
    public void checkInterrupted() {
        // Typing an expression is short.
    }

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
        throw notHere("a session's fact");
    }

    private static SqlException notHere(String what) {
        return new SqlException(ErrorCode.INTERNAL_ERROR, what + " in the expression of a table definition");
    }
}
