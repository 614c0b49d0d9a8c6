package io.qomo.query.logical;

import io.qomo.query.expr.Expr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Expressions without repetition, in the order in which they came: two are one if [ExprTree#same] says so. Looking one
/// up takes as long as reading it, however many there are.
public final class ExprSet {
    private final List<Expr> inOrder = new ArrayList<>();
    private final Map<Integer, List<Expr>> byHash = new HashMap<>();

    /// An empty set.
    public ExprSet() {}

    /// A set of expressions.
    public ExprSet(Collection<Expr> expressions) {
        expressions.forEach(this::add);
    }

    /// Adds an expression; false if it was there.
    public boolean add(Expr expression) {
        List<Expr> alike = byHash.computeIfAbsent(ExprTree.hash(expression), _ -> new ArrayList<>(1));
        for (Expr other : alike) {
            if (ExprTree.same(other, expression)) {
                return false;
            }
        }
        alike.add(expression);
        inOrder.add(expression);
        return true;
    }

    /// True if an expression is there.
    public boolean contains(Expr expression) {
        List<Expr> alike = byHash.get(ExprTree.hash(expression));
        return alike != null && alike.stream().anyMatch(e -> ExprTree.same(e, expression));
    }

    /// The expressions in order.
    public List<Expr> toList() {
        return List.copyOf(inOrder);
    }
}
