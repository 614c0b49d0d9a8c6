package io.qomo.store.cluster.rpc.tcp;

import org.jspecify.annotations.Nullable;

/// What a frame is; its code is on the wire.
enum FrameKind {
    HELLO(1),
    PROOF(2),
    /// Ends a handshake; the payload is the reason.
    REFUSAL(3),
    REQUEST(4),
    RESPONSE(5),
    /// Answers a request with the reason why there is no response.
    FAILURE(6),
    /// Says only that its sender lives and how much it has received.
    ALIVE(7);

    private static final FrameKind[] BY_CODE = new FrameKind[8];

    static {
        for (FrameKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    final int code;

    FrameKind(int code) {
        this.code = code;
    }

    static @Nullable FrameKind of(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
