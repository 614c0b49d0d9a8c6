package io.qomo.store.cluster.rpc.tcp;

import java.io.IOException;

/// A peer sent what is no frame of this protocol, or one that has no business where it came.
final class MalformedFrameException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedFrameException(String message) {
        super(message);
    }
}
