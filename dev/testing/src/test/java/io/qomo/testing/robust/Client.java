package io.qomo.testing.robust;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import io.qomo.serve.client.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection for tests: rows as lines, errors as numbers.
final class Client implements AutoCloseable {
    private final Connection connection;

    Client(int port, String database) throws IOException {
        connection =
                new Connection(new Connection.Options("127.0.0.1", port, "root", "", database, Duration.ofSeconds(60)));
    }

    /// The rows, values separated by a tab.
    List<String> rows(String sql) throws IOException {
        Rows rows = new Rows();
        connection.query(sql, rows);
        return rows.lines;
    }

    /// The only value of the only row.
    String value(String sql) throws IOException {
        return rows(sql).getFirst();
    }

    /// The error number, 0 if the statement succeeded.
    int errno(String sql) throws IOException {
        try {
            connection.query(sql, new Rows());
            return 0;
        } catch (ServerError e) {
            return e.errno();
        }
    }

    /// What a statement answered.
    ///
    /// @param errno 0 if it succeeded
    record Answer(int errno, long affected) {}

    /// As [#errno], with the rows it changed.
    Answer answer(String sql) throws IOException {
        Rows rows = new Rows();
        try {
            connection.query(sql, rows);
            return new Answer(0, rows.affected);
        } catch (ServerError e) {
            return new Answer(e.errno(), 0);
        }
    }

    /// The connection's id on the server.
    String id() throws IOException {
        return value("SELECT CONNECTION_ID()");
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private static final class Rows implements ResultHandler {
        private final List<String> lines = new ArrayList<>();
        private long affected;

        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {
            affected = affectedRows;
        }

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {
            List<String> texts = new ArrayList<>();
            for (byte[] value : values) {
                texts.add(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
            }
            lines.add(String.join("\t", texts));
        }

        @Override
        public void endOfRows(int warnings) {}
    }
}
