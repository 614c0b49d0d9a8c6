package io.qomo.query.eval;

import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Changes expression trees; what does not change stays the same instance.
public final class ExprRewriter {
    private ExprRewriter() {}

    /// Rewrites bottom-up: first the children, then the function is applied to the (perhaps rebuilt) expression.
    public static Expr rewrite(Expr expr, UnaryOperator<Expr> function) {
        return function.apply(mapChildren(expr, child -> rewrite(child, function)));
    }

    /// Rewrites all; the same list if none changed.
    public static List<Expr> rewriteAll(List<Expr> expressions, UnaryOperator<Expr> function) {
        return mapAll(expressions, e -> rewrite(e, function));
    }

    /// Replaces columns by what `mapping` gives for them; a column it returns unchanged stays.
    public static Expr replaceColumns(Expr expr, java.util.function.Function<Expr.Column, Expr> mapping) {
        return rewrite(expr, e -> e instanceof Expr.Column column ? mapping.apply(column) : e);
    }

    /// The expression with the function applied to each direct child, or the same instance if none changed.
    public static Expr mapChildren(Expr expr, UnaryOperator<Expr> function) {
        return switch (expr) {
            case Expr.Constant c -> c;
            case Expr.Column c -> c;
            case Expr.Parameter p -> p;
            case Expr.Correlated c -> c;
            case Expr.Call c -> {
                List<Expr> arguments = mapAll(c.arguments(), function);
                yield arguments == c.arguments()
                        ? c
                        : new Expr.Call(c.function(), arguments, c.type(), c.nullable(), c.coercibility());
            }
            case Expr.Logic l -> {
                List<Expr> conditions = mapAll(l.conditions(), function);
                yield conditions == l.conditions() ? l : new Expr.Logic(l.isAnd(), conditions);
            }
            case Expr.Case c -> {
                List<Expr> conditions = mapAll(c.conditions(), function);
                List<Expr> results = mapAll(c.results(), function);
                Expr otherwise = function.apply(c.otherwise());
                yield conditions == c.conditions() && results == c.results() && otherwise == c.otherwise()
                        ? c
                        : new Expr.Case(conditions, results, otherwise, c.type(), c.coercibility());
            }
            case Expr.Coalesce c -> {
                List<Expr> arguments = mapAll(c.arguments(), function);
                yield arguments == c.arguments() ? c : new Expr.Coalesce(arguments, c.type(), c.coercibility());
            }
            case Expr.Subquery s -> mapSubquery(s, function);
        };
    }

    private static Expr mapSubquery(Expr.Subquery s, UnaryOperator<Expr> function) {
        List<Expr.Subquery.Binding> bindings = new ArrayList<>(s.bindings().size());
        boolean changed = false;
        for (Expr.Subquery.Binding binding : s.bindings()) {
            Expr value = function.apply(binding.value());
            changed |= value != binding.value();
            bindings.add(new Expr.Subquery.Binding(binding.slot(), value));
        }
        List<Expr> operands = mapAll(s.operands(), function);
        return !changed && operands == s.operands()
                ? s
                : new Expr.Subquery(s.kind(), s.plan(), bindings, operands, s.comparison(), s.type(), s.coercibility());
    }

    private static List<Expr> mapAll(List<Expr> list, UnaryOperator<Expr> function) {
        List<Expr> changed = null;
        for (int i = 0; i < list.size(); i++) {
            Expr before = list.get(i);
            Expr after = function.apply(before);
            if (changed == null && after != before) {
                changed = new ArrayList<>(list.subList(0, i));
            }
            if (changed != null) {
                changed.add(after);
            }
        }
        return changed == null ? list : changed;
    }
}
