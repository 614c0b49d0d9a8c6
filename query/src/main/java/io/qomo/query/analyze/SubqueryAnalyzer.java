package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Subquery;
import io.qomo.query.function.Comparison;
import io.qomo.query.function.Comparisons;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalSubplan;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Predicate.QuantifiedComparison;
import io.qomo.query.sql.ast.QueryBody.ExplicitTable;
import io.qomo.query.sql.ast.QueryBody.ParenthesizedQuery;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SetOperation;
import io.qomo.query.sql.ast.QueryBody.TableValueConstructor;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.List;

/// Binds subqueries in expressions.
final class SubqueryAnalyzer {
    private final ExpressionAnalyzer binder;
    private final Calls calls;

    SubqueryAnalyzer(ExpressionAnalyzer binder) {
        this.binder = binder;
        this.calls = binder.calls();
    }

    private AnalyzedQuery analyze(QueryExpression query) {
        return analyzer().analyze(query);
    }

    private QueryAnalyzer analyzer() {
        Block block = binder.scope().block();
        return new QueryAnalyzer(block.environment(), binder.scope(), block.depth() + 1);
    }

    private AnalyzedQuery full(AnalyzedQuery query) {
        return FullDecimals.of(query, binder.scope().block().environment().analysis());
    }

    /// A query as a value. Error OPERAND_COLUMNS.
    Expr scalar(QueryExpression query) {
        AnalyzedQuery q = analyze(query);
        if (q.fields().size() != 1) {
            throw new SqlException(ErrorCode.OPERAND_COLUMNS, 1);
        }
        SqlType shown = q.fields().getFirst().column().type();
        AnalyzedQuery full = full(q);
        SqlType type = full.fields().getFirst().column().type();
        Expr value = new Subquery(
                Subquery.Kind.SCALAR,
                new LogicalSubplan(full.plan()),
                List.of(),
                List.of(),
                null,
                type,
                coercibility(query, q));
        return DecimalOps.rounded(value, shown);
    }

    private static Coercibility coercibility(QueryExpression query, AnalyzedQuery analyzed) {
        return switch (query.body()) {
            case QuerySpecification s -> analyzed.fields().getFirst().value().coercibility();
            case ParenthesizedQuery p -> coercibility(p.query(), analyzed);
            case ExplicitTable t -> Coercibility.IMPLICIT;
            case SetOperation s -> Coercibility.COERCIBLE;
            case TableValueConstructor v -> Coercibility.COERCIBLE;
        };
    }

    Expr exists(QueryExpression query) {
        return new Subquery(
                Subquery.Kind.EXISTS,
                new LogicalSubplan(analyze(query).plan()),
                List.of(),
                List.of(),
                null,
                SqlType.BIGINT,
                Coercibility.NUMERIC);
    }

    Expr in(Expression operand, QueryExpression query) {
        return compareEach(operand, Comparison.Operator.EQUAL, query, Subquery.Kind.ANY);
    }

    /// `op ANY` and `op ALL`.
    Expr quantified(QuantifiedComparison q) {
        return compareEach(
                q.left(),
                PredicateAnalyzer.operator(q.operator()),
                q.query(),
                q.all() ? Subquery.Kind.ALL : Subquery.Kind.ANY);
    }

    private Expr compareEach(Expression operand, Comparison.Operator op, QueryExpression query, Subquery.Kind kind) {
        List<Expr> operands = binder.bindAll(PredicateAnalyzer.elements(operand)).stream()
                .map(DecimalOps::unrounded)
                .toList();
        AnalyzedQuery q = full(analyzer().compared().analyze(query));
        int n = operands.size();
        if (q.fields().size() != n) {
            throw new SqlException(ErrorCode.OPERAND_COLUMNS, n);
        }
        List<Expr> right = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Column c = q.fields().get(i).column();
            right.add(new Column(n + i, c.type(), c.nullable(), c.name()));
        }
        Expr bound = Comparisons.bindRows(op, operands, right, calls.context());
        Expr comparison = ExprRewriter.rewrite(bound, e -> {
            for (int i = 0; i < n; i++) {
                if (e == operands.get(i)) {
                    return new Column(i, e.type(), e.nullable(), "operand");
                }
            }
            return e;
        });
        return new Subquery(
                kind,
                new LogicalSubplan(q.plan()),
                List.of(),
                operands,
                comparison,
                SqlType.BIGINT,
                Coercibility.NUMERIC);
    }

    /// Compares a row with the one row of a query: NULL if there is none, error SUBQUERY_NO_1_ROW if there are more.
    /// The comparison is made inside the query.
    Expr compareRow(List<Expression> row, Comparison.Operator op, QueryExpression query) {
        List<Expr> operands = binder.bindAll(row);
        AnalyzedQuery q = full(analyze(query));
        if (q.fields().size() != operands.size()) {
            throw new SqlException(ErrorCode.OPERAND_COLUMNS, operands.size());
        }
        List<Expr> right = new ArrayList<>(q.columns());
        Expr comparison = Comparisons.bindRows(op, operands, right, calls.context());
        Column column = binder.scope()
                .block()
                .environment()
                .analysis()
                .newColumn(SqlType.BIGINT, comparison.nullable(), "comparison");
        Project project = new Project(q.plan(), List.of(new Item(column, comparison)));
        return new Subquery(
                Subquery.Kind.SCALAR,
                new LogicalSubplan(project),
                List.of(),
                List.of(),
                null,
                SqlType.BIGINT,
                Coercibility.NUMERIC);
    }
}
