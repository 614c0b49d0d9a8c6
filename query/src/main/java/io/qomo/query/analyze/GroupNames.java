package io.qomo.query.analyze;

import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.QueryBody.SelectItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which expression of the select list an alias or a position in GROUP BY means, before either is bound.
record GroupNames(Scope scope, List<SelectItem> items) {
    /// The expression, or null if the item of GROUP BY is something else.
    @Nullable Expression selected(Expression group) {
        return switch (group) {
            case Literal.IntegerLiteral n -> at(n);
            case ColumnReference r when r.table() == null && !isColumn(r) -> named(r.column());
            default -> null;
        };
    }

    private @Nullable Expression at(Literal.IntegerLiteral n) {
        if (n.unsigned() || n.value() < 1 || n.value() > items.size()) {
            return null;
        }
        int at = (int) n.value();
        boolean isPlain = items.subList(0, at).stream().allMatch(SelectItem.ExpressionItem.class::isInstance);
        return isPlain && items.get(at - 1) instanceof SelectItem.ExpressionItem e ? e.expression() : null;
    }

    private @Nullable Expression named(String alias) {
        for (SelectItem item : items) {
            if (item instanceof SelectItem.ExpressionItem e && alias.equalsIgnoreCase(e.alias())) {
                return e.expression();
            }
        }
        return null;
    }

    private boolean isColumn(ColumnReference r) {
        try {
            return scope.find(r) != null;
        } catch (SqlException e) {
            // Ambiguous, and so no alias.
            return true;
        }
    }
}
