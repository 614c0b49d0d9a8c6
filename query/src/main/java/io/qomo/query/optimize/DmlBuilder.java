package io.qomo.query.optimize;

import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.Assignment;
import io.qomo.query.plan.PlanParts.OutputColumn;
import io.qomo.query.plan.PlanParts.Props;
import io.qomo.query.plan.PlanParts.UpdateTarget;
import io.qomo.query.plan.PlanParts.ViewCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds the physical plans of statements that write.
final class DmlBuilder {
    private final PhysicalBuilder builder;

    DmlBuilder(PhysicalBuilder builder) {
        this.builder = builder;
    }

    PhysicalPlan build(DmlPlan plan) {
        return switch (plan) {
            case DmlPlan.Insert i -> insert(i);
            case DmlPlan.Update u -> {
                List<Column> wanted = wanted(u.targets(), u.source());
                PhysicalPlan source = builder.build(u.source(), wanted, Map.of());
                yield new PhysicalPlan.Update(props(source), targets(u.targets(), wanted), source, u.ignore());
            }
            case DmlPlan.Delete d -> {
                List<Column> wanted = wanted(d.targets(), d.source());
                PhysicalPlan source = builder.build(d.source(), wanted, Map.of());
                yield new PhysicalPlan.Delete(props(source), targets(d.targets(), wanted), source, d.ignore());
            }
        };
    }

    private static Props props(PhysicalPlan source) {
        return new Props(
                List.of(),
                source.props().rows(),
                source.props().cost() + source.props().rows());
    }

    /// The columns of the source: all it has, so that settings find what they use.
    private static List<Column> wanted(List<DmlPlan.Target> targets, LogicalPlan source) {
        Map<Integer, Column> byId = new LinkedHashMap<>();
        source.columns().forEach(c -> byId.put(c.index(), c));
        for (DmlPlan.Target t : targets) {
            t.columns().forEach(c -> byId.putIfAbsent(c.index(), c));
            byId.putIfAbsent(t.handle().index(), t.handle());
        }
        return List.copyOf(byId.values());
    }

    private List<UpdateTarget> targets(List<DmlPlan.Target> targets, List<Column> layout) {
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            positions.put(layout.get(i).index(), i);
        }
        Lowering lowering = new Lowering(builder, layout, Map.of());
        List<UpdateTarget> out = new ArrayList<>();
        for (DmlPlan.Target t : targets) {
            List<Integer> columns = t.columns().stream()
                    .map(c -> positions.getOrDefault(c.index(), -1))
                    .toList();
            out.add(new UpdateTarget(
                    t.table(),
                    positions.getOrDefault(t.handle().index(), -1),
                    columns,
                    assignments(t.settings(), lowering),
                    checks(t.checks(), lowering)));
        }
        return out;
    }

    private static List<Assignment> assignments(List<DmlPlan.Setting> settings, Lowering lowering) {
        return settings.stream()
                .map(s -> new Assignment(s.ordinal(), lowering.lower(s.value())))
                .toList();
    }

    private static List<ViewCheck> checks(List<DmlPlan.ViewCheck> checks, Lowering lowering) {
        return checks.stream()
                .map(c -> new ViewCheck(c.database(), c.view(), lowering.lower(c.condition())))
                .toList();
    }

    private PhysicalPlan insert(DmlPlan.Insert i) {
        List<Column> layout = i.source().columns();
        PhysicalPlan source = i.source() instanceof Values v ? values(v) : builder.build(i.source(), layout, Map.of());
        List<Column> seen = new ArrayList<>(i.existing());
        seen.addAll(i.incoming());
        seen.addAll(layout.subList(i.existing().size(), layout.size()));
        builder.register(seen);
        Lowering lowering = new Lowering(builder, seen, Map.of());
        return new PhysicalPlan.Insert(
                props(source),
                i.table(),
                source,
                i.onDuplicate(),
                assignments(i.updates(), lowering),
                checks(i.checks(), lowering),
                i.ignore());
    }

    private PhysicalPlan values(Values v) {
        Lowering nothing = new Lowering(builder, List.of(), Map.of());
        List<OutputColumn> columns = v.columns().stream()
                .map(c -> new OutputColumn(c.name(), c.type(), true))
                .toList();
        return new PhysicalPlan.Values(
                new Props(columns, v.rows().size(), v.rows().size() * 0.1),
                v.rows().stream().map(nothing::lowerAll).toList());
    }
}
