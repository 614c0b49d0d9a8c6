package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.AccessChecker.Privilege;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.catalog.ViewDef;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ColumnSets;
import io.qomo.query.logical.DmlPlan.ViewCheck;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.Filter;
import io.qomo.query.logical.LogicalPlan.Item;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Project;
import io.qomo.query.logical.LogicalPlan.Scan;
import io.qomo.query.logical.LogicalSubplan;
import io.qomo.query.logical.PlanTree;
import io.qomo.query.sql.ast.QueryBody.QuerySpecification;
import io.qomo.query.sql.ast.QueryExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A view whose rows are rows of FROM, so that changing the view changes a base table.
///
/// Its plan gives every column of its FROM, handles included, and one more column per column of the view.
///
/// Source: MySQL 8.0 manual, "Updatable and Insertable Views" and "The View WITH CHECK OPTION Clause".
final class UpdatableView {
    private final Environment inside;
    private final TableDef view;
    private final List<Relation> relations;
    private final Map<Integer, Expr> selected = new LinkedHashMap<>();
    private final Map<Integer, Expr> baseValues = new HashMap<>();
    private final List<Expr> conditions = new ArrayList<>();

    private UpdatableView(Environment inside, TableDef view, List<Relation> relations) {
        this.inside = inside;
        this.view = view;
        this.relations = relations;
        for (Relation r : relations) {
            if (r.view() != null) {
                baseValues.putAll(r.view().baseValues);
            }
        }
    }

    /// Opens a view for a statement that changes rows, or gives null if it cannot be changed. Error VIEW_INVALID.
    static @Nullable FromItem open(Environment environment, TableDef view, String alias, Locking locking) {
        ViewDef def = Views.definition(view);
        QuerySpecification q = plainQuery(def);
        if (q == null) {
            return null;
        }
        Environment inside = Views.inside(environment, view, def);
        try {
            return open(inside, view, alias, locking, q);
        } catch (SqlException e) {
            throw Views.isAboutDefinition(e) ? Views.invalid(view) : e;
        }
    }

    private static @Nullable QuerySpecification plainQuery(ViewDef def) {
        QueryExpression query = StoredSql.query(def.sql());
        boolean isPlain = query.with() == null
                && query.limit() == null
                && !def.algorithm().equals("TEMPTABLE");
        return isPlain
                        && query.body() instanceof QuerySpecification q
                        && !q.isDistinct()
                        && q.groupBy() == null
                        && q.having() == null
                        && q.windows().isEmpty()
                        && !q.from().isEmpty()
                ? q
                : null;
    }

    private static @Nullable FromItem open(
            Environment inside, TableDef view, String alias, Locking locking, QuerySpecification q) {
        Block block = new Block(inside, 1);
        FromItem from = new FromAnalyzer(block, null, new TableOpener(inside, locking, true), false).analyze(q.from());
        Scope scope = new Scope(block, from.relations(), from.visible(), null);
        ExpressionAnalyzer binder = new ExpressionAnalyzer(scope);
        new SelectList(scope, binder).bind(q.items(), true);
        block.enter(Clause.WHERE);
        Expr where = q.where() == null ? null : ZeroDates.find(binder.bindCondition(q.where()), scope);
        boolean isGrouped = !block.aggregates().isEmpty()
                || !block.windows().isEmpty()
                || !block.anyValues().isEmpty();
        List<SelectColumn> columns = block.selectColumns();
        if (columns.size() != view.columns().size()) {
            throw Views.invalid(view);
        }
        UpdatableView made = new UpdatableView(inside, view, from.relations());
        if (isGrouped || made.scans().isEmpty() || made.readsItself(where, columns)) {
            return null;
        }
        made.addConditions(from.plan(), where);
        return made.item(from.plan(), where, columns, alias);
    }

