package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.plan.BoundTable;
import org.jspecify.annotations.Nullable;

/// A view that can be changed: rows of one base table, filtered, its columns renamed.
record UpdatableView(Scan scan) {
    /// Opens a view for a statement that changes rows, or gives null if it cannot be changed.
    static @Nullable FromItem open(Environment environment, TableDef view, String alias, Locking locking, Block block) {
        return null;
    }

    /// Opens a view for INSERT. Error NON_INSERTABLE_TABLE.
    static InsertTarget forInsert(Environment environment, TableDef view) {
        throw new SqlException(ErrorCode.NON_INSERTABLE_TABLE, view.name(), "INSERT");
    }

    /// The base table with the view's WITH CHECK OPTION among its checks.
    BoundTable withChecks(BoundTable table) {
        return table;
    }
}
