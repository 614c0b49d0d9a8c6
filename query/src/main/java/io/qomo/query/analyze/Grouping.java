package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.aggregate.Aggregates;
import io.qomo.query.analyze.Block.GroupingUse;
import io.qomo.query.analyze.Block.WindowUse;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.function.CastFunction;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.ExprSet;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.FunctionalDependencies;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Aggregate;
import io.qomo.query.logical.LogicalPlan.AggregateItem;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Groups a query block: rewrites what stands above the grouping over its output, and refuses columns that have no one
/// value per group.
///
/// Source: MySQL 8.0 manual, "MySQL Handling of GROUP BY" (only_full_group_by, functional dependence).
final class Grouping {
    private final Block block;
    private final Analysis analysis;
    private final LogicalPlan input;
    private final boolean rollup;
    private final BitSet inputColumns;
    private final List<Expr> groups = new ArrayList<>();
    private final ExprSet known = new ExprSet();
    private final List<Item> groupItems = new ArrayList<>();
    private final Map<Integer, Column> anyValues = new LinkedHashMap<>();
    private final Map<Integer, Item> fullGroups = new LinkedHashMap<>();
    private final Map<Integer, Expr> groupings = new HashMap<>();
    private final @Nullable Column groupingColumn;
    private @Nullable BitSet determined;

    Grouping(Block block, LogicalPlan input, boolean rollup) {
        this.block = block;
        this.analysis = block.environment().analysis();
        this.input = input;
        this.rollup = rollup;
        this.inputColumns = ColumnSets.output(input);
        for (Expr group : block.groups()) {
            addGroup(group);
        }
        this.groupingColumn = rollup ? analysis.newColumn(SqlType.BIGINT, false, "grouping") : null;
        for (GroupingUse use : block.groupings()) {
            groupings.put(use.column().index(), groupingValue(use));
        }
    }

    private void addGroup(Expr group) {
        if (!known.add(group) && !rollup) {
            return;
        }
        groups.add(group);
        boolean passes = !rollup && group instanceof Column c && inputColumns.get(c.index());
        Column column = passes
                ? (Column) group
                : analysis.newColumn(
                        group.type(), rollup || group.nullable(), group instanceof Column c ? c.name() : "group");
        groupItems.add(new Item(column, group));
    }

    /// GROUPING(a, b): bit i (from the right) says whether argument i is rolled up.
    private Expr groupingValue(GroupingUse use) {
        if (groupingColumn == null) {
            throw new SqlException(ErrorCode.INVALID_GROUP_FUNC_USE);
        }
        Calls calls = new Calls(block.environment());
        Expr sum = null;
        int n = groups.size();
        for (int i = 0; i < use.arguments().size(); i++) {
            int at = indexOf(use.arguments().get(i));
            if (at < 0) {
                throw new SqlException(ErrorCode.FIELD_IN_GROUPING_NOT_GROUP_BY, i + 1);
            }
            Expr bit =
                    calls.binary("&", calls.binary(">>", groupingColumn, Calls.integer(n - 1 - at)), Calls.integer(1));
            int shift = use.arguments().size() - 1 - i;
            Expr moved = shift == 0 ? bit : calls.binary("<<", bit, Calls.integer(shift));
            sum = sum == null ? moved : calls.binary("|", sum, moved);
        }
        if (sum == null) {
            throw new SqlException(ErrorCode.WRONG_PARAMETER_COUNT_TO_FUNCTION, "GROUPING");
        }
        return calls.cast(sum, SqlType.BIGINT);
    }

    private int indexOf(Expr e) {
        for (int i = 0; i < groups.size(); i++) {
            if (ExprTree.same(groups.get(i), e)) {
                return i;
            }
        }
        return -1;
    }

    /// All digits of a group: those of some row of it. Super-aggregate rows have no such row.
    private Expr full(int group, Expr e) {
        return rollup
                ? new Calls(block.environment()).cast(groupItems.get(group).column(), e.type())
                : fullGroups
                        .computeIfAbsent(group, g -> new Item(analysis.newColumn(e.type(), true, "group"), e))
                        .column();
    }

    /// The group that shows fewer digits of the expression than it has, or -1.
    private int indexOfFull(Expr e) {
        for (int i = 0; i < groups.size(); i++) {
            Expr full = DecimalOps.unrounded(groups.get(i));
            if (full != groups.get(i) && ExprTree.same(full, e)) {
                return i;
            }
        }
        return -1;
    }

    /// The expression over the groups. Errors WRONG_FIELD_WITH_GROUP, MIX_OF_GROUP_FUNC_AND_FIELDS.
    ///
    /// @param number of the expression in its clause
    /// @param clause as the errors word it
    Expr rewrite(Expr e, int number, String clause) {
        int group = e instanceof Expr.Constant && !rollup ? -1 : indexOf(e);
        if (group >= 0) {
            return groupItems.get(group).column();
        }
        Column average = groups.isEmpty() ? doubleAverage(e) : null;
        if (average != null) {
            return average;
        }
        int full = indexOfFull(e);
        if (full >= 0) {
            return full(full, e);
        }
        return switch (e) {
            case Column c -> rewriteColumn(c, number, clause);
            case Subquery s -> {
                Expr outside = ExprRewriter.mapChildren(s, x -> rewrite(x, number, clause));
                yield ExprTree.mapPlan(outside, plan -> rewriteFree(plan, number, clause));
            }
            default -> ExprRewriter.mapChildren(e, x -> rewrite(x, number, clause));
        };
    }

