package io.qomo.query.eval;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import java.util.Arrays;

/// CASE and IF: each condition sees the rows no condition before it took, each result its own rows.
final class CompiledCase extends CompiledExpr {
    private final CompiledExpr[] conditions;
    private final CompiledExpr[] results;
    private final RowSelector[] conditionRows;
    private final RowSelector[] resultRows;
    private final Vector out;
    private int[] open = {};
    private int[] taken = {};

    CompiledCase(Expr.Case c, CompiledExpr[] conditions, CompiledExpr[] results, CompiledExpr otherwise) {
        super(c.type(), CompiledCall.allTotal(conditions) && CompiledCall.allTotal(results) && otherwise.isTotal());
        this.conditions = conditions;
        this.results = Arrays.copyOf(results, results.length + 1);
        this.results[results.length] = otherwise;
        conditionRows = new RowSelector[conditions.length];
        resultRows = new RowSelector[conditions.length + 1];
        for (int i = 0; i < conditions.length; i++) {
            conditionRows[i] = new RowSelector(c.conditions().get(i));
            resultRows[i] = new RowSelector(c.results().get(i));
        }
        resultRows[conditions.length] = new RowSelector(c.otherwise());
        out = Vector.of(c.type(), 1);
    }

    @Override
    public Vector evaluate(Batch input) {
        int rows = input.rows();
        if (open.length < rows) {
            open = new int[Math.max(rows, Vector.BATCH_ROWS)];
            taken = new int[open.length];
        }
        for (int i = 0; i < rows; i++) {
            open[i] = i;
        }
        boolean started = false;
        int count = rows;
        for (int i = 0; i < conditions.length && count > 0; i++) {
            boolean all = count == rows;
            Vector value = conditions[i].evaluate(all ? input : conditionRows[i].select(input, open, count));
            int takenCount = split(value, count);
            if (takenCount == rows) {
                return results[i].evaluate(input);
            }
            if (takenCount > 0) {
                started = start(started, rows);
                fill(i, input, taken, takenCount);
            }
            count -= takenCount;
        }
        if (count == rows) {
            return results[conditions.length].evaluate(input);
        }
        if (count > 0) {
            start(started, rows);
            fill(conditions.length, input, open, count);
        }
        return out;
    }

    private boolean start(boolean started, int rows) {
        if (!started) {
            out.reset();
            out.ensure(rows);
        }
        return true;
    }

    /// Moves the open rows whose condition holds to `taken` and closes the gaps.
    private int split(Vector value, int count) {
        int moved = 0;
        int left = 0;
        for (int i = 0; i < count; i++) {
            int row = open[i];
            if (Truth.holds(value, i)) {
                taken[moved++] = row;
            } else {
                open[left++] = row;
            }
        }
        return moved;
    }

    private void fill(int result, Batch input, int[] rows, int count) {
        if (results[result].isTotal() && count > input.rows() >> 3) {
            Vector value = results[result].evaluate(input);
            for (int i = 0; i < count; i++) {
                out.copyFrom(value, rows[i], rows[i]);
            }
            return;
        }
        scatter(results[result].evaluate(resultRows[result].select(input, rows, count)), rows, count, out);
    }

    /// Copies value i to row `rows[i]` of `out`.
    static void scatter(Vector value, int[] rows, int count, Vector out) {
        for (int i = 0; i < count; i++) {
            out.copyFrom(value, i, rows[i]);
        }
    }

    @Override
    public void reset() {
        for (CompiledExpr condition : conditions) {
            condition.reset();
        }
        for (CompiledExpr result : results) {
            result.reset();
        }
    }
}
