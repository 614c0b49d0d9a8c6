package io.qomo.query.optimize;

import io.qomo.base.type.Collation;
import io.qomo.base.type.Physical;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Constant;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.InList;
import io.qomo.query.function.Like;
import io.qomo.query.function.Predicates;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.plan.PlanParts.KeyRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what part of an index conditions ask for.
///
/// Bounds are expressions without columns of the scan; what is compared must be the bare column, in its collation:
/// the functions that bind comparisons have converted the other side already. Only conditions that the ranges express
/// exactly are taken off the filter.
final class IndexRanges {
    private static final int MAX_RANGES = 10_000;

    private final Scan scan;
    private final BitSet scanColumns;

    /// Ranges of one index.
    ///
    /// @param ranges to read; [KeyRange#ALL] alone if the conditions say nothing
    /// @param consumed conditions that hold of all rows in the ranges
    /// @param usedParts key parts the ranges speak of
    /// @param equalParts leading parts that have single values
    /// @param points true if every range is one value for each used part
    /// @param conditions all conditions that shaped the ranges
    record Found(
            List<KeyRange> ranges,
            Set<Expr> consumed,
            int usedParts,
            int equalParts,
            boolean points,
            List<Expr> conditions) {
        boolean isAll() {
            return usedParts == 0;
        }
    }

    /// Other columns in conditions of a scan are those of enclosing queries and of the left side of a join: their
    /// values are known when the scan starts.
    IndexRanges(Scan scan) {
        this.scan = scan;
        this.scanColumns = ColumnSets.output(scan);
    }

    /// The possible values of one key part.
    ///
    /// @param values single values, or null if it is an interval
    private record PartValues(
            @Nullable List<Expr> values,
            List<Boolean> nullSafe,
            @Nullable Expr low,
            boolean lowInclusive,
            @Nullable Expr high,
            boolean highInclusive,
            boolean lowIsNull,
            Set<Expr> from,
            boolean exact) {}

    /// The ranges of an index that hold all rows that satisfy all conditions.
    Found find(IndexDef index, List<Expr> conditions) {
        Found best = conjunction(index, conditions);
        for (Expr e : conditions) {
            if (e instanceof Expr.Logic l && !l.isAnd()) {
                Found either = disjunction(index, l, conditions);
                if (either != null && (best.isAll() || isBetter(either, best))) {
                    best = either;
                }
            }
        }
        return best;
    }

    private static boolean isBetter(Found a, Found b) {
        return a.equalParts > b.equalParts || (a.equalParts == b.equalParts && a.usedParts > b.usedParts);
    }

    /// The union of the ranges of each alternative, or null if one of them reads everything.
    private @Nullable Found disjunction(IndexDef index, Expr.Logic or, List<Expr> all) {
        List<KeyRange> ranges = new ArrayList<>();
        boolean exact = true;
        int used = Integer.MAX_VALUE;
        int equal = Integer.MAX_VALUE;
        boolean points = true;
        for (Expr alternative : or.conditions()) {
            List<Expr> parts = ExprTree.conjuncts(alternative);
            List<Expr> withOthers = new ArrayList<>(parts);
            for (Expr e : all) {
                if (e != or && !(e instanceof Expr.Logic)) {
                    withOthers.add(e);
                }
            }
            Found f = find(index, withOthers);
            if (f.isAll() || ranges.size() + f.ranges.size() > MAX_RANGES) {
                return null;
            }
            ranges.addAll(f.ranges);
            exact &= f.consumed.containsAll(parts);
            used = Math.min(used, f.usedParts);
            equal = Math.min(equal, f.equalParts);
            points &= f.points;
        }
        return new Found(ranges, exact ? Set.of(or) : Set.of(), used, equal, points, List.of(or));
    }

    private Found conjunction(IndexDef index, List<Expr> conditions) {
        TableDef table = scan.table().table();
        List<List<Expr>> prefixes = new ArrayList<>(List.of(List.of()));
        List<List<Boolean>> safeties = new ArrayList<>(List.of(List.of()));
        Set<Expr> consumed = new HashSet<>();
        List<Expr> shaping = new ArrayList<>();
        int equal = 0;
        for (IndexDef.Part part : index.parts()) {
            int at = scan.ordinals().indexOf(table.ordinalOfId(part.columnId()));
            if (at < 0) {
                break;
            }
            Column column = scan.tableColumns().get(at);
            PartValues values = valuesOf(column, conditions, part.prefixLength() > 0);
            if (values == null) {
                break;
            }
            shaping.addAll(values.from);
            if (values.exact) {
                consumed.addAll(values.from);
            }
            if (values.values == null) {
                return interval(prefixes, safeties, values, consumed, shaping, equal);
            }
            if ((long) prefixes.size() * values.values.size() > MAX_RANGES) {
                break;
            }
            List<List<Expr>> longer = new ArrayList<>();
            List<List<Boolean>> longerSafe = new ArrayList<>();
            for (int p = 0; p < prefixes.size(); p++) {
                for (int v = 0; v < values.values.size(); v++) {
                    longer.add(append(prefixes.get(p), values.values.get(v)));
                    longerSafe.add(append(safeties.get(p), values.nullSafe.get(v)));
                }
            }
            prefixes = longer;
            safeties = longerSafe;
            equal++;
            if (part.prefixLength() > 0) {
                break;
            }
        }
        if (equal == 0) {
            return new Found(List.of(KeyRange.ALL), Set.of(), 0, 0, false, List.of());
        }
        List<KeyRange> ranges = new ArrayList<>();
        for (int i = 0; i < prefixes.size(); i++) {
            ranges.add(new KeyRange(prefixes.get(i), true, prefixes.get(i), true, safeties.get(i)));
        }
        return new Found(ranges, consumed, equal, equal, true, shaping);
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> out = new ArrayList<>(list);
        out.add(last);
        return out;
    }

