package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.logical.ExprTree;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names in sight of an expression: relations of one query block, then those of the blocks around it.
///
/// Source: MySQL 8.0 manual, "SELECT Statement", for the precedence of aliases: GROUP BY prefers columns of FROM,
/// HAVING grouped columns and then the select list, ORDER BY the select list.
final class Scope {
    private final Block block;
    private final List<Relation> relations;
    private final List<Field> visible;
    private final @Nullable Scope outer;

    /// @param visible what unqualified names and `*` mean, common columns of joins once
    Scope(Block block, List<Relation> relations, List<Field> visible, @Nullable Scope outer) {
        this.block = block;
        this.relations = relations;
        this.visible = visible;
        this.outer = outer;
    }

    Block block() {
        return block;
    }

    List<Relation> relations() {
        return relations;
    }

    List<Field> visible() {
        return visible;
    }

    @Nullable Scope outer() {
        return outer;
    }

    /// What a name means here or in a scope around. Errors BAD_FIELD, TABLE_NAME_NOT_ALLOWED_HERE.
    Expr resolve(ColumnReference reference) {
        if (reference.table() != null && isOutput()) {
            throw new SqlException(
                    ErrorCode.TABLE_NAME_NOT_ALLOWED_HERE, reference.table(), "SELECT", "global ORDER clause");
        }
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Expr found = scope.resolveHere(reference, scope == this);
            if (found != null) {
                return found;
            }
        }
        throw new SqlException(
                ErrorCode.BAD_FIELD, text(reference), block.clause().text());
    }

    /// True of the columns that a set operation gives, which belong to no table.
    private boolean isOutput() {
        return relations.size() == 1 && relations.getFirst().alias().isEmpty() && block.clause() == Clause.ORDER_BY;
    }

    /// As written.
    static String text(ColumnReference r) {
        String table = r.table() == null ? "" : r.table() + ".";
        return r.schema() == null ? table + r.column() : r.schema() + "." + table + r.column();
    }

    private @Nullable Expr resolveHere(ColumnReference reference, boolean direct) {
        Clause clause = block.clause();
        if (clause == Clause.HAVING && direct && !block.isInAggregate()) {
            return resolveInHaving(reference);
        }
        Field field = find(reference);
        if (field != null) {
            note(reference, field);
            return use(field);
        }
        boolean seesAliases = clause == Clause.ORDER_BY
                || clause == Clause.GROUP_BY
                || clause == Clause.HAVING
                || (clause == Clause.FIELD_LIST && !direct);
        return seesAliases ? alias(reference) : null;
    }

    private void note(ColumnReference reference, Field field) {
        NameLog names = block.environment().analysis().names();
        Relation owner = owner(field);
        if (names != null && owner != null) {
            names.column(reference, owner, field);
        }
    }

    /// The relation a field belongs to, or null.
    @Nullable Relation owner(Field field) {
        for (Relation r : relations) {
            for (Field f : r.fields()) {
                if (f.column().index() == field.column().index() && f.name().equals(field.name())) {
                    return r;
                }
            }
        }
        return null;
    }

    private Expr use(Field field) {
        block.environment().analysis().reference(block, owner(field), field);
        return field.in(block);
    }

    /// A field of this scope's FROM, or null. Error NON_UNIQUE_COLUMN.
    @Nullable Field find(ColumnReference reference) {
        Field found = null;
        if (reference.table() == null) {
            for (Field f : visible) {
                if (f.name().equalsIgnoreCase(reference.column())) {
                    found = single(found, f, reference);
                }
            }
            return found;
        }
        for (Relation r : relations) {
            if (r.isNamed(reference.schema(), reference.table())) {
                Field f = r.field(reference.column());
                if (f != null) {
                    found = single(found, f, reference);
                }
            }
        }
        return found;
    }

    private Field single(@Nullable Field before, Field now, ColumnReference reference) {
        if (before != null && before.column().index() != now.column().index()) {
            throw ambiguous(reference);
        }
        return now;
    }

    private SqlException ambiguous(ColumnReference reference) {
        return new SqlException(
                ErrorCode.NON_UNIQUE_COLUMN, text(reference), block.clause().text());
    }

    /// HAVING sees grouped columns, the select list's names, and the plain columns in it.
    private @Nullable Expr resolveInHaving(ColumnReference reference) {
        Expr byAlias = alias(reference);
        Field field = byAlias == null ? find(reference) : findQuietly(reference);
        if (field != null) {
            int id = field.column().index();
            boolean grouped = block.groups().stream().anyMatch(g -> isColumn(g, id));
            boolean selected = byAlias == null && block.selectColumns().stream().anyMatch(c -> isColumn(c.value(), id));
            if (grouped || selected) {
                note(reference, field);
                return use(field);
            }
        }
        return byAlias;
    }

    private @Nullable Field findQuietly(ColumnReference reference) {
        long matches = visible.stream()
                .filter(f -> f.name().equalsIgnoreCase(reference.column()))
                .count();
        return matches > 1 ? null : find(reference);
    }

    private static boolean isColumn(Expr e, int id) {
        return DecimalOps.unrounded(e) instanceof Column c && c.index() == id;
    }

    /// The element of the select list an unqualified name means, or null. Error NON_UNIQUE_COLUMN.
    @Nullable Expr alias(ColumnReference reference) {
        if (reference.table() != null) {
            return null;
        }
        Expr found = null;
        for (SelectColumn column : block.selectColumns()) {
            if (column.name().equalsIgnoreCase(reference.column())) {
                if (found != null && !ExprTree.same(found, column.value())) {
                    throw ambiguous(reference);
                }
                found = column.value();
            }
        }
        if (found != null) {
            checkNoWindow(reference, found);
            checkNotNested(found);
            block.environment().analysis().reference(block);
        }
        return found;
    }

    /// Aggregates have no others in their arguments. Error INVALID_GROUP_FUNC_USE.
    private void checkNotNested(Expr found) {
        boolean isNested = block.isInAggregate()
                && ExprWalker.any(
                        found,
                        x -> x instanceof Column c
                                && block.aggregates().stream()
                                        .anyMatch(a -> a.column().index() == c.index()));
        if (isNested) {
            throw new SqlException(ErrorCode.INVALID_GROUP_FUNC_USE);
        }
    }

    /// HAVING comes before window functions. Error WINDOW_ALIAS_USE.
    private void checkNoWindow(ColumnReference reference, Expr found) {
        boolean isLater = block.clause() == Clause.HAVING
                && ExprWalker.any(
                        found,
                        x -> x instanceof Column c
                                && block.windows().stream()
                                        .anyMatch(w -> w.column().index() == c.index()));
        if (isLater) {
            throw new SqlException(ErrorCode.WINDOW_ALIAS_USE, reference.column());
        }
    }
}
