package io.qomo.query.eval;

import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Looks at expression trees.
///
/// The children of a subquery are the values of its bindings, then its operands. Its comparison speaks of other columns
/// and its plan is another tree: neither is visited.
public final class ExprWalker {
    private ExprWalker() {}

    /// The direct children, in order of evaluation.
    public static List<Expr> children(Expr expr) {
        return switch (expr) {
            case Expr.Constant c -> List.of();
            case Expr.Column c -> List.of();
            case Expr.Parameter p -> List.of();
            case Expr.Correlated c -> List.of();
            case Expr.Call call -> call.arguments();
            case Expr.Logic logic -> logic.conditions();
            case Expr.Case c -> {
                List<Expr> all = new ArrayList<>();
                for (int i = 0; i < c.conditions().size(); i++) {
                    all.add(c.conditions().get(i));
                    all.add(c.results().get(i));
                }
                all.add(c.otherwise());
                yield all;
            }
            case Expr.Coalesce c -> c.arguments();
            case Expr.Subquery s -> {
                List<Expr> all = new ArrayList<>();
                s.bindings().forEach(b -> all.add(b.value()));
                all.addAll(s.operands());
                yield all;
            }
        };
    }

    /// Calls the visitor for the expression and all below it, parents first.
    public static void visit(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        for (Expr child : children(expr)) {
            visit(child, visitor);
        }
    }

    /// True if the predicate holds for the expression or one below it.
    public static boolean any(Expr expr, Predicate<Expr> predicate) {
        if (predicate.test(expr)) {
            return true;
        }
        for (Expr child : children(expr)) {
            if (any(child, predicate)) {
                return true;
            }
        }
        return false;
    }

    /// The columns the expression reads.
    public static BitSet columns(Expr expr) {
        BitSet found = new BitSet();
        collectColumns(expr, found);
        return found;
    }

    /// Adds the columns the expression reads.
    public static void collectColumns(Expr expr, BitSet found) {
        visit(expr, e -> {
            if (e instanceof Expr.Column column) {
                found.set(column.index());
            }
        });
    }

    /// True if the expression reads the column.
    public static boolean references(Expr expr, int column) {
        return any(expr, e -> e instanceof Expr.Column c && c.index() == column);
    }

    /// True if equal inputs give equal values within one statement and evaluating has no effect: it may be evaluated
    /// more or less often than written.
    public static boolean isDeterministic(Expr expr) {
        return !any(expr, e -> e instanceof Expr.Call call && !call.function().isDeterministic());
    }

    /// True if the value depends on the columns alone: no parameter, outer value, subquery, or function of the session.
    public static boolean isPure(Expr expr) {
        return !any(expr, e -> switch (e) {
            case Expr.Call call -> !call.function().isPure();
            case Expr.Parameter p -> true;
            case Expr.Correlated c -> true;
            case Expr.Subquery s -> true;
            case Expr.Constant c -> false;
            case Expr.Column c -> false;
            case Expr.Logic l -> false;
            case Expr.Case c -> false;
            case Expr.Coalesce c -> false;
        });
    }

    /// True if the value is the same for every row of one execution (constants, parameters, NOW(), outer values).
    public static boolean isRowIndependent(Expr expr) {
        return !any(
                expr,
                e -> e instanceof Expr.Column
                        || (e instanceof Expr.Call call && !call.function().isDeterministic()));
    }

    /// True if evaluating sets a user variable (`@a := …`): rows must then be computed one after the other, through all
    /// expressions of a list.
    public static boolean assignsVariable(Expr expr) {
        return any(
                expr, e -> e instanceof Expr.Call call && call.function().name().equals(":="));
    }

    /// True if the expression contains a subquery.
    public static boolean hasSubquery(Expr expr) {
        return any(expr, e -> e instanceof Expr.Subquery);
    }

    /// True of a constant NULL, of whatever type.
    public static boolean isNullConstant(Expr expr) {
        return expr instanceof Expr.Constant c && c.value().isNull(0);
    }
}
