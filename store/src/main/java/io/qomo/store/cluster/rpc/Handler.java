package io.qomo.store.cluster.rpc;

/// Answers the requests of one service. What it throws is logged and refuses the request.
@FunctionalInterface
public interface Handler {
    /// Where a handler runs.
    enum Mode {
        /// On the thread that reads the peer's messages: in order over all lanes, without a hand-over. Must
        /// be quick, for everything else from that peer waits.
        INLINE,
        /// On a thread of a pool, where it may block. Requests of one lane are handled one after the other.
        BLOCKING
    }

    /// Takes a request; see [Request] for how to answer.
    void handle(Request request);
}
