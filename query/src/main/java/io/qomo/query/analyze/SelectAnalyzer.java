package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.QueryBody.GroupBy;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SelectOption;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Analyzes a query block with its ORDER BY and LIMIT: binds every clause over FROM, then builds the plan.
final class SelectAnalyzer {
    private final Environment environment;
    private final @Nullable Scope outer;
    private final int depth;
    private final Block block;

    /// @param outer the scope around the block, or null
    /// @param depth of the block
    SelectAnalyzer(Environment environment, @Nullable Scope outer, int depth) {
        this.environment = environment;
        this.outer = outer;
        this.depth = depth;
        this.block = new Block(environment, depth);
    }

    AnalyzedQuery analyze(
            QuerySpecification q, List<OrderItem> orderBy, QueryExpression.@Nullable Limit limit, Locking locking) {
        return bind(q, orderBy, limit, locking).build();
    }

    /// Binds the block; the builder may be given more before it builds.
    SelectBuilder bind(
            QuerySpecification q, List<OrderItem> orderBy, QueryExpression.@Nullable Limit limit, Locking locking) {
        environment.analysis().hint(q.hints());
        EvalContext warnings = environment.analysis().context().bind().evalContext();
        OptimizerHints hints = OptimizerHints.parse(q.hints(), depth, warnings);
        TableOpener opener = new TableOpener(environment, locking, false, hints);
        boolean straight = q.options().contains(SelectOption.STRAIGHT_JOIN) || hints.keepsOrder();
        FromItem from = new FromAnalyzer(block, outer, opener, straight).analyze(q.from());
        hints.checkTables(from.relations().stream().map(Relation::alias).toList(), warnings);
        locking.checkNames(from.relations());
        Scope scope = new Scope(block, from.relations(), from.visible(), outer);
        block.setWindowDefinitions(q.windows());
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        if (q.groupBy() != null) {
            prepareGroups(q, q.groupBy(), scope);
        }
        new SelectList(scope, binder).bind(q.items(), !q.from().isEmpty());
        block.enter(Clause.WHERE);
        Expr where = q.where() == null ? null : ZeroDates.find(binder.bindCondition(q.where()), scope);
        block.enter(Clause.GROUP_BY);
        boolean rollup = q.groupBy() != null && q.groupBy().rollup();
        block.setGroups(q.groupBy() == null ? List.of() : groups(q.groupBy(), scope, binder));
        block.enter(Clause.HAVING);
        Expr having = q.having() == null ? null : binder.bindCondition(q.having());
        block.enter(Clause.ORDER_BY);
        List<OrderKey> keys = orderKeys(orderBy, scope, binder);
        LogicalPlan input = where == null ? from.plan() : new Filter(from.plan(), where);
        return new SelectBuilder(scope, input, rollup, having, keys, q.isDistinct(), limit);
    }

    /// Binds grouping expressions that stand for themselves before the select list, so that equal syntax there gives
    /// the same expression.
    private void prepareGroups(QuerySpecification q, GroupBy groupBy, Scope scope) {
        block.enter(Clause.GROUP_BY);
        for (Expression item : groupBy.items()) {
            if (item instanceof ColumnReference || item instanceof Literal) {
                Expression named = new GroupNames(scope, q.items()).selected(item);
                if (named != null) {
                    rememberSelected(named, scope);
                }
                continue;
            }
            try {
                block.remember(item, new ExpressionAnalyzer(scope).bind(item), scope);
            } catch (SqlException e) {
                if (e.code() != ErrorCode.BAD_FIELD) {
                    throw e;
                }
                // It speaks of an alias of the select list, which is not bound yet.
            }
        }
    }

