package io.qomo.serve.client;

import java.io.IOException;

/// An error packet of the server, or an error of this client that MySQL has a number for.
public final class ServerError extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;
    private final String sqlState;

    /// With MySQL's number, five characters, and what is to be told.
    public ServerError(int errno, String sqlState, String message) {
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
