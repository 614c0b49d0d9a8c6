package io.qomo.query.analyze;

import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.LogicalPlan;
import java.util.List;

/// The plan of a query and its result columns, which are those of the plan in order.
record AnalyzedQuery(LogicalPlan plan, List<OutputField> fields) {
    AnalyzedQuery {
        fields = List.copyOf(fields);
    }

    List<Column> columns() {
        return fields.stream().map(OutputField::column).toList();
    }

    AnalyzedQuery withPlan(LogicalPlan other) {
        return other == plan ? this : new AnalyzedQuery(other, fields);
    }
}
