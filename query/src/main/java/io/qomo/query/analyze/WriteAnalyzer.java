package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.LogicalPlan.Sort;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.plan.PlanParts.RowLock;
import io.qomo.query.plan.PlanParts.SortKey;
import io.qomo.query.sql.ast.DmlStatement.ColumnAssignment;
import io.qomo.query.sql.ast.DmlStatement.DeleteStatement;
import io.qomo.query.sql.ast.DmlStatement.MultiDeleteStatement;
import io.qomo.query.sql.ast.DmlStatement.UpdateStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.OrderItem;
import io.qomo.query.sql.ast.QueryExpression.WithClause;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Analyzes UPDATE and DELETE of one table or several.
///
/// The rows of target tables are locked exclusively and read at their latest version; other tables of a statement are
/// read at its snapshot, where InnoDB would lock them shared.
final class WriteAnalyzer {
    private final Environment outside;
    private final Environment environment;
    private final Analysis analysis;
    private final @Nullable CteAnalyzer ctes;
    private final Block block;

    WriteAnalyzer(Environment outside, @Nullable WithClause with) {
        this.outside = outside;
        this.analysis = outside.analysis();
        this.ctes = with == null ? null : new CteAnalyzer(outside, null, 0);
        this.environment = ctes == null || with == null ? outside : ctes.define(with);
        this.block = new Block(environment, 0);
    }

    private Scope from(List<TableReference> tables, List<LogicalPlan> plan) {
        TableOpener opener = new TableOpener(environment, Locking.NONE, true);
        FromItem from = new FromAnalyzer(block, null, opener, false).analyze(tables);
        plan.add(from.plan());
        return new Scope(block, from.relations(), from.visible(), null);
    }

    // -- UPDATE

    DmlPlan update(UpdateStatement u) {
        analysis.hint(u.hints());
        List<LogicalPlan> plan = new ArrayList<>();
        Scope scope = from(u.tables(), plan);
        block.enter(Clause.VALUES);
        Map<Relation, List<ColumnAssignment>> byTarget = new LinkedHashMap<>();
        for (ColumnAssignment a : u.assignments()) {
            byTarget.computeIfAbsent(assigned(scope, a), r -> new ArrayList<>()).add(a);
        }
        boolean single = u.tables().size() == 1 && u.tables().getFirst() instanceof TableReference.NamedTable;
        checkClauses(single, u.orderBy(), u.limit(), "UPDATE");
        byTarget.keySet().forEach(r -> analysis.addTarget(base(r, "UPDATE")));
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        List<DmlPlan.Target> targets = new ArrayList<>();
        for (Map.Entry<Relation, List<ColumnAssignment>> e : byTarget.entrySet()) {
            targets.add(target(e.getKey(), settings(e.getKey(), e.getValue(), binder), "UPDATE"));
        }
        LogicalPlan source = source(plan.getFirst(), byTarget.keySet(), u.where(), u.orderBy(), u.limit(), scope);
        return new DmlPlan.Update(targets, source, u.ignore());
    }

    private Relation assigned(Scope scope, ColumnAssignment a) {
        Field f = scope.find(a.column());
        if (f == null) {
            throw new SqlException(
                    ErrorCode.BAD_FIELD, Scope.text(a.column()), block.clause().text());
        }
        for (Relation r : scope.relations()) {
            if (r.fields().contains(f)) {
                return r;
            }
        }
        throw new SqlException(
                ErrorCode.BAD_FIELD, Scope.text(a.column()), block.clause().text());
    }

    private List<DmlPlan.Setting> settings(
            Relation target, List<ColumnAssignment> assignments, ExpressionAnalyzer binder) {
        TableDef table = base(target, "UPDATE");
        Set<String> names = new TreeSet<>();
        List<DmlPlan.Setting> out = new ArrayList<>();
        for (ColumnAssignment a : assignments) {
            int ordinal = ordinal(target, a.column().column());
            ColumnDef column = table.columns().get(ordinal);
            names.add(a.column().column());
            boolean isDefault = a.value() instanceof Expression.DefaultValue;
            if (column.isGenerated() && !isDefault) {
                throw new SqlException(ErrorCode.NON_DEFAULT_GENERATED_VALUE, column.name(), table.name());
            }
            if (!column.isGenerated()) {
                Expr value = isDefault ? defaultOf(target, ordinal) : binder.bind(a.value());
                out.add(new DmlPlan.Setting(ordinal, value));
            }
        }
        use(target, Privilege.UPDATE, names);
        return out;
    }

    private void use(Relation target, Privilege privilege, Set<String> names) {
        TableDef named = target.table();
        if (named != null) {
            environment.access().checkTable(privilege, named.database(), named.name());
            analysis.use(environment.access(), privilege, named, names, true);
        }
    }

    /// The ordinal in the base table of a field that may be assigned. Error NON_UPDATABLE_COLUMN.
    private int ordinal(Relation target, String name) {
        Field f = target.field(name);
        Scan scan = target.baseScan();
        if (f != null && scan != null) {
            for (int i = 0; i < scan.tableColumns().size(); i++) {
                if (scan.tableColumns().get(i).index() == f.column().index()) {
                    return scan.ordinals().get(i);
                }
            }
        }
        throw new SqlException(ErrorCode.NON_UPDATABLE_COLUMN, name);
    }

