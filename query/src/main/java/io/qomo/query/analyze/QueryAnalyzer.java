package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryBody.ExplicitTable;
import io.qomo.query.sql.ast.QueryBody.ParenthesizedQuery;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import io.qomo.query.sql.ast.QueryBody.SetOperation;
import io.qomo.query.sql.ast.QueryBody.TableValueConstructor;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.QueryExpression.LockingClause;
import io.qomo.query.sql.ast.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Analyzes whole queries: WITH, set operations, VALUES, TABLE, and ORDER BY and LIMIT over them.
final class QueryAnalyzer {
    private final Environment environment;
    private final @Nullable Scope outer;
    private final int depth;
    private final boolean isCompared;

    /// @param outer the scope around the query, or null
    /// @param depth of its blocks
    QueryAnalyzer(Environment environment, @Nullable Scope outer, int depth) {
        this(environment, outer, depth, false);
    }

    private QueryAnalyzer(Environment environment, @Nullable Scope outer, int depth, boolean isCompared) {
        this.environment = environment;
        this.outer = outer;
        this.depth = depth;
        this.isCompared = isCompared;
    }

    /// For a query whose rows are only compared with a value, as IN and ANY do: its quotients keep all
    /// their digits through DISTINCT, GROUP BY and UNION, which change nothing else there.
    QueryAnalyzer compared() {
        return new QueryAnalyzer(environment, outer, depth, true);
    }

    /// For a query in which it matters which rows are equal.
    QueryAnalyzer uncompared() {
        return isCompared ? new QueryAnalyzer(environment, outer, depth) : this;
    }

    boolean isCompared() {
        return isCompared;
    }

    AnalyzedQuery analyze(QueryExpression query) {
        return analyze(query, List.of());
    }

    /// @param locking of the query around, which counts where this one has none
    AnalyzedQuery analyze(QueryExpression query, List<LockingClause> locking) {
        List<LockingClause> locks = query.locking().isEmpty() ? locking : query.locking();
        if (query.with() == null) {
            return body(query.body(), query.orderBy(), query.limit(), locks);
        }
        CteAnalyzer ctes = new CteAnalyzer(environment, outer, depth);
        Environment inner = ctes.define(query.with());
        AnalyzedQuery result = new QueryAnalyzer(inner, outer, depth, isCompared)
                .body(query.body(), query.orderBy(), query.limit(), locks);
        return result.withPlan(ctes.wrap(result.plan()));
    }

    AnalyzedQuery body(
            QueryBody body,
            List<OrderItem> orderBy,
            QueryExpression.@Nullable Limit limit,
            List<LockingClause> locking) {
        if (isCompared && limit != null) {
            return uncompared().body(body, orderBy, limit, locking);
        }
        return switch (body) {
            case QuerySpecification q -> {
                SelectBuilder builder =
                        new SelectAnalyzer(environment, outer, depth).bind(q, orderBy, limit, new Locking(locking));
                yield isCompared ? builder.buildCompared() : builder.build();
            }
            case ExplicitTable t ->
                new SelectAnalyzer(environment, outer, depth).analyze(selectAll(t), orderBy, limit, Locking.NONE);
            case ParenthesizedQuery p -> finish(analyze(p.query(), locking), orderBy, limit);
            case TableValueConstructor v -> finish(values(v), orderBy, limit);
            case SetOperation s ->
                finish(new SetOperationAnalyzer(environment, this).analyze(s, locking), orderBy, limit);
        };
    }

    private static QuerySpecification selectAll(ExplicitTable t) {
        return new QuerySpecification(
                t.span(),
                null,
                Set.of(),
                List.of(new SelectItem.AllColumns(t.span())),
                List.of(new NamedTable(t.span(), t.table(), List.of(), null, List.of())),
                null,
                null,
                null,
                List.of());
    }

    private AnalyzedQuery values(TableValueConstructor v) {
        Block block = new Block(environment, depth);
        block.enter(Clause.VALUES);
        ExpressionAnalyzer binder = new ExpressionAnalyzer(new Scope(block, List.of(), List.of(), outer));
        List<List<Expr>> rows = new ArrayList<>();
        for (List<Expression> row : v.rows()) {
            if (row.size() != v.rows().getFirst().size()) {
                throw new SqlException(ErrorCode.WRONG_VALUE_COUNT_ON_ROW, rows.size() + 1);
            }
            rows.add(row.stream().map(binder::bind).toList());
        }
        return valuesOf(rows);
    }

    private AnalyzedQuery valuesOf(List<List<Expr>> rows) {
        Calls calls = new Calls(environment);
        int width = rows.getFirst().size();
        List<OutputField> fields = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int at = i;
            SqlType type =
                    calls.merge("VALUES", rows.stream().map(r -> r.get(at)).toList());
            boolean nullable = rows.stream().anyMatch(r -> r.get(at).nullable());
            String name = "column_" + i;
            fields.add(new OutputField(name, environment.analysis().newColumn(type, nullable, name), Origin.NONE));
            types.add(type);
        }
        List<List<Expr>> cast = new ArrayList<>();
        for (List<Expr> row : rows) {
            List<Expr> values = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                values.add(calls.cast(row.get(i), types.get(i)));
            }
            cast.add(values);
        }
        List<Column> columns = fields.stream().map(OutputField::column).toList();
        return new AnalyzedQuery(new Values(columns, cast), fields);
    }

    /// ORDER BY and LIMIT over the output of a query.
    private AnalyzedQuery finish(AnalyzedQuery query, List<OrderItem> orderBy, QueryExpression.@Nullable Limit limit) {
        if (orderBy.isEmpty() && limit == null) {
            return query;
        }
        LogicalPlan plan = query.plan();
        List<SortKey> keys = outputKeys(query, orderBy);
        if (!keys.isEmpty()) {
            plan = new Sort(plan, keys);
        }
        return query.withPlan(limit == null ? plan : new Limits(environment).apply(plan, limit));
    }

    private List<SortKey> outputKeys(AnalyzedQuery query, List<OrderItem> orderBy) {
        Block block = new Block(environment, depth);
        block.enter(Clause.ORDER_BY);
        List<Field> fields = new ArrayList<>();
        query.fields().forEach(f -> fields.add(new Field(f.name(), f.column(), f.origin(), true)));
        Relation relation = new Relation("", "", fields, null, null);
        Scope scope = new Scope(block, List.of(relation), fields, outer);
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        List<SortKey> keys = new ArrayList<>();
        for (OrderItem item : orderBy) {
            Expr key;
            if (item.expression() instanceof Literal.IntegerLiteral n) {
                key = query.fields()
                        .get(position(n, query.fields().size(), Clause.ORDER_BY))
                        .column();
            } else {
                key = binder.bind(item.expression());
            }
            keys.add(new SortKey(key, item.descending()));
        }
        if (!block.aggregates().isEmpty() || !block.windows().isEmpty()) {
            throw new SqlException(ErrorCode.INVALID_GROUP_FUNC_USE);
        }
        return keys;
    }

    /// The index a position in ORDER BY or GROUP BY means. Error BAD_FIELD.
    static int position(Literal.IntegerLiteral n, int size, Clause clause) {
        if (n.unsigned() || n.value() < 1 || n.value() > size) {
            throw new SqlException(ErrorCode.BAD_FIELD, Long.toUnsignedString(n.value()), clause.text());
        }
        return (int) n.value() - 1;
    }
}
