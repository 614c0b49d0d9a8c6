package io.qomo.serve.node;

/// A node that runs, alone or in a cluster.
public interface RunningNode extends AutoCloseable {
    /// The address listened on.
    String host();

    /// Whether only this machine can reach it.
    boolean listensOnLoopback();

    /// The port of the MySQL protocol.
    int port();

    /// The port of HTTP, or -1 if there is none.
    int httpPort();

    /// Waits until the node is closed, by [#close] or by a client's SHUTDOWN.
    void awaitClosed() throws InterruptedException;

    /// Stops accepting, ends the connections, and frees everything. Idempotent.
    @Override
    void close();
}
