package io.qomo.query.analyze;

import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.WithCte;
import io.qomo.query.logical.PlanTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Queries whose results are no result set: what a scalar subquery, INSERT … SELECT, SELECT … INTO a
/// variable, or a merged derived table selects keeps all the digits it was computed with
/// ([DecimalOps]), unless DISTINCT or UNION came between. Only expressions of the outermost select list
/// are meant: a plain column is a table's, or a derived table's that is kept as it shows.
final class FullDecimals {
    private final Analysis analysis;
    /// Columns of the result whose expressions have more digits than they show.
    private final BitSet wanted = new BitSet();
    /// Columns that have been replaced, as they show.
    private final Map<Integer, Expr> shown = new HashMap<>();

    private FullDecimals(Analysis analysis) {
        this.analysis = analysis;
    }

    /// The query with its columns at full scale; the same instance if all show all their digits.
    static AnalyzedQuery of(AnalyzedQuery query, Analysis analysis) {
        FullDecimals decimals = new FullDecimals(analysis);
        for (OutputField f : query.fields()) {
            if (DecimalOps.unrounded(f.value()) != f.value()) {
                decimals.wanted.set(f.column().index());
            }
        }
        if (decimals.wanted.isEmpty()) {
            return query;
        }
        LogicalPlan plan = decimals.widen(query.plan());
        if (decimals.shown.isEmpty()) {
            return query;
        }
        List<OutputField> fields = new ArrayList<>();
        for (OutputField f : query.fields()) {
            Column column = decimals.full(f.column());
            fields.add(new OutputField(f.name(), column, f.origin(), column == f.column() ? f.value() : column));
        }
        return new AnalyzedQuery(plan, fields);
    }

    private Column full(Column column) {
        Expr now = shown.get(column.index());
        return now != null && DecimalOps.unrounded(now) instanceof Column c ? c : column;
    }

    private LogicalPlan widen(LogicalPlan plan) {
        return switch (plan) {
            case Limit l -> {
                LogicalPlan input = widen(l.input());
                yield input == l.input() ? l : new Limit(input, l.offset(), l.count());
            }
            case Sort s -> {
                LogicalPlan input = widen(s.input());
                yield input == s.input()
                        ? s
                        : new Sort(input, PlanTree.mapKeys(s.keys(), e -> ExprTree.substitute(e, shown)));
            }
            case Project p -> project(p);
            case WithCte w -> {
                LogicalPlan body = widen(w.body());
                yield body == w.body() ? w : new WithCte(w.id(), w.name(), w.definition(), body);
            }
            default -> plan;
        };
    }

    private LogicalPlan project(Project p) {
        boolean passes = p.items().stream().allMatch(i -> i.expression() instanceof Column);
        LogicalPlan input = passes ? widen(p.input()) : p.input();
        boolean changed = input != p.input();
        List<Item> items = new ArrayList<>();
        for (Item item : p.items()) {
            Item wide = item(item);
            changed |= wide != item;
            items.add(wide);
        }
        return changed ? new Project(input, items) : p;
    }

    private Item item(Item item) {
        Column old = item.column();
        if (item.expression() instanceof Column c) {
            Column full = full(c);
            if (full == c) {
                return item;
            }
            return c.index() == old.index() ? new Item(full, full) : replaced(old, full);
        }
        Expr value = wanted.get(old.index()) ? DecimalOps.unrounded(item.expression()) : item.expression();
        return value == item.expression() ? item : replaced(old, value);
    }

    private Item replaced(Column old, Expr value) {
        Column column = analysis.newColumn(value.type(), old.nullable(), old.name());
        shown.put(old.index(), DecimalOps.rounded(column, old.type()));
        return new Item(column, value);
    }
}
