package io.qomo.query.analyze;

import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.AggregateItem;
import io.qomo.query.plan.PlanParts.AggregateCall;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.plan.PlanParts.WindowCall;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.WindowReference.WindowDefinition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query block while it is analyzed: what was set aside while its expressions were bound. Owned by the analysis.
final class Block {
    private final Environment environment;
    private final int depth;
    private final List<AggregateItem> aggregates = new ArrayList<>();
    private final List<WindowUse> windows = new ArrayList<>();
    private final BitSet outerJoined = new BitSet();
    private List<WindowDefinition> windowDefinitions = List.of();
    private List<SelectColumn> selectColumns = new ArrayList<>();
    private List<Expr> groups = List.of();
    private Clause clause = Clause.FROM;
    private boolean inAggregate;
    private @Nullable Relation incoming;
    private final List<GroupingUse> groupings = new ArrayList<>();
    private final List<AnyValueUse> anyValues = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();

    /// A call of GROUPING() and the column that stands for it until the groups are known.
    record GroupingUse(Column column, List<Expr> arguments) {}

    /// A call of ANY_VALUE() and the column that stands for it: an aggregate if the block is grouped, else its
    /// argument.
    record AnyValueUse(Column column, Expr argument) {}

    /// Syntax that was bound before: bound again it gives the same expression, so that grouping recognizes it.
    private record Known(SyntaxMatch syntax, Expr value, Scope scope) {}

    /// A window function of the block.
    record WindowUse(Column column, List<Expr> partition, List<SortKey> order, WindowCall call) {}

    /// @param depth number of enclosing blocks
    Block(Environment environment, int depth) {
        this.environment = environment;
        this.depth = depth;
    }

    Environment environment() {
        return environment;
    }

    int depth() {
        return depth;
    }

    Clause clause() {
        return clause;
    }

    /// Says where the expressions bound from now on stand.
    void enter(Clause now) {
        clause = now;
    }

    /// True while arguments of an aggregate of this block are bound.
    boolean isInAggregate() {
        return inAggregate;
    }

    void setInAggregate(boolean now) {
        inAggregate = now;
    }

    List<AggregateItem> aggregates() {
        return aggregates;
    }

    /// The column an aggregate becomes; equal aggregates share one.
    Column aggregate(AggregateCall call, String name) {
        for (AggregateItem item : aggregates) {
            if (isSame(item.call(), call)) {
                return item.column();
            }
        }
        Column column = environment
                .analysis()
                .newColumn(call.bound().type(), call.bound().nullable(), name);
        aggregates.add(new AggregateItem(column, call));
        return column;
    }

    private static boolean isSame(AggregateCall a, AggregateCall b) {
        return a.distinct() == b.distinct()
                && a.order().isEmpty()
                && b.order().isEmpty()
                && !a.bound().function().name().equals("group_concat")
                && a.bound().function().name().equals(b.bound().function().name())
                && a.bound().type().equals(b.bound().type())
                && ExprTree.sameList(a.bound().arguments(), b.bound().arguments())
                && a.bound().arguments().stream().allMatch(ExprWalker::isDeterministic);
    }

    List<WindowUse> windows() {
        return windows;
    }

    void addWindow(WindowUse use) {
        windows.add(use);
    }

    List<WindowDefinition> windowDefinitions() {
        return windowDefinitions;
    }

    void setWindowDefinitions(List<WindowDefinition> definitions) {
        windowDefinitions = definitions;
    }

    /// The select list as far as it is bound.
    List<SelectColumn> selectColumns() {
        return selectColumns;
    }

    void setSelectColumns(List<SelectColumn> columns) {
        selectColumns = columns;
    }

    List<Expr> groups() {
        return groups;
    }

    void setGroups(List<Expr> expressions) {
        groups = expressions;
    }

    List<GroupingUse> groupings() {
        return groupings;
    }

    boolean hasGroupings() {
        return !groupings.isEmpty();
    }

    List<AnyValueUse> anyValues() {
        return anyValues;
    }

    void addAnyValue(AnyValueUse use) {
        anyValues.add(use);
    }

    void addGrouping(GroupingUse use) {
        groupings.add(use);
    }

    /// In ON DUPLICATE KEY UPDATE the row that could not be inserted, else null.
    @Nullable Relation incoming() {
        return incoming;
    }

    void setIncoming(Relation relation) {
        incoming = relation;
    }

    /// How much had been set aside at some time.
    record Mark(int aggregates, int windows, int groupings, int anyValues) {}

    Mark mark() {
        return new Mark(aggregates.size(), windows.size(), groupings.size(), anyValues.size());
    }

    /// True if nothing was set aside since.
    boolean isAt(Mark mark) {
        return mark.equals(mark());
    }

    /// Forgets what was set aside since.
    void reset(Mark mark) {
        aggregates.subList(mark.aggregates, aggregates.size()).clear();
        windows.subList(mark.windows, windows.size()).clear();
        groupings.subList(mark.groupings, groupings.size()).clear();
        anyValues.subList(mark.anyValues, anyValues.size()).clear();
    }

    /// Binds equal syntax in the scope to this expression from now on.
    void remember(Expression syntax, Expr value, Scope scope) {
        known.add(new Known(new SyntaxMatch(syntax, scope), value, scope));
    }

    /// What equal syntax was bound to, or null.
    @Nullable Expr recall(Expression syntax, Scope scope) {
        for (Known k : known) {
            if (k.scope == scope && k.syntax.matches(syntax)) {
                return k.value;
            }
        }
        return null;
    }

    /// Columns of the plan may be NULL from now on: it is the inner side of an outer join.
    void markOuterJoined(LogicalPlan plan) {
        plan.columns().forEach(c -> outerJoined.set(c.index()));
    }

    /// The column with the nullability it has above the joins so far.
    Column seen(Column column) {
        return outerJoined.get(column.index()) ? LogicalPlan.nullableForm(column) : column;
    }
}
