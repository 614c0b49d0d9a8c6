package io.qomo.query.plan;

import io.qomo.query.expr.Subplan;
import java.util.List;

/// A plan with what its result set tells the client; also the form of subqueries inside expressions.
///
/// @param root the plan
/// @param fields one per column of the root: what the client is told; empty for subqueries and writes
/// @param correlatedSlots number of slots the plan's frame needs, those of enclosing queries included
public record PlannedQuery(PhysicalPlan root, List<ResultField> fields, int correlatedSlots) implements Subplan {
    public PlannedQuery {
        fields = List.copyOf(fields);
    }

    /// Where a result column comes from, for column definition packets; empty strings where there is no base.
    ///
    /// @param name alias
    /// @param schema of the base table
    /// @param tableAlias as in FROM
    /// @param table base table
    /// @param column base column
    /// @param flags NOT_NULL, PRIMARY_KEY, … as MySQL's column flags
    public record ResultField(String name, String schema, String tableAlias, String table, String column, int flags) {}
}
