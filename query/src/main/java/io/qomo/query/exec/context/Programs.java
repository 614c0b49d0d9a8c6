package io.qomo.query.exec.context;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import java.util.List;

/// Several expressions compiled together. Owned by the statement's thread.
public final class Programs {
    private final CompiledExpr[] compiled;
    private final Vector[] values;
    private final boolean isRowByRow;

    private Programs(CompiledExpr[] compiled, boolean isRowByRow) {
        this.compiled = compiled;
        this.values = new Vector[compiled.length];
        this.isRowByRow = isRowByRow && compiled.length > 1;
    }

    /// Compiles expressions.
    public static Programs of(List<Expr> expressions, ExecContext context) {
        CompiledExpr[] compiled = new CompiledExpr[expressions.size()];
        boolean isRowByRow = false;
        for (int i = 0; i < compiled.length; i++) {
            compiled[i] = Evaluator.compile(expressions.get(i), context);
            isRowByRow |= ExprWalker.assignsVariable(expressions.get(i));
        }
        return new Programs(compiled, isRowByRow);
    }

    /// The number of expressions.
    public int size() {
        return compiled.length;
    }

    /// The values for the rows of a batch, valid until the next call; the array is always the same.
    public Vector[] evaluate(Batch input) {
        if (isRowByRow) {
            return evaluateRows(input);
        }
        for (int i = 0; i < compiled.length; i++) {
            values[i] = compiled[i].evaluate(input);
        }
        return values;
    }

    /// All expressions of a row before those of the next: some set user variables that others read.
    private Vector[] evaluateRows(Batch input) {
        int rows = input.rows();
        Vector[] row = new Vector[input.width()];
        for (int c = 0; c < row.length; c++) {
            row[c] = Vector.of(input.column(c).type(), 1);
        }
        Batch one = new Batch(row, 1);
        for (int i = 0; i < compiled.length; i++) {
            if (values[i] == null) {
                values[i] = Vector.of(compiled[i].type(), rows);
            }
            values[i].reset();
            values[i].ensure(rows);
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < row.length; c++) {
                row[c].reset();
                row[c].copyFrom(input.column(c), r, 0);
            }
            for (int i = 0; i < compiled.length; i++) {
                values[i].copyFrom(compiled[i].evaluate(one), 0, r);
            }
        }
        return values;
    }

    /// The value of one of them.
    public Vector evaluate(int index, Batch input) {
        return compiled[index].evaluate(input);
    }

    /// Forgets what was kept between batches and gives its memory back: when an operator is opened and
    /// closed.
    public void reset() {
        for (CompiledExpr expression : compiled) {
            expression.reset();
        }
    }
}