    private Expr defaultOf(Relation target, int ordinal) {
        Scan scan = target.baseScan();
        TableDef table = base(target, "UPDATE");
        Expr value = new DefaultValues(environment).forInsert(analysis.boundTable(table), ordinal, false);
        return ExprRewriter.replaceColumns(
                value, c -> scan == null ? c : scan.tableColumns().get(c.index()));
    }

    // -- DELETE

    DmlPlan delete(DeleteStatement d) {
        analysis.hint(d.hints());
        List<LogicalPlan> plan = new ArrayList<>();
        Scope scope = from(List.of(d.table()), plan);
        Relation relation = scope.relations().getFirst();
        Set<Relation> targets = Set.of(relation);
        return delete(plan.getFirst(), targets, d.where(), d.orderBy(), d.limit(), scope, d.ignore());
    }

    DmlPlan delete(MultiDeleteStatement d) {
        analysis.hint(d.hints());
        List<LogicalPlan> plan = new ArrayList<>();
        Scope scope = from(d.from(), plan);
        Set<Relation> targets = new LinkedHashSet<>();
        for (TableName name : d.targets()) {
            Relation found = null;
            for (Relation r : scope.relations()) {
                if (r.isNamed(name.schema(), name.name())) {
                    found = r;
                }
            }
            if (found == null) {
                throw new SqlException(ErrorCode.UNKNOWN_TABLE_IN, name.name(), "MULTI DELETE");
            }
            if (!targets.add(found)) {
                throw new SqlException(ErrorCode.NON_UNIQUE_TABLE, name.name());
            }
        }
        return delete(plan.getFirst(), targets, d.where(), List.of(), null, scope, d.ignore());
    }

    private DmlPlan delete(
            LogicalPlan plan,
            Set<Relation> relations,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Expression limit,
            Scope scope,
            boolean ignore) {
        List<DmlPlan.Target> targets = new ArrayList<>();
        for (Relation r : relations) {
            analysis.addTarget(base(r, "DELETE"));
            use(r, Privilege.DELETE, Set.of());
            targets.add(target(r, List.of(), "DELETE"));
        }
        return new DmlPlan.Delete(targets, source(plan, relations, where, orderBy, limit, scope), ignore);
    }

    // -- both

    private static void checkClauses(
            boolean single, List<OrderItem> orderBy, @Nullable Expression limit, String statement) {
        if (!single && !orderBy.isEmpty()) {
            throw new SqlException(ErrorCode.WRONG_USAGE, statement, "ORDER BY");
        }
        if (!single && limit != null) {
            throw new SqlException(ErrorCode.WRONG_USAGE, statement, "LIMIT");
        }
    }

    /// The base table that is changed. Error NON_UPDATABLE_TABLE.
    private static TableDef base(Relation r, String statement) {
        Scan scan = r.baseScan();
        if (scan == null || scan.handle() == null) {
            throw new SqlException(ErrorCode.NON_UPDATABLE_TABLE, r.alias(), statement);
        }
        return scan.table().table();
    }

    private DmlPlan.Target target(Relation r, List<DmlPlan.Setting> settings, String statement) {
        Scan scan = r.baseScan();
        Column handle = scan == null ? null : scan.handle();
        if (scan == null || handle == null) {
            throw new SqlException(ErrorCode.NON_UPDATABLE_TABLE, r.alias(), statement);
        }
        UpdatableView view = r.view();
        var bound = analysis.boundTable(scan.table().table());
        return new DmlPlan.Target(
                view == null || settings.isEmpty() ? bound : view.withChecks(bound),
                block.seen(handle),
                scan.tableColumns().stream().map(block::seen).toList(),
                settings);
    }

    private LogicalPlan source(
            LogicalPlan from,
            Set<Relation> targets,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Expression limit,
            Scope scope) {
        Set<Scan> scans = Collections.newSetFromMap(new IdentityHashMap<>());
        targets.forEach(r -> {
            if (r.baseScan() instanceof Scan s) {
                scans.add(s);
            }
        });
        RowLock lock = new RowLock(true, RowLock.Wait.WAIT);
        LogicalPlan plan = PlanTree.rewrite(from, node -> {
            if (!(node instanceof Scan s) || s.handle() == null) {
                return node;
            }
            return scans.contains(s)
                    ? new Scan(s.table(), s.tableColumns(), s.ordinals(), s.handle(), lock)
                    : new Scan(s.table(), s.tableColumns(), s.ordinals(), null, s.lock());
        });
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        block.enter(Clause.WHERE);
        if (where != null) {
            plan = new Filter(plan, binder.bindCondition(where));
        }
        // No select list: ORDER BY sees the columns alone.
        List<SortKey> keys = new ArrayList<>();
        for (OrderItem item : orderBy) {
            keys.add(new SortKey(binder.bind(item.expression()), item.descending()));
        }
        if (!keys.isEmpty()) {
            plan = new Sort(plan, keys);
        }
        plan = new Limits(outside).apply(plan, limit);
        return ctes == null ? plan : ctes.wrap(plan);
    }
}
