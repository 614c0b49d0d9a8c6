package io.qomo.serve.cli;

import io.qomo.base.error.ErrorCode;
import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection that is made anew when the server has ended it, with the database that was chosen, as the MySQL client
/// does. What a session held (a transaction, temporary tables, variables) is gone then.
///
/// Owned by the shell's thread, but [#connectionId].
final class LiveConnection implements Closeable {
    private static final int CANNOT_CONNECT = 2003;
    private static final int LOST = 2013;

    private final SqlOptions options;
    private final String password;
    private final PrintStream out;
    private volatile Connection connection;
    private String database;
    private boolean isLost;

    LiveConnection(Connection connection, SqlOptions options, String password, PrintStream out) {
        this.connection = connection;
        this.options = options;
        this.password = password;
        this.database = options.database();
        this.out = out;
    }

    /// The current database, or empty.
    String database() {
        return database;
    }

    /// The server's number of the connection; any thread.
    long connectionId() {
        return connection.connectionId();
    }

    /// See [Connection#cipher].
    String cipher() {
        return connection.cipher();
    }

    /// See [Connection#hasBackslashEscapes].
    boolean hasBackslashEscapes() {
        return connection.hasBackslashEscapes();
    }

    /// Runs a statement. A connection that was lost before is made anew; one that is lost now is error 2013, one that
    /// cannot be had is 2003: the statement has to be given again.
    void query(byte[] sql, ResultHandler handler) throws ServerError {
        Connection open = open();
        try {
            open.query(sql, handler);
        } catch (ServerError e) {
            throw e;
        } catch (IOException e) {
            isLost = true;
            throw new ServerError(LOST, "HY000", "Lost connection to the server during query");
        }
    }

    /// The connection, made anew if it was lost.
    Connection open() throws ServerError {
        if (!isLost && connection.isOpen()) {
            return connection;
        }
        isLost = true;
        out.println("No connection. Trying to reconnect...");
        try {
            connection.close();
        } catch (IOException e) {
            // It was lost: there is nothing to be closed properly.
            isLost = true;
        }
        connection = reconnect();
        isLost = false;
        out.printf(
                "Connection id:    %d%nCurrent database: %s%n%n",
                connection.connectionId(), database.isEmpty() ? "*** NONE ***" : database);
        return connection;
    }

    private Connection reconnect() throws ServerError {
        try {
            try {
                return SqlShell.connect(options, password, database);
            } catch (ServerError e) {
                if (e.errno() != ErrorCode.UNKNOWN_DATABASE.errno()) {
                    throw e;
                }
                out.printf("ERROR %d (%s): %s%n", e.errno(), e.sqlState(), e.getMessage());
                database = "";
                return SqlShell.connect(options, password, "");
            }
        } catch (ServerError e) {
            throw e;
        } catch (IOException e) {
            throw new ServerError(
                    CANNOT_CONNECT,
                    "HY000",
                    "Can't connect to a server on '%s:%d' (%s)"
                            .formatted(options.host(), options.port(), e.getMessage()));
        }
    }

    /// Asks which database is the current one.
    void learnDatabase() {
        String[] found = {database};
        quietly("SELECT DATABASE()", values -> found[0] = values[0]);
        database = found[0];
    }

    /// Runs a query for the shell's own use; without rows if it fails.
    void quietly(String sql, RowTaker taker) {
        if (isLost) {
            return;
        }
        try {
            connection.query(sql, new Rows(taker));
        } catch (ServerError e) {
            // Who may not ask does without.
            return;
        } catch (IOException e) {
            // The next statement finds it out and says so.
            isLost = true;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /// Takes the values of a row; NULL is empty.
    interface RowTaker {
        void take(String[] values);
    }

    private record Rows(RowTaker taker) implements ResultHandler {
        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {
            String[] texts = new String[values.length];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = values[i] == null ? "" : new String(values[i], StandardCharsets.UTF_8);
            }
            taker.take(texts);
        }

        @Override
        public void endOfRows(int warnings) {}
    }
}
