package io.qomo.store.cluster.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;

/// Sends requests to other nodes and answers theirs. Thread-safe.
///
/// A *service* (0 to 255) says who answers; a *lane* is a queue: \[T1] requests to one peer and service on
/// one lane are handed to the handler in sending order, as long as none of them fails, and \[T2] never wait
/// for the handler of another lane when the service is [Handler.Mode#BLOCKING]. \[T3] Every request has
/// exactly one outcome.
public interface Transport extends AutoCloseable {
    /// The lane whose requests to a blocking service need no order: each is handled at once.
    int UNORDERED = -1;

    /// Where other nodes reach this one.
    NodeAddress self();

    /// Registers who answers the requests of a service, before [#start].
    void serve(int service, Handler.Mode mode, Handler handler);

    /// Adds a listener; it learns of what happens from now on.
    void listen(PeerListener listener);

    /// Begins to accept peers.
    void start();

    /// Sends a request and returns without waiting for the network. The contents of `payload` must not change
    /// until the outcome is known.
    void send(NodeAddress to, int service, int lane, ByteBuffer[] payload, Duration timeout, ResponseCallback callback);

    /// Sends a request of one piece.
    default void send(
            NodeAddress to, int service, int lane, byte[] payload, Duration timeout, ResponseCallback callback) {
        send(to, service, lane, new ByteBuffer[] {ByteBuffer.wrap(payload)}, timeout, callback);
    }

    /// Sends a request and waits for its response. Throws [TransportException]; an interrupt ends the wait as
    /// `LOST` and leaves the thread interrupted.
    default byte[] call(NodeAddress to, int service, int lane, byte[] payload, Duration timeout) {
        WaitingCallback callback = new WaitingCallback();
        send(to, service, lane, payload, timeout, callback);
        return callback.await();
    }

    /// Starts to connect to a peer unless this node is connected, is about to be, or must wait after a
    /// failure.
    void connect(NodeAddress peer);

    /// Whether requests reach this peer, as far as is known.
    boolean isConnected(NodeAddress peer);

    /// What has happened so far.
    TransportCounters counters();

    /// Fails what is on its way, ends the threads and frees the port.
    @Override
    void close();
}
