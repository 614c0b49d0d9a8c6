package io.qomo.serve.mysql;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a server listens.
///
/// @param host address to bind
/// @param port 0 takes a free one
/// @param tls whether clients may encrypt
/// @param keyDirectory where the generated certificate and keys are kept, or null to make new ones at each
///     start
/// @param spillDirectory where large cursors overflow to
/// @param connectTimeout from accept to the end of the handshake
/// @param readTimeout between two pieces of one command
/// @param writeTimeout for a client that takes nothing of its result
/// @param maxPendingHandshakes clients that have not proven who they are yet; more get error 1040
/// @param threadStackBytes stack of a connection's thread, 0 for the JVM's default
public record ListenerOptions(
        String host,
        int port,
        boolean tls,
        @Nullable Path keyDirectory,
        Path spillDirectory,
        Duration connectTimeout,
        Duration readTimeout,
        Duration writeTimeout,
        int maxPendingHandshakes,
        long threadStackBytes) {
    /// MySQL's defaults for an address and a port.
    public static ListenerOptions of(String host, int port) {
        return new ListenerOptions(
                host,
                port,
                true,
                null,
                Path.of(System.getProperty("java.io.tmpdir", ".")),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                1000,
                0);
    }

    /// The same, keeping certificate and keys in a directory.
    public ListenerOptions withKeyDirectory(Path directory) {
        return new ListenerOptions(
                host,
                port,
                tls,
                directory,
                spillDirectory,
                connectTimeout,
                readTimeout,
                writeTimeout,
                maxPendingHandshakes,
                threadStackBytes);
    }

    /// The same, with cursors overflowing to a directory.
    public ListenerOptions withSpillDirectory(Path directory) {
        return new ListenerOptions(
                host,
                port,
                tls,
                keyDirectory,
                directory,
                connectTimeout,
                readTimeout,
                writeTimeout,
                maxPendingHandshakes,
                threadStackBytes);
    }

    /// The same with or without TLS.
    public ListenerOptions withTls(boolean enabled) {
        return new ListenerOptions(
                host,
                port,
                enabled,
                keyDirectory,
                spillDirectory,
                connectTimeout,
                readTimeout,
                writeTimeout,
                maxPendingHandshakes,
                threadStackBytes);
    }

    /// The same with other timeouts.
    public ListenerOptions withTimeouts(Duration connect, Duration read, Duration write) {
        return new ListenerOptions(
                host,
                port,
                tls,
                keyDirectory,
                spillDirectory,
                connect,
                read,
                write,
                maxPendingHandshakes,
                threadStackBytes);
    }
}
