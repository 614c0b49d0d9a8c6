package io.qomo.serve.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a SQL server is run.
///
/// @param dataDir where its data lies; null: in memory
/// @param temporary directory of what overflows memory
/// @param host the address it will be reached at
/// @param memoryBytes what the whole process may use
/// @param maxConnections max_connections unless it was persisted, 0 for MySQL's default
public record ServerSettings(
        @Nullable Path dataDir, Path temporary, String host, long memoryBytes, int maxConnections) {}
