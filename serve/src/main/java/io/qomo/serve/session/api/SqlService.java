package io.qomo.serve.session.api;

import java.util.Optional;

/// The server as a connection sees it before it has a session.
public interface SqlService {
    /// The version string of the handshake, e.g. `8.0.36-qomo-0.1.0`.
    String serverVersion();

    /// Called before the handshake: throws `TOO_MANY_CONNECTIONS` if no session could be opened now, so that the
    /// client need not prove who it is first. Reserves nothing.
    default void admit() {}

    /// A client was turned away: counts it.
    default void loginFailed() {}

    /// A client that had logged in is gone without a word, or was idle for too long: counts it.
    default void clientLost() {}

    /// A fresh connection id, never 0.
    long nextConnectionId();

    /// The account that a user from a host logs in as (the most specific match), empty if there is none. The host is
    /// the peer's address, `localhost` for loopback.
    Optional<Account> findAccount(String user, String host);

    /// Opens a session for an authenticated client; counts it against `max_connections` (error 1040) and picks the
    /// initial database (errors 1044, 1049).
    Session open(ClientInfo client, Account account);
}
