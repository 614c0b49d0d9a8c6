package io.qomo.query.eval;

import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.Vector;

/// An expression made ready for one statement: it holds the vectors it writes to.
///
/// Owned by one thread. Made by [Evaluator#compile].
public abstract class CompiledExpr {
    private final SqlType type;
    private final boolean isTotal;

    CompiledExpr(SqlType type, boolean isTotal) {
        this.type = type;
        this.isTotal = isTotal;
    }

    /// The type of the values.
    public final SqlType type() {
        return type;
    }

    /// The values for the rows of a batch: a column of the input itself, a constant vector, or a vector of this
    /// expression, valid until the next call.
    public abstract Vector evaluate(Batch input);

    /// Forgets what was kept between batches (values of parameters and outer columns): called before the expression is
    /// used again with other ones.
    public void reset() {}

    /// True if the expression may as well be computed for rows that do not need it: cheap, no error, no warning.
    final boolean isTotal() {
        return isTotal;
    }

    /// Writes the rows for which the condition holds to `selection`, in order, and returns their number.
    int filter(Batch input, int[] selection) {
        Vector value = evaluate(input);
        return Truth.select(value, input.rows(), selection);
    }
}
