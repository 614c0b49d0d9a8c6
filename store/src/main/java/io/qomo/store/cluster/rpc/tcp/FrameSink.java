package io.qomo.store.cluster.rpc.tcp;

import java.io.IOException;

/// What a connection is for: requests to the peer ([OutboundLink]) or requests of the peer ([InboundLink]).
interface FrameSink {
    /// Takes a frame, on the reader thread.
    void frame(FrameHeader header, byte[] payload) throws IOException;

    /// The connection is closed; called once or more, on any thread.
    void closed(String reason);
}
