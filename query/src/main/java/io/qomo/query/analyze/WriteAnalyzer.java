package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprRewriter;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.Casts;
import io.qomo.query.logical.DmlPlan;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Project;
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
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Map<Relation, Scan> bases = new IdentityHashMap<>();
    private final List<UpdatableView> views = new ArrayList<>();

    WriteAnalyzer(Environment outside, @Nullable WithClause with) {
        this.outside = outside;
        this.analysis = outside.analysis();
        this.ctes = with == null ? null : new CteAnalyzer(outside, null, 0);
        this.environment = ctes == null || with == null ? outside : ctes.define(with);
        this.block = new Block(environment, 0);
    }

    private Scope from(List<TableReference> tables, @Nullable String hintText, List<LogicalPlan> plan) {
        analysis.hint(hintText);
        EvalContext warnings = analysis.context().bind().evalContext();
        OptimizerHints hints = OptimizerHints.parse(hintText, 0, warnings);
        TableOpener opener = new TableOpener(environment, Locking.NONE, true, hints);
        FromItem from = new FromAnalyzer(block, null, opener, hints.keepsOrder()).analyze(tables);
        hints.checkTables(from.relations().stream().map(Relation::alias).toList(), warnings);
        plan.add(from.plan());
        from.relations().stream().map(Relation::view).filter(Objects::nonNull).forEach(views::add);
        return new Scope(block, from.relations(), from.visible(), null);
    }

    // -- UPDATE

    DmlPlan update(UpdateStatement u) {
        List<LogicalPlan> plan = new ArrayList<>();
        Scope scope = from(u.tables(), u.hints(), plan);
        block.enter(Clause.VALUES);
        Map<Relation, List<ColumnAssignment>> byTarget = new LinkedHashMap<>();
        for (ColumnAssignment a : u.assignments()) {
            byTarget.computeIfAbsent(assigned(scope, a), r -> new ArrayList<>()).add(a);
        }
        boolean single = u.tables().size() == 1 && u.tables().getFirst() instanceof TableReference.NamedTable;
        checkClauses(single, u.orderBy(), u.limit(), "UPDATE");
        byTarget.forEach((r, assignments) -> choose(r, updatedScan(r, assignments)));
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        List<DmlPlan.Target> targets = new ArrayList<>();
        byTarget.forEach((r, assignments) -> targets.add(target(r, settings(r, assignments, binder))));
        LogicalPlan source = source(plan.getFirst(), u.where(), u.orderBy(), u.limit(), scope);
        return new DmlPlan.Update(targets, source, u.ignore());
    }

    private void choose(Relation relation, Scan scan) {
        bases.put(relation, scan);
        analysis.addTarget(scan.table().table());
    }

    /// The base table an UPDATE changes. Errors NON_UPDATABLE_TABLE, NON_UPDATABLE_COLUMN, VIEW_MULTIUPDATE.
    private static Scan updatedScan(Relation r, List<ColumnAssignment> assignments) {
        UpdatableView view = r.view();
        if (view == null) {
            return scanOf(r, "UPDATE");
        }
        Scan found = null;
        for (ColumnAssignment a : assignments) {
            Field f = r.field(a.column().column());
            Scan scan = f == null ? null : view.scanOf(f.column());
            if (scan == null) {
                throw new SqlException(
                        ErrorCode.NON_UPDATABLE_COLUMN, a.column().column());
            }
            if (found != null && found != scan) {
                throw new SqlException(ErrorCode.VIEW_MULTIUPDATE, r.database(), viewName(r));
            }
            found = scan;
        }
        if (found == null) {
            throw new SqlException(ErrorCode.NON_UPDATABLE_TABLE, r.alias(), "UPDATE");
        }
        return found;
    }

    private static String viewName(Relation r) {
        return r.table() == null ? r.alias() : r.table().name();
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
        TableDef table = base(target).table().table();
        Set<String> names = new TreeSet<>();
        List<Column> columns = new ArrayList<>();
        List<DmlPlan.Setting> out = new ArrayList<>();
        for (ColumnAssignment a : assignments) {
            int ordinal = ordinal(target, a.column().column());
            ColumnDef column = table.columns().get(ordinal);
            names.add(a.column().column());
            if (target.field(a.column().column()) instanceof Field f) {
                columns.add(f.column());
            }
            boolean isDefault = a.value() instanceof Expression.DefaultValue;
            if (column.isGenerated() && !isDefault) {
                throw new SqlException(ErrorCode.NON_DEFAULT_GENERATED_VALUE, column.name(), table.name());
            }
            if (!column.isGenerated()) {
                Expr value =
                        isDefault ? defaultOf(target, ordinal) : Casts.assigned(binder.bind(a.value()), column.type());
                out.add(new DmlPlan.Setting(ordinal, overBase(value)));
            }
        }
        use(target, Privilege.UPDATE, names, columns);
        return out;
    }

    /// Columns of views as what they are over base tables: assignments see those before them.
    private Expr overBase(Expr value) {
        Expr out = value;
        for (UpdatableView view : views) {
            out = view.overBase(out);
        }
        return out;
    }

    private void use(Relation target, Privilege privilege, Set<String> names, List<Column> columns) {
        TableDef named = target.table();
        if (named != null) {
            environment.access().checkTable(privilege, named.database(), named.name());
            analysis.use(environment.access(), privilege, named, names, true);
        }
        if (target.view() != null) {
            target.view().use(privilege, columns);
        }
    }

    /// The ordinal in the base table of a field that may be assigned. Error NON_UPDATABLE_COLUMN.
    private int ordinal(Relation target, String name) {
        Field f = target.field(name);
        Scan scan = base(target);
        if (f != null && target.view() != null) {
            return target.view().ordinal(f.column());
        }
        for (int i = 0; f != null && i < scan.tableColumns().size(); i++) {
            if (scan.tableColumns().get(i).index() == f.column().index()) {
                return scan.ordinals().get(i);
            }
        }
        throw new SqlException(ErrorCode.NON_UPDATABLE_COLUMN, name);
    }

    private Expr defaultOf(Relation target, int ordinal) {
        Scan scan = base(target);
        Expr value = new DefaultValues(environment)
                .forInsert(analysis.boundTable(scan.table().table()), ordinal, false);
        return ExprRewriter.replaceColumns(value, c -> scan.tableColumns().get(c.index()));
    }

    // -- DELETE

    DmlPlan delete(DeleteStatement d) {
        List<LogicalPlan> plan = new ArrayList<>();
        Scope scope = from(List.of(d.table()), d.hints(), plan);
        Relation relation = scope.relations().getFirst();
        Set<Relation> targets = Set.of(relation);
        return delete(plan.getFirst(), targets, d.where(), d.orderBy(), d.limit(), scope, d.ignore());
    }

    DmlPlan delete(MultiDeleteStatement d) {
        List<LogicalPlan> plan = new ArrayList<>();
        Scope scope = from(d.from(), d.hints(), plan);
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
            choose(r, deletedScan(r));
            use(r, Privilege.DELETE, Set.of(), List.of());
            targets.add(target(r, List.of()));
        }
        return new DmlPlan.Delete(targets, source(plan, where, orderBy, limit, scope), ignore);
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
    private static Scan scanOf(Relation r, String statement) {
        Scan scan = r.scan();
        if (scan == null || scan.handle() == null) {
            throw new SqlException(ErrorCode.NON_UPDATABLE_TABLE, r.alias(), statement);
        }
        return scan;
    }

    /// The base table rows are deleted from. Errors NON_UPDATABLE_TABLE, VIEW_DELETE_MERGE_VIEW.
    private static Scan deletedScan(Relation r) {
        UpdatableView view = r.view();
        if (view == null) {
            return scanOf(r, "DELETE");
        }
        if (view.isJoin()) {
            throw new SqlException(ErrorCode.VIEW_DELETE_MERGE_VIEW, r.database(), viewName(r));
        }
        return view.scans().getFirst();
    }

    private Scan base(Relation r) {
        Scan scan = bases.get(r);
        if (scan == null) {
            throw new IllegalStateException("not a target");
        }
        return scan;
    }

    private DmlPlan.Target target(Relation r, List<DmlPlan.Setting> settings) {
        Scan scan = base(r);
        Column handle = scan.handle();
        if (handle == null) {
            throw new IllegalStateException("no handle");
        }
        UpdatableView view = r.view();
        return new DmlPlan.Target(
                analysis.boundTable(scan.table().table()),
                block.seen(handle),
                scan.tableColumns().stream().map(block::seen).toList(),
                settings,
                view == null || settings.isEmpty() ? List.of() : view.checks());
    }

    private LogicalPlan source(
            LogicalPlan from,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Expression limit,
            Scope scope) {
        LogicalPlan plan = withTargetsLocked(from);
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        block.enter(Clause.WHERE);
        if (where != null) {
            plan = new Filter(plan, ZeroDates.find(binder.bindCondition(where), scope));
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

    /// Targets are locked; other tables need no handle.
    private LogicalPlan withTargetsLocked(LogicalPlan from) {
        Set<Scan> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        targets.addAll(bases.values());
        RowLock lock = new RowLock(true, RowLock.Wait.WAIT);
        BitSet gone = new BitSet();
        return PlanTree.rewrite(from, node -> switch (node) {
            case Scan s
            when targets.contains(s) -> new Scan(s.table(), s.tableColumns(), s.ordinals(), s.handle(), lock);
            case Scan s
            when s.handle() != null -> {
                gone.set(s.handle().index());
                yield new Scan(s.table(), s.tableColumns(), s.ordinals(), null, s.lock());
            }
            case Project p
            when p.items().stream().anyMatch(i -> gone.get(i.column().index())) ->
                new Project(
                        p.input(),
                        p.items().stream()
                                .filter(i -> !gone.get(i.column().index()))
                                .toList());
            default -> node;
        });
    }
}
