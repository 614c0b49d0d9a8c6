package io.qomo.query.logical;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import java.util.List;

/// A statement that writes, around the logical plan of its rows.
public sealed interface DmlPlan {
    /// The rows that are written.
    LogicalPlan source();

    /// This statement over other rows.
    DmlPlan withSource(LogicalPlan source);

    /// SET column = value, over column ids.
    record Setting(int ordinal, Expr value) {}

    /// INSERT and REPLACE.
    ///
    /// @param source its first columns are those of the table by ordinal; [#updates] may use the others
    /// @param existing ids that stand for the existing row in `updates`, by ordinal
    /// @param incoming ids that stand for the new row, by ordinal
    record Insert(
            BoundTable table,
            LogicalPlan source,
            DuplicateAction onDuplicate,
            List<Column> existing,
            List<Column> incoming,
            List<Setting> updates,
            boolean ignore)
            implements DmlPlan {
        @Override
        public DmlPlan withSource(LogicalPlan other) {
            return new Insert(table, other, onDuplicate, existing, incoming, updates, ignore);
        }
    }

    /// A table that is changed: which columns of the source are its handle and its columns.
    record Target(BoundTable table, Column handle, List<Column> columns, List<Setting> settings) {}

    /// UPDATE.
    record Update(List<Target> targets, LogicalPlan source, boolean ignore) implements DmlPlan {
        @Override
        public DmlPlan withSource(LogicalPlan other) {
            return new Update(targets, other, ignore);
        }
    }

    /// DELETE.
    record Delete(List<Target> targets, LogicalPlan source, boolean ignore) implements DmlPlan {
        @Override
        public DmlPlan withSource(LogicalPlan other) {
            return new Delete(targets, other, ignore);
        }
    }
}
