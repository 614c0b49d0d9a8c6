/// The transport between nodes over TCP: plain blocking sockets and platform threads.
///
/// Entry type: [io.qomo.store.cluster.rpc.tcp.TcpTransport]. A node makes one connection to each peer it
/// sends to ([io.qomo.store.cluster.rpc.tcp.Peer]); its requests and their answers use that one, the peer's
/// requests another, which the peer made. So who called needs no agreement, and a connection has one kind of
/// traffic in each direction.
///
/// ```
///  send ─→ Peer ─→ OutboundLink ─→ Outgoing ══ frames ══→ FrameReader ─→ InboundLink ─┬─ inline ─→ Handler
///                  (calls that     (who                   (Connection,                └─ Lanes ──→ Handler
///                   wait)           writes)                one thread)                                │
///  callback ←── OutboundLink ←─ FrameReader ←══ frames ══ Outgoing ←─ InboundRequest.respond ←────────┘
/// ```
///
/// What is where: the layout of frames in `FrameHeader`, of the hello in `Hello`, the handshake and what it
/// is good for in `Handshake`, who writes when in `Outgoing` (\[O1] to \[O3]), states of the way to a peer in
/// `Peer`, of a connection in `Connection`. What no peer can do: make a sender wait, use more than
/// `maxOutgoingBytes` (or one message) of memory for what it does not take, send more than 4 KiB before it
/// has proved who it is, or stay silent for longer than `silence`. What an authenticated peer can do: send
/// messages of `maxFrameBytes` and keep `maxBlockingThreads` threads busy.
///
/// Signs of life go one way: each side sends one when it has sent nothing else for a while, from a thread
/// that no handler and no large message holds up. Whoever hears nothing closes the connection, and that the
/// other side notices.
///
/// A request is `UNREACHABLE` while no writer has taken its frame and `LOST` after that, though it may not
/// have left.
///
/// Not promised without TLS: that what follows the handshake is private or unaltered. The checksums are
/// against broken hardware.
///
/// Because a connection has one queue, a message of 100 MiB delays all that follow it to the same peer by as
/// long as its bytes take: whoever has much to send cuts it into pieces of a mebibyte and waits for the
/// answer to each or to a few.
///
/// Measured with `RpcBench` on 2026-11-28, 2 cores, loopback, both ends and the callers in one process, 128
/// bytes each way, on a box that others kept busy; the best and the worst of the last two of four rounds, CPU of
/// both ends together:
///
/// | | round trips | CPU for each |
/// |---|---|---|
/// | lone caller, inline service | p50 12 to 17 µs | 12 to 17 µs |
/// | lone caller, blocking service | p50 19 to 24 µs | 20 to 28 µs |
/// | 64 callers, inline service | 85 to 127 k/s | 9 to 16 µs |
/// | 64 callers, blocking service | 50 to 52 k/s | 28 to 29 µs |
/// | one sender, 256 requests on their way, inline | 450 to 550 k/s | 1.9 to 2.3 µs |
///
/// A mebibyte there and back took 1.7 to 3.2 ms.
///
/// Rejected: Netty or selectors (a reader thread per connection costs nothing at a cluster's number of peers,
/// and a lone message would be handed from thread to thread); a writer thread for all writes (two wake-ups
/// more per round trip); one connection for both directions (needs a rule for calls that cross).
@NullMarked
package io.qomo.store.cluster.rpc.tcp;

import org.jspecify.annotations.NullMarked;
