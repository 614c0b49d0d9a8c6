package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.logical.LogicalPlan;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ParameterMarker;
import io.qomo.query.sql.ast.Literal.IntegerLiteral;
import io.qomo.query.sql.ast.QueryExpression;
import org.jspecify.annotations.Nullable;

/// Binds LIMIT.
record Limits(Environment environment) {
    LogicalPlan apply(LogicalPlan plan, QueryExpression.Limit limit) {
        Expr offset = limit.offset() == null ? null : bind(limit.offset());
        return new LogicalPlan.Limit(plan, offset, bind(limit.count()));
    }

    /// LIMIT of UPDATE and DELETE.
    LogicalPlan apply(LogicalPlan plan, @Nullable Expression count) {
        return count == null ? plan : new LogicalPlan.Limit(plan, null, bind(count));
    }

    private Expr bind(Expression e) {
        return switch (e) {
            case IntegerLiteral n -> new Expr.Constant(LongVector.constant(SqlType.BIGINT_UNSIGNED, n.value()));
            case ParameterMarker p -> {
                SqlType type = ExpressionAnalyzer.parameterType(environment, p, SqlType.BIGINT_UNSIGNED);
                yield new Calls(environment).cast(new Expr.Parameter(p.index(), type), SqlType.BIGINT_UNSIGNED);
            }
            default -> throw new SqlException(ErrorCode.WRONG_ARGUMENTS, "LIMIT");
        };
    }
}
