package io.qomo.query.exec.context;

import io.qomo.base.error.ErrorCode;

/// The warnings that strict mode makes errors of in a statement that writes, wherever in it they are raised:
/// in its values, its WHERE clause, its subqueries, in generated columns and keys.
///
/// Source: MySQL 8.0 manual, "Strict SQL Mode", and the list in MySQL's Strict_error_handler.
final class StrictErrors {
    private StrictErrors() {}

    /// True if the warning says that a value was lost or changed.
    static boolean contain(ErrorCode code) {
        return switch (code) {
            case TRUNCATED_WRONG_VALUE,
                    INCORRECT_VALUE,
                    INCORRECT_VALUE_FOR_COLUMN,
                    WRONG_VALUE_FOR_TYPE,
                    WARN_DATA_OUT_OF_RANGE,
                    DIVISION_BY_ZERO,
                    TRUNCATED_WRONG_VALUE_FOR_FIELD,
                    WARN_DATA_TRUNCATED,
                    DATA_TOO_LONG,
                    BAD_NULL,
                    NO_DEFAULT_FOR_FIELD,
                    WARN_NULL_TO_NOTNULL,
                    CUT_VALUE_GROUP_CONCAT,
                    DATETIME_FUNCTION_OVERFLOW,
                    INVALID_ARGUMENT_FOR_LOGARITHM,
                    NUMERIC_JSON_VALUE_OUT_OF_RANGE,
                    INVALID_JSON_VALUE_FOR_CAST,
                    WARN_ALLOWED_PACKET_OVERFLOWED -> true;
            default -> false;
        };
    }
}
