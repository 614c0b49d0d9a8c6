package io.qomo.serve.session;

import io.qomo.serve.session.api.StatementStatus;
import org.jspecify.annotations.Nullable;

/// How statements end well.
final class Ok {
    private static final int MAX_WARNINGS = 0xFFFF;

    private Ok() {}

    /// Tells the client that a statement without rows has succeeded.
    static void send(ServerSession session, StatementRun run) {
        send(session, run, 0, null);
    }

    /// As [#send], with affected rows and info.
    static void send(ServerSession session, StatementRun run, long affectedRows, @Nullable String info) {
        session.facts().rowCount(affectedRows);
        run.sink().ok(status(session, run, affectedRows, 0, info));
    }

    /// The status of a statement that ends now.
    static StatementStatus status(
            ServerSession session, StatementRun run, long affectedRows, long insertId, @Nullable String info) {
        return new StatementStatus(
                affectedRows,
                insertId,
                Math.min(MAX_WARNINGS, session.diagnostics().reported()),
                session.serverStatus(),
                run.moreResults(),
                info,
                session.tracker().take());
    }
}
