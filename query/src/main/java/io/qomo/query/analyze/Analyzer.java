package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.logical.ColumnAllocator;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.plan.PlannedQuery.ResultField;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryBody.SelectOption;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.printer.AstPrinter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Analyzes statements that read or change rows.
public final class Analyzer {
    private final TableBinder tableBinder;

    /// @param tableBinder gives tables their expressions
    public Analyzer(TableBinder tableBinder) {
        this.tableBinder = tableBinder;
    }

    /// A table or view as a statement names it, and the name it goes by there.
    public record Mention(TableDef table, String alias) {}

    /// A statement whose names are resolved and whose expressions have types.
    ///
    /// @param query the rows of a query, null if the statement writes
    /// @param write what is written, null for a query
    /// @param fields the query's result columns
    /// @param ids for new columns
    /// @param hints the texts of optimizer hint comments
    /// @param tables the base tables and views that are used
    /// @param mentions those the statement itself names
    /// @param calculatesFoundRows SQL_CALC_FOUND_ROWS
    public record Analyzed(
            @Nullable LogicalPlan query,
            @Nullable DmlPlan write,
            List<ResultField> fields,
            ColumnAllocator ids,
            List<String> hints,
            List<TableDef> tables,
            List<Mention> mentions,
            boolean calculatesFoundRows) {
        public Analyzed {
            fields = List.copyOf(fields);
            hints = List.copyOf(hints);
            tables = List.copyOf(tables);
            mentions = List.copyOf(mentions);
        }
    }

    /// Analyzes SELECT, VALUES, TABLE, INSERT, REPLACE, UPDATE, DELETE.
    public Analyzed analyze(Statement statement, PlanContext context) {
        Analysis analysis = new Analysis(context, tableBinder);
        Environment environment = Environment.of(analysis);
        if (!(statement instanceof DmlStatement dml)) {
            throw new SqlException(ErrorCode.UNSUPPORTED_PREPARED_STATEMENT);
        }
        return switch (dml) {
            case DmlStatement.SelectStatement s -> query(s, analysis, environment);
            case DmlStatement.InsertStatement i -> write(new InsertAnalyzer(environment, i).analyze(), analysis);
            case DmlStatement.UpdateStatement u -> write(new WriteAnalyzer(environment, u.with()).update(u), analysis);
            case DmlStatement.DeleteStatement d -> write(new WriteAnalyzer(environment, d.with()).delete(d), analysis);
            case DmlStatement.MultiDeleteStatement d ->
                write(new WriteAnalyzer(environment, d.with()).delete(d), analysis);
            case DmlStatement.LoadDataStatement l -> throw notAPlan();
            case DmlStatement.DoStatement d -> throw notAPlan();
            case DmlStatement.CallStatement c -> throw notAPlan();
            case DmlStatement.HandlerStatement h -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "HANDLER");
            case DmlStatement.ImportTableStatement i ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "IMPORT TABLE");
        };
    }

    /// The text of a view's query with every name qualified and `*` spelled out. Errors VIEW_RECURSIVE,
    /// VIEW_SELECT_VARIABLE, VIEW_SELECT_TMPTABLE, and those of the query.
    ///
    /// @param database of the view
    /// @param name of the view, which must not be among the views the query uses
    public String viewText(QueryExpression query, PlanContext context, String database, String name) {
        Analysis analysis = new Analysis(context, tableBinder);
        NameLog names = new NameLog();
        analysis.note(names);
        new QueryAnalyzer(Environment.of(analysis), null, 0).analyze(query);
        for (TableDef used : analysis.tables()) {
            boolean isItself = used.database().equals(database) && used.name().equals(name);
            if (isItself && used.kind() == TableDef.Kind.VIEW) {
                throw new SqlException(ErrorCode.VIEW_RECURSIVE, database, name);
            }
        }
        if (names.usesVariables()) {
            throw new SqlException(ErrorCode.VIEW_SELECT_VARIABLE);
        }
        if (names.temporaryTable() != null) {
            throw new SqlException(ErrorCode.VIEW_SELECT_TMPTABLE, names.temporaryTable());
        }
        return AstPrinter.print(query, names);
    }

    /// The name a view's column gets from the name of what its query selects.
    public static String viewColumn(String name, int index) {
        return NameLog.columnName(name, index);
    }

    /// True if rows can be changed through a view.
    public boolean isUpdatable(TableDef view, PlanContext context) {
        Environment environment = Environment.of(new Analysis(context, tableBinder));
        return UpdatableView.open(environment, view, view.name(), Locking.NONE) != null;
    }

    private static SqlException notAPlan() {
        return new SqlException(ErrorCode.UNSUPPORTED_PREPARED_STATEMENT);
    }

    private static Analyzed query(DmlStatement.SelectStatement s, Analysis analysis, Environment environment) {
        AnalyzedQuery selected = new QueryAnalyzer(environment, null, 0).analyze(s.query());
        boolean isKept = s.query().into() instanceof QueryExpression.IntoClause.IntoVariables;
        AnalyzedQuery query = isKept ? FullDecimals.of(selected, analysis) : selected;
        boolean foundRows = s.query().body() instanceof QuerySpecification q
                && q.options().contains(SelectOption.SQL_CALC_FOUND_ROWS);
        return result(
                query.plan(),
                null,
                query.fields().stream().map(OutputField::resultField).toList(),
                analysis,
                foundRows);
    }

    private static Analyzed write(DmlPlan plan, Analysis analysis) {
        return result(null, plan, List.of(), analysis, false);
    }

    private static Analyzed result(
            @Nullable LogicalPlan query,
            @Nullable DmlPlan write,
            List<ResultField> fields,
            Analysis analysis,
            boolean foundRows) {
        analysis.checkAccess();
        return new Analyzed(
                query,
                write,
                fields,
                analysis.ids(),
                analysis.hints(),
                List.copyOf(analysis.tables()),
                analysis.mentions(),
                foundRows);
    }
}
