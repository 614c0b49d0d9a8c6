package io.qomo.query.optimize;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Orders of rows: whether one serves another, and how they pass through projections.
final class Orders {
    private Orders() {}

    /// True if rows in the order `has` are in the order `wants`.
    static boolean serves(List<SortKey> has, List<SortKey> wants) {
        if (has.size() < wants.size()) {
            return false;
        }
        for (int i = 0; i < wants.size(); i++) {
            SortKey h = has.get(i);
            SortKey w = wants.get(i);
            if (h.descending() != w.descending() || !ExprTree.same(h.expression(), w.expression())) {
                return false;
            }
        }
        return true;
    }

    /// True if rows with equal values of all expressions are adjacent in the order.
    static boolean groups(List<SortKey> has, List<Expr> expressions) {
        if (has.size() < expressions.size()) {
            return false;
        }
        for (int i = 0; i < expressions.size(); i++) {
            Expr key = has.get(i).expression();
            if (expressions.stream().noneMatch(e -> ExprTree.same(e, key))) {
                return false;
            }
        }
        return true;
    }

    /// The order above a projection as the order below it that gives it; as many keys as can be said there.
    static List<SortKey> below(List<SortKey> above, List<Item> items) {
        List<SortKey> out = new ArrayList<>();
        for (SortKey key : above) {
            Item item = key.expression() instanceof Column c ? itemOf(c, items) : null;
            if (item == null) {
                return List.of();
            }
            out.add(new SortKey(item.expression(), key.descending()));
        }
        return out;
    }

    private static @Nullable Item itemOf(Column c, List<Item> items) {
        for (Item item : items) {
            if (item.column().index() == c.index()) {
                return item;
            }
        }
        return null;
    }

    /// The order that a single row of `columns` has: any, but only as far as it speaks of these columns. What is joined
    /// to the row has other columns and many rows.
    static List<SortKey> ofSingleRow(List<SortKey> wanted, BitSet columns) {
        List<SortKey> out = new ArrayList<>();
        for (SortKey key : wanted) {
            if (!ColumnSets.isSubset(ColumnSets.used(key.expression()), columns)) {
                break;
            }
            out.add(key);
        }
        return out;
    }

    /// What is left of an order above a projection.
    static List<SortKey> above(List<SortKey> below, List<Item> items) {
        List<SortKey> out = new ArrayList<>();
        for (SortKey key : below) {
            Column found = null;
            for (Item item : items) {
                if (ExprTree.same(item.expression(), key.expression())) {
                    found = item.column();
                }
            }
            if (found == null) {
                break;
            }
            out.add(new SortKey(found, key.descending()));
        }
        return out;
    }

    /// The order of the same rows read backwards.
    static List<SortKey> reversed(List<SortKey> order) {
        return order.stream()
                .map(k -> new SortKey(k.expression(), !k.descending()))
                .toList();
    }
}
