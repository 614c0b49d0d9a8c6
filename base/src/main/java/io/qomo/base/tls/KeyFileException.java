package io.qomo.base.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A file of a key or of certificates is of no use; the message names it and says why.
public final class KeyFileException extends IOException {
    private static final long serialVersionUID = 1L;

    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
