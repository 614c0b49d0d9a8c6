package io.qomo.serve.mysql;

import io.qomo.base.env.SystemEnv;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A running server over a [FakeService], and drivers to reach it.
final class ServerFixture implements AutoCloseable {
    final FakeService service = new FakeService();
    final MySqlServer server;

    ServerFixture() throws IOException {
        this(ListenerOptions.of("127.0.0.1", 0));
    }

    ServerFixture(ListenerOptions options) throws IOException {
        server = MySqlServer.start(service, options, new SystemEnv());
    }

    /// By MySQL's own driver.
    Connection mysql(String user, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + server.port() + "/db?connectTimeout=5000&socketTimeout=20000&" + options,
                user,
                password);
    }

    /// By MariaDB's driver.
    Connection mariadb(String user, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + server.port() + "/db?connectTimeout=5000&socketTimeout=20000&" + options,
                user,
                password);
    }

    /// Waits until something that happens on another thread has happened.
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.stop(Duration.ZERO);
    }
}
