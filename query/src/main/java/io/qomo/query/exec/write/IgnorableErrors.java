package io.qomo.query.exec.write;

import io.qomo.base.error.SqlException;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.context.WarningSink;

/// What IGNORE turns into warnings: the row is left out. Source: MySQL 8.0 manual, "The Effect of IGNORE
/// on Statement Execution".
final class IgnorableErrors {
    private IgnorableErrors() {}

    /// Records the error as a warning, or throws it on.
    static void ignore(SqlException e, ExecContext context) {
        switch (e.code()) {
            case DUPLICATE_ENTRY,
                    NO_REFERENCED_ROW,
                    ROW_IS_REFERENCED,
                    CHECK_CONSTRAINT_VIOLATED,
                    BAD_NULL,
                    VIEW_CHECK_FAILED -> context.warnings().add(WarningSink.Level.WARNING, e.code(), e.text());
            default -> throw e;
        }
    }
}
