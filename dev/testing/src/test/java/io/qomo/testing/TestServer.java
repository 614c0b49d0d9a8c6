package io.qomo.testing;

/// The server that all tests of a JVM share; started at first use.
public final class TestServer {
    private TestServer() {}

    /// Its port on loopback.
    public static int port() {
        return Integer.parseInt(System.getProperty("qomo.test.port", "4000"));
    }
}
