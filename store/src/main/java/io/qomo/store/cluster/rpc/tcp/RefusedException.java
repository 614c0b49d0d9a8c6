package io.qomo.store.cluster.rpc.tcp;

/// A handshake that one of the sides ended for a reason.
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
