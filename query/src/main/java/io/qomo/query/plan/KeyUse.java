package io.qomo.query.plan;

import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan.TableScan;
import io.qomo.query.plan.PlanParts.KeyRange;
import java.util.List;

/// Whether the rows a statement changes are found by keys, as sql_safe_updates wants it. Source: MySQL 8.0 manual,
/// "Using Safe-Updates Mode".
public final class KeyUse {
    private KeyUse() {}

    /// True if the rows of a table are read without any index being of use.
    public static boolean readsWithoutKey(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Update p -> readsWithoutKey(p.source());
            case PhysicalPlan.Delete p -> readsWithoutKey(p.source());
            case PhysicalPlan.Filter p -> readsWithoutKey(p.input());
            case PhysicalPlan.Project p -> readsWithoutKey(p.input());
            case PhysicalPlan.Sort p -> readsWithoutKey(p.input());
            case PhysicalPlan.Limit p -> readsWithoutKey(p.input());
            case PhysicalPlan.NestedLoopJoin p -> readsWithoutKey(p.left()) || readsWithoutKey(p.right());
            case PhysicalPlan.HashJoin p -> readsWithoutKey(p);
            case TableScan scan -> isWhole(scan) && scan.estimate().possible().isEmpty();
            default -> false;
        };
    }

    /// True if a statement without LIMIT's help has no WHERE, or one that does not look at its rows.
    public static boolean isUnconditional(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Delete p -> isUnconditional(p.source());
            case PhysicalPlan.Project p -> isUnconditional(p.input());
            case PhysicalPlan.Sort p -> isUnconditional(p.input());
            case PhysicalPlan.Limit p -> isUnconditional(p.input());
            case TableScan scan -> isWhole(scan) && scan.filter() == null;
            case PhysicalPlan.Values values -> values.rows().isEmpty();
            default -> false;
        };
    }

    /// One side must be read by a key; the other may be found by an index on what it is joined by, even if that was
    /// slower than hashing.
    private static boolean readsWithoutKey(PhysicalPlan.HashJoin join) {
        boolean left = readsWithoutKey(join.left());
        boolean right = readsWithoutKey(join.right());
        return left && right
                || left && !isIndexed(join.left(), join.leftKeys())
                || right && !isIndexed(join.right(), join.rightKeys());
    }

    private static boolean isIndexed(PhysicalPlan side, List<Expr> keys) {
        if (!(side instanceof TableScan scan)) {
            return false;
        }
        for (Expr key : keys) {
            if (key instanceof Expr.Column c && c.index() < scan.ordinals().size()) {
                ColumnDef column = scan.table().columns().get(scan.ordinals().get(c.index()));
                for (IndexDef index : scan.table().indexes()) {
                    if (index.parts().getFirst().columnId() == column.id()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isWhole(TableScan scan) {
        return scan.ranges().contains(KeyRange.ALL);
    }
}
