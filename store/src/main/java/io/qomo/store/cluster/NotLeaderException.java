package io.qomo.store.cluster;

/// This node does not lead the group, or cannot be sure that it does: nothing was done, and whoever leads
/// is to be asked instead.
public final class NotLeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With the reason, for logs.
    public NotLeaderException(String message) {
        super(message);
    }
}
