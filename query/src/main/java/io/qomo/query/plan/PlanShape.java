package io.qomo.query.plan;

import io.qomo.query.plan.PhysicalPlan.Delete;
import io.qomo.query.plan.PhysicalPlan.Insert;
import io.qomo.query.plan.PhysicalPlan.Update;
import io.qomo.query.plan.PlanParts.KeyRange;
import org.jspecify.annotations.Nullable;

/// What of a plan decides how fast it is, as text: its operators, the indexes they read and how far ranges narrow them.
/// Plans of one statement with and without known values that have the same shape do the same work.
public final class PlanShape {
    private final StringBuilder out = new StringBuilder();

    private PlanShape() {}

    /// The shape, or null for plans with operators that values may change in ways not told here.
    public static @Nullable String of(PlannedQuery query) {
        PlanShape shape = new PlanShape();
        return shape.add(query.root()) ? shape.out.toString() : null;
    }

    private boolean add(PhysicalPlan plan) {
        out.append(plan.getClass().getSimpleName());
        return switch (plan) {
            case PhysicalPlan.Values p -> text(p.rows().size());
            case PhysicalPlan.TableScan p -> scan(p);
            case PhysicalPlan.PointGet p ->
                text(p.table().id())
                        && text(p.index())
                        && text(p.keys().size())
                        && text(p.filter() != null)
                        && text(p.lock() != null);
            case PhysicalPlan.Filter p -> input(p.input());
            case PhysicalPlan.Project p -> input(p.input());
            case PhysicalPlan.Limit p -> text(p.offset() != null) && text(p.count() != null) && input(p.input());
            case PhysicalPlan.Sort p -> text(p.keys().size()) && text(p.limit() != null) && input(p.input());
            case PhysicalPlan.Aggregate p -> text(p.groups().size()) && text(p.inputIsSorted()) && input(p.input());
            case PhysicalPlan.Distinct p -> input(p.input());
            case PhysicalPlan.HashJoin p ->
                text(p.kind()) && text(p.leftKeys().size()) && input(p.left()) && input(p.right());
            case PhysicalPlan.NestedLoopJoin p ->
                text(p.kind()) && text(p.bindings().size()) && input(p.left()) && input(p.right());
            case Insert p -> text(p.table().table().id()) && input(p.source());
            case Update p -> input(p.source());
            case Delete p -> input(p.source());
            case PhysicalPlan.SystemScan _,
                    PhysicalPlan.JsonTable _,
                    PhysicalPlan.Rollup _,
                    PhysicalPlan.UnionAll _,
                    PhysicalPlan.SetDifference _,
                    PhysicalPlan.WithCte _,
                    PhysicalPlan.RecursiveCte _,
                    PhysicalPlan.CteScan _,
                    PhysicalPlan.Window _ -> false;
        };
    }

    private boolean scan(PhysicalPlan.TableScan plan) {
        text(plan.table().id());
        text(plan.index());
        text(plan.lookup());
        text(plan.reverse());
        text(plan.filter() != null);
        text(plan.lock() != null);
        for (KeyRange range : plan.ranges()) {
            text(range.low().size());
            text(range.high().size());
        }
        return true;
    }

    private boolean input(PhysicalPlan plan) {
        out.append('(');
        boolean isTold = add(plan);
        out.append(')');
        return isTold;
    }

    private boolean text(Object value) {
        out.append(' ').append(value);
        return true;
    }
}
