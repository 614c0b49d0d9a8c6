package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.Block.WindowUse;
import io.qomo.query.analyze.SelectAnalyzer.OrderKey;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Distinct;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.Window;
import io.qomo.query.logical.LogicalPlan.WindowItem;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Builds the plan of a bound query block: grouping, HAVING, windows, the select list, DISTINCT, ORDER BY, LIMIT.
final class SelectBuilder {
    private final Scope scope;
    private final Block block;
    private final Analysis analysis;
    private final LogicalPlan input;
    private final boolean rollup;
    private final boolean distinct;
    private final QueryExpression.@Nullable Limit limit;
    private List<SelectColumn> selected;
    private List<WindowUse> windows;
    private List<OrderKey> keys;
    private @Nullable Expr having;
    private int hiddenColumns;

    SelectBuilder(
            Scope scope,
            LogicalPlan input,
            boolean rollup,
            @Nullable Expr having,
            List<OrderKey> keys,
            boolean distinct,
            QueryExpression.@Nullable Limit limit) {
        this.scope = scope;
        this.block = scope.block();
        this.analysis = block.environment().analysis();
        this.input = input;
        this.rollup = rollup;
        this.having = having;
        this.keys = keys;
        this.distinct = distinct;
        this.limit = limit;
        this.selected = block.selectColumns();
        this.windows = block.windows();
    }

    Scope scope() {
        return scope;
    }

    /// True if the block's rows are rows of FROM: nothing is grouped.
    boolean isPlain() {
        return block.groups().isEmpty() && block.aggregates().isEmpty();
    }

    /// The number of columns selected, without hidden ones.
    int width() {
        return selected.size() - hiddenColumns;
    }

    /// Selects one more column, which has no name and makes no rows distinct.
    void addHidden(Column column) {
        selected = new ArrayList<>(selected);
        selected.add(new SelectColumn("", null, column, Origin.NONE));
        hiddenColumns++;
    }

    /// The plan of a query whose rows are only compared with a value: DISTINCT, and GROUP BY where
    /// nothing is computed of groups, are left out if they would take digits from quotients.
    /// Source: MySQL's `remove_redundant_subquery_clauses`.
    AnalyzedQuery buildCompared() {
        boolean hasHiddenDigits = selected.stream().anyMatch(c -> DecimalOps.unrounded(c.value()) != c.value());
        boolean isPlainGroup = !block.groups().isEmpty() && onlyGroups();
        if (!hasHiddenDigits || !(distinct || isPlainGroup)) {
            return build();
        }
        if (!isPlainGroup) {
            return build(false);
        }
        List<SelectColumn> columns = selected;
        group();
        selected = columns;
        keys = List.of();
        return rows(input);
    }

    private boolean onlyGroups() {
        return !rollup
                && having == null
                && windows.isEmpty()
                && block.aggregates().isEmpty()
                && block.anyValues().isEmpty()
                && !block.hasGroupings();
    }

    AnalyzedQuery build() {
        return build(distinct);
    }

    private AnalyzedQuery build(boolean isDistinct) {
        LogicalPlan plan = input;
        if (!block.groups().isEmpty() || !block.aggregates().isEmpty()) {
            plan = group();
        } else if (block.hasGroupings()) {
            throw new SqlException(ErrorCode.INVALID_GROUP_FUNC_USE);
        } else if (!block.anyValues().isEmpty()) {
            replaceAnyValues();
        }
        if (having != null) {
            plan = new Filter(plan, having);
        }
        plan = addWindows(plan);
        return isDistinct ? distinctRows(plan) : rows(plan);
    }

