package io.qomo.serve.session.api;

import io.qomo.base.type.Collation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is at the other end.
///
/// @param connectionId from [SqlService#nextConnectionId]
/// @param user as the client gave it
/// @param host `localhost` for loopback, else the peer's address
/// @param port the peer's port, 0 if embedded
/// @param database to select first, or null
/// @param collation of the handshake: sets character_set_client, _connection and _results
/// @param foundRows CLIENT_FOUND_ROWS: affected rows count matched rows
/// @param multiStatements CLIENT_MULTI_STATEMENTS
/// @param localInfile CLIENT_LOCAL_FILES
/// @param interactive CLIENT_INTERACTIVE: interactive_timeout instead of wait_timeout
/// @param tls how the connection is encrypted, or null if it is not
/// @param attributes connection attributes
public record ClientInfo(
        long connectionId,
        String user,
        String host,
        int port,
        @Nullable String database,
        Collation collation,
        boolean foundRows,
        boolean multiStatements,
        boolean localInfile,
        boolean interactive,
        @Nullable TlsUse tls,
        Map<String, String> attributes) {
    /// Copies the attributes.
    public ClientInfo {
        attributes = Map.copyOf(attributes);
    }
}
