package io.qomo.base.error;

/// An error a SQL client is told about: a code of the register, its arguments, and where in the statement it arose.
public final class SqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String sqlState;
    private final int errno;

    /// Builds the error with the code's template filled with `args`.
    public SqlException(ErrorCode code, Object... args) {
        this(code.errno(), code.sqlState(), code, code.format(args), null);
    }

    private SqlException(
            int errno,
            String sqlState,
            ErrorCode code,
            String message,
            @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause, false, code.kind() == ErrorCode.Kind.INTERNAL);
        this.code = code;
        this.errno = errno;
        this.sqlState = sqlState;
    }

    /// As the constructor, with the cause kept for the log.
    public static SqlException causedBy(Throwable cause, ErrorCode code, Object... args) {
        return new SqlException(code.errno(), code.sqlState(), code, code.format(args), cause);
    }

    /// An error with a number, state and message of the user's choosing (SIGNAL).
    public static SqlException signalled(int errno, String sqlState, String message) {
        return new SqlException(errno, sqlState, ErrorCode.SIGNAL_EXCEPTION, message, null);
    }

    /// An error that another node raised, with its message.
    public static SqlException relayed(ErrorCode code, String message) {
        return new SqlException(code.errno(), code.sqlState(), code, message, null);
    }

    /// The register's entry.
    public ErrorCode code() {
        return code;
    }

    /// MySQL's error number.
    public int errno() {
        return errno;
    }

    /// Five characters.
    public String sqlState() {
        return sqlState;
    }

    /// The message, never null.
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
