package io.qomo.serve.node;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How to start a node.
///
/// @param dataDir where it keeps its data; null: in memory only
/// @param host the address to listen on
/// @param port of the MySQL protocol, 0 for a free one
/// @param httpPort of health, metrics and the console, 0 for a free one, -1 for none
/// @param memoryBytes what the whole process may use, heap and store together
/// @param syncCommits whether an acknowledged commit is on disk
/// @param maxConnections clients served at once; one more gets error 1040
public record NodeOptions(
        @Nullable Path dataDir,
        String host,
        int port,
        int httpPort,
        long memoryBytes,
        boolean syncCommits,
        int maxConnections) {
    /// What `qomo start` uses unless told otherwise: 1 GiB.
    public static final long DEFAULT_MEMORY_BYTES = 1L << 30;

    /// MySQL's default of max_connections.
    public static final int DEFAULT_MAX_CONNECTIONS = 151;

    /// A node in memory on free loopback ports, without HTTP.
    public static NodeOptions inMemory() {
        return new NodeOptions(null, "127.0.0.1", 0, -1, DEFAULT_MEMORY_BYTES, true, DEFAULT_MAX_CONNECTIONS);
    }
}
