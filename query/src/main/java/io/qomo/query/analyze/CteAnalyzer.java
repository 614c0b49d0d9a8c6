package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.RecursiveCte;
import io.qomo.query.logical.LogicalPlan.UnionAll;
import io.qomo.query.logical.LogicalPlan.WithCte;
import io.qomo.query.sql.ast.QueryBody;
import io.qomo.query.sql.ast.QueryBody.ParenthesizedQuery;
import io.qomo.query.sql.ast.QueryBody.SetOperation;
import io.qomo.query.sql.ast.QueryBody.SetOperator;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.QueryExpression.CommonTableExpression;
import io.qomo.query.sql.ast.QueryExpression.WithClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Analyzes WITH: plain definitions and recursive ones.
///
/// Source: MySQL 8.0 manual, "WITH (Common Table Expressions)": the columns of a recursive one take names and types
/// from its nonrecursive part, and all may be NULL.
final class CteAnalyzer {
    private final Environment environment;
    private final @Nullable Scope outer;
    private final int depth;
    private final List<Definition> definitions = new ArrayList<>();

    private record Definition(CteEntry entry, LogicalPlan plan) {}

    CteAnalyzer(Environment environment, @Nullable Scope outer, int depth) {
        this.environment = environment;
        this.outer = outer;
        this.depth = depth;
    }

    /// The environment of the query that follows.
    Environment define(WithClause with) {
        Environment current = environment;
        List<String> names = new ArrayList<>();
        for (CommonTableExpression cte : with.elements()) {
            if (names.stream().anyMatch(n -> n.equalsIgnoreCase(cte.name()))) {
                throw new SqlException(ErrorCode.NON_UNIQUE_TABLE, cte.name());
            }
            names.add(cte.name());
            boolean recursive = with.recursive() && TableMentions.inFrom(cte.query(), cte.name());
            Definition definition = recursive ? recursive(cte, current) : plain(cte, current);
            definitions.add(definition);
            List<CteEntry> entries = new ArrayList<>(current.ctes());
            entries.add(definition.entry);
            current = current.withCtes(entries);
        }
        return current;
    }

    /// The plan of the query with the definitions it names around it.
    LogicalPlan wrap(LogicalPlan body) {
        LogicalPlan plan = body;
        for (int i = definitions.size() - 1; i >= 0; i--) {
            Definition d = definitions.get(i);
            if (d.entry.references() > 0) {
                plan = new WithCte(d.entry.id(), d.entry.name(), d.plan, plan);
            }
        }
        return plan;
    }

    private Definition plain(CommonTableExpression cte, Environment around) {
        AnalyzedQuery query = new QueryAnalyzer(around.materialized(), outer, depth + 1).analyze(cte.query());
        boolean isMerged = Merging.isMerged(query.plan());
        AnalyzedQuery full = isMerged ? FullDecimals.of(query, environment.analysis()) : query;
        List<OutputField> fields = new ArrayList<>();
        for (OutputField f : FromAnalyzer.rename(query.fields(), cte.columns())) {
            Column column = full.fields().get(fields.size()).column();
            Expr shown = DecimalOps.rounded(column, f.column().type());
            fields.add(new OutputField(f.name(), column, f.origin(), shown));
        }
        int id = environment.analysis().newCteId();
        return new Definition(new CteEntry(cte.name(), id, fields, false, 0, isMerged), full.plan());
    }