    /// True if a subquery of the view reads a table of its FROM, or one of the select list depends on the row.
    private boolean readsItself(@Nullable Expr where, List<SelectColumn> columns) {
        Set<Long> own = new HashSet<>();
        scans().forEach(s -> own.add(s.table().table().id()));
        List<Expr> all = new ArrayList<>();
        if (where != null) {
            all.add(where);
        }
        columns.forEach(c -> all.add(c.value()));
        boolean[] found = new boolean[1];
        for (Expr e : all) {
            ExprWalker.visit(e, x -> {
                if (x instanceof Expr.Subquery s && s.plan() instanceof LogicalSubplan sub) {
                    found[0] |= reads(sub.plan(), own)
                            || (e != where && !s.bindings().isEmpty());
                }
            });
        }
        return found[0];
    }

    private static boolean reads(LogicalPlan plan, Set<Long> tables) {
        boolean[] found = new boolean[1];
        PlanTree.visit(
                plan,
                node -> found[0] |= node instanceof Scan s
                        && tables.contains(s.table().table().id()));
        return found[0];
    }

    private void addConditions(LogicalPlan from, @Nullable Expr where) {
        collectJoins(from);
        if (where != null) {
            conditions.add(where);
        }
        conditions.replaceAll(this::overBase);
    }

    /// The conditions of this view's own joins: views below are projections.
    private void collectJoins(LogicalPlan plan) {
        if (plan instanceof Join j) {
            if (j.condition() != null) {
                conditions.add(j.condition());
            }
            collectJoins(j.left());
            collectJoins(j.right());
        }
    }

