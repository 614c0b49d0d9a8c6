package io.qomo.query.logical;

import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Walking, rewriting and comparing expressions.
///
/// The comparison of a [Subquery] is over positions of its own and is never walked into; its plan is reached by
/// [#rewrite] with a plan rewriter only.
public final class ExprTree {
    private ExprTree() {}

    /// The expression with its direct children replaced; itself if none changed. Plans of subqueries are kept.
    public static Expr mapChildren(Expr e, UnaryOperator<Expr> f) {
        return switch (e) {
            case Constant c -> c;
            case Column c -> c;
            case Parameter p -> p;
            case Correlated c -> c;
            case Call c -> {
                List<Expr> args = mapList(c.arguments(), f);
                yield args == c.arguments()
                        ? c
                        : new Call(c.function(), args, c.type(), c.nullable(), c.coercibility());
            }
            case Logic l -> {
                List<Expr> parts = mapList(l.conditions(), f);
                yield parts == l.conditions() ? l : new Logic(l.isAnd(), parts);
            }
            case Case c -> {
                List<Expr> conditions = mapList(c.conditions(), f);
                List<Expr> results = mapList(c.results(), f);
                Expr otherwise = f.apply(c.otherwise());
                yield conditions == c.conditions() && results == c.results() && otherwise == c.otherwise()
                        ? c
                        : new Case(conditions, results, otherwise, c.type(), c.coercibility());
            }
            case Coalesce c -> {
                List<Expr> args = mapList(c.arguments(), f);
                yield args == c.arguments() ? c : new Coalesce(args, c.type(), c.coercibility());
            }
            case Subquery s -> mapSubquery(s, f);
        };
    }

    private static Expr mapSubquery(Subquery s, UnaryOperator<Expr> f) {
        List<Expr> operands = mapList(s.operands(), f);
        boolean changed = operands != s.operands();
        List<Subquery.Binding> bindings = new ArrayList<>();
        for (Subquery.Binding b : s.bindings()) {
            Expr value = f.apply(b.value());
            changed |= value != b.value();
            bindings.add(new Subquery.Binding(b.slot(), value));
        }
        return changed ? new Subquery(s.kind(), s.plan(), bindings, operands, s.comparison(), s.type()) : s;
    }

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

    /// Rewrites children first, then the node.
    public static Expr rewrite(Expr e, UnaryOperator<Expr> f) {
        return f.apply(mapChildren(e, child -> rewrite(child, f)));
    }

    /// As [#rewrite(Expr, UnaryOperator)], with the plans of subqueries rewritten too.
    public static Expr rewrite(Expr e, UnaryOperator<Expr> f, UnaryOperator<LogicalPlan> planRewriter) {
        return rewrite(e, node -> f.apply(mapPlan(node, planRewriter)));
    }

    /// A subquery with its plan replaced; anything else as it is.
    public static Expr mapPlan(Expr e, UnaryOperator<LogicalPlan> planRewriter) {
        if (e instanceof Subquery s && s.plan() instanceof LogicalSubplan sub) {
            LogicalPlan plan = planRewriter.apply(sub.plan());
            if (plan != sub.plan()) {
                return new Subquery(
                        s.kind(), new LogicalSubplan(plan), s.bindings(), s.operands(), s.comparison(), s.type());
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

    /// Calls `f` on the expression and everything in it, plans excepted.
    public static void visit(Expr e, Consumer<Expr> f) {
        f.accept(e);
        mapChildren(e, child -> {
            visit(child, f);
            return child;
        });
    }

    /// True if the expression or something in it, plans excepted, satisfies `p`.
    public static boolean any(Expr e, Predicate<Expr> p) {
        if (p.test(e)) {
            return true;
        }
        for (Expr child : children(e)) {
            if (any(child, p)) {
                return true;
            }
        }
        return false;
    }

    /// The direct children, in order.
    public static List<Expr> children(Expr e) {
        return switch (e) {
            case Constant c -> List.of();
            case Column c -> List.of();
            case Parameter p -> List.of();
            case Correlated c -> List.of();
            case Call c -> c.arguments();
            case Logic l -> l.conditions();
            case Case c -> {
                List<Expr> all = new ArrayList<>(c.conditions());
                all.addAll(c.results());
                all.add(c.otherwise());
                yield all;
            }
            case Coalesce c -> c.arguments();
            case Subquery s -> {
                List<Expr> all = new ArrayList<>(s.operands());
                s.bindings().forEach(b -> all.add(b.value()));
                yield all;
            }
        };
    }

    /// True if it contains a subquery.
    public static boolean hasSubquery(Expr e) {
        return any(e, x -> x instanceof Subquery);
    }

    /// True if evaluating it once more, less, or elsewhere cannot be told: all functions are deterministic.
    public static boolean isDeterministic(Expr e) {
        return !any(e, x -> x instanceof Call c && !c.function().isDeterministic());
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
            case Case x -> sameList(children(x), children(b));
            case Coalesce x -> sameList(x.arguments(), ((Coalesce) b).arguments());
            case Subquery x -> false;
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
