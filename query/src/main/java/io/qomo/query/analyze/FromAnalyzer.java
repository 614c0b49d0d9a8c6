package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.logical.LogicalPlan.CteScan;
import io.qomo.query.logical.LogicalPlan.Join;
import io.qomo.query.logical.LogicalPlan.Values;
import io.qomo.query.plan.PlanParts.JoinKind;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.TableReference;
import io.qomo.query.sql.ast.TableReference.DerivedTable;
import io.qomo.query.sql.ast.TableReference.JoinedTable;
import io.qomo.query.sql.ast.TableReference.JsonTable;
import io.qomo.query.sql.ast.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Analyzes a FROM clause: tables, joins of all kinds, derived tables, views, common table expressions.
final class FromAnalyzer {
    /// MySQL's limit on the tables of a query block.
    private static final int MAX_TABLES = 61;

    private final Block block;
    private final @Nullable Scope outer;
    private final TableOpener tables;
    private final boolean straight;

    /// @param outer the scope around the block
    /// @param tables opens what is named
    /// @param straight SELECT STRAIGHT_JOIN: every join keeps its order
    FromAnalyzer(Block block, @Nullable Scope outer, TableOpener tables, boolean straight) {
        this.block = block;
        this.outer = outer;
        this.tables = tables;
        this.straight = straight;
    }

    /// The comma list; one row of no columns without FROM. Error TOO_MANY_TABLES.
    FromItem analyze(List<TableReference> from) {
        block.enter(Clause.FROM);
        if (from.isEmpty()) {
            return new FromItem(new Values(List.of(), List.of(List.of())), List.of(), List.of());
        }
        FromItem all = item(from.getFirst(), null);
        for (TableReference reference : from.subList(1, from.size())) {
            all = product(all, item(reference, all));
        }
        checkUnique(all.relations());
        if (all.relations().size() > MAX_TABLES) {
            throw new SqlException(ErrorCode.TOO_MANY_TABLES, MAX_TABLES);
        }
        return all;
    }

    private FromItem product(FromItem left, FromItem right) {
        List<Relation> relations = concat(left.relations(), right.relations());
        List<Field> visible = concat(left.visible(), right.visible());
        return new FromItem(new Join(JoinKind.INNER, left.plan(), right.plan(), null, straight), relations, visible);
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static void checkUnique(List<Relation> relations) {
        Set<String> seen = new HashSet<>();
        for (Relation r : relations) {
            if (!seen.add((r.database() + "\0" + r.alias()).toLowerCase(Locale.ROOT))) {
                throw new SqlException(ErrorCode.NON_UNIQUE_TABLE, r.alias());
            }
        }
    }

    private FromItem item(TableReference reference, @Nullable FromItem before) {
        return switch (reference) {
            case NamedTable t -> named(t);
            case DerivedTable d -> derived(d, before);
            case JoinedTable j -> join(j, before);
            case JsonTable j -> jsonTable(j, before);
        };
    }

    private FromItem named(NamedTable t) {
        CteEntry cte =
                t.name().schema() == null ? block.environment().cte(t.name().name()) : null;
        return cte == null ? tables.open(t) : commonTable(t, cte);
    }

    private FromItem commonTable(NamedTable t, CteEntry cte) {
        if (cte.isInRecursion() && (block.depth() != cte.depth() || cte.references() > 0)) {
            throw new SqlException(ErrorCode.CTE_RECURSIVE_REFERENCE, cte.name());
        }
        cte.countReference();
        Analysis analysis = block.environment().analysis();
        List<Column> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (OutputField f : cte.fields()) {
            Column c = analysis.newColumn(f.column().type(), f.column().nullable(), f.name());
            columns.add(c);
            fields.add(new Field(
                    f.name(),
                    c,
                    f.origin().under(t.visibleName()),
                    true,
                    f.value().type()));
        }
        Relation relation = new Relation("", t.visibleName(), fields, null, null);
        return FromItem.of(new CteScan(columns, cte.id(), cte.name()), cte.isMerged() ? relation.merged() : relation);
    }

    private FromItem derived(DerivedTable d, @Nullable FromItem before) {
        if (d.alias().isEmpty()) {
            throw new SqlException(ErrorCode.DERIVED_MUST_HAVE_ALIAS);
        }
        Scope around = outer;
        if (d.lateral() && before != null) {
            around = new Scope(block, before.relations(), before.visible(), outer);
        }
        AnalyzedQuery query =
                new QueryAnalyzer(block.environment().materialized(), around, block.depth() + 1).analyze(d.query());
        return ofQuery(query, d.alias(), d.columns());
    }

    /// A JSON_TABLE(), whose document may name what stands before it.
    private FromItem jsonTable(JsonTable j, @Nullable FromItem before) {
        Scope around = before == null
                ? new Scope(block, List.of(), List.of(), outer)
                : new Scope(block, before.relations(), before.visible(), outer);
        return new JsonTableAnalyzer(around).analyze(j);
    }

    /// A query in FROM under a name.
    private FromItem ofQuery(AnalyzedQuery query, String alias, List<String> names) {
        boolean isMerged = Merging.isMerged(query.plan());
        AnalyzedQuery full =
                isMerged ? FullDecimals.of(query, block.environment().analysis()) : query;
        List<OutputField> renamed = rename(query.fields(), names);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < renamed.size(); i++) {
            OutputField f = renamed.get(i);
            Column column = full.fields().get(i).column();
            fields.add(new Field(
                    f.name(), column, f.origin().under(alias), true, f.column().type()));
        }
        Relation relation = new Relation("", alias, fields, null, null);
        return FromItem.of(full.plan(), isMerged ? relation.merged() : relation);
    }

