package io.qomo.serve.session.api;

/// SERVER_STATUS_* bits. Source: MySQL client/server protocol.
public final class ServerStatus {
    public static final int IN_TRANS = 1;
    public static final int AUTOCOMMIT = 2;
    public static final int MORE_RESULTS = 8;
    public static final int CURSOR_EXISTS = 64;
    public static final int LAST_ROW_SENT = 128;
    public static final int NO_BACKSLASH_ESCAPES = 512;
    public static final int IN_TRANS_READONLY = 8192;
    public static final int SESSION_STATE_CHANGED = 16384;

    private ServerStatus() {}
}
