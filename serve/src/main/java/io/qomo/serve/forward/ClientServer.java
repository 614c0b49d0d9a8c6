package io.qomo.serve.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Serves clients. Thread-safe.
public interface ClientServer {
    /// Whether this node serves at this moment.
    boolean isServing();

    /// Serves a client on a thread of its own; false if this node does not at this moment, and the socket
    /// is untouched.
    boolean serve(Socket socket, InetSocketAddress client) throws IOException;
}
