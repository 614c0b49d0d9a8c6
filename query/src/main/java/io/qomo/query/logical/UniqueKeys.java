package io.qomo.query.logical;

import io.qomo.base.vector.LongVector;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sets of columns no two rows of a plan agree in. Sound, not complete.
public final class UniqueKeys {
    private UniqueKeys() {}

    /// True if no two rows of the plan have the same values in these columns.
    public static boolean isUnique(LogicalPlan plan, BitSet columns) {
        BitSet known = FunctionalDependencies.of(plan).closure(columns);
        return of(plan).stream().anyMatch(key -> ColumnSets.isSubset(key, known));
    }

    /// Keys of the plan; the empty set says that there is one row at most.
    public static List<BitSet> of(LogicalPlan plan) {
        return switch (plan) {
            case Scan s -> ofScan(s);
            case LogicalPlan.Filter f -> ofFilter(f);
            case LogicalPlan.Sort s -> of(s.input());
            case LogicalPlan.Window w -> of(w.input());
            case LogicalPlan.WithCte w -> of(w.body());
            case Limit l -> isOne(l) ? List.of(new BitSet()) : of(l.input());
            case Project p -> ofProject(p);
            case Join j -> ofJoin(j);
            case Aggregate a -> {
                BitSet groups = new BitSet();
                a.groups().forEach(g -> groups.set(g.column().index()));
                if (a.grouping() != null) {
                    groups.set(a.grouping().index());
                }
                yield List.of(groups);
            }
            case Distinct d -> {
                List<BitSet> keys = new ArrayList<>(of(d.input()));
                keys.add(ColumnSets.output(d));
                yield keys;
            }
            case Values v -> v.rows().size() <= 1 ? List.of(new BitSet()) : List.of();
            case LogicalPlan.JsonTable t -> List.of();
            case LogicalPlan.UnionAll u -> List.of();
            case LogicalPlan.SetDifference s -> s.all() ? List.of() : List.of(ColumnSets.output(s));
            case LogicalPlan.RecursiveCte r -> r.distinct() ? List.of(ColumnSets.output(r)) : List.of();
            case LogicalPlan.CteScan c -> List.of();
        };
    }

    /// A condition that fixes all columns of a key leaves one row at most.
    private static List<BitSet> ofFilter(LogicalPlan.Filter f) {
        List<BitSet> keys = of(f.input());
        if (keys.isEmpty()) {
            return keys;
        }
        BitSet fixed = FunctionalDependencies.of(f).closure(new BitSet());
        return keys.stream().anyMatch(k -> ColumnSets.isSubset(k, fixed)) ? List.of(new BitSet()) : keys;
    }

    private static boolean isOne(Limit l) {
        return l.count() instanceof Constant c
                && !c.value().isNull(0)
                && c.value() instanceof LongVector v
                && (v.get(0) == 0 || v.get(0) == 1);
    }

    private static List<BitSet> ofScan(Scan s) {
        List<BitSet> keys = new ArrayList<>();
        for (IndexDef index : s.table().table().indexes()) {
            BitSet key = FunctionalDependencies.keyColumns(s, index);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static List<BitSet> ofProject(Project p) {
        List<BitSet> keys = new ArrayList<>();
        for (BitSet key : of(p.input())) {
            BitSet renamed = new BitSet();
            boolean complete = true;
            for (int id = key.nextSetBit(0); id >= 0; id = key.nextSetBit(id + 1)) {
                Column c = passed(p, id);
                complete &= c != null;
                if (c != null) {
                    renamed.set(c.index());
                }
            }
            if (complete) {
                keys.add(renamed);
            }
        }
        return keys;
    }

    private static @Nullable Column passed(Project p, int id) {
        for (Item item : p.items()) {
            if (item.expression() instanceof Column c && c.index() == id) {
                return item.column();
            }
        }
        return null;
    }

    private static List<BitSet> ofJoin(Join j) {
        List<BitSet> left = of(j.left());
        if (j.kind() != JoinKind.INNER && j.kind() != JoinKind.LEFT) {
            return left;
        }
        if (matchesAtMostOne(j)) {
            return left;
        }
        List<BitSet> keys = new ArrayList<>();
        for (BitSet l : left) {
            for (BitSet r : of(j.right())) {
                BitSet both = (BitSet) l.clone();
                both.or(r);
                keys.add(both);
            }
        }
        return keys;
    }

    /// True if a left row meets one right row at most: the condition fixes a key of the right side.
    public static boolean matchesAtMostOne(Join j) {
        LogicalPlan filtered = j.condition() == null ? j.right() : new LogicalPlan.Filter(j.right(), j.condition());
        return isUnique(filtered, new BitSet());
    }
}
