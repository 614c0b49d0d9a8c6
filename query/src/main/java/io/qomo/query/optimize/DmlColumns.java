package io.qomo.query.optimize;

import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.PlanTree;
import java.util.BitSet;
import java.util.List;

/// What UPDATE and DELETE need of the rows of their source.
final class DmlColumns {
    private DmlColumns() {}

    /// The statement with a source that gives the columns in use and no others.
    static DmlPlan narrow(DmlPlan plan) {
        return switch (plan) {
            case DmlPlan.Insert i -> i;
            case DmlPlan.Update u -> u.withSource(narrowed(u.source(), u.targets()));
            case DmlPlan.Delete d -> d.withSource(narrowed(d.source(), d.targets()));
        };
    }

    private static LogicalPlan narrowed(LogicalPlan source, List<DmlPlan.Target> targets) {
        BitSet used = new BitSet();
        for (DmlPlan.Target t : targets) {
            t.columns().forEach(c -> used.set(c.index()));
            used.set(t.handle().index());
            t.settings().forEach(s -> ColumnSets.addUsed(s.value(), used));
            t.checks().forEach(c -> ColumnSets.addUsed(c.condition(), used));
        }
        List<Column> kept =
                source.columns().stream().filter(c -> used.get(c.index())).toList();
        return kept.size() == source.columns().size() ? source : new Project(source, PlanTree.identity(kept));
    }
}
