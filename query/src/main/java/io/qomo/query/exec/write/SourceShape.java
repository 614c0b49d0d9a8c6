package io.qomo.query.exec.write;

import io.qomo.query.plan.PhysicalPlan;

/// What can be told from the plan of the rows that are to be changed.
final class SourceShape {
    private SourceShape() {}

    /// True if one row of a table may come several times: anything but a scan under filters, projections,
    /// sorts, limits.
    static boolean mayRepeatRows(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan p -> false;
            case PhysicalPlan.PointGet p -> false;
            case PhysicalPlan.Filter p -> mayRepeatRows(p.input());
            case PhysicalPlan.Project p -> mayRepeatRows(p.input());
            case PhysicalPlan.Sort p -> mayRepeatRows(p.input());
            case PhysicalPlan.Limit p -> mayRepeatRows(p.input());
            default -> true;
        };
    }
}
