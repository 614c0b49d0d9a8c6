package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.function.DecimalOps;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;

/// Binds the select list: expands `*`, names the columns as MySQL does.
final class SelectList {
    private final Scope scope;
    private final Block block;
    private final ExpressionAnalyzer binder;

    SelectList(Scope scope, ExpressionAnalyzer binder) {
        this.scope = scope;
        this.block = scope.block();
        this.binder = binder;
    }

    /// Fills the block's select columns. Errors NO_TABLES_USED, BAD_TABLE.
    void bind(List<SelectItem> items, boolean hasFrom) {
        block.enter(Clause.FIELD_LIST);
        List<SelectColumn> out = new ArrayList<>();
        block.setSelectColumns(out);
        for (SelectItem item : items) {
            switch (item) {
                case SelectItem.AllColumns all -> {
                    if (!hasFrom) {
                        throw new SqlException(ErrorCode.NO_TABLES_USED);
                    }
                    scope.visible().forEach(f -> addField(f, all, out));
                }
                case SelectItem.TableColumns t -> addTable(t, out);
                case SelectItem.ExpressionItem e -> out.add(column(e, out.size()));
            }
        }
    }

    private void addTable(SelectItem.TableColumns item, List<SelectColumn> out) {
        TableName name = item.table();
        boolean found = false;
        for (Relation r : scope.relations()) {
            if (r.isNamed(name.schema(), name.name())) {
                found = true;
                r.fields().forEach(f -> addField(f, item, out));
            }
        }
        if (!found) {
            throw new SqlException(ErrorCode.BAD_TABLE, name.toString());
        }
    }

    private void addField(Field f, SelectItem item, List<SelectColumn> out) {
        if (f.inStar()) {
            NameLog names = block.environment().analysis().names();
            Relation owner = scope.owner(f);
            if (names != null && owner != null) {
                names.star(item, owner, f);
            }
            block.environment().analysis().reference(block, owner, f);
            out.add(new SelectColumn(f.name(), null, f.in(block), f.origin()));
        }
    }

    private SelectColumn column(SelectItem.ExpressionItem item, int index) {
        Expression e = item.expression();
        Expr value = binder.bind(e);
        String name = item.alias() == null ? name(item) : item.alias();
        NameLog names = block.environment().analysis().names();
        if (names != null) {
            names.named(item, name, index);
        }
        boolean isColumn = DecimalOps.unrounded(value) instanceof Column;
        Origin origin = e instanceof ColumnReference r && isColumn ? origin(r) : Origin.NONE;
        return new SelectColumn(name, e, value, origin);
    }

    private Origin origin(ColumnReference r) {
        Field f = scope.find(r);
        return f == null ? Origin.NONE : f.origin();
    }

    private String name(ColumnReference r) {
        Field f = scope.find(r);
        Relation owner = f == null ? null : scope.owner(f);
        return f != null && owner != null && owner.isMerged() ? f.name() : r.column();
    }

    private String name(SelectItem.ExpressionItem item) {
        return switch (item.expression()) {
            case ColumnReference r -> name(r);
            case Literal.StringLiteral s -> s.value();
            case Literal.NullLiteral n -> "NULL";
            default -> item.span().of(block.environment().sql());
        };
    }
}
