package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Comparison;
import io.qomo.query.logical.ColumnAllocator;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the algorithm of a join: hashing, or running the right side for each left row, through an index if there is
/// one. Which inner joins come first is [JoinOrder]'s part.
final class JoinPaths {
    private final PathFinder paths;
    private final Cardinality cardinality;
    private final ColumnAllocator ids;

    JoinPaths(PathFinder paths, Cardinality cardinality, ColumnAllocator ids) {
        this.paths = paths;
        this.cardinality = cardinality;
        this.ids = ids;
    }

    /// Semijoins tried as inner joins in one statement: each looks at the plan of its left side once more, which for
    /// many semijoins one over the other doubles with each.
    private static final int MAX_DRIVEN = 100;

    private int driven;

    /// The equalities of a condition that a hash join can use, and the rest.
    record Keys(
            List<Expr> left,
            List<Expr> right,
            List<Boolean> nullSafe,
            @Nullable Expr residual) {}

    Path find(Join j, Wish wish) {
        if (j.kind() == JoinKind.INNER && !j.straight()) {
            return new JoinOrder(paths, this, cardinality).find(j, wish);
        }
        Path left = paths.find(j.left(), leftWish(j, wish));
        Path best = oriented(j, left, null, wish);
        if (j.kind() == JoinKind.SEMI) {
            Path driven = driven(j, wish);
            if (driven != null && cheaper(driven, best, wish)) {
                return driven;
            }
        }
        return best;
    }

    /// True if the first path serves the wish at less cost.
    static boolean cheaper(Path a, Path b, Wish wish) {
        return effective(a, wish) < effective(b, wish);
    }

    /// The cost of what the wish takes, sorting included if the path has another order.
    static double effective(Path path, Wish wish) {
        return Orders.serves(path.order(), wish.order())
                ? path.cost() * wish.fraction(path.rows())
                : path.cost() + CostModel.sort(path.rows());
    }

    /// True if the right side uses columns of the left one by itself.
    static boolean isLateral(Join j) {
        return ColumnSets.free(j.right()).intersects(ColumnSets.output(j.left()));
    }

    /// What to wish for of the left side: its order is kept by nested loops.
    static Wish leftWish(Join j, Wish wish) {
        BitSet left = ColumnSets.output(j.left());
        boolean fromLeft =
                wish.order().stream().allMatch(k -> ColumnSets.isSubset(ColumnSets.used(k.expression()), left));
        return fromLeft ? wish : Wish.NONE;
    }

    /// The best path that reads a given left path first.
    ///
    /// @param rows of the output if they are known better, else null
    Path oriented(Join j, Path left, @Nullable Double rows, Wish wish) {
        boolean lateral = isLateral(j);
        Path best = null;
        if (j.kind() != JoinKind.ANTI_NULL_AWARE) {
            best = lookup(j, left, rows, lateral);
        }
        if (!lateral) {
            Path right = paths.find(j.right(), Wish.NONE);
            Path kept = kept(j, left, right, rows);
            best = best == null || cheaper(kept, best, wish) ? kept : best;
            Path hash = hash(j, left, right, rows);
            best = hash != null && cheaper(hash, best, wish) ? hash : best;
        }
        if (best == null) {
            throw new IllegalStateException("no way to join");
        }
        return best;
    }

    // -- nested loops

    /// The condition stands on the right side, which runs anew for each left row.
    @Nullable Path lookup(Join j, Path left, @Nullable Double rows, boolean lateral) {
        if (j.condition() == null && !lateral) {
            return null;
        }
        LogicalPlan right = j.condition() == null ? j.right() : Sideways.pushed(j.right(), j.condition());
        if (!lateral && !Sideways.reachesScan(right)) {
            return null;
        }
        Wish one = j.kind() == JoinKind.SEMI || j.kind() == JoinKind.ANTI ? Wish.NONE.rows(1) : Wish.NONE;
        Path inner = paths.find(right, one);
        double out = rows == null ? outputRows(j, left.rows(), inner.rows()) : rows;
        double cost = left.cost()
                + left.rows() * (CostModel.RESTART + inner.cost() * one.fraction(inner.rows()))
                + out * CostModel.OUTPUT;
        return joined(j, new Path.Choice.NestedLoop(null), left, inner, out, cost);
    }

    /// The right side is computed once and kept.
    private Path kept(Join j, Path left, Path right, @Nullable Double rows) {
        double pairs = left.rows() * right.rows();
        double out = rows == null ? outputRows(j, left.rows(), right.rows() * selectivity(j.condition())) : rows;
        double cost = left.cost()
                + right.cost()
                + right.rows() * CostModel.MATERIALIZE
                + pairs * (CostModel.CONDITION + 0.05)
                + out * CostModel.OUTPUT;
        return joined(j, new Path.Choice.NestedLoop(j.condition()), left, right, out, cost);
    }