    private static Found interval(
            List<List<Expr>> prefixes,
            List<List<Boolean>> safeties,
            PartValues v,
            Set<Expr> consumed,
            List<Expr> shaping,
            int equal) {
        List<KeyRange> ranges = new ArrayList<>();
        for (int i = 0; i < prefixes.size(); i++) {
            List<Expr> prefix = prefixes.get(i);
            List<Expr> low = v.low == null ? prefix : append(prefix, v.low);
            List<Expr> high = v.high == null ? prefix : append(prefix, v.high);
            ranges.add(new KeyRange(
                    low,
                    v.low == null || v.lowInclusive,
                    high,
                    v.high == null || v.highInclusive,
                    append(safeties.get(i), v.lowIsNull)));
        }
        return new Found(ranges, consumed, equal + 1, equal, false, shaping);
    }

    /// What the conditions say about a column, or null.
    private @Nullable PartValues valuesOf(Column column, List<Expr> conditions, boolean isPrefix) {
        PartValues points = null;
        PartValues range = null;
        for (Expr e : conditions) {
            PartValues v = valuesOf(column, e, !isPrefix);
            if (v == null) {
                continue;
            }
            if (v.values != null) {
                if (points == null || points.values == null || v.values.size() < points.values.size()) {
                    points = v;
                }
            } else {
                range = range == null ? v : intersect(range, v);
            }
        }
        return points != null ? points : range;
    }

    /// Takes a bound from each where one of them has none; of two bounds on one side the first is kept.
    private static PartValues intersect(PartValues a, PartValues b) {
        boolean takesLow = b.low != null && (a.low == null || a.lowIsNull) && !b.lowIsNull;
        boolean takesHigh = b.high != null && a.high == null;
        boolean usesAllOfB = (b.low == null || takesLow) && (b.high == null || takesHigh);
        boolean dropsLowOfA = takesLow && a.lowIsNull;
        if (!takesLow && !takesHigh) {
            return a;
        }
        Set<Expr> from = new HashSet<>(a.from);
        from.addAll(b.from);
        Expr low = takesLow ? b.low : a.low;
        Expr high = takesHigh ? b.high : a.high;
        return new PartValues(
                null,
                List.of(),
                low,
                takesLow ? b.lowInclusive : a.lowInclusive,
                high,
                takesHigh ? b.highInclusive : a.highInclusive,
                !dropsLowOfA && a.lowIsNull,
                from,
                a.exact && b.exact && usesAllOfB);
    }

    private @Nullable PartValues valuesOf(Column column, Expr e, boolean mayBeExact) {
        if (e instanceof Expr.Logic l) {
            return l.isAnd() ? null : alternatives(column, l, mayBeExact);
        }
        if (!(e instanceof Call call)) {
            return null;
        }
        return switch (call.function()) {
            case Comparison c -> comparison(column, call, c, mayBeExact);
            case InList in -> inList(column, call, in, mayBeExact);
            case Predicates.NullTest t -> nullTest(column, call, t, mayBeExact);
            case Like like -> like(column, call, like);
            default -> null;
        };
    }

    /// `c = 1 OR c = 2`: all values of all alternatives.
    private @Nullable PartValues alternatives(Column column, Expr.Logic or, boolean mayBeExact) {
        List<Expr> values = new ArrayList<>();
        List<Boolean> safe = new ArrayList<>();
        boolean exact = mayBeExact;
        for (Expr e : or.conditions()) {
            PartValues v = valuesOf(column, e, mayBeExact);
            if (v == null || v.values == null) {
                return null;
            }
            values.addAll(v.values);
            safe.addAll(v.nullSafe);
            exact &= v.exact;
        }
        return points(values, safe, or, exact);
    }

