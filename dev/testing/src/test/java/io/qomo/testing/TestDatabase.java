package io.qomo.testing;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ResultHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A database of its own for a test, on the server of the test JVM (or on the one that the system property
/// `qomo.test.port` names, to run the same tests against another server). Dropped when closed.
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final String name;
    private final int port;

    private TestDatabase(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /// Creates an empty database.
    public static TestDatabase create() {
        return create("test_" + NEXT.incrementAndGet());
    }

    /// Creates an empty database of a name, in place of one that was there.
    public static TestDatabase create(String name) {
        TestDatabase database = new TestDatabase(name, TestServer.port());
        database.run("DROP DATABASE IF EXISTS " + database.name);
        database.run("CREATE DATABASE " + database.name);
        return database;
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// The server's port on loopback.
    public int port() {
        return port;
    }

    /// An URL for Connector/J.
    public String jdbcUrl() {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + name + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    private void run(String sql) {
        Connection.Options options = new Connection.Options("127.0.0.1", port, "root", "", "", Duration.ofSeconds(30));
        try (Connection connection = new Connection(options)) {
            connection.query(sql, new Ignore());
        } catch (IOException e) {
            throw new UncheckedIOException(sql, e);
        }
    }

    @Override
    public void close() {
        run("DROP DATABASE IF EXISTS " + name);
    }

    private static final class Ignore implements ResultHandler {
        @Override
        public void ok(long affectedRows, long lastInsertId, int warnings, String info) {}

        @Override
        public void columns(List<Column> columns) {}

        @Override
        public void row(byte[] @Nullable [] values) {}

        @Override
        public void endOfRows(int warnings) {}
    }
}