    /// Gives columns the names of a column list, if there is one. Errors VIEW_WRONG_LIST, DUPLICATE_FIELD_NAME.
    static List<OutputField> rename(List<OutputField> fields, List<String> names) {
        if (!names.isEmpty() && names.size() != fields.size()) {
            throw new SqlException(ErrorCode.VIEW_WRONG_LIST);
        }
        Set<String> seen = new HashSet<>();
        List<OutputField> out = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            OutputField f = fields.get(i);
            String name = names.isEmpty() ? f.name() : names.get(i);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new SqlException(ErrorCode.DUPLICATE_FIELD_NAME, name);
            }
            out.add(new OutputField(name, f.column(), f.origin()));
        }
        return out;
    }

    private FromItem join(JoinedTable j, @Nullable FromItem before) {
        FromItem left = item(j.left(), before);
        FromItem sideways = before == null ? left : product(before, left);
        FromItem right = item(j.right(), sideways);
        List<Relation> relations = concat(left.relations(), right.relations());
        checkUnique(relations);
        List<String> common = j.natural() ? commonNames(left, right) : j.using();
        Expr condition = null;
        List<Field> visible = concat(left.visible(), right.visible());
        if (j.on() != null) {
            block.enter(Clause.ON);
            Scope scope = new Scope(block, relations, visible, outer);
            condition = new ExpressionAnalyzer(scope).bindCondition(j.on());
            if (j.kind() != TableReference.JoinKind.LEFT && j.kind() != TableReference.JoinKind.RIGHT) {
                condition = ZeroDates.find(condition, scope);
            }
            block.enter(Clause.FROM);
        } else if (!common.isEmpty()) {
            List<Expr> equalities = new ArrayList<>();
            visible = coalesce(j, left, right, common, equalities);
            condition = ExprTree.and(equalities);
        }
        return switch (j.kind()) {
            case INNER, CROSS, STRAIGHT -> {
                boolean keepOrder = straight || j.kind() == TableReference.JoinKind.STRAIGHT;
                yield new FromItem(
                        new Join(JoinKind.INNER, left.plan(), right.plan(), condition, keepOrder), relations, visible);
            }
            case LEFT -> outerJoin(left.plan(), right.plan(), condition, relations, visible);
            case RIGHT -> outerJoin(right.plan(), left.plan(), condition, relations, visible);
        };
    }

    private FromItem outerJoin(
            LogicalPlan kept,
            LogicalPlan optional,
            @Nullable Expr condition,
            List<Relation> relations,
            List<Field> visible) {
        block.markOuterJoined(optional);
        return new FromItem(new Join(JoinKind.LEFT, kept, optional, condition, straight), relations, visible);
    }

    private static List<String> commonNames(FromItem left, FromItem right) {
        List<String> names = new ArrayList<>();
        for (Field f : left.visible()) {
            if (f.inStar() && right.visible().stream().anyMatch(r -> r.inStar() && sameName(r, f.name()))) {
                names.add(f.name());
            }
        }
        return names;
    }

    private static boolean sameName(Field f, String name) {
        return f.name().equalsIgnoreCase(name);
    }

    /// Fills the equalities of USING and gives the fields then visible: the common ones once, then the others.
    private List<Field> coalesce(
            JoinedTable j, FromItem left, FromItem right, List<String> common, List<Expr> equalities) {
        List<Field> visible = new ArrayList<>();
        Calls calls = new Calls(block.environment());
        Set<Integer> merged = new HashSet<>();
        for (String name : common) {
            Field l = single(left, name);
            Field r = single(right, name);
            merged.add(l.column().index());
            merged.add(r.column().index());
            block.environment().analysis().reference(block, owner(left, l), l);
            block.environment().analysis().reference(block, owner(right, r), r);
            equalities.add(calls.binary("=", block.seen(l.column()), block.seen(r.column())));
            visible.add(j.kind() == TableReference.JoinKind.RIGHT ? r : l);
        }
        for (Field f : concat(left.visible(), right.visible())) {
            if (!merged.contains(f.column().index())) {
                visible.add(f);
            }
        }
        return visible;
    }

    private @Nullable Relation owner(FromItem item, Field field) {
        return new Scope(block, item.relations(), item.visible(), null).owner(field);
    }

    private Field single(FromItem item, String name) {
        Scope scope = new Scope(block, item.relations(), item.visible(), null);
        Field f = scope.find(new ColumnReference(Span.NONE, null, null, name));
        if (f == null) {
            throw new SqlException(ErrorCode.BAD_FIELD, name, Clause.FROM.text());
        }
        return f;
    }
}
