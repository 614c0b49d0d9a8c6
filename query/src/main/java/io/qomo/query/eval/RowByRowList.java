package io.qomo.query.eval;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.Expr;
import java.util.List;

/// Evaluates expressions of which some set user variables: row by row, and in each row from left to right, so that what
/// one assigns is seen by those right of it and by all in the next row. Expressions that depend on the row alone are
/// evaluated as ever. Source: MySQL 8.0 manual, "User-Defined Variables". Owned by the statement's thread.
public final class RowByRowList {
    private final CompiledExpr[] compiled;
    private final boolean[] isSequential;
    private final RowSelector[] selectors;
    private final Vector[] own;
    private final int[] one = new int[1];

    /// For expressions, each with what it was compiled to.
    public RowByRowList(List<Expr> expressions, CompiledExpr[] compiled) {
        int n = compiled.length;
        this.compiled = compiled;
        this.isSequential = new boolean[n];
        this.selectors = new RowSelector[n];
        this.own = new Vector[n];
        for (int i = 0; i < n; i++) {
            Expr expr = expressions.get(i);
            isSequential[i] = !ExprWalker.isDeterministic(expr);
            selectors[i] = new RowSelector(expr);
            own[i] = Vector.of(expr.type(), 1);
        }
    }

    /// True if there is anything to do row by row.
    public static boolean isNeeded(List<Expr> expressions) {
        if (expressions.size() > 1) {
            for (int i = 0; i < expressions.size(); i++) {
                if (ExprWalker.assignsVariable(expressions.get(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Writes the values for the rows of a batch, valid until the next call.
    public void evaluate(Batch input, Vector[] values) {
        int rows = input.rows();
        for (int i = 0; i < compiled.length; i++) {
            if (isSequential[i]) {
                own[i].reset();
                own[i].ensure(rows);
                values[i] = own[i];
            } else {
                values[i] = compiled[i].evaluate(input);
            }
        }
        for (int r = 0; r < rows; r++) {
            one[0] = r;
            for (int i = 0; i < compiled.length; i++) {
                if (isSequential[i]) {
                    Vector value = compiled[i].evaluate(selectors[i].select(input, one, 1));
                    own[i].copyFrom(value, 0, r);
                }
            }
        }
    }
}
