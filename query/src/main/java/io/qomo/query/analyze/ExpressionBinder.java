package io.qomo.query.analyze;

import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.ColumnDef.Visibility;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import io.qomo.query.sql.ast.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds expressions outside of queries: those stored with tables, over the ordinals of their columns.
public final class ExpressionBinder {
    private final BindContext context;

    /// @param context what typing depends on
    public ExpressionBinder(BindContext context) {
        this.context = context;
    }

    /// An expression over the columns of a table; each [Column] is an ordinal.
    ///
    /// @param sql the text the expression was parsed from
    public Expr bind(Expression expression, String sql, TableDef table) {
        return analyzer(sql, table).bind(expression);
    }

    /// True if an expression names user or system variables.
    public boolean usesVariables(Expression expression, String sql, TableDef table) {
        NameLog names = new NameLog();
        analyzer(sql, table, names).bind(expression);
        return names.usesVariables();
    }

    /// The expression of canonical SQL stored with a table.
    Expr stored(String sql, TableDef table) {
        return analyzer(sql, table).bind(StoredSql.expression(sql));
    }

    /// The condition of canonical SQL stored with a table.
    Expr storedCondition(String sql, TableDef table) {
        return analyzer(sql, table).bindCondition(StoredSql.expression(sql));
    }

    private ExpressionAnalyzer analyzer(String sql, TableDef table) {
        return analyzer(sql, table, null);
    }

    private ExpressionAnalyzer analyzer(String sql, TableDef table, @Nullable NameLog names) {
        PlanContext plan = new PlanContext(
                EmptyCatalog.INSTANCE, table.database(), context, sql, List.of(), AccessChecker.ALLOW_ALL);
        Analysis analysis = new Analysis(plan, new TableBinder());
        if (names != null) {
            analysis.note(names);
        }
        Environment environment = Environment.of(analysis);
        Block block = new Block(environment, 0);
        block.enter(Clause.EXPRESSION);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDef c = table.columns().get(i);
            if (c.visibility() != Visibility.HIDDEN) {
                Column column = new Column(i, c.type(), c.nullable(), c.name());
                fields.add(new Field(c.name(), column, Origin.of(table, table.name(), c), true));
            }
        }
        Relation relation = new Relation(table.database(), table.name(), fields, table, null);
        return new ExpressionAnalyzer(new Scope(block, List.of(relation), fields, null));
    }
}
