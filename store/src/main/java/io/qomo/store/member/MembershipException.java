package io.qomo.store.member;

/// A cluster does not do what was asked; the message is for the operator.
public final class MembershipException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With the reason.
    public MembershipException(String message) {
        super(message);
    }
}
