package io.qomo.serve.session.api;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TimeZoneRule;
import io.qomo.base.vector.Vector;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client's conversation with the server. Owned by the connection's thread, except [#kill] and
/// [#killQuery].
///
/// Every method that runs SQL throws `SqlException`; the session is usable afterwards unless [#isKilled].
public interface Session extends AutoCloseable {
    /// The connection id.
    long connectionId();

    /// Runs one or (if the client may) several statements; `sql` is in character_set_client. The bytes
    /// belong to the caller: they stay as they are during the call and not longer.
    void execute(byte[] sql, int offset, int length, ResultSink sink);

    /// Prepares a statement of the binary protocol.
    PreparedStatement prepare(byte[] sql, int offset, int length);

    /// Runs a prepared statement; each parameter is a constant vector (a NULL one for NULL).
    void execute(PreparedStatement statement, List<Vector> parameters, ResultSink sink);

    /// COM_INIT_DB: errors 1044 and 1049.
    void useDatabase(String name);

    /// COM_RESET_CONNECTION: rolls back, drops temporary tables, locks and variables; the account stays.
    void reset();

    /// COM_CHANGE_USER after authentication: as a reset, with another account and database.
    void changeUser(ClientInfo client, Account account);

    /// COM_FIELD_LIST: the columns of a table whose names match a LIKE pattern, with defaults as text.
    List<ResultColumn> fieldList(String table, String pattern);

    /// COM_STATISTICS: one line.
    String statistics();

    /// COM_SET_OPTION.
    void setMultiStatements(boolean allowed);

    /// SERVER_STATUS_* bits as of now.
    int serverStatus();

    /// How string parameters of prepared statements come in: character_set_client.
    Charset clientCharset();

    /// The type of string parameters: collation_connection.
    Collation connectionCollation();

    /// Tracked changes of the session's state that no status has told yet, for answers that carry no
    /// statement's status (COM_INIT_DB and the like). Told once.
    default List<StateChange> takeStateChanges() {
        return List.of();
    }

    /// Where character strings go out: character_set_results; null means unconverted.
    @Nullable Charset resultCharset();

    /// False after `SET resultset_metadata = NONE`: results go out without column definitions to clients
    /// that can do without.
    default boolean sendsResultMetadata() {
        return true;
    }

    /// For TIMESTAMP values going out: the session's time zone.
    TimeZoneRule timeZone();

    /// max_allowed_packet of this session, bytes.
    int maxAllowedPacketBytes();

    /// How long the connection may be silent: wait_timeout or interactive_timeout.
    Duration idleTimeout();

    /// The command column of SHOW PROCESSLIST: called with the command's name when it has been read and
    /// with `Sleep` when it has been answered.
    void commandStarted(String command);

    /// Counts bytes that have come from the client and gone to it.
    default void traffic(long receivedBytes, long sentBytes) {}

    /// True if the end of the conversation now would undo or unlock something: a transaction is open, tables are
    /// locked.
    /// Any thread, roughly.
    default boolean isMidway() {
        return false;
    }

    /// Interrupts the running statement (error 1317); any thread.
    void killQuery();

    /// Ends the conversation; any thread.
    void kill();

    /// True after [#kill]: the connection must close.
    boolean isKilled();

    /// Registers what closes the socket when the session is killed while the connection is idle.
    void onKill(Runnable closeConnection);

    /// Rolls back and gives everything up. Idempotent.
    @Override
    void close();
}
