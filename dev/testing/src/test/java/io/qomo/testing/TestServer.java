package io.qomo.testing;

import io.qomo.Qomo;

/// The server that all tests of a JVM share, in memory; started at first use, gone with the JVM. The system property
/// `qomo.test.port` names another one instead.
public final class TestServer {
    private TestServer() {}

    /// Its port on loopback.
    public static int port() {
        String port = System.getProperty("qomo.test.port");
        return port == null ? Holder.SERVER.port() : Integer.parseInt(port);
    }

    /// Starts the server when it is first asked for.
    private static final class Holder {
        static final Qomo SERVER = Qomo.embedded().inMemory().start();
    }
}
