package io.qomo.store.cluster.log;

import java.io.IOException;

/// An interrupt came during a force and may have hidden its error.
final class InterruptedForceException extends IOException {
    private static final long serialVersionUID = 1L;
}