    private Definition recursive(CommonTableExpression cte, Environment around) {
        QueryExpression query = cte.query();
        if (!(unwrap(query.body()) instanceof SetOperation union) || union.operator() != SetOperator.UNION) {
            throw new SqlException(ErrorCode.CTE_RECURSIVE_REQUIRES_UNION, cte.name());
        }
        List<QueryBody> seeds = new ArrayList<>();
        List<QueryBody> steps = new ArrayList<>();
        split(union, cte.name(), seeds, steps);
        if (seeds.isEmpty()) {
            throw new SqlException(ErrorCode.CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST, cte.name());
        }
        QueryAnalyzer outside = new QueryAnalyzer(around, outer, depth + 1);
        List<AnalyzedQuery> seedQueries = new ArrayList<>();
        for (QueryBody seed : seeds) {
            seedQueries.add(outside.body(seed, List.of(), null, List.of()));
        }
        SetOperationAnalyzer sets = new SetOperationAnalyzer(around, outside);
        AnalyzedQuery seed = seedQueries.size() == 1 ? seedQueries.getFirst() : sets.union(seedQueries, true);
        List<OutputField> fields = recursiveFields(FromAnalyzer.rename(seed.fields(), cte.columns()));
        int id = environment.analysis().newCteId();
        List<LogicalPlan> stepPlans = new ArrayList<>();
        for (QueryBody step : steps) {
            stepPlans.add(step(cte, step, around, id, fields));
        }
        LogicalPlan step = stepPlans.size() == 1 ? stepPlans.getFirst() : new UnionAll(freshColumns(fields), stepPlans);
        List<Column> columns = fields.stream().map(OutputField::column).toList();
        LogicalPlan plan = new RecursiveCte(columns, id, sets.cast(seed, fields), step, !union.all());
        if (query.limit() != null) {
            plan = new Limits(around).apply(plan, query.limit());
        }
        int outerId = environment.analysis().newCteId();
        return new Definition(new CteEntry(cte.name(), outerId, fields, false, 0, false), plan);
    }

    private static QueryBody unwrap(QueryBody body) {
        return body instanceof ParenthesizedQuery p && p.query().isBare()
                ? unwrap(p.query().body())
                : body;
    }

    /// The operands of the union: those before the first that names the expression, and the rest.
    private static void split(QueryBody body, String name, List<QueryBody> seeds, List<QueryBody> steps) {
        if (body instanceof SetOperation s && s.operator() == SetOperator.UNION && TableMentions.inFrom(s, name)) {
            split(s.left(), name, seeds, steps);
            split(s.right(), name, seeds, steps);
        } else if (TableMentions.inFrom(body, name)) {
            steps.add(body);
        } else if (steps.isEmpty()) {
            seeds.add(body);
        } else {
            throw new SqlException(ErrorCode.CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST, name);
        }
    }

    private List<OutputField> recursiveFields(List<OutputField> seed) {
        List<OutputField> fields = new ArrayList<>();
        for (OutputField f : seed) {
            SqlType type = f.column().type().kind() == TypeKind.NULL
                    ? SqlType.varbinary(0)
                    : f.column().type();
            Column column = environment.analysis().newColumn(type, true, f.name());
            fields.add(new OutputField(f.name(), column, Origin.NONE));
        }
        return fields;
    }

    private List<Column> freshColumns(List<OutputField> fields) {
        return fields.stream()
                .map(f -> environment.analysis().newColumn(f.column().type(), true, f.name()))
                .toList();
    }

    private LogicalPlan step(
            CommonTableExpression cte, QueryBody body, Environment around, int id, List<OutputField> fields) {
        List<CteEntry> entries = new ArrayList<>(around.ctes());
        entries.add(new CteEntry(cte.name(), id, fields, true, depth + 1, false));
        Environment inside = around.withCtes(entries);
        QueryAnalyzer queries = new QueryAnalyzer(inside, outer, depth + 1);
        AnalyzedQuery query = queries.body(body, List.of(), null, List.of());
        if (TableMentions.hasAggregates(query.plan(), id)) {
            throw new SqlException(ErrorCode.CTE_RECURSIVE_FORBIDS_AGGREGATION, cte.name());
        }
        if (query.fields().size() != fields.size()) {
            throw new SqlException(ErrorCode.WRONG_NUMBER_OF_COLUMNS_IN_SELECT);
        }
        return new SetOperationAnalyzer(inside, queries).cast(query, fields);
    }
}
