package io.qomo.query.exec.context;

import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.eval.RowByRowList;
import io.qomo.query.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several expressions compiled together. Owned by the statement's thread.
public final class Programs {
    private final CompiledExpr[] compiled;
    private final Vector[] values;

    private final @Nullable RowByRowList rowByRow;

    private Programs(List<Expr> expressions, CompiledExpr[] compiled) {
        this.compiled = compiled;
        this.rowByRow = RowByRowList.isNeeded(expressions) ? new RowByRowList(expressions, compiled) : null;
        this.values = new Vector[compiled.length];
    }

    /// Compiles expressions.
    public static Programs of(List<Expr> expressions, ExecContext context) {
        CompiledExpr[] compiled = new CompiledExpr[expressions.size()];
        for (int i = 0; i < compiled.length; i++) {
            compiled[i] = Evaluator.compile(expressions.get(i), context);
        }
        return new Programs(expressions, compiled);
    }

    /// The number of expressions.
    public int size() {
        return compiled.length;
    }

    /// The values for the rows of a batch, valid until the next call; the array is always the same.
    public Vector[] evaluate(Batch input) {
        if (rowByRow != null) {
            rowByRow.evaluate(input, values);
            return values;
        }
        for (int i = 0; i < compiled.length; i++) {
            values[i] = compiled[i].evaluate(input);
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
