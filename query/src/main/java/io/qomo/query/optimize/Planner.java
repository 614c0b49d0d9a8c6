package io.qomo.query.optimize;

import io.qomo.query.analyze.Analyzer;
import io.qomo.query.analyze.Analyzer.Analyzed;
import io.qomo.query.analyze.Analyzer.Mention;
import io.qomo.query.analyze.PlanContext;
import io.qomo.query.analyze.TableBinder;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Limit;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlannedQuery;
import io.qomo.query.sql.ast.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans statements: syntax tree in, physical plan out. One per node; safe for use by many threads.
public final class Planner {
    private final TableBinder tableBinder;
    private final Analyzer analyzer;
    private final Set<String> disabledRules;

    /// A planner with all rules.
    public Planner(TableBinder tableBinder) {
        this(tableBinder, Set.of());
    }

    /// @param tableBinder gives tables their expressions
    /// @param disabledRules names of rules to leave out
    public Planner(TableBinder tableBinder, Set<String> disabledRules) {
        this.tableBinder = tableBinder;
        this.analyzer = new Analyzer(tableBinder);
        this.disabledRules = Set.copyOf(disabledRules);
    }

    /// A plan and what a session must know about it.
    ///
    /// @param query to be run
    /// @param hints the texts of optimizer hint comments
    /// @param tables the base tables and views that are used
    /// @param mentions those the statement itself names
    /// @param foundRows with SQL_CALC_FOUND_ROWS the limit the session must apply itself while it counts, else null
    public record Planned(
            PlannedQuery query,
            List<String> hints,
            List<TableDef> tables,
            List<Mention> mentions,
            @Nullable FoundRows foundRows) {
        public Planned {
            hints = List.copyOf(hints);
            tables = List.copyOf(tables);
            mentions = List.copyOf(mentions);
        }
    }

    /// The LIMIT of a statement with SQL_CALC_FOUND_ROWS: expressions over nothing.
    public record FoundRows(@Nullable Expr offset, @Nullable Expr count) {}

    /// Gives tables their expressions.
    public TableBinder tableBinder() {
        return tableBinder;
    }

    /// Resolves names.
    public Analyzer analyzer() {
        return analyzer;
    }

    /// The plan of SELECT, VALUES, TABLE, INSERT, REPLACE, UPDATE or DELETE.
    public PlannedQuery plan(Statement statement, PlanContext context) {
        return prepare(statement, context).query();
    }

    /// The plan with what else the session needs.
    public Planned prepare(Statement statement, PlanContext context) {
        Analyzed analyzed = analyzer.analyze(statement, context);
        Cardinality cardinality = new Cardinality(context.catalog());
        RuleContext rules = new RuleContext(analyzed.ids(), context.bind(), cardinality);
        PhysicalBuilder builder = new PhysicalBuilder(new PathFinder(cardinality, analyzed.ids()));
        PhysicalPlan root;
        FoundRows foundRows = null;
        if (analyzed.write() != null) {
            DmlPlan write = analyzed.write();
            DmlPlan narrow = DmlColumns.narrow(write);
            LogicalPlan source = optimize(narrow.source(), rules, cardinality);
            DmlPlan optimized = narrow.withSource(source)
                    .mapSettings(e -> ExprTree.rewrite(e, x -> x, sub -> optimize(sub, rules, cardinality)));
            root = new DmlBuilder(builder).build(optimized);
        } else {
            LogicalPlan query = queryOf(analyzed);
            if (analyzed.calculatesFoundRows() && limitOf(query) instanceof Limit l) {
                foundRows = new FoundRows(l.offset(), l.count());
                query = withoutLimit(query);
            }
            root = builder.build(optimize(query, rules, cardinality), query.columns(), Map.of());
        }
        PlannedQuery planned = new PlannedQuery(root, analyzed.fields(), builder.slots());
        return new Planned(planned, analyzed.hints(), analyzed.tables(), analyzed.mentions(), foundRows);
    }

    private static LogicalPlan queryOf(Analyzed analyzed) {
        LogicalPlan query = analyzed.query();
        if (query == null) {
            throw new IllegalStateException("neither query nor write");
        }
        return query;
    }

    private LogicalPlan optimize(LogicalPlan plan, RuleContext rules, Cardinality cardinality) {
        LogicalPlan optimized = Rules.apply(plan, rules, disabledRules);
        cardinality.learn(optimized);
        return optimized;
    }

    /// The limit at the top, below projections only, or null.
    private static @Nullable LogicalPlan limitOf(LogicalPlan plan) {
        return plan instanceof Project p ? limitOf(p.input()) : plan instanceof Limit ? plan : null;
    }

    private static LogicalPlan withoutLimit(LogicalPlan plan) {
        return switch (plan) {
            case Project p -> p.withInputs(List.of(withoutLimit(p.input())));
            case Limit l -> l.input();
            default -> plan;
        };
    }
}
