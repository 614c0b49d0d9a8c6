package io.qomo.store.cluster.rpc;

/// Why a request has no response, and what may be concluded from that.
public final class TransportException extends RuntimeException {
    /// What is known about the request.
    public enum Outcome {
        /// It was certainly not delivered.
        UNREACHABLE,
        /// The connection broke or the time ran out: it may or may not have been handled.
        LOST,
        /// The peer, or its doorkeeper, said no; the message is its reason.
        REFUSED
    }

    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    /// An exception without a stack trace: it is made where a connection ends, which tells nothing of the
    /// sender.
    public TransportException(Outcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    /// One with the stack trace of who waited for the outcome.
    TransportException(TransportException cause) {
        super(cause.getMessage(), null);
        this.outcome = cause.outcome;
    }

    /// What is known about the request.
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public String toString() {
        return outcome + ": " + getMessage();
    }
}
