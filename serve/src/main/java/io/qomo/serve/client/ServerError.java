package io.qomo.serve.client;

import java.io.IOException;

/// An error packet of the server.
public final class ServerError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String sqlState;

    ServerError(int errno, String sqlState, String message) {
        super(message);
        this.errno = errno;
        this.sqlState = sqlState;
    }

    /// MySQL's error number.
    public int errno() {
        return errno;
    }

    /// Five characters.
    public String sqlState() {
        return sqlState;
    }
}
