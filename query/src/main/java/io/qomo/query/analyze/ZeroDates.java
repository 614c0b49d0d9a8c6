package io.qomo.query.analyze;

import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Call;
import io.qomo.query.expr.Expr.Column;
import io.qomo.query.expr.Expr.Logic;
import io.qomo.query.function.Predicates.NullTest;
import io.qomo.query.logical.ExprTree;
import java.util.List;

/// In a condition on rows, `column IS NULL` finds the zero dates of a DATE or DATETIME column that is declared NOT
/// NULL: it becomes `column = 0`; of an outer-joined table `column = 0 OR column IS NULL`. It does so where the test is
/// the condition or an operand of its ANDs and ORs, not inside of other expressions.
///
/// Source: MySQL 8.0 manual, "Comparison Functions and Operators", IS NULL.
final class ZeroDates {
    private ZeroDates() {}

    /// The condition as MySQL means it.
    static Expr find(Expr condition, Scope scope) {
        return switch (condition) {
            case Logic l -> {
                List<Expr> parts = ExprTree.mapList(l.conditions(), c -> find(c, scope));
                yield parts == l.conditions() ? l : new Logic(l.isAnd(), parts);
            }
            case Call call
            when call.function() instanceof NullTest test
                    && !test.negated()
                    && call.arguments().getFirst() instanceof Column c
                    && isRequiredDate(c, scope) -> {
                Calls calls = new Calls(scope.block().environment());
                Expr zero = calls.binary("=", c, Calls.integer(0));
                yield c.nullable() ? new Logic(false, List.of(zero, call)) : zero;
            }
            default -> condition;
        };
    }

    private static boolean isRequiredDate(Column column, Scope scope) {
        TypeKind kind = column.type().kind();
        return (kind == TypeKind.DATE || kind == TypeKind.DATETIME)
                && scope.relations().stream()
                        .flatMap(r -> r.fields().stream())
                        .anyMatch(f -> f.column().index() == column.index()
                                && !f.column().nullable());
    }
}
