package io.qomo.query.logical;

import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr.Column;

/// Gives out ids of columns and of common table expressions for one statement. Owned by the planning thread.
public final class ColumnAllocator {
    private int nextColumn = 1;
    private int nextCte = 1;

    /// A column with an id nobody has.
    public Column newColumn(SqlType type, boolean nullable, String name) {
        return new Column(nextColumn++, type, nullable, name);
    }

    /// An id for a common table expression.
    public int newCteId() {
        return nextCte++;
    }
}
