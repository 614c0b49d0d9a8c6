package io.qomo.query.logical;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import java.util.List;
import java.util.function.UnaryOperator;

/// A statement that writes, around the logical plan of its rows.
public sealed interface DmlPlan {
    /// The rows that are written.
    LogicalPlan source();

    /// This statement over other rows.
    DmlPlan withSource(LogicalPlan source);

    /// This statement with the values it sets mapped.
    DmlPlan mapSettings(UnaryOperator<Expr> f);

    /// SET column = value, over column ids.
    record Setting(int ordinal, Expr value) {}

    /// WITH CHECK OPTION: what a row must be after the statement to be seen through the view.
    ///
    /// @param condition over [Insert#existing], which stand for the row written, or over column ids (UPDATE)
    record ViewCheck(String database, String view, Expr condition) {}

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
            List<ViewCheck> checks,
            boolean ignore)
            implements DmlPlan {
        @Override
        public DmlPlan withSource(LogicalPlan other) {
            return new Insert(table, other, onDuplicate, existing, incoming, updates, checks, ignore);
        }

        @Override
        public DmlPlan mapSettings(UnaryOperator<Expr> f) {
            return new Insert(
                    table, source, onDuplicate, existing, incoming, map(updates, f), mapChecks(checks, f), ignore);
        }
    }

    /// A table that is changed: which columns of the source are its handle and its columns.
    record Target(
            BoundTable table, Column handle, List<Column> columns, List<Setting> settings, List<ViewCheck> checks) {}

    /// UPDATE.
    record Update(List<Target> targets, LogicalPlan source, boolean ignore) implements DmlPlan {
        @Override
        public DmlPlan withSource(LogicalPlan other) {
            return new Update(targets, other, ignore);
        }

        @Override
        public DmlPlan mapSettings(UnaryOperator<Expr> f) {
            return new Update(mapTargets(targets, f), source, ignore);
        }
    }

    /// DELETE.
    record Delete(List<Target> targets, LogicalPlan source, boolean ignore) implements DmlPlan {
        @Override
        public DmlPlan withSource(LogicalPlan other) {
            return new Delete(targets, other, ignore);
        }

        @Override
        public DmlPlan mapSettings(UnaryOperator<Expr> f) {
            return this;
        }
    }

    private static List<Setting> map(List<Setting> settings, UnaryOperator<Expr> f) {
        return settings.stream()
                .map(s -> new Setting(s.ordinal(), f.apply(s.value())))
                .toList();
    }

    private static List<ViewCheck> mapChecks(List<ViewCheck> checks, UnaryOperator<Expr> f) {
        return checks.stream()
                .map(c -> new ViewCheck(c.database(), c.view(), f.apply(c.condition())))
                .toList();
    }

    private static List<Target> mapTargets(List<Target> targets, UnaryOperator<Expr> f) {
        return targets.stream()
                .map(t ->
                        new Target(t.table(), t.handle(), t.columns(), map(t.settings(), f), mapChecks(t.checks(), f)))
                .toList();
    }
}
