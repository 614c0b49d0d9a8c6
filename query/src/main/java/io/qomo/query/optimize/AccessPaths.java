package io.qomo.query.optimize;

import io.qomo.base.codec.KeyWriter;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.TableUse.IndexHint;
import io.qomo.query.optimize.IndexRanges.Found;
import io.qomo.query.plan.PlanParts.AccessEstimate;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Chooses how a table is read: which index, which part of it, in which direction.
final class AccessPaths {
    private static final double FORCED = 1e12;
    /// What locking all rows of a small table costs others, in rows that would rather be read by an index.
    private static final double LOCKS_ALL = 200;

    private final Cardinality cardinality;

    AccessPaths(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    /// The best path for rows of a scan that satisfy all conditions.
    ///
    /// @param node the scan with the conditions as a filter, or the scan itself
    Path best(LogicalPlan node, Scan scan, List<Expr> conditions, Wish wish) {
        TableDef table = scan.table().table();
        double tableRows = cardinality.rows(table);
        double selectivity = cardinality.selectivity(conditions);
        double rows = Math.max(tableRows * selectivity, 0.001);
        if (table.kind() != TableDef.Kind.BASE) {
            Expr filter = ExprTree.and(conditions);
            Path.Choice choice = new Path.Choice.Access(
                    -1,
                    null,
                    List.of(),
                    false,
                    filter,
                    false,
                    -1,
                    0,
                    new AccessEstimate(List.of(), tableRows, selectivity));
            return new Path(node, choice, List.of(), scan.columns(), rows, tableRows * 3, List.of());
        }
        Path best = null;
        List<Candidate> candidates = candidates(scan, conditions);
        List<Integer> possible = candidates.stream()
                .filter(c -> !c.found.isAll())
                .map(c -> c.index.id())
                .toList();
        for (Candidate c : candidates) {
            Path path = path(node, scan, conditions, c, rows, wish, possible);
            if (best == null || effective(path, wish) < effective(best, wish)) {
                best = path;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no way to read " + table.name());
        }
        return best;
    }

    /// The cost with what is still to be done for the wish.
    private static double effective(Path path, Wish wish) {
        boolean serves = Orders.serves(path.order(), wish.order());
        double fraction = wish.fraction(path.rows());
        return serves ? path.cost() * fraction : path.cost() + CostModel.sort(path.rows());
    }

    private record Candidate(IndexDef index, Found found, double penalty) {}

    private List<Candidate> candidates(Scan scan, List<Expr> conditions) {
        TableDef table = scan.table().table();
        IndexRanges ranges = new IndexRanges(scan);
        Set<Integer> used = new HashSet<>();
        Set<Integer> ignored = new HashSet<>();
        boolean restricts = false;
        boolean forces = false;
        for (IndexHint hint : scan.table().hints()) {
            if (hint.purpose() == IndexHint.Purpose.ORDER_BY || hint.purpose() == IndexHint.Purpose.GROUP_BY) {
                continue;
            }
            switch (hint.kind()) {
                case USE -> {
                    restricts = true;
                    used.addAll(hint.indexes());
                }
                case FORCE -> {
                    restricts = true;
                    forces = true;
                    used.addAll(hint.indexes());
                }
                case IGNORE -> ignored.addAll(hint.indexes());
            }
        }
        List<Candidate> out = new ArrayList<>();
        for (IndexDef index : table.indexes()) {
            if (index.state() != IndexDef.State.PUBLIC || index.kind() != IndexDef.Kind.BTREE) {
                continue;
            }
            boolean allowed = !ignored.contains(index.id()) && (!restricts || used.contains(index.id()));
            if (allowed && (index.visible() || index.isPrimary())) {
                Found found = ranges.find(index, conditions);
                out.add(new Candidate(index, found, penalty(scan, index, found, forces)));
                if (index.isPrimary() && found.ranges().size() > 1) {
                    // so many values may be asked for that reading all is cheaper, and then in the table's own order
                    Found all = ranges.find(index, List.of());
                    out.add(new Candidate(index, all, penalty(scan, index, all, forces)));
                }
            } else if (index.isPrimary()) {
                // The table itself can always be read.
                Found all = ranges.find(index, List.of());
                out.add(new Candidate(index, all, forces ? FORCED : 0));
            }
        }
        return out;
    }

    private static double penalty(Scan scan, IndexDef index, Found found, boolean forces) {
        double penalty = forces && index.isPrimary() && found.isAll() ? FORCED : 0;
        return penalty + (scan.lock() != null && found.isAll() ? LOCKS_ALL : 0);
    }

    private Path path(
            LogicalPlan node,
            Scan scan,
            List<Expr> conditions,
            Candidate c,
            double rows,
            Wish wish,
            List<Integer> possible) {
        TableDef table = scan.table().table();
        Found found = c.found;
        List<Expr> rest =
                conditions.stream().filter(e -> !found.consumed().contains(e)).toList();
        Expr filter = ExprTree.and(rest);
        boolean isPrimary = c.index.isPrimary();
        boolean lookup = !isPrimary && !isCovering(scan, c.index);
        double entries = entries(table, c.index, found);
        if (IndexRanges.isUniqueKey(table, c.index, found)) {
            List<List<Expr>> keys = found.ranges().stream().map(KeyRange::low).toList();
            double cost = keys.size() * (isPrimary ? CostModel.POINT : CostModel.POINT + CostModel.LOOKUP) + c.penalty;
            Path.Choice choice = new Path.Choice.Access(
                    c.index.id(),
                    keys,
                    List.of(),
                    lookup,
                    filter,
                    false,
                    -1,
                    found.usedParts(),
                    new AccessEstimate(possible, keys.size(), Math.min(1, rows / keys.size())));
            List<SortKey> order =
                    keys.size() == 1 ? Orders.ofSingleRow(wish.order(), ColumnSets.output(scan)) : List.of();
            return new Path(node, choice, List.of(), scan.columns(), Math.min(rows, keys.size()), cost, order);
        }
        List<SortKey> order = mayOrder(scan, c.index) ? order(scan, c.index, found) : List.of();
        boolean reverse = !Orders.serves(order, wish.order()) && Orders.serves(Orders.reversed(order), wish.order());
        double perEntry = isPrimary ? 1 : lookup ? CostModel.ENTRY + CostModel.LOOKUP : CostModel.ENTRY;
        double cost = found.ranges().size() * CostModel.SEEK
                + entries * (perEntry + rest.size() * CostModel.CONDITION)
                + c.penalty;
        List<SortKey> given = reverse ? Orders.reversed(order) : order;
        boolean serves = Orders.serves(given, wish.order());
        long hint =
                serves && wish.limitRows() < Long.MAX_VALUE && rest.isEmpty() ? (long) Math.ceil(wish.limitRows()) : -1;
        Path.Choice choice = new Path.Choice.Access(
                c.index.id(),
                null,
                found.ranges(),
                lookup,
                filter,
                reverse,
                hint,
                found.usedParts(),
                new AccessEstimate(possible, entries * cardinality.shown(table), Math.min(1, rows / entries)));
        return new Path(node, choice, List.of(), scan.columns(), Math.min(rows, entries), cost, given);
    }

    /// Entries of the index in the ranges.
    private double entries(TableDef table, IndexDef index, Found found) {
        double rows = cardinality.rows(table);
        if (found.isAll()) {
            return rows;
        }
        if (index.unique()
                && found.points()
                && found.equalParts() == index.parts().size()) {
            return Math.min(rows, found.ranges().size());
        }
        Long distinct = found.points() && found.equalParts() > 1
                ? cardinality.statistics(table).distinctPrefix(index.id(), found.equalParts())
                : null;
        if (distinct != null) {
            return Math.max(1, Math.min(rows, found.ranges().size() * rows / Math.max(1, distinct)));
        }
        double selectivity = cardinality.selectivity(found.conditions());
        return Math.max(Math.min(rows * selectivity, rows), 1);
    }

    /// True if the entries of the index hold all columns of the scan. Locked rows are always read whole.
    private static boolean isCovering(Scan scan, IndexDef index) {
        if (scan.lock() != null) {
            return false;
        }
        TableDef table = scan.table().table();
        Set<Integer> given = new HashSet<>();
        for (IndexDef of : List.of(index, table.primaryKey())) {
            for (IndexDef.Part part : of.parts()) {
                boolean isWhole = part.prefixLength() == 0
                        && KeyWriter.isDecodable(
                                table.columnById(part.columnId()).type());
                if (isWhole) {
                    given.add(table.ordinalOfId(part.columnId()));
                }
            }
        }
        return given.containsAll(scan.ordinals());
    }

    /// False if hints FOR ORDER BY or FOR GROUP BY want the order of another index, or not that of this one.
    private static boolean mayOrder(Scan scan, IndexDef index) {
        boolean may = true;
        for (IndexHint hint : scan.table().hints()) {
            if (hint.purpose() == IndexHint.Purpose.ORDER_BY || hint.purpose() == IndexHint.Purpose.GROUP_BY) {
                boolean isNamed = hint.indexes().contains(index.id());
                may &= (hint.kind() == IndexHint.Kind.IGNORE) != isNamed;
            }
        }
        return may;
    }

    /// The order of the entries in the ranges: parts that have one value only do not count.
    private static List<SortKey> order(Scan scan, IndexDef index, Found found) {
        TableDef table = scan.table().table();
        List<SortKey> order = new ArrayList<>();
        int skip = found.ranges().size() == 1 ? found.equalParts() : 0;
        List<IndexDef.Part> parts = new ArrayList<>(index.parts());
        for (IndexDef.Part part : parts.subList(0, skip)) {
            // Equal strings may begin with different characters: then their entries differ.
            if (part.prefixLength() > 0
                    && table.columnById(part.columnId()).type().collation().expands()) {
                return List.of();
            }
        }
        if (!index.isPrimary() && !index.unique()) {
            parts.addAll(table.primaryKey().parts());
        }
        for (int i = skip; i < parts.size(); i++) {
            IndexDef.Part part = parts.get(i);
            int at = scan.ordinals().indexOf(table.ordinalOfId(part.columnId()));
            if (at < 0 || part.prefixLength() > 0) {
                break;
            }
            Column column = scan.tableColumns().get(at);
            order.add(new SortKey(column, part.descending()));
        }
        return order;
    }
}