    private double selectivity(@Nullable Expr condition) {
        return condition == null ? 1 : cardinality.selectivity(condition);
    }

    private static double outputRows(Join j, double left, double matchesPerRow) {
        return switch (j.kind()) {
            case INNER -> Math.max(left * matchesPerRow, 0.001);
            case LEFT -> Math.max(left * matchesPerRow, left);
            case SEMI -> left * Math.min(1, Math.max(0.1, matchesPerRow));
            case ANTI, ANTI_NULL_AWARE -> left * Math.max(0.1, 1 - Math.min(1, matchesPerRow));
        };
    }

    private static Path joined(Join j, Path.Choice choice, Path left, Path right, double rows, double cost) {
        List<Column> columns = new ArrayList<>(left.columns());
        if (j.kind() == JoinKind.INNER || j.kind() == JoinKind.LEFT) {
            for (Column c : right.columns()) {
                columns.add(j.kind() == JoinKind.LEFT ? LogicalPlan.nullableForm(c) : c);
            }
        }
        boolean keepsOrder = choice instanceof Path.Choice.NestedLoop;
        return new Path(j, choice, List.of(left, right), columns, rows, cost, keepsOrder ? left.order() : List.of());
    }

    /// A semijoin as an inner join that starts from the different values of the right side: few values, and an index
    /// on the left side to find their rows.
    private @Nullable Path driven(Join j, Wish wish) {
        if (j.condition() == null || isLateral(j) || !ColumnSets.isClosed(j.right()) || driven >= MAX_DRIVEN) {
            return null;
        }
        driven++;
        Keys keys = keys(j.condition(), ColumnSets.output(j.left()), ColumnSets.output(j.right()));
        if (keys.left.isEmpty() || keys.residual != null || keys.nullSafe.contains(true)) {
            return null;
        }
        List<Item> items = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> all = ExprTree.conjuncts(j.condition());
        for (int i = 0; i < keys.right.size(); i++) {
            Expr key = keys.right.get(i);
            Column column = ids.newColumn(key.type(), key.nullable(), "key");
            items.add(new Item(column, key));
            conditions.add(Sideways.replaced(all.get(i), key, column));
        }
        LogicalPlan values = new Distinct(new Project(j.right(), items));
        Join inner = new Join(JoinKind.INNER, values, j.left(), ExprTree.and(conditions), true);
        Path left = paths.find(values, Wish.NONE);
        return lookup(inner, left, null, false);
    }

    // -- hashing

    @Nullable Path hash(Join j, Path left, Path right, @Nullable Double rows) {
        if (j.condition() == null) {
            return null;
        }
        Keys keys = keys(j.condition(), ColumnSets.of(left.columns()), ColumnSets.of(right.columns()));
        if (keys.left.isEmpty()) {
            return null;
        }
        if (j.kind() == JoinKind.ANTI_NULL_AWARE && (keys.left.size() > 1 || keys.residual != null)) {
            return null;
        }
        double out = rows == null ? outputRows(j, left.rows(), right.rows() * selectivity(j.condition())) : rows;
        double cost = left.cost()
                + right.cost()
                + right.rows() * CostModel.HASH_BUILD
                + left.rows() * CostModel.HASH_PROBE
                + out * CostModel.OUTPUT
                + CostModel.SEEK;
        Path.Choice choice = new Path.Choice.Hash(keys.left, keys.right, keys.nullSafe, keys.residual);
        return joined(j, choice, left, right, out, cost);
    }

    /// Splits a condition into equalities of a left and a right expression, and the rest.
    static Keys keys(Expr condition, BitSet left, BitSet right) {
        List<Expr> l = new ArrayList<>();
        List<Expr> r = new ArrayList<>();
        List<Boolean> safe = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr e : ExprTree.conjuncts(condition)) {
            if (!(e instanceof Call call)
                    || !(call.function() instanceof Comparison c)
                    || !Sideways.isHashable(call, c)) {
                rest.add(e);
                continue;
            }
            Expr a = call.arguments().get(0);
            Expr b = call.arguments().get(1);
            BitSet usesA = ColumnSets.used(a);
            BitSet usesB = ColumnSets.used(b);
            boolean direct = isOf(usesA, left, right) && isOf(usesB, right, left);
            boolean turned = isOf(usesA, right, left) && isOf(usesB, left, right);
            if (!direct && !turned) {
                rest.add(e);
                continue;
            }
            l.add(direct ? a : b);
            r.add(direct ? b : a);
            safe.add(c.operator() == Comparison.Operator.NULL_SAFE_EQUAL);
        }
        return new Keys(l, r, safe, ExprTree.and(rest));
    }

    private static boolean isOf(BitSet used, BitSet side, BitSet other) {
        return used.intersects(side) && !used.intersects(other);
    }
}