    private FromItem item(LogicalPlan from, @Nullable Expr where, List<SelectColumn> columns, String alias) {
        LogicalPlan filtered = where == null ? from : new Filter(from, where);
        List<Item> items = new ArrayList<>(PlanTree.identity(filtered.columns()));
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SelectColumn c = columns.get(i);
            String name = view.columns().get(i).name();
            Column column =
                    inside.analysis().newColumn(c.value().type(), c.value().nullable(), name);
            items.add(new Item(column, c.value()));
            fields.add(new Field(name, column, c.origin().under(alias), true));
            selected.put(column.index(), c.value());
        }
        selected.forEach((id, value) -> baseValues.put(id, overBase(value)));
        Relation relation = new Relation(view.database(), alias, fields, view, null);
        relation.setView(this);
        return FromItem.of(new Project(filtered, items), relation);
    }

    /// An expression over columns of this view, or of views below, as one over columns of base tables.
    Expr overBase(Expr e) {
        return ExprTree.substitute(e, baseValues);
    }

    /// The base tables, in order.
    List<Scan> scans() {
        List<Scan> out = new ArrayList<>();
        for (Relation r : relations) {
            if (r.view() != null) {
                out.addAll(r.view().scans());
            } else if (r.scan() != null && r.scan().handle() != null) {
                out.add(r.scan());
            }
        }
        return out;
    }

    /// True if the view's FROM has several tables.
    boolean isJoin() {
        return relations.size() > 1 || (relations.getFirst().view() instanceof UpdatableView v && v.isJoin());
    }

    /// The base table a column of the view is a column of, or null.
    @Nullable Scan scanOf(Column column) {
        if (baseValues.get(column.index()) instanceof Column base) {
            for (Scan scan : scans()) {
                if (scan.tableColumns().stream().anyMatch(c -> c.index() == base.index())) {
                    return scan;
                }
            }
        }
        return null;
    }

    /// The ordinal in its base table of a column of the view, or -1.
    int ordinal(Column column) {
        Scan scan = scanOf(column);
        if (scan != null && baseValues.get(column.index()) instanceof Column base) {
            for (int i = 0; i < scan.tableColumns().size(); i++) {
                if (scan.tableColumns().get(i).index() == base.index()) {
                    return scan.ordinals().get(i);
                }
            }
        }
        return -1;
    }

    /// What rows must fulfil after a change, over columns of base tables.
    List<ViewCheck> checks() {
        List<Expr> out = new ArrayList<>();
        addChecks(false, out);
        return out.stream()
                .map(e -> new ViewCheck(view.database(), view.name(), e))
                .toList();
    }

    private void addChecks(boolean cascaded, List<Expr> out) {
        String option = Views.definition(view).checkOption().toUpperCase(Locale.ROOT);
        if (cascaded || !option.equals("NONE")) {
            out.addAll(conditions);
        }
        for (Relation r : relations) {
            if (r.view() != null) {
                r.view().addChecks(cascaded || option.equals("CASCADED"), out);
            }
        }
    }

    /// Notes that columns of the view are written: whoever's privileges count inside needs it below.
    void use(Privilege privilege, Collection<Column> columns) {
        for (Relation r : relations) {
            List<Column> below = new ArrayList<>();
            Set<String> names = new TreeSet<>();
            for (Column c : columns) {
                if (selected.get(c.index()) instanceof Column s) {
                    r.fields().stream()
                            .filter(f -> f.column().index() == s.index())
                            .forEach(f -> {
                                below.add(f.column());
                                names.add(f.name());
                            });
                }
            }
            TableDef table = r.table();
            boolean isChanged = privilege == Privilege.DELETE || !names.isEmpty();
            if (table != null && isChanged) {
                inside.access().checkTable(privilege, table.database(), table.name());
                inside.analysis().use(inside.access(), privilege, table, names, true);
                if (r.view() != null) {
                    r.view().use(privilege, below);
                }
            }
        }
    }

    // -- INSERT

    /// Opens a view for INSERT. Error NON_INSERTABLE_TABLE.
    static Relation forInsert(Environment environment, TableDef view) {
        FromItem item = open(environment, view, view.name(), Locking.NONE);
        Relation relation = item == null ? null : item.relations().getFirst();
        UpdatableView opened = relation == null ? null : relation.view();
        if (relation == null || opened == null || !opened.isInsertable(relation)) {
            throw new SqlException(ErrorCode.NON_INSERTABLE_TABLE, view.name(), "INSERT");
        }
        return relation;
    }

    /// True if every column of the view is a column of a base table, none of them twice.
    private boolean isInsertable(Relation relation) {
        Set<Integer> seen = new HashSet<>();
        for (Field f : relation.fields()) {
            boolean isColumn = baseValues.get(f.column().index()) instanceof Column c && seen.add(c.index());
            if (!isColumn || scanOf(f.column()) == null) {
                return false;
            }
        }
        return selectsColumnsOnly(this);
    }

    /// False if the select list of the view or of one below has a subquery.
    private static boolean selectsColumnsOnly(UpdatableView opened) {
        return opened.selected.values().stream().noneMatch(ExprWalker::hasSubquery)
                && opened.relations.stream().allMatch(r -> r.view() == null || selectsColumnsOnly(r.view()));
    }

    /// The checks for new rows of one of the base tables, over other columns; what other tables would give is NULL.
    ///
    /// @param columns stand for the columns of the base table, by ordinal
    List<ViewCheck> checks(Scan target, List<Column> columns) {
        Map<Integer, Expr> byId = new HashMap<>();
        for (int i = 0; i < target.tableColumns().size(); i++) {
            byId.put(
                    target.tableColumns().get(i).index(),
                    columns.get(target.ordinals().get(i)));
        }
        List<ViewCheck> out = new ArrayList<>();
        for (ViewCheck check : checks()) {
            BitSet used = ColumnSets.used(check.condition());
            Map<Integer, Expr> all = new HashMap<>(byId);
            for (Scan other : scans()) {
                for (Column c : other.tableColumns()) {
                    if (used.get(c.index())) {
                        all.putIfAbsent(c.index(), Calls.nullOf(c.type()));
                    }
                }
            }
            out.add(new ViewCheck(check.database(), check.view(), ExprTree.substitute(check.condition(), all)));
        }
        return out;
    }
}