    private static PartValues points(List<Expr> values, List<Boolean> nullSafe, Expr from, boolean exact) {
        return new PartValues(values, nullSafe, null, false, null, false, false, Set.of(from), exact);
    }

    private @Nullable PartValues comparison(Column column, Call call, Comparison c, boolean mayBeExact) {
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        Comparison.Operator op = c.operator();
        if (isColumn(right, column) && !isColumn(left, column)) {
            Expr swap = left;
            left = right;
            right = swap;
            op = op.swapped();
        }
        if (!isColumn(left, column) || !isKnown(right) || !isOrdered(column.type(), c)) {
            return null;
        }
        return switch (op) {
            case EQUAL -> points(List.of(right), List.of(false), call, mayBeExact);
            case NULL_SAFE_EQUAL -> points(List.of(right), List.of(true), call, mayBeExact);
            case NOT_EQUAL -> null;
            case LESS, LESS_OR_EQUAL ->
                range(null, false, right, op == Comparison.Operator.LESS_OR_EQUAL, call, mayBeExact);
            case GREATER, GREATER_OR_EQUAL ->
                range(right, op == Comparison.Operator.GREATER_OR_EQUAL, null, false, call, mayBeExact);
        };
    }

    private static PartValues range(
            @Nullable Expr low, boolean lowIn, @Nullable Expr high, boolean highIn, Expr from, boolean exact) {
        return new PartValues(null, List.of(), low, lowIn, high, highIn, false, Set.of(from), exact);
    }

    private @Nullable PartValues inList(Column column, Call call, InList in, boolean mayBeExact) {
        if (in.negated()
                || !isColumn(call.arguments().getFirst(), column)
                || !isOrdered(column.type(), in.domain(), in.collation())) {
            return null;
        }
        List<Expr> values = new ArrayList<>();
        List<Boolean> safe = new ArrayList<>();
        for (Expr item : call.arguments().subList(1, call.arguments().size())) {
            if (!isKnown(item)) {
                return null;
            }
            if (!ExprWalker.isNullConstant(item)) {
                values.add(item);
                safe.add(false);
            }
        }
        return points(values, safe, call, mayBeExact);
    }

    private static @Nullable PartValues nullTest(
            Column column, Call call, Predicates.NullTest test, boolean mayBeExact) {
        if (!isColumn(call.arguments().getFirst(), column)) {
            return null;
        }
        Expr none = new Constant(Vector.constantNull(column.type()));
        if (!test.negated()) {
            return points(List.of(none), List.of(true), call, mayBeExact);
        }
        return new PartValues(null, List.of(), none, false, null, false, true, Set.of(call), mayBeExact);
    }

    /// LIKE with a pattern that starts with a literal: an interval that holds all strings that start so.
    private @Nullable PartValues like(Column column, Call call, Like like) {
        if (like.negated()
                || !isColumn(call.arguments().getFirst(), column)
                || like.collation() != column.type().collation()
                || !(call.arguments().get(1) instanceof Constant pattern)
                || pattern.value().isNull(0)) {
            return null;
        }
        LikeBounds bounds = LikeBounds.of(pattern.value(), like.escape(), column.type());
        return bounds == null ? null : range(bounds.low(), true, bounds.high(), true, call, false);
    }

    private static boolean isColumn(Expr e, Column column) {
        return e instanceof Column c && c.index() == column.index();
    }

    /// True if the value is known when the scan starts.
    private boolean isKnown(Expr e) {
        if (!ExprWalker.isDeterministic(e)) {
            return false;
        }
        return !ColumnSets.used(e).intersects(scanColumns);
    }

    private static boolean isOrdered(SqlType type, Comparison c) {
        return isOrdered(type, c.domain(), c.collation());
    }

    /// True if an index on a column of the type is in the order of the comparison.
    private static boolean isOrdered(SqlType type, Comparison.Domain domain, Collation collation) {
        return switch (domain) {
            case SIGNED, UNSIGNED, SIGNED_UNSIGNED, UNSIGNED_SIGNED, LONG_DECIMAL, DECIMAL_LONG ->
                type.physical() == Physical.LONG;
            case DOUBLE -> type.physical() == Physical.DOUBLE;
            case DECIMAL -> type.physical() == Physical.DECIMAL;
            case TEXT -> type.kind().isString() && type.collation() == collation;
            case JSON -> false;
        };
    }

    /// True if one row at most has the values: all parts of a unique index, none of which may be NULL.
    static boolean isUniqueKey(TableDef table, IndexDef index, Found found) {
        if (!index.unique() || !found.points || found.equalParts < index.parts().size()) {
            return false;
        }
        for (IndexDef.Part part : index.parts()) {
            if (part.prefixLength() > 0) {
                return false;
            }
        }
        return found.ranges.stream().allMatch(r -> r.nullSafe().stream().noneMatch(x -> x));
    }
}