    private LogicalPlan group() {
        Grouping grouping = new Grouping(block, input, rollup);
        List<SelectColumn> columns = new ArrayList<>();
        for (int i = 0; i < selected.size(); i++) {
            SelectColumn c = selected.get(i);
            Expr value = grouping.rewrite(c.value(), i + 1, "SELECT list");
            columns.add(new SelectColumn(c.name(), c.syntax(), value, c.origin()));
        }
        selected = columns;
        if (having != null) {
            having = grouping.rewrite(having, 1, "HAVING clause");
        }
        List<OrderKey> ordered = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            OrderKey k = keys.get(i);
            Expr value = k.selected() >= 0
                    ? columns.get(k.selected()).value()
                    : grouping.rewrite(k.value(), i + 1, "ORDER BY");
            ordered.add(k.over(value));
        }
        keys = ordered;
        windows = windows.stream().map(grouping::rewrite).toList();
        return grouping.plan();
    }

    /// Without groups ANY_VALUE() is its argument.
    private void replaceAnyValues() {
        Map<Integer, Expr> byId = new HashMap<>();
        for (Block.AnyValueUse use : block.anyValues()) {
            byId.put(use.column().index(), ExprTree.substitute(use.argument(), byId));
        }
        UnaryOperator<Expr> f = e -> ExprTree.substitute(e, byId);
        selected = selected.stream()
                .map(c -> new SelectColumn(c.name(), c.syntax(), f.apply(c.value()), c.origin()))
                .toList();
        keys = keys.stream().map(k -> k.over(f.apply(k.value()))).toList();
        having = having == null ? null : f.apply(having);
        windows = windows.stream()
                .map(w -> new WindowUse(
                        w.column(),
                        ExprTree.mapList(w.partition(), f),
                        PlanTree.mapKeys(w.order(), f),
                        PlanTree.mapWindowCall(w.call(), f)))
                .toList();
    }

    /// One node per partitioning and order.
    private LogicalPlan addWindows(LogicalPlan below) {
        LogicalPlan plan = below;
        List<WindowUse> rest = new ArrayList<>(windows);
        while (!rest.isEmpty()) {
            WindowUse first = rest.getFirst();
            List<WindowItem> calls = new ArrayList<>();
            List<WindowUse> others = new ArrayList<>();
            for (WindowUse w : rest) {
                if (sameWindow(first, w)) {
                    calls.add(new WindowItem(w.column(), w.call()));
                } else {
                    others.add(w);
                }
            }
            plan = new Window(plan, first.partition(), first.order(), calls);
            rest = others;
        }
        return plan;
    }

    private static boolean sameWindow(WindowUse a, WindowUse b) {
        if (!ExprTree.sameList(a.partition(), b.partition())
                || a.order().size() != b.order().size()) {
            return false;
        }
        for (int i = 0; i < a.order().size(); i++) {
            SortKey x = a.order().get(i);
            SortKey y = b.order().get(i);
            if (x.descending() != y.descending() || !ExprTree.same(x.expression(), y.expression())) {
                return false;
            }
        }
        return true;
    }

    private AnalyzedQuery rows(LogicalPlan below) {
        List<Item> items = items(below);
        List<OrderKey> used = keys.stream().filter(k -> !isConstant(k.value())).toList();
        if (used.stream().noneMatch(k -> k.selected() >= 0 && !isSimple(k.value()))) {
            LogicalPlan plan = below;
            if (!used.isEmpty()) {
                plan = new Sort(
                        plan,
                        used.stream()
                                .map(k -> new SortKey(k.value(), k.descending()))
                                .toList());
            }
            return result(new Project(limited(plan), items), items);
        }
        List<Item> wide = new ArrayList<>(items);
        List<SortKey> sort = new ArrayList<>();
        BitSet there = new BitSet();
        items.forEach(i -> there.set(i.column().index()));
        for (OrderKey k : used) {
            if (k.selected() >= 0) {
                sort.add(new SortKey(items.get(k.selected()).column(), k.descending()));
                continue;
            }
            sort.add(new SortKey(k.value(), k.descending()));
            BitSet needed = ColumnSets.used(k.value());
            for (Column c : below.columns()) {
                if (needed.get(c.index()) && !there.get(c.index())) {
                    there.set(c.index());
                    wide.add(new Item(c, c));
                }
            }
        }
        LogicalPlan sorted = limited(new Sort(new Project(below, wide), sort));
        LogicalPlan plan = wide.size() == items.size()
                ? sorted
                : new Project(
                        sorted,
                        items.stream()
                                .map(i -> new Item(i.column(), i.column()))
                                .toList());
        return result(plan, items);
    }

    private AnalyzedQuery distinctRows(LogicalPlan below) {
        List<Item> all = items(below);
        all.subList(width(), all.size())
                .replaceAll(i -> new Item(analysis.newColumn(i.column().type(), true, ""), i.expression()));
        List<Item> items = all.subList(0, width());
        BitSet outputs = new BitSet();
        items.forEach(i -> outputs.set(i.column().index()));
        BitSet inputs = ColumnSets.output(below);
        inputs.andNot(outputs);
        List<Item> hidden = new ArrayList<>(all.subList(items.size(), all.size()));
        List<SortKey> sort = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            OrderKey k = keys.get(i);
            if (isConstant(k.value())) {
                continue;
            }
            Expr key = k.selected() >= 0 ? items.get(k.selected()).column() : overItems(k.value(), items);
            BitSet missing = ColumnSets.used(key);
            missing.and(inputs);
            if (!missing.isEmpty()) {
                checkOrderOfDistinct(i, missing, below);
                Column column = analysis.newColumn(k.value().type(), true, k.text());
                hidden.add(new Item(column, k.value()));
                key = column;
            }
            sort.add(new SortKey(key, k.descending()));
        }
        LogicalPlan plan;
        if (hidden.isEmpty()) {
            plan = new Distinct(new Project(below, items));
        } else {
            plan = Grouping.distinctWith(block, below, items, hidden);
        }
        LogicalPlan sorted = limited(sort.isEmpty() ? plan : new Sort(plan, sort));
        if (!hidden.isEmpty()) {
            List<Column> visible = all.stream().map(Item::column).toList();
            sorted = new Project(
                    sorted, visible.stream().map(c -> new Item(c, c)).toList());
        }
        return result(sorted, all);
    }

    private void checkOrderOfDistinct(int key, BitSet missing, LogicalPlan below) {
        if (!analysis.context().bind().sqlMode().has(SqlMode.ONLY_FULL_GROUP_BY)) {
            return;
        }
        for (Column c : below.columns()) {
            if (missing.get(c.index())) {
                throw new SqlException(ErrorCode.FIELD_IN_ORDER_NOT_SELECT, key + 1, analysis.fullName(c));
            }
        }
    }

    /// The expression with what the select list computes replaced by its columns.
    private Expr overItems(Expr e, List<Item> items) {
        for (Item item : items) {
            if (ExprTree.same(item.expression(), e)) {
                return item.column();
            }
            Expr full = DecimalOps.unrounded(item.expression());
            if (full != item.expression() && ExprTree.same(full, e)) {
                return new Calls(block.environment()).cast(item.column(), e.type());
            }
        }
        return ExprRewriter.mapChildren(e, child -> overItems(child, items));
    }

    private LogicalPlan limited(LogicalPlan plan) {
        return limit == null ? plan : new Limits(block.environment()).apply(plan, limit);
    }

    /// Output columns: a column of the input keeps its id the first time it is selected.
    private List<Item> items(LogicalPlan below) {
        BitSet free = ColumnSets.output(below);
        List<Item> items = new ArrayList<>();
        for (SelectColumn c : selected) {
            Expr value = c.value();
            if (value instanceof Column column && free.get(column.index())) {
                free.clear(column.index());
                items.add(new Item(column, column));
            } else {
                items.add(new Item(analysis.newColumn(value.type(), value.nullable(), c.name()), value));
            }
        }
        return items;
    }

    private AnalyzedQuery result(LogicalPlan plan, List<Item> items) {
        List<OutputField> fields = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            SelectColumn c = selected.get(i);
            fields.add(new OutputField(c.name(), items.get(i).column(), c.origin(), c.value()));
        }
        return new AnalyzedQuery(plan, fields);
    }

    /// True of columns: reading one twice costs nothing.
    private static boolean isSimple(Expr e) {
        return e instanceof Column;
    }

    /// True if ordering by it does nothing.
    private static boolean isConstant(Expr e) {
        return !(e instanceof Expr.Subquery) && !ExprWalker.hasSubquery(e) && ExprWalker.isRowIndependent(e);
    }
}
