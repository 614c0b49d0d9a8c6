package io.qomo.query.exec.operator;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.Operator;
import io.qomo.query.exec.context.PlanCompiler;
import io.qomo.query.plan.PhysicalPlan;

/// Turns plan nodes into operators: the one switch.
public final class Operators implements PlanCompiler {
    @Override
    public Operator compile(PhysicalPlan plan, ExecContext context) {
        return switch (plan) {
            case PhysicalPlan.Values p -> new ValuesOperator(context, p);
            case PhysicalPlan.TableScan p -> new TableScanOperator(context, p);
            case PhysicalPlan.PointGet p -> new PointGetOperator(context, p);
            case PhysicalPlan.SystemScan p -> new SystemScanOperator(context, p);
            case PhysicalPlan.Filter p -> new FilterOperator(context, context.compile(p.input()), p.condition());
            case PhysicalPlan.Project p -> new ProjectOperator(context, context.compile(p.input()), p.expressions());
            case PhysicalPlan.Limit p -> new LimitOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.Sort p -> new SortOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.Aggregate p -> throw later(p);
            case PhysicalPlan.Rollup p -> throw later(p);
            case PhysicalPlan.Distinct p -> throw later(p);
            case PhysicalPlan.HashJoin p -> throw later(p);
            case PhysicalPlan.NestedLoopJoin p -> throw later(p);
            case PhysicalPlan.UnionAll p -> throw later(p);
            case PhysicalPlan.SetDifference p -> throw later(p);
            case PhysicalPlan.WithCte p -> throw later(p);
            case PhysicalPlan.RecursiveCte p -> throw later(p);
            case PhysicalPlan.CteScan p -> throw later(p);
            case PhysicalPlan.Window p -> throw later(p);
            case PhysicalPlan.Insert p -> throw notRows(p);
            case PhysicalPlan.Update p -> throw notRows(p);
            case PhysicalPlan.Delete p -> throw notRows(p);
        };
    }

    private static SqlException later(PhysicalPlan plan) {
        return new SqlException(ErrorCode.NOT_SUPPORTED_YET, plan.getClass().getSimpleName());
    }

    private static SqlException notRows(PhysicalPlan plan) {
        return new SqlException(
                ErrorCode.INTERNAL_ERROR,
                "a plan that writes gives no rows: " + plan.getClass().getSimpleName());
    }
}
