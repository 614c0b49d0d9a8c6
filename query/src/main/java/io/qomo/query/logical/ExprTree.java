package io.qomo.query.logical;

import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Case;
import io.qomo.query.expr.Expr.Coalesce;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.expr.Expr.Correlated;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.expr.Expr.Parameter;
import io.qomo.query.expr.Expr.Subquery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rewriting and comparing expressions of plans; see also [ExprWalker] and [ExprRewriter].
///
/// The comparison of a [Subquery] is over positions of its own and is never walked into; its plan is reached by
/// [#rewrite] with a plan rewriter only.
public final class ExprTree {
    private ExprTree() {}

    /// The list with each element mapped; the same list if none changed.
    public static List<Expr> mapList(List<Expr> list, UnaryOperator<Expr> f) {
        List<Expr> out = null;
        for (int i = 0; i < list.size(); i++) {
            Expr old = list.get(i);
            Expr now = f.apply(old);
            if (now != old && out == null) {
                out = new ArrayList<>(list.subList(0, i));
            }
            if (out != null) {
                out.add(now);
            }
        }
        return out == null ? list : out;
    }

    /// Rewrites children first, then the node; the plans of subqueries too.
    public static Expr rewrite(Expr e, UnaryOperator<Expr> f, UnaryOperator<LogicalPlan> planRewriter) {
        return ExprRewriter.rewrite(e, node -> f.apply(mapPlan(node, planRewriter)));
    }

    /// A subquery with its plan replaced; anything else as it is.
    public static Expr mapPlan(Expr e, UnaryOperator<LogicalPlan> planRewriter) {
        if (e instanceof Subquery s && s.plan() instanceof LogicalSubplan sub) {
            LogicalPlan plan = planRewriter.apply(sub.plan());
            if (plan != sub.plan()) {
                return new Subquery(
                        s.kind(),
                        new LogicalSubplan(plan),
                        s.bindings(),
                        s.operands(),
                        s.comparison(),
                        s.type(),
                        s.coercibility());
            }
        }
        return e;
    }

    /// Puts expressions in the place of columns by id, in subplans too.
    public static Expr substitute(Expr e, Map<Integer, Expr> byId) {
        if (byId.isEmpty()) {
            return e;
        }
        return rewrite(
                e,
                node -> {
                    Expr other = node instanceof Column c ? byId.get(c.index()) : null;
                    return other == null ? node : other;
                },
                plan -> PlanTree.substituteFree(plan, byId));
    }

    /// The conditions of an AND, flattened; the condition itself otherwise; none for null.
    public static List<Expr> conjuncts(@Nullable Expr e) {
        List<Expr> out = new ArrayList<>();
        if (e != null) {
            flatten(e, true, out);
        }
        return out;
    }

    /// The conditions of an OR, flattened; the condition itself otherwise.
    public static List<Expr> disjuncts(Expr e) {
        List<Expr> out = new ArrayList<>();
        flatten(e, false, out);
        return out;
    }

    private static void flatten(Expr e, boolean isAnd, List<Expr> out) {
        if (e instanceof Logic l && l.isAnd() == isAnd) {
            l.conditions().forEach(c -> flatten(c, isAnd, out));
        } else {
            out.add(e);
        }
    }

    /// The AND of conditions, or null for none.
    public static @Nullable Expr and(List<Expr> conditions) {
        return switch (conditions.size()) {
            case 0 -> null;
            case 1 -> conditions.getFirst();
            default -> new Logic(true, conditions);
        };
    }

    /// The OR of at least one condition.
    public static Expr or(List<Expr> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new Logic(false, conditions);
    }

    /// True if two expressions have the same form and types, so that both give the same value if deterministic.
    /// Subqueries are the same only if they are one object.
    public static boolean same(Expr a, Expr b) {
        if (a == b) {
            return true;
        }
        if (a.getClass() != b.getClass() || !a.type().equals(b.type())) {
            return false;
        }
        return switch (a) {
            case Constant x -> sameValue(x.value(), ((Constant) b).value());
            case Column x -> x.index() == ((Column) b).index();
            case Parameter x -> x.index() == ((Parameter) b).index();
            case Correlated x -> x.slot() == ((Correlated) b).slot();
            case Call x -> sameFunction(x, (Call) b) && sameList(x.arguments(), ((Call) b).arguments());
            case Logic x -> x.isAnd() == ((Logic) b).isAnd() && sameList(x.conditions(), ((Logic) b).conditions());
            case Case x -> sameList(ExprWalker.children(x), ExprWalker.children(b));
            case Coalesce x -> sameList(x.arguments(), ((Coalesce) b).arguments());
            case Subquery x -> false;
        };
    }

    /// Odd, and far from a power of two: (a = 1 AND b = 1) must not meet (a = 2 AND b = 2).
    private static final int HASH_FACTOR = 0x9E3779B9;

    /// Equal for expressions that are the [#same].
    static int hash(Expr e) {
        int own = switch (e) {
            case Constant x -> valueHash(x.value());
            case Column x -> x.index();
            case Parameter x -> x.index();
            case Correlated x -> x.slot();
            case Call x -> x.function().getClass().hashCode();
            case Logic x -> Boolean.hashCode(x.isAnd());
            case Case _, Coalesce _ -> 0;
            case Subquery x -> System.identityHashCode(x);
        };
        int hash = 31 * e.getClass().hashCode() + own;
        if (e instanceof Subquery) {
            return hash;
        }
        for (Expr child : ExprWalker.children(e)) {
            hash = (31 * hash + hash(child)) * HASH_FACTOR;
        }
        return hash;
    }

    private static int valueHash(Vector value) {
        if (value.isNull(0)) {
            return 0;
        }
        return switch (value) {
            case LongVector x -> Long.hashCode(x.get(0));
            case DoubleVector x -> Double.hashCode(x.get(0));
            case DecimalVector x -> x.get(0).hashCode();
            case BytesVector x -> Arrays.hashCode(x.get(0));
        };
    }

    private static boolean sameFunction(Call a, Call b) {
        return a.function() == b.function() || a.function().equals(b.function());
    }

    /// [#same] for each pair.
    public static boolean sameList(List<Expr> a, List<Expr> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(Vector a, Vector b) {
        if (a.isNull(0) || b.isNull(0)) {
            return a.isNull(0) && b.isNull(0);
        }
        return switch (a) {
            case LongVector x -> x.get(0) == ((LongVector) b).get(0);
            case DoubleVector x -> Double.compare(x.get(0), ((DoubleVector) b).get(0)) == 0;
            case DecimalVector x -> x.get(0).equals(((DecimalVector) b).get(0));
            case BytesVector x -> Arrays.equals(x.get(0), ((BytesVector) b).get(0));
        };
    }
}
