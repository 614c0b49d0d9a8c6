package io.qomo.serve.mysql;

/// Who is at the other end of a socket.
///
/// @param connectionId of this connection
/// @param host `localhost` for loopback, else the address
/// @param port of the peer
record Peer(long connectionId, String host, int port) {}
