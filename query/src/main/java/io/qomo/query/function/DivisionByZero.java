package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.SqlMode;

/// What a division by zero does besides giving NULL: nothing, or a warning, which strict mode may turn
/// into an error.
///
/// Source: MySQL 8.0 manual, ERROR_FOR_DIVISION_BY_ZERO.
final class DivisionByZero {
    private DivisionByZero() {}

    static void report(EvalContext context) {
        if (context.sqlMode().has(SqlMode.ERROR_FOR_DIVISION_BY_ZERO)) {
            context.warn(ErrorCode.DIVISION_BY_ZERO);
        }
    }
}
