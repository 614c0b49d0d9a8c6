package io.qomo.store.cluster.rpc;

/// Learns the outcome of a request: exactly one of its methods is called, once, and never before `send`
/// returns on the thread that sends. Both must be quick: they run on threads that serve other requests too.
public interface ResponseCallback {
    /// The peer's handler responded. The array is the callee's.
    void completed(byte[] response);

    /// There will be no response.
    void failed(TransportException failure);
}
