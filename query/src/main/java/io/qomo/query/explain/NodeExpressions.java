package io.qomo.query.explain;

import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The expressions of a node itself.
final class NodeExpressions {
    private final List<Expr> all = new ArrayList<>();

    private NodeExpressions() {}

    static List<Expr> of(PhysicalPlan plan) {
        NodeExpressions e = new NodeExpressions();
        e.collect(plan);
        return e.all;
    }

    private void add(@Nullable Expr e) {
        if (e != null) {
            all.add(e);
        }
    }

    private void addKeys(List<SortKey> keys) {
        keys.forEach(k -> all.add(k.expression()));
    }

    private void collect(PhysicalPlan plan) {
        switch (plan) {
            case PhysicalPlan.Values v -> v.rows().forEach(all::addAll);
            case PhysicalPlan.TableScan s -> {
                s.ranges().forEach(this::addRange);
                add(s.filter());
            }
            case PhysicalPlan.PointGet p -> {
                p.keys().forEach(all::addAll);
                add(p.filter());
            }
            case PhysicalPlan.JsonTable t -> add(t.document());
            case PhysicalPlan.SystemScan s -> add(s.filter());
            case PhysicalPlan.Filter f -> add(f.condition());
            case PhysicalPlan.Project p -> all.addAll(p.expressions());
            case PhysicalPlan.Limit l -> {
                add(l.offset());
                add(l.count());
            }
            case PhysicalPlan.Sort s -> addKeys(s.keys());
            case PhysicalPlan.Aggregate a -> {
                all.addAll(a.groups());
                a.aggregates().forEach(this::addCall);
            }
            case PhysicalPlan.Rollup r -> {
                all.addAll(r.groups());
                r.aggregates().forEach(this::addCall);
            }
            case PhysicalPlan.HashJoin j -> {
                all.addAll(j.leftKeys());
                all.addAll(j.rightKeys());
                add(j.residual());
            }
            case PhysicalPlan.NestedLoopJoin j -> add(j.condition());
            case PhysicalPlan.Window w -> {
                all.addAll(w.partition());
                addKeys(w.order());
                w.calls().forEach(this::addWindow);
            }
            case PhysicalPlan.Insert i -> i.updates().forEach(this::addAssignment);
            case PhysicalPlan.Update u -> u.targets().forEach(this::addTarget);
            case PhysicalPlan.Delete d -> d.targets().forEach(this::addTarget);
            case PhysicalPlan.Distinct d -> {}
            case PhysicalPlan.UnionAll u -> {}
            case PhysicalPlan.SetDifference s -> {}
            case PhysicalPlan.WithCte w -> {}
            case PhysicalPlan.RecursiveCte r -> {}
            case PhysicalPlan.CteScan c -> {}
        }
    }

    private void addRange(KeyRange r) {
        all.addAll(r.low());
        all.addAll(r.high());
    }

    private void addCall(AggregateCall c) {
        all.addAll(c.bound().arguments());
        addKeys(c.order());
    }

    private void addWindow(WindowCall c) {
        all.addAll(c.arguments());
    }

    private void addAssignment(Assignment a) {
        all.add(a.value());
    }

    private void addTarget(UpdateTarget t) {
        t.assignments().forEach(this::addAssignment);
    }
}
