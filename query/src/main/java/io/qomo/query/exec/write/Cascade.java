package io.qomo.query.exec.write;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import org.jspecify.annotations.Nullable;

/// How an update came about: by the statement itself, or through foreign keys from other tables.
///
/// @param tableId the table updated
/// @param depth foreign keys followed so far
/// @param from the update that led here, or null
record Cascade(long tableId, int depth, @Nullable Cascade from) {
    /// As InnoDB's limit.
    static final int MAX_DEPTH = 15;

    /// An update the statement asks for.
    static Cascade start(long tableId) {
        return new Cascade(tableId, 0, null);
    }

    /// The update of a child table that this one causes.
    Cascade into(long childTableId) {
        checkDepth(depth + 1);
        return new Cascade(childTableId, depth + 1, this);
    }

    /// True if a table has been updated on the way here: a second time acts as RESTRICT.
    boolean hasUpdated(long id) {
        return tableId == id || (from != null && from.hasUpdated(id));
    }

    /// Refuses cascades that are too deep.
    static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new SqlException(ErrorCode.FK_DEPTH_EXCEEDED, MAX_DEPTH);
        }
    }
}
