package io.qomo.serve.cluster;

/// The node asked is not, or no longer, the one that was meant: it does not lead, or has registered anew.
final class ElsewhereException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ElsewhereException(String message) {
        super(message, null, false, false);
    }
}