    /// Binds an element of the select list that is grouped by before the others: windows beside it may
    /// hold the same. If something is wrong with it, or it is nothing to group by, that is for those to
    /// say who bind it in its turn.
    private void rememberSelected(Expression selected, Scope scope) {
        Block.Mark mark = block.mark();
        block.enter(Clause.FIELD_LIST);
        try {
            Expr value = new ExpressionAnalyzer(scope).bind(selected);
            if (block.isAt(mark) && ExprWalker.isDeterministic(value)) {
                block.remember(selected, value, scope);
            }
        } catch (SqlException e) {
            // Said again when the select list is bound.
        } finally {
            block.reset(mark);
            block.enter(Clause.GROUP_BY);
        }
    }

    private List<Expr> groups(GroupBy groupBy, Scope scope, ExpressionAnalyzer binder) {
        List<Expr> groups = new ArrayList<>();
        for (Expression item : groupBy.items()) {
            Expr group = group(item, scope, binder);
            if (dependsOnLater(group)) {
                throw new SqlException(ErrorCode.WRONG_GROUP_FIELD, name(item, binder));
            }
            for (SelectColumn c : block.selectColumns()) {
                if (c.value() == group && c.syntax() != null) {
                    block.remember(c.syntax(), group, scope);
                }
            }
            groups.add(group);
        }
        return groups;
    }

    private String name(Expression item, ExpressionAnalyzer binder) {
        return item instanceof Literal.IntegerLiteral n
                ? block.selectColumns()
                        .get(QueryAnalyzer.position(n, block.selectColumns().size(), Clause.GROUP_BY))
                        .name()
                : binder.text(item);
    }

    private Expr group(Expression item, Scope scope, ExpressionAnalyzer binder) {
        if (item instanceof Literal.IntegerLiteral n) {
            int at = QueryAnalyzer.position(n, block.selectColumns().size(), Clause.GROUP_BY);
            return block.selectColumns().get(at).value();
        }
        return binder.bind(item);
    }

    /// True if the expression has an aggregate or a window function of this block in it.
    private boolean dependsOnLater(Expr e) {
        return ExprWalker.any(
                e,
                x -> x instanceof Expr.Column c
                        && (block.aggregates().stream().anyMatch(a -> a.column().index() == c.index())
                                || block.windows().stream()
                                        .anyMatch(w -> w.column().index() == c.index())));
    }

    private List<OrderKey> orderKeys(List<OrderItem> orderBy, Scope scope, ExpressionAnalyzer binder) {
        List<OrderKey> keys = new ArrayList<>();
        for (OrderItem item : orderBy) {
            int selected = selectedIndex(item.expression(), scope, binder);
            Expr value = selected >= 0 ? block.selectColumns().get(selected).value() : binder.bind(item.expression());
            keys.add(new OrderKey(value, selected, item.descending(), binder.text(item.expression())));
        }
        return keys;
    }

    /// Which element of the select list a key of ORDER BY means, or -1.
    private int selectedIndex(Expression key, Scope scope, ExpressionAnalyzer binder) {
        List<SelectColumn> columns = block.selectColumns();
        if (key instanceof Literal.IntegerLiteral n) {
            return QueryAnalyzer.position(n, columns.size(), Clause.ORDER_BY);
        }
        if (key instanceof ColumnReference r && r.table() == null) {
            return aliasIndex(r, scope);
        }
        for (int i = 0; i < columns.size(); i++) {
            Expression syntax = columns.get(i).syntax();
            if (syntax != null && new SyntaxMatch(syntax, scope).matches(key)) {
                binder.noteNames(key);
                return i;
            }
        }
        return -1;
    }

    private int aliasIndex(ColumnReference r, Scope scope) {
        Expr found = scope.alias(r);
        if (found == null) {
            return -1;
        }
        List<SelectColumn> columns = block.selectColumns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(r.column())
                    && ExprTree.same(columns.get(i).value(), found)) {
                return i;
            }
        }
        return -1;
    }

    /// A key of ORDER BY.
    ///
    /// @param value over FROM
    /// @param selected the element of the select list it is, or -1
    record OrderKey(Expr value, int selected, boolean descending, String text) {
        /// The same with the value mapped.
        OrderKey over(Expr other) {
            return new OrderKey(other, selected, descending, text);
        }
    }
}
