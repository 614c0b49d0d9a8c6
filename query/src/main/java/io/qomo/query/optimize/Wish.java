package io.qomo.query.optimize;

import io.qomo.query.plan.PlanParts.SortKey;
import java.util.List;

/// What the consumer of rows would like: an order, and how many it will take.
///
/// @param order wished for; a path may ignore it
/// @param limitRows rows that will probably be taken, or infinity
record Wish(List<SortKey> order, double limitRows) {
    static final Wish NONE = new Wish(List.of(), Double.POSITIVE_INFINITY);

    Wish {
        order = List.copyOf(order);
    }

    /// The same number of rows in any order.
    Wish anyOrder() {
        return order.isEmpty() ? this : new Wish(List.of(), limitRows);
    }

    /// All rows in this order.
    Wish allRows() {
        return new Wish(order, Double.POSITIVE_INFINITY);
    }

    /// This order, as many rows.
    Wish inOrder(List<SortKey> keys) {
        return new Wish(keys, limitRows);
    }

    /// This many rows.
    Wish rows(double rows) {
        return new Wish(order, rows);
    }

    /// The part of the cost of all `rows` that is spent when only those wished for are taken.
    double fraction(double rows) {
        return rows <= limitRows || rows <= 0 ? 1 : limitRows / rows;
    }
}
