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
            case PhysicalPlan.JsonTable p -> new JsonTableOperator(context, p);
            case PhysicalPlan.Values p -> new ValuesOperator(context, p);
            case PhysicalPlan.TableScan p -> new TableScanOperator(context, p);
            case PhysicalPlan.PointGet p -> new PointGetOperator(context, p);
            case PhysicalPlan.SystemScan p -> new SystemScanOperator(context, p);
            case PhysicalPlan.Filter p -> new FilterOperator(context, context.compile(p.input()), p.condition());
            case PhysicalPlan.Project p -> new ProjectOperator(context, context.compile(p.input()), p.expressions());
            case PhysicalPlan.Limit p -> new LimitOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.Sort p -> new SortOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.Aggregate p -> {
                Operator input = context.compile(p.input());
                yield p.inputIsSorted() || p.groups().isEmpty()
                        ? new StreamAggregateOperator(context, input, p)
                        : new HashAggregateOperator(context, input, p);
            }
            case PhysicalPlan.Rollup p -> new RollupOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.Distinct p -> new DistinctOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.HashJoin p ->
                new HashJoinOperator(context, context.compile(p.left()), context.compile(p.right()), p);
            case PhysicalPlan.NestedLoopJoin p -> nestedLoop(p, context);
            case PhysicalPlan.UnionAll p ->
                new UnionAllOperator(
                        context, p.inputs().stream().map(context::compile).toList());
            case PhysicalPlan.SetDifference p ->
                new SetDifferenceOperator(context, context.compile(p.left()), context.compile(p.right()), p);
            case PhysicalPlan.WithCte p ->
                new WithCteOperator(context, context.compile(p.definition()), context.compile(p.body()), p);
            case PhysicalPlan.RecursiveCte p ->
                new RecursiveCteOperator(context, context.compile(p.seed()), context.compile(p.step()), p);
            case PhysicalPlan.CteScan p -> new CteScanOperator(context, p);
            case PhysicalPlan.Window p -> new WindowOperator(context, context.compile(p.input()), p);
            case PhysicalPlan.Insert p -> throw notRows(p);
            case PhysicalPlan.Update p -> throw notRows(p);
            case PhysicalPlan.Delete p -> throw notRows(p);
        };
    }

    private static Operator nestedLoop(PhysicalPlan.NestedLoopJoin plan, ExecContext context) {
        Operator left = context.compile(plan.left());
        Operator lookup = LookupJoinOperator.of(context, left, plan);
        if (lookup != null) {
            return lookup;
        }
        Operator right = context.compile(plan.right());
        return plan.bindings().isEmpty()
                ? new BlockJoinOperator(context, left, right, plan)
                : new NestedLoopJoinOperator(context, left, right, plan);
    }

    private static SqlException notRows(PhysicalPlan plan) {
        return new SqlException(
                ErrorCode.INTERNAL_ERROR,
                "a plan that writes gives no rows: " + plan.getClass().getSimpleName());
    }
}
