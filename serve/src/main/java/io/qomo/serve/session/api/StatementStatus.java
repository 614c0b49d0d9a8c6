package io.qomo.serve.session.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a statement ended well.
///
/// @param affectedRows rows changed (or matched, for clients that asked so)
/// @param lastInsertId the first generated AUTO_INCREMENT value, or 0
/// @param warnings number of conditions SHOW WARNINGS would show
/// @param serverStatus SERVER_STATUS_* bits, without MORE_RESULTS
/// @param moreResults another result follows
/// @param info as `Rows matched: 1  Changed: 1  Warnings: 0`, or null
/// @param stateChanges for clients that track session state
public record StatementStatus(
        long affectedRows,
        long lastInsertId,
        int warnings,
        int serverStatus,
        boolean moreResults,
        @Nullable String info,
        List<StateChange> stateChanges) {
    /// Copies the changes.
    public StatementStatus {
        stateChanges = List.copyOf(stateChanges);
    }

    /// One tracked change. Source: MySQL protocol, session state information.
    ///
    /// @param type SESSION_TRACK_* number: 0 system variable, 1 schema, 2 state change
    /// @param name of the variable, or empty
    /// @param value the new value
    public record StateChange(int type, String name, String value) {}
}
