package io.qomo.query.optimize;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.InList;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprSet;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.JoinKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries conditions over equal columns: from `a = b AND a = 5` it follows that `b = 5`. Only columns of exactly one
/// type are put in each other's place, so that every comparison means the same for both.
///
/// Left joins pass what is known of the left side on to the right one.
final class InferEqualities implements Rule {
    @Override
    public String name() {
        return "infer-equalities";
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan, RuleContext context) {
        return infer(plan, List.of());
    }

    /// @param known conditions that hold for all rows that are kept above, over columns of this plan or others
    private LogicalPlan infer(LogicalPlan plan, List<Expr> known) {
        LogicalPlan node =
                PlanTree.mapExpressions(plan, e -> ExprTree.rewrite(e, x -> x, sub -> infer(sub, List.of())));
        return switch (node) {
            case Filter f -> filter(f);
            case Join j -> region(j, new ArrayList<>(), known);
            default -> PlanTree.mapInputs(node, i -> infer(i, List.of()));
        };
    }

    private LogicalPlan filter(Filter f) {
        List<Expr> conditions = new ArrayList<>(ExprTree.conjuncts(f.condition()));
        if (f.input() instanceof Join j) {
            return region(j, conditions, List.of());
        }
        LogicalPlan input = infer(f.input(), List.of());
        return rebuilt(f, input, closed(conditions, conditions));
    }

    private static LogicalPlan rebuilt(Filter f, LogicalPlan input, List<Expr> conditions) {
        Expr condition = ExprTree.and(conditions);
        if (condition == null) {
            return input;
        }
        boolean same = ExprTree.sameList(conditions, ExprTree.conjuncts(f.condition()));
        return same && input == f.input() ? f : new Filter(input, same ? f.condition() : condition);
    }

    /// Joins and the conditions above them: those of inner joins are one set.
    private LogicalPlan region(Join j, List<Expr> above, List<Expr> known) {
        List<Expr> conditions = new ArrayList<>(above);
        conditions.addAll(known);
        gather(j, conditions);
        List<Expr> all = closed(conditions, conditions);
        ExprSet present = new ExprSet(conditions);
        List<Expr> fresh = all.stream()
                .filter(e -> !present.contains(e))
                .filter(e -> !ColumnSets.used(e).isEmpty())
                .toList();
        LogicalPlan joined = descend(j, all);
        List<Expr> kept = new ArrayList<>();
        for (Expr e : above) {
            kept.add(e);
        }
        BitSet output = ColumnSets.output(j);
        for (Expr e : fresh) {
            if (ColumnSets.used(e).intersects(output)) {
                kept.add(e);
            }
        }
        Expr condition = ExprTree.and(kept);
        return condition == null ? joined : new Filter(joined, condition);
    }

    private static void gather(LogicalPlan plan, List<Expr> out) {
        if (plan instanceof Join j && j.kind() == JoinKind.INNER) {
            out.addAll(ExprTree.conjuncts(j.condition()));
            gather(j.left(), out);
            gather(j.right(), out);
        } else if (plan instanceof Join j && (j.kind() == JoinKind.LEFT || j.kind() == JoinKind.SEMI)) {
            gather(j.left(), out);
        } else if (plan instanceof Filter f) {
            out.addAll(ExprTree.conjuncts(f.condition()));
            gather(f.input(), out);
        }
    }

    /// Rewrites below the region: what is known of the left side of a left join goes into its condition.
    private LogicalPlan descend(LogicalPlan plan, List<Expr> known) {
        if (plan instanceof Filter f) {
            return PlanTree.mapInputs(f, i -> descend(i, known));
        }
        if (!(plan instanceof Join j)) {
            return infer(plan, List.of());
        }
        LogicalPlan left = descend(j.left(), known);
        LogicalPlan right = j.kind() == JoinKind.INNER ? descend(j.right(), known) : infer(j.right(), List.of());
        boolean carries = (j.kind() == JoinKind.LEFT || j.kind() == JoinKind.SEMI || j.kind() == JoinKind.ANTI)
                && j.condition() != null;
        if (!carries || j.condition() == null) {
            return j.withInputs(List.of(left, right));
        }
        List<Expr> on = ExprTree.conjuncts(j.condition());
        List<Expr> together = new ArrayList<>(on);
        together.addAll(known);
        BitSet rightColumns = ColumnSets.output(j.right());
        List<Expr> more = new ArrayList<>(on);
        List<Expr> closed = closed(together, on);
        for (Expr e : closed) {
            boolean isNew = together.stream().noneMatch(c -> ExprTree.same(c, e));
            BitSet used = ColumnSets.used(e);
            if (isNew && !used.isEmpty() && ColumnSets.isSubset(used, rightColumns)) {
                more.add(e);
            }
        }
        List<Expr> carried = List.copyOf(more);
        boolean replaced = more.removeIf(e -> isBoundOnBothSides(e, rightColumns, known, carried));
        Expr condition = more.size() == on.size() && !replaced ? j.condition() : ExprTree.and(more);
        return left == j.left() && right == j.right() && condition == j.condition()
                ? j
                : new Join(j.kind(), left, right, condition, j.straight());
    }

