package io.qomo.query.explain;

import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.ExprText;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.DuplicateAction;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.plan.PlanParts.KeyRange;
import io.qomo.query.plan.PlanParts.SetKind;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A node of a plan in one line, worded as MySQL's FORMAT=TREE does.
final class NodeText {
    private static final int MAX_RANGES_SHOWN = 4;

    private NodeText() {}

    static String of(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Values v -> values(v);
            case PhysicalPlan.TableScan s -> scan(s);
            case PhysicalPlan.PointGet p -> point(p);
            case PhysicalPlan.JsonTable t -> "Materialize table function " + t.alias();
            case PhysicalPlan.SystemScan s -> "Table scan on " + s.alias();
            case PhysicalPlan.Filter f -> "Filter: " + ExprText.of(f.condition());
            case PhysicalPlan.Project p -> "Project: " + list(p.expressions());
            case PhysicalPlan.Limit l -> limit(l);
            case PhysicalPlan.Sort s ->
                "Sort: "
                        + keys(s.keys())
                        + (s.limit() == null ? "" : ", limit input to " + ExprText.of(s.limit()) + " row(s) per chunk");
            case PhysicalPlan.Aggregate a -> aggregate(a);
            case PhysicalPlan.Rollup r -> "Group aggregate with rollup: " + calls(r.aggregates());
            case PhysicalPlan.Distinct d -> "Remove duplicates";
            case PhysicalPlan.HashJoin j -> join(j.kind(), true) + " " + hashKeys(j);
            case PhysicalPlan.NestedLoopJoin j ->
                join(j.kind(), false) + (j.condition() == null ? "" : " on " + ExprText.of(j.condition()));
            case PhysicalPlan.UnionAll u -> "Append";
            case PhysicalPlan.SetDifference s ->
                (s.kind() == SetKind.INTERSECT ? "Intersect" : "Except") + (s.all() ? " all" : "");
            case PhysicalPlan.WithCte w -> "With common table expression " + w.id();
            case PhysicalPlan.RecursiveCte r ->
                "Repeat until convergence" + (r.distinct() ? " with deduplication" : "");
            case PhysicalPlan.CteScan c -> "Scan of common table expression " + c.id();
            case PhysicalPlan.Window w -> "Window: " + windows(w.calls());
            case PhysicalPlan.Insert i ->
                (i.onDuplicate() == DuplicateAction.REPLACE ? "Replace into " : "Insert into ")
                        + i.table().table().name();
            case PhysicalPlan.Update u ->
                "Update "
                        + u.targets().stream()
                                .map(t -> t.table().table().name())
                                .collect(Collectors.joining(", "));
            case PhysicalPlan.Delete d ->
                "Delete from "
                        + d.targets().stream()
                                .map(t -> t.table().table().name())
                                .collect(Collectors.joining(", "));
        };
    }

    /// The nodes below, in order.
    static List<PhysicalPlan> inputs(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.Values v -> List.of();
            case PhysicalPlan.TableScan s -> List.of();
            case PhysicalPlan.PointGet p -> List.of();
            case PhysicalPlan.JsonTable t -> List.of();
            case PhysicalPlan.SystemScan s -> List.of();
            case PhysicalPlan.CteScan c -> List.of();
            case PhysicalPlan.Filter f -> List.of(f.input());
            case PhysicalPlan.Project p -> List.of(p.input());
            case PhysicalPlan.Limit l -> List.of(l.input());
            case PhysicalPlan.Sort s -> List.of(s.input());
            case PhysicalPlan.Aggregate a -> List.of(a.input());
            case PhysicalPlan.Rollup r -> List.of(r.input());
            case PhysicalPlan.Distinct d -> List.of(d.input());
            case PhysicalPlan.Window w -> List.of(w.input());
            case PhysicalPlan.HashJoin j -> List.of(j.left(), j.right());
            case PhysicalPlan.NestedLoopJoin j -> List.of(j.left(), j.right());
            case PhysicalPlan.UnionAll u -> u.inputs();
            case PhysicalPlan.SetDifference s -> List.of(s.left(), s.right());
            case PhysicalPlan.WithCte w -> List.of(w.definition(), w.body());
            case PhysicalPlan.RecursiveCte r -> List.of(r.seed(), r.step());
            case PhysicalPlan.Insert i -> List.of(i.source());
            case PhysicalPlan.Update u -> List.of(u.source());
            case PhysicalPlan.Delete d -> List.of(d.source());
        };
    }

    private static String list(List<Expr> expressions) {
        return expressions.stream().map(ExprText::of).collect(Collectors.joining(", "));
    }

    private static String keys(List<SortKey> keys) {
        return keys.stream()
                .map(k -> ExprText.of(k.expression()) + (k.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String values(PhysicalPlan.Values v) {
        return v.rows().size() == 1 && v.rows().getFirst().isEmpty()
                ? "Rows fetched before execution"
                : v.rows().size() + " row(s) of values";
    }

    private static String limit(PhysicalPlan.Limit l) {
        String count = l.count() == null ? "all" : ExprText.of(l.count());
        String offset = l.offset() == null ? "" : "/" + ExprText.of(l.offset());
        return l.offset() == null ? "Limit: " + count + " row(s)" : "Limit/Offset: " + count + offset + " row(s)";
    }

    private static String aggregate(PhysicalPlan.Aggregate a) {
        String how = a.groups().isEmpty() || a.inputIsSorted() ? "Group aggregate" : "Hash aggregate";
        if (a.groups().isEmpty()) {
            how = "Aggregate";
        }
        String groups = a.groups().isEmpty() ? "" : " by " + list(a.groups());
        return how + groups + (a.aggregates().isEmpty() ? "" : ": " + calls(a.aggregates()));
    }

    private static String calls(List<AggregateCall> calls) {
        return calls.stream()
                .map(c -> c.bound().function().name()
                        + "("
                        + (c.distinct() ? "distinct " : "")
                        + (c.bound().arguments().isEmpty()
                                ? "*"
                                : list(c.bound().arguments()))
                        + ")")
                .collect(Collectors.joining(", "));
    }

    private static String windows(List<WindowCall> calls) {
        return calls.stream()
                .map(c -> (c.aggregate() == null
                                ? c.name()
                                : c.aggregate().function().name())
                        + "("
                        + list(c.arguments())
                        + ") OVER ()")
                .collect(Collectors.joining(", "));
    }

    private static String join(JoinKind kind, boolean hash) {
        String name = switch (kind) {
            case INNER -> "inner join";
            case LEFT -> "left join";
            case SEMI -> "semijoin";
            case ANTI -> "antijoin";
            case ANTI_NULL_AWARE -> "antijoin (null-aware)";
        };
        if (!hash) {
            return "Nested loop " + name;
        }
        return kind == JoinKind.INNER ? "Inner hash join" : "Hash " + name;
    }

    private static String hashKeys(PhysicalPlan.HashJoin j) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < j.leftKeys().size(); i++) {
            keys.add(ExprText.of(j.leftKeys().get(i))
                    + (j.nullSafe().get(i) ? " <=> " : " = ")
                    + ExprText.of(j.rightKeys().get(i)));
        }
        String extra = j.residual() == null ? "" : ", extra conditions: " + ExprText.of(j.residual());
        return "(" + String.join(", ", keys) + ")" + extra;
    }

    // -- tables

    private static String scan(PhysicalPlan.TableScan s) {
        String reverse = s.reverse() ? " (reverse)" : "";
        IndexDef index = index(s.table(), s.index());
        boolean all = s.ranges().size() == 1 && s.ranges().getFirst() == KeyRange.ALL;
        boolean covering = s.index() != IndexDef.PRIMARY_ID && !s.lookup();
        String using = (covering ? " using covering index " : " using ") + index.name();
        String text;
        if (all) {
            text = s.index() == IndexDef.PRIMARY_ID && !s.reverse()
                    ? "Table scan on " + s.alias()
                    : (covering ? "Covering index scan on " : "Index scan on ") + s.alias() + " using " + index.name();
        } else if (isLookup(s.ranges())) {
            text = "Index lookup on " + s.alias() + using + " ("
                    + equalities(s.table(), index, s.ranges().getFirst().low()) + ")";
        } else {
            text = "Index range scan on " + s.alias() + using + " over " + ranges(s.table(), index, s.ranges());
        }
        return text + reverse + filter(s.filter()) + lock(s.lock() != null);
    }

    private static String point(PhysicalPlan.PointGet p) {
        IndexDef index = index(p.table(), p.index());
        String keys = p.keys().size() == 1
                ? equalities(p.table(), index, p.keys().getFirst())
                : p.keys().size() + " keys";
        return "Single-row index lookup on " + p.alias() + " using " + index.name() + " (" + keys + ")"
                + filter(p.filter()) + lock(p.lock() != null);
    }

    private static String filter(@Nullable Expr filter) {
        return filter == null ? "" : ", filter: " + ExprText.of(filter);
    }

    private static String lock(boolean locked) {
        return locked ? ", locking" : "";
    }

    static IndexDef index(TableDef table, int id) {
        return table.indexes().stream().filter(i -> i.id() == id).findFirst().orElseThrow();
    }

    /// True if the ranges are one value of leading parts.
    static boolean isLookup(List<KeyRange> ranges) {
        return ranges.size() == 1
                        && !ranges.getFirst().low().isEmpty()
                        && ranges.getFirst().low() == ranges.getFirst().high()
                || (ranges.size() == 1
                        && !ranges.getFirst().low().isEmpty()
                        && ranges.getFirst().low().equals(ranges.getFirst().high())
                        && ranges.getFirst().lowInclusive()
                        && ranges.getFirst().highInclusive());
    }

    private static String column(TableDef table, IndexDef index, int part) {
        return table.columnById(index.parts().get(part).columnId()).name();
    }

    static String equalities(TableDef table, IndexDef index, List<Expr> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(column(table, index, i) + "=" + ExprText.of(values.get(i)));
        }
        return String.join(", ", parts);
    }

    static String ranges(TableDef table, IndexDef index, List<KeyRange> ranges) {
        List<String> parts = new ArrayList<>();
        for (KeyRange r : ranges.subList(0, Math.min(ranges.size(), MAX_RANGES_SHOWN))) {
            parts.add("(" + range(table, index, r) + ")");
        }
        String more = ranges.size() > MAX_RANGES_SHOWN ? " OR " + (ranges.size() - MAX_RANGES_SHOWN) + " more" : "";
        return String.join(" OR ", parts) + more;
    }

    private static String range(TableDef table, IndexDef index, KeyRange r) {
        List<String> parts = new ArrayList<>();
        int n = Math.max(r.low().size(), r.high().size());
        for (int i = 0; i < n; i++) {
            String column = column(table, index, i);
            boolean last = i == n - 1;
            Expr low = i < r.low().size() ? r.low().get(i) : null;
            Expr high = i < r.high().size() ? r.high().get(i) : null;
            if (low != null && high != null && (!last || low.equals(high))) {
                parts.add(column + " = " + ExprText.of(low));
                continue;
            }
            String text = column;
            if (low != null) {
                text = ExprText.of(low) + (r.lowInclusive() ? " <= " : " < ") + text;
            }
            if (high != null) {
                text = text + (r.highInclusive() ? " <= " : " < ") + ExprText.of(high);
            }
            parts.add(text);
        }
        return String.join(" AND ", parts);
    }
}
