package io.qomo;

import io.qomo.serve.node.Node;
import io.qomo.serve.node.NodeOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Qomo node inside this JVM, for tests and for applications that carry their database with them.
///
/// It listens on a free loopback port, so the ordinary MySQL drivers connect to it. Several may run in one JVM.
///
/// ```java
/// try (Qomo qomo = Qomo.embedded().inMemory().start()) {
///     Connection c = DriverManager.getConnection(qomo.jdbcUrl("test"), "root", "");
/// }
/// ```
public final class Qomo implements AutoCloseable {
    private final Node node;

    private Qomo(Node node) {
        this.node = node;
    }

    /// Describes a node to start; in memory unless told otherwise.
    public static Builder embedded() {
        return new Builder();
    }

    /// The port of the MySQL protocol on 127.0.0.1.
    public int port() {
        return node.port();
    }

    /// A URL for MySQL Connector/J; the database is created if it does not exist.
    public String jdbcUrl(String database) {
        return "jdbc:mysql://127.0.0.1:" + port() + "/" + database
                + "?createDatabaseIfNotExist=true&sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    /// A URL for MariaDB Connector/J; the database is created if it does not exist.
    public String mariadbJdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?createDatabaseIfNotExist=true";
    }

    /// Stops the node. Idempotent.
    @Override
    public void close() {
        node.close();
    }

    /// What to start.
    public static final class Builder {
        private @Nullable Path dataDir;
        private int port;
        private long memoryBytes = NodeOptions.DEFAULT_MEMORY_BYTES;
        private boolean syncCommits = true;

        private Builder() {}

        /// Keeps the data in a directory.
        public Builder dataDir(Path directory) {
            dataDir = directory;
            return this;
        }

        /// Keeps the data in memory only.
        public Builder inMemory() {
            dataDir = null;
            return this;
        }

        /// Listens on this port instead of a free one.
        public Builder port(int mysqlPort) {
            port = mysqlPort;
            return this;
        }

        /// What the node may use, bytes; 1 GiB unless told otherwise.
        public Builder memoryBytes(long bytes) {
            memoryBytes = bytes;
            return this;
        }

        /// Whether an acknowledged commit is on disk (it is unless told otherwise).
        public Builder syncCommits(boolean sync) {
            syncCommits = sync;
            return this;
        }

        /// Starts the node and returns when it accepts connections.
        ///
        /// Errors: [io.qomo.serve.node.NodeException], such as a directory that is in use.
        public Qomo start() {
            return new Qomo(Node.start(new NodeOptions(
                    dataDir, "127.0.0.1", port, -1, memoryBytes, syncCommits, NodeOptions.DEFAULT_MAX_CONNECTIONS)));
        }
    }
}
