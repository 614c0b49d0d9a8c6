package io.qomo.query.logical;

import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Comparison;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which columns of a plan's rows fix which others: keys of tables, equalities, grouping.
///
/// Sound, not complete. Columns of enclosing queries count as constants.
public final class FunctionalDependencies {
    private final List<Dependency> dependencies = new ArrayList<>();
    private final BitSet constants;

    private record Dependency(BitSet from, BitSet to) {}

    private FunctionalDependencies(BitSet constants) {
        this.constants = constants;
    }

    /// The dependencies that hold in the rows of a plan.
    public static FunctionalDependencies of(LogicalPlan plan) {
        FunctionalDependencies all = new FunctionalDependencies(ColumnSets.free(plan));
        all.collect(plan);
        return all;
    }

    /// Everything the columns fix, themselves included.
    public BitSet closure(BitSet start) {
        BitSet known = (BitSet) start.clone();
        known.or(constants);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Dependency d : dependencies) {
                if (ColumnSets.isSubset(d.from, known) && !ColumnSets.isSubset(d.to, known)) {
                    known.or(d.to);
                    grew = true;
                }
            }
        }
        return known;
    }

    private void add(BitSet from, BitSet to) {
        dependencies.add(new Dependency(from, to));
    }

    private void collect(LogicalPlan plan) {
        switch (plan) {
            case Scan s -> addKeys(s);
            case Filter f -> {
                collect(f.input());
                addEqualities(f.condition());
            }
            case Project p -> {
                collect(p.input());
                p.items().forEach(this::addComputed);
            }
            case Join j -> addJoin(j);
            case Aggregate a -> {
                if (a.grouping() == null) {
                    collect(a.input());
                    a.groups().forEach(this::addComputed);
                }
                BitSet groups = new BitSet();
                a.groups().forEach(g -> groups.set(g.column().index()));
                if (a.grouping() != null) {
                    groups.set(a.grouping().index());
                }
                add(groups, ColumnSets.output(a));
            }
            case LogicalPlan.Window w -> collect(w.input());
            case LogicalPlan.Distinct d -> collect(d.input());
            case LogicalPlan.Sort s -> collect(s.input());
            case LogicalPlan.Limit l -> collect(l.input());
            case LogicalPlan.WithCte w -> collect(w.body());
            case LogicalPlan.Values v -> {}
            case LogicalPlan.JsonTable t -> {}
            case LogicalPlan.UnionAll u -> {}
            case LogicalPlan.SetDifference s -> {}
            case LogicalPlan.RecursiveCte r -> {}
            case LogicalPlan.CteScan c -> {}
        }
    }

    private void addKeys(Scan s) {
        for (IndexDef index : s.table().table().indexes()) {
            BitSet key = keyColumns(s, index);
            if (key != null) {
                add(key, ColumnSets.output(s));
            }
        }
        if (s.handle() != null) {
            BitSet handle = new BitSet();
            handle.set(s.handle().index());
            add(handle, ColumnSets.output(s));
        }
    }

    /// The output columns of a unique index without NULLs and prefixes whose parts are all read, or null.
    public static @Nullable BitSet keyColumns(Scan s, IndexDef index) {
        TableDef table = s.table().table();
        if (!index.unique()
                || index.state() != IndexDef.State.PUBLIC
                || index.parts().isEmpty()) {
            return null;
        }
        BitSet key = new BitSet();
        for (IndexDef.Part part : index.parts()) {
            int ordinal = table.ordinalOfId(part.columnId());
            ColumnDef column = table.columns().get(ordinal);
            int at = s.ordinals().indexOf(ordinal);
            if (at < 0 || column.nullable() || part.prefixLength() > 0) {
                return null;
            }
            key.set(s.tableColumns().get(at).index());
        }
        return key;
    }

    private void addComputed(Item item) {
        if (ExprWalker.isDeterministic(item.expression()) && !ExprWalker.hasSubquery(item.expression())) {
            BitSet to = new BitSet();
            to.set(item.column().index());
            add(ColumnSets.used(item.expression()), to);
            if (item.expression() instanceof Column c) {
                BitSet from = new BitSet();
                from.set(c.index());
                add(to, from);
            }
        }
    }

    private void addJoin(Join j) {
        collect(j.left());
        if (j.kind() == JoinKind.INNER) {
            collect(j.right());
            if (j.condition() != null) {
                addEqualities(j.condition());
            }
            return;
        }
        if (j.kind() != JoinKind.LEFT) {
            return;
        }
        FunctionalDependencies right = of(j.right());
        for (Dependency d : right.dependencies) {
            // Where no row matched, all right columns are NULL: what is fixed by no column at all is not fixed there.
            if (!d.from.isEmpty()) {
                dependencies.add(d);
            }
        }
        addOuterEqualities(j);
    }

    /// What the left columns of ON fix: they decide whether a row matches, and equalities then give its columns.
    private void addOuterEqualities(Join j) {
        if (j.condition() == null || !ExprWalker.isDeterministic(j.condition())) {
            return;
        }
        BitSet left = ColumnSets.output(j.left());
        BitSet right = ColumnSets.output(j.right());
        BitSet from = ColumnSets.used(j.condition());
        from.and(left);
        for (Expr e : ExprTree.conjuncts(j.condition())) {
            if (!(e instanceof Expr.Call call) || !isEquality(call)) {
                continue;
            }
            for (int side = 0; side < 2; side++) {
                BitSet other = ColumnSets.used(call.arguments().get(1 - side));
                if (call.arguments().get(side) instanceof Column c
                        && right.get(c.index())
                        && !other.intersects(right)) {
                    BitSet to = new BitSet();
                    to.set(c.index());
                    add(from, to);
                }
            }
        }
    }

    private void addEqualities(Expr condition) {
        for (Expr e : ExprTree.conjuncts(condition)) {
            if (!(e instanceof Expr.Call call) || !isEquality(call) || ExprWalker.hasSubquery(call)) {
                continue;
            }
            for (int side = 0; side < 2; side++) {
                if (call.arguments().get(side) instanceof Column c
                        && ExprWalker.isDeterministic(call.arguments().get(1 - side))) {
                    BitSet to = new BitSet();
                    to.set(c.index());
                    add(ColumnSets.used(call.arguments().get(1 - side)), to);
                }
            }
        }
    }

    private static boolean isEquality(Expr.Call call) {
        return call.function() instanceof Comparison c
                && (c.operator() == Comparison.Operator.EQUAL || c.operator() == Comparison.Operator.NULL_SAFE_EQUAL);
    }
}
