package io.qomo.serve.schema;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.FunctionCall;
import io.qomo.query.sql.ast.Expression.LogicalOperation;
import io.qomo.query.sql.ast.Expression.SubqueryExpression;
import io.qomo.query.sql.ast.Expression.UnaryOperation;
import io.qomo.query.sql.ast.Expression.UnaryOperator;
import io.qomo.query.sql.ast.Literal.BooleanLiteral;
import io.qomo.query.sql.ast.Predicate;
import java.util.Set;

/// What MySQL takes for a condition, rather than for a number that could stand for one.
final class Truth {
    private static final Set<String> FUNCTIONS = Set.of(
            "isnull",
            "is_ipv4",
            "is_ipv4_compat",
            "is_ipv4_mapped",
            "is_ipv6",
            "is_uuid",
            "json_contains",
            "json_contains_path",
            "json_overlaps",
            "json_schema_valid",
            "json_valid",
            "regexp_like",
            "strcmp");

    private Truth() {}

    /// True of predicates, AND, OR, XOR, NOT, TRUE, FALSE, and functions that say yes or no. Subqueries pass: what is
    /// wrong with them is told elsewhere.
    static boolean isCondition(Expression e) {
        return switch (e) {
            case Predicate _, BooleanLiteral _, LogicalOperation _, SubqueryExpression _ -> true;
            case UnaryOperation not -> not.operator() == UnaryOperator.NOT;
            case FunctionCall call -> FUNCTIONS.contains(call.name());
            default -> false;
        };
    }
}
