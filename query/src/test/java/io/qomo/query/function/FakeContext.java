package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.memory.MemoryAccount;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.expr.SessionFacts;
import io.qomo.query.expr.SqlMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// A statement at a fixed time (2024-02-29 13:14:15.678901 UTC) that remembers its warnings.
final class FakeContext implements EvalContext, BindContext {
    static final long NOW = 1_709_212_455_678_901L;

    final FakeSession session = new FakeSession();
    final List<String> warnings = new ArrayList<>();
    final List<Vector> parameters = new ArrayList<>();
    SqlMode mode = SqlMode.DEFAULT;
    boolean isStrictWrite;
    TimeZoneRule zone = TimeZoneRule.UTC;
    private final MemoryAccount memory = new MemoryAccount("test", 1L << 30);
    BiFunction<Expr.Subquery, Vector[], SubqueryRows> subqueries = (s, b) -> {
        throw new IllegalStateException("no subqueries here");
    };

    @Override
    public SqlMode sqlMode() {
        return mode;
    }

    @Override
    public boolean isStrictWrite() {
        return isStrictWrite;
    }

    @Override
    public TimeZoneRule timeZone() {
        return zone;
    }

    @Override
    public long statementMicros() {
        return NOW;
    }

    @Override
    public long currentMicros() {
        return NOW + 1_000_000;
    }

    @Override
    public void warn(ErrorCode code, Object... arguments) {
        warnings.add(code.errno() + " " + code.format(arguments));
    }

    @Override
    public void checkInterrupted() {}

    @Override
    public MemoryAccount memory() {
        return memory;
    }

    @Override
    public Vector parameter(int index) {
        return parameters.get(index);
    }

    @Override
    public Vector correlated(int slot) {
        throw new IllegalStateException("nothing is correlated here");
    }

    @Override
    public SubqueryRows runSubquery(Expr.Subquery subquery, Vector[] bindings) {
        return subqueries.apply(subquery, bindings);
    }

    @Override
    public SessionFacts session() {
        return session;
    }

    @Override
    public Collation connectionCollation() {
        return session.collation;
    }

    @Override
    public int divPrecisionIncrement() {
        return 4;
    }

    @Override
    public EvalContext evalContext() {
        return this;
    }
}