    /// The column for an AVG of exact numbers that is wanted as a double, or null: the quotient is then
    /// one of doubles, not a decimal's nine digits. MySQL does so where it has no GROUP BY; groups in a
    /// temporary table give decimals.
    private @Nullable Column doubleAverage(Expr e) {
        CastFunction cast = CastFunction.of(e);
        if (cast == null
                || cast.to().kind() != TypeKind.DOUBLE
                || !(ExprWalker.children(e).getFirst() instanceof Column c)) {
            return null;
        }
        for (AggregateItem item : List.copyOf(block.aggregates())) {
            AggregateCall call = item.call();
            if (item.column().index() == c.index()
                    && call.bound().function().name().equals("avg")) {
                return block.aggregate(
                        new AggregateCall(Aggregates.doubleAverage(call.bound()), call.distinct(), call.order()),
                        "avg");
            }
        }
        return null;
    }

    private LogicalPlan rewriteFree(LogicalPlan plan, int number, String clause) {
        Map<Integer, Expr> byId = new HashMap<>();
        for (Column c : freeColumns(plan)) {
            Expr now = rewrite(c, number, clause);
            if (now != c) {
                byId.put(c.index(), now);
            }
        }
        return byId.isEmpty() ? plan : PlanTree.substituteFree(plan, byId);
    }

    private static List<Column> freeColumns(LogicalPlan plan) {
        BitSet free = ColumnSets.free(plan);
        Map<Integer, Column> found = new LinkedHashMap<>();
        PlanTree.visit(
                plan,
                node -> PlanTree.forEachExpression(
                        node,
                        e -> ExprWalker.visit(e, x -> {
                            if (x instanceof Column c && free.get(c.index())) {
                                found.putIfAbsent(c.index(), c);
                            }
                        })));
        return List.copyOf(found.values());
    }

    private Expr rewriteColumn(Column c, int number, String clause) {
        Expr grouping = groupings.get(c.index());
        if (grouping != null) {
            return grouping;
        }
        if (!inputColumns.get(c.index())) {
            return c;
        }
        if (analysis.context().bind().sqlMode().has(SqlMode.ONLY_FULL_GROUP_BY)
                && !determined().get(c.index())) {
            ErrorCode code =
                    groups.isEmpty() ? ErrorCode.MIX_OF_GROUP_FUNC_AND_FIELDS : ErrorCode.WRONG_FIELD_WITH_GROUP;
            throw new SqlException(code, number, clause, analysis.fullName(c));
        }
        return anyValues.computeIfAbsent(c.index(), id -> analysis.newColumn(c.type(), true, c.name()));
    }

    /// The columns that have one value per group.
    private BitSet determined() {
        BitSet known = determined;
        if (known == null) {
            BitSet start = new BitSet();
            for (Expr group : groups) {
                if (group instanceof Column c) {
                    start.set(c.index());
                }
            }
            known = FunctionalDependencies.of(input).closure(start);
            determined = known;
        }
        return known;
    }

    /// The window function over the groups.
    WindowUse rewrite(WindowUse use) {
        List<Expr> partition = use.partition().stream()
                .map(e -> rewrite(e, 1, "WINDOW clause"))
                .toList();
        List<SortKey> order = PlanTree.mapKeys(use.order(), e -> rewrite(e, 1, "WINDOW clause"));
        return new WindowUse(
                use.column(), partition, order, PlanTree.mapWindowCall(use.call(), e -> rewrite(e, 1, "SELECT list")));
    }

    /// The grouping, once everything above is rewritten.
    LogicalPlan plan() {
        List<AggregateItem> aggregates = new ArrayList<>(block.aggregates());
        Calls calls = new Calls(block.environment());
        for (Block.AnyValueUse use : block.anyValues()) {
            aggregates.add(new AggregateItem(use.column(), calls.anyValue(use.argument())));
        }
        for (Item full : fullGroups.values()) {
            aggregates.add(new AggregateItem(full.column(), calls.anyValue(full.expression())));
        }
        Map<Integer, Column> byId = new HashMap<>();
        input.columns().forEach(c -> byId.put(c.index(), c));
        for (Map.Entry<Integer, Column> any : anyValues.entrySet()) {
            Column from = byId.get(any.getKey());
            if (from != null) {
                aggregates.add(new AggregateItem(any.getValue(), calls.anyValue(from)));
            }
        }
        return new Aggregate(input, groupItems, aggregates, groupingColumn);
    }

    /// Distinct items, each with some value of the hidden ones.
    static LogicalPlan distinctWith(Block block, LogicalPlan below, List<Item> items, List<Item> hidden) {
        Analysis analysis = block.environment().analysis();
        Calls calls = new Calls(block.environment());
        List<Item> inner = new ArrayList<>(items);
        List<AggregateItem> values = new ArrayList<>();
        for (Item h : hidden) {
            Column column =
                    analysis.newColumn(h.column().type(), true, h.column().name());
            inner.add(new Item(column, h.expression()));
            AggregateCall call = calls.anyValue(column);
            values.add(new AggregateItem(h.column(), call));
        }
        List<Item> groups =
                items.stream().map(i -> new Item(i.column(), i.column())).toList();
        return new Aggregate(new Project(below, inner), groups, values, null);
    }
}
