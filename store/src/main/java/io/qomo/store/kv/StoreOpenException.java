package io.qomo.store.kv;

import org.jspecify.annotations.Nullable;

/// A store cannot be opened: the directory is in use, of an unknown format, or damaged. The message
/// is for the operator.
public final class StoreOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With the reason and what to do.
    public StoreOpenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
