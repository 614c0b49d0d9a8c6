package io.qomo.query.eval;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;

/// AND and OR in three-valued logic. A row is open until a condition decides it (false for AND, true for OR); NULL
/// leaves it open, because a later condition may still decide.
final class CompiledLogic extends CompiledExpr {
    private final boolean isAnd;
    private final CompiledExpr[] conditions;
    private final RowSelector[] selectors;
    private final LongVector out = new LongVector(SqlType.BIGINT, 1);
    private int[] open = {};
    private int[] passed = {};

    CompiledLogic(Expr.Logic logic, CompiledExpr[] conditions) {
        super(SqlType.BIGINT, CompiledCall.allTotal(conditions));
        this.isAnd = logic.isAnd();
        this.conditions = conditions;
        this.selectors = new RowSelector[conditions.length];
        for (int i = 0; i < selectors.length; i++) {
            selectors[i] = new RowSelector(logic.conditions().get(i));
        }
    }

    @Override
    public Vector evaluate(Batch input) {
        int rows = input.rows();
        out.reset();
        out.ensure(rows);
        if (open.length < rows) {
            open = new int[Math.max(rows, Vector.BATCH_ROWS)];
        }
        long undecided = isAnd ? 1 : 0;
        for (int i = 0; i < rows; i++) {
            open[i] = i;
            out.values[i] = undecided;
        }
        int count = rows;
        for (int i = 0; i < conditions.length && count > 0; i++) {
            if (count == rows || (conditions[i].isTotal() && count > rows >> 3)) {
                count = decide(conditions[i].evaluate(input), count, false);
            } else {
                Batch part = selectors[i].select(input, open, count);
                count = decide(conditions[i].evaluate(part), count, true);
            }
        }
        return out;
    }

    /// Applies a condition's values to the open rows and keeps those still open; `dense` if value i is for open[i].
    private int decide(Vector value, int count, boolean dense) {
        int left = 0;
        for (int i = 0; i < count; i++) {
            int row = open[i];
            int at = dense ? i : row;
            if (value.isNull(at)) {
                out.setNull(row);
                open[left++] = row;
            } else if (Truth.isNonZero(value, at) == isAnd) {
                open[left++] = row;
            } else {
                out.values[row] = isAnd ? 0 : 1;
                out.clearNull(row);
            }
        }
        return left;
    }

    @Override
    int filter(Batch input, int[] selection) {
        if (!isAnd) {
            return super.filter(input, selection);
        }
        int rows = input.rows();
        int count = conditions[0].filter(input, selection);
        for (int i = 1; i < conditions.length && count > 0; i++) {
            if (count == rows) {
                count = conditions[i].filter(input, selection);
            } else if (conditions[i].isTotal() && count > rows >> 3) {
                count = retain(conditions[i].evaluate(input), selection, count);
            } else {
                count = narrow(i, input, selection, count);
            }
        }
        return count;
    }

    private static int retain(Vector value, int[] selection, int count) {
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (Truth.holds(value, selection[i])) {
                selection[left++] = selection[i];
            }
        }
        return left;
    }

    private int narrow(int condition, Batch input, int[] selection, int count) {
        Batch part = selectors[condition].select(input, selection, count);
        if (passed.length < count) {
            passed = new int[Math.max(count, Vector.BATCH_ROWS)];
        }
        int left = conditions[condition].filter(part, passed);
        for (int i = 0; i < left; i++) {
            selection[i] = selection[passed[i]];
        }
        return left;
    }

    @Override
    public void reset() {
        for (CompiledExpr condition : conditions) {
            condition.reset();
        }
    }
}