    /// True of an equality of two columns that both have a known value: the same one, since it was carried over. A
    /// value
    /// of the left side must be known from above: what ON says of the left side holds of matches only.
    private static boolean isBoundOnBothSides(Expr e, BitSet rightColumns, List<Expr> ofLeft, List<Expr> ofRight) {
        return isColumnEquality(e)
                && ExprWalker.children(e).stream()
                        .allMatch(c ->
                                isBound(c, ColumnSets.isSubset(ColumnSets.used(c), rightColumns) ? ofRight : ofLeft));
    }

    private static boolean isBound(Expr column, List<Expr> conditions) {
        return conditions.stream()
                .anyMatch(c -> Comparison.of(c) instanceof Comparison x
                        && x.operator() == Comparison.Operator.EQUAL
                        && boundColumn(c) instanceof Column b
                        && ExprTree.same(b, column));
    }

    private static boolean isColumnEquality(Expr e) {
        return e instanceof Call call
                && call.function() instanceof Comparison c
                && c.operator() == Comparison.Operator.EQUAL
                && call.arguments().get(0) instanceof Column a
                && call.arguments().get(1) instanceof Column b
                && a.type().equals(b.type())
                && a.index() != b.index();
    }

    /// The conditions with what follows from them for equal columns.
    ///
    /// @param equalities where equal columns are looked for
    private static List<Expr> closed(List<Expr> conditions, List<Expr> equalities) {
        Map<Integer, List<Column>> classes = classes(equalities.isEmpty() ? conditions : equalities);
        if (classes.isEmpty()) {
            return conditions;
        }
        List<Expr> out = new ArrayList<>(conditions);
        ExprSet present = new ExprSet(conditions);
        for (Expr e : conditions) {
            Column c = boundColumn(e);
            List<Column> equal = c == null ? null : classes.get(c.index());
            if (c == null || equal == null) {
                continue;
            }
            for (Column other : equal) {
                if (other.index() != c.index()) {
                    Expr moved = ExprTree.substitute(e, Map.of(c.index(), other));
                    if (present.add(moved)) {
                        out.add(moved);
                    }
                }
            }
        }
        return out;
    }

    /// The classes of columns that are equal, by member; no singletons.
    private static Map<Integer, List<Column>> classes(List<Expr> conditions) {
        Map<Integer, List<Column>> classes = new LinkedHashMap<>();
        for (Expr e : conditions) {
            if (!isColumnEquality(e)
                    || !(ExprWalker.children(e).get(0) instanceof Column a)
                    || !(ExprWalker.children(e).get(1) instanceof Column b)) {
                continue;
            }
            List<Column> merged = new ArrayList<>(classes.getOrDefault(a.index(), List.of(a)));
            for (Column x : classes.getOrDefault(b.index(), List.of(b))) {
                if (merged.stream().noneMatch(m -> m.index() == x.index())) {
                    merged.add(x);
                }
            }
            merged.forEach(m -> classes.put(m.index(), merged));
        }
        return classes;
    }

    /// The one column of a comparison or list whose other side is known before rows are read, or null.
    private static @Nullable Column boundColumn(Expr e) {
        if (!(e instanceof Call call) || !ExprWalker.isDeterministic(e) || ExprWalker.hasSubquery(e)) {
            return null;
        }
        if (call.function() instanceof InList in && !in.negated()) {
            return call.arguments().getFirst() instanceof Column c ? c : null;
        }
        if (!(call.function() instanceof Comparison)) {
            return null;
        }
        Expr a = call.arguments().get(0);
        Expr b = call.arguments().get(1);
        if (a instanceof Column c && ColumnSets.used(b).isEmpty()) {
            return c;
        }
        return b instanceof Column c && ColumnSets.used(a).isEmpty() ? c : null;
    }
}
