package io.qomo.query.analyze;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.plan.PlannedQuery.ResultField;

/// A column of a query's result.
///
/// @param name as the client is told
/// @param column in the plan
/// @param origin where it comes from
/// @param value what was selected: its collation may be held more weakly than a column's
record OutputField(String name, Column column, Origin origin, Expr value) {
    OutputField(String name, Column column, Origin origin) {
        this(name, column, origin, column);
    }

    /// The metadata the client gets.
    ResultField resultField() {
        return new ResultField(
                name,
                origin.schema(),
                origin.tableAlias(),
                origin.table(),
                origin.column(),
                origin.flags(column.type(), column.nullable()));
    }
}
