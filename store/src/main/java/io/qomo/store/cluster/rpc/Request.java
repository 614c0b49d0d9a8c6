package io.qomo.store.cluster.rpc;

import java.nio.ByteBuffer;

/// A request of a peer that waits for its response. Thread-safe; one of [#respond] and [#fail] is called
/// once, any time, from any thread; a second call throws `IllegalStateException`. When the peer is gone by
/// then, nothing happens.
public interface Request {
    /// Who asks.
    PeerIdentity peer();

    /// The lane it came on.
    int lane();

    /// What was sent; the handler's to keep.
    byte[] payload();

    /// Whether the connection it came on is gone, so that no answer reaches the peer: a handler that waits
    /// for long looks here from time to time.
    boolean isAbandoned();

    /// Answers. The buffers' contents must not change any more. For a blocking service this may wait while
    /// too much is on its way to a slow peer; for an inline one it never waits.
    void respond(ByteBuffer... response);

    /// Answers.
    default void respond(byte[] response) {
        respond(ByteBuffer.wrap(response));
    }

    /// Refuses; the peer gets `REFUSED` with this reason.
    void fail(String reason);
}
