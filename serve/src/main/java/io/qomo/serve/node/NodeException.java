package io.qomo.serve.node;

/// A node cannot start; the message says why and what to do.
public final class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Why a node cannot start.
    public enum Reason {
        DIRECTORY_IN_USE,
        DIRECTORY_UNUSABLE,
        UNKNOWN_FORMAT,
        STORE_UNUSABLE,
        ADDRESS_UNUSABLE,
        ROOT_WITHOUT_PASSWORD,
        CLUSTER_REFUSES
    }

    /// With what is to be told.
    public NodeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /// With what is to be told, and what it comes from.
    public NodeException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// The reason as a word.
    public Reason reason() {
        return reason;
    }
}
