package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Comparison;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the algorithm of a join: hashing, or running the right side for each left row (through an index if there is
/// one), and for inner joins which side is read first.
final class JoinPaths {
    private final PathFinder paths;
    private final Cardinality cardinality;

    JoinPaths(PathFinder paths, Cardinality cardinality) {
        this.paths = paths;
        this.cardinality = cardinality;
    }

    /// The equalities of a condition that a hash join can use, and the rest.
    record Keys(
            List<Expr> left,
            List<Expr> right,
            List<Boolean> nullSafe,
            @Nullable Expr residual) {}

    Path find(Join j, Wish wish) {
        Path straight = oriented(j, wish);
        boolean lateral = isLateral(j);
        if (j.kind() != JoinKind.INNER || j.straight() || lateral) {
            return straight;
        }
        Join turned = new Join(JoinKind.INNER, j.right(), j.left(), j.condition(), false);
        Path other = oriented(turned, wish);
        return effective(other, wish) < effective(straight, wish) ? other : straight;
    }

    private static double effective(Path path, Wish wish) {
        double fraction = wish.fraction(path.rows());
        return Orders.serves(path.order(), wish.order())
                ? path.cost() * fraction
                : path.cost() + CostModel.sort(path.rows());
    }

    /// True if the right side uses columns of the left one by itself.
    static boolean isLateral(Join j) {
        return ColumnSets.free(j.right()).intersects(ColumnSets.output(j.left()));
    }

    /// The best path that reads the left side first.
    private Path oriented(Join j, Wish wish) {
        Path nested = nested(j, wish);
        Path hash = isLateral(j) ? null : hash(j);
        if (hash == null || (nested != null && effective(nested, wish) <= effective(hash, wish))) {
            if (nested == null) {
                throw new IllegalStateException("no way to join");
            }
            return nested;
        }
        return hash;
    }

    // -- nested loops

    private @Nullable Path nested(Join j, Wish wish) {
        Path kept = keptInner(j, wish);
        if (j.kind() == JoinKind.ANTI_NULL_AWARE) {
            return kept;
        }
        Path lookup = lookup(j, wish);
        if (lookup == null) {
            return kept;
        }
        return kept == null || effective(lookup, wish) <= effective(kept, wish) ? lookup : kept;
    }

    /// The condition stands on the right side, which runs anew for each left row.
    private @Nullable Path lookup(Join j, Wish wish) {
        boolean lateral = isLateral(j);
        if (j.condition() == null && !lateral) {
            return null;
        }
        LogicalPlan right = j.condition() == null ? j.right() : pushed(j.right(), j.condition());
        if (!lateral && !reachesScan(right)) {
            return null;
        }
        Path left = paths.find(j.left(), leftWish(j, wish));
        Wish one = j.kind() == JoinKind.SEMI || j.kind() == JoinKind.ANTI ? Wish.NONE.rows(1) : Wish.NONE;
        Path inner = paths.find(right, one);
        double rows = outputRows(j, left.rows(), inner.rows());
        double cost = left.cost()
                + left.rows() * (CostModel.RESTART + inner.cost() * one.fraction(inner.rows()))
                + rows * CostModel.OUTPUT;
        return joined(j, new Path.Choice.NestedLoop(null), left, inner, rows, cost);
    }

    private static Wish leftWish(Join j, Wish wish) {
        BitSet left = ColumnSets.output(j.left());
        boolean fromLeft =
                wish.order().stream().allMatch(k -> ColumnSets.isSubset(ColumnSets.used(k.expression()), left));
        return fromLeft ? wish : Wish.NONE;
    }

    /// Puts a condition as near to the tables of a plan as it goes.
    static LogicalPlan pushed(LogicalPlan plan, Expr condition) {
        return switch (plan) {
            case LogicalPlan.Filter f -> new Filter(pushed(f.input(), condition), f.condition());
            case LogicalPlan.Project p
            when isPassing(p, condition) -> new LogicalPlan.Project(pushed(p.input(), condition), p.items());
            default -> new Filter(plan, condition);
        };
    }

    private static boolean isPassing(LogicalPlan.Project p, Expr condition) {
        BitSet used = ColumnSets.used(condition);
        for (LogicalPlan.Item item : p.items()) {
            boolean passes = item.expression() instanceof Column c
                    && c.index() == item.column().index();
            if (!passes && used.get(item.column().index())) {
                return false;
            }
        }
        return true;
    }

    private static boolean reachesScan(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Filter f -> reachesScan(f.input());
            case LogicalPlan.Project p -> reachesScan(p.input());
            case LogicalPlan.Scan s -> true;
            default -> false;
        };
    }

    /// The right side is computed once and kept.
    private @Nullable Path keptInner(Join j, Wish wish) {
        if (isLateral(j) || !ColumnSets.isClosed(j.right()) && j.kind() == JoinKind.ANTI_NULL_AWARE) {
            return null;
        }
        Path left = paths.find(j.left(), leftWish(j, wish));
        Path right = paths.find(j.right(), Wish.NONE);
        double pairs = left.rows() * right.rows();
        double rows = outputRows(j, left.rows(), right.rows() * selectivity(j.condition()));
        double cost = left.cost()
                + right.cost()
                + right.rows() * CostModel.MATERIALIZE
                + pairs * (CostModel.CONDITION + 0.05)
                + rows * CostModel.OUTPUT;
        return joined(j, new Path.Choice.NestedLoop(j.condition()), left, right, rows, cost);
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

    // -- hashing

    private @Nullable Path hash(Join j) {
        if (j.condition() == null) {
            return null;
        }
        Keys keys = keys(j.condition(), ColumnSets.output(j.left()), ColumnSets.output(j.right()));
        if (keys.left.isEmpty()) {
            return null;
        }
        if (j.kind() == JoinKind.ANTI_NULL_AWARE && (keys.left.size() > 1 || keys.residual != null)) {
            return null;
        }
        Path left = paths.find(j.left(), Wish.NONE);
        Path right = paths.find(j.right(), Wish.NONE);
        double rows = outputRows(j, left.rows(), right.rows() * selectivity(j.condition()));
        double cost = left.cost()
                + right.cost()
                + right.rows() * CostModel.HASH_BUILD
                + left.rows() * CostModel.HASH_PROBE
                + rows * CostModel.OUTPUT
                + CostModel.SEEK;
        Path.Choice choice = new Path.Choice.Hash(keys.left, keys.right, keys.nullSafe, keys.residual);
        return joined(j, choice, left, right, rows, cost);
    }

    /// Splits a condition into equalities of a left and a right expression, and the rest.
    static Keys keys(Expr condition, BitSet left, BitSet right) {
        List<Expr> l = new ArrayList<>();
        List<Expr> r = new ArrayList<>();
        List<Boolean> safe = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr e : ExprTree.conjuncts(condition)) {
            if (!(e instanceof Call call) || !isHashable(call)) {
                rest.add(e);
                continue;
            }
            Expr a = call.arguments().get(0);
            Expr b = call.arguments().get(1);
            BitSet usesA = ColumnSets.used(a);
            BitSet usesB = ColumnSets.used(b);
            boolean direct = usesA.intersects(left)
                    && !usesA.intersects(right)
                    && usesB.intersects(right)
                    && !usesB.intersects(left);
            boolean turned = usesA.intersects(right)
                    && !usesA.intersects(left)
                    && usesB.intersects(left)
                    && !usesB.intersects(right);
            if (!direct && !turned) {
                rest.add(e);
                continue;
            }
            l.add(direct ? a : b);
            r.add(direct ? b : a);
            safe.add(((Comparison) call.function()).operator() == Comparison.Operator.NULL_SAFE_EQUAL);
        }
        return new Keys(l, r, safe, ExprTree.and(rest));
    }

    /// True of equalities whose sides have one form, so that equal values hash alike.
    private static boolean isHashable(Call call) {
        if (!(call.function() instanceof Comparison c)
                || !call.arguments().stream().allMatch(ExprWalker::isDeterministic)) {
            return false;
        }
        boolean equality =
                c.operator() == Comparison.Operator.EQUAL || c.operator() == Comparison.Operator.NULL_SAFE_EQUAL;
        boolean domain = switch (c.domain()) {
            case SIGNED, UNSIGNED, DOUBLE, DECIMAL, TEXT -> true;
            case UNSIGNED_SIGNED, SIGNED_UNSIGNED, JSON -> false;
        };
        boolean collated = c.domain() != Comparison.Domain.TEXT
                || call.arguments().stream().allMatch(a -> a.type().collation() == c.collation());
        return equality && domain && collated;
    }
}
