package io.qomo.query.explain;

import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which table's columns the positions and slots of a plan stand for.
final class Origins {
    private final Map<Integer, String> slots = new HashMap<>();

    /// `database.alias.column` of a slot, or `func` if it is computed.
    String of(Expr.Correlated slot) {
        return slots.getOrDefault(slot.slot(), "func");
    }

    /// Learns what slots stand for: values over the columns of plans side by side.
    void bind(List<Expr.Subquery.Binding> bindings, List<PhysicalPlan> inputs) {
        for (Expr.Subquery.Binding b : bindings) {
            String name = name(b.value(), inputs);
            if (name != null) {
                slots.put(b.slot(), name);
            }
        }
    }

    private @Nullable String name(Expr value, List<PhysicalPlan> inputs) {
        return switch (value) {
            case Expr.Correlated c -> slots.get(c.slot());
            case Expr.Column c -> {
                int at = c.index();
                for (PhysicalPlan input : inputs) {
                    int width = input.props().columns().size();
                    if (at < width) {
                        yield column(input, at);
                    }
                    at -= width;
                }
                yield null;
            }
            default -> null;
        };
    }

    private @Nullable String column(PhysicalPlan plan, int at) {
        return switch (plan) {
            case PhysicalPlan.TableScan s -> column(s.table(), s.alias(), s.ordinals(), at);
            case PhysicalPlan.PointGet p -> column(p.table(), p.alias(), p.ordinals(), at);
            case PhysicalPlan.SystemScan s -> column(s.table(), s.alias(), s.ordinals(), at);
            case PhysicalPlan.Filter f -> column(f.input(), at);
            case PhysicalPlan.Limit l -> column(l.input(), at);
            case PhysicalPlan.Sort s -> column(s.input(), at);
            case PhysicalPlan.Distinct d -> column(d.input(), at);
            case PhysicalPlan.Project p -> name(p.expressions().get(at), List.of(p.input()));
            case PhysicalPlan.HashJoin j -> name(plan, j.left(), j.right(), at);
            case PhysicalPlan.NestedLoopJoin j -> name(plan, j.left(), j.right(), at);
            default -> null;
        };
    }

    private @Nullable String name(PhysicalPlan join, PhysicalPlan left, PhysicalPlan right, int at) {
        int width = left.props().columns().size();
        if (at < width) {
            return column(left, at);
        }
        return at < join.props().columns().size() ? column(right, at - width) : null;
    }

    private static @Nullable String column(TableDef table, String alias, List<Integer> ordinals, int at) {
        return at < ordinals.size()
                ? table.database() + "." + alias + "."
                        + table.columns().get(ordinals.get(at)).name()
                : null;
    }
}
